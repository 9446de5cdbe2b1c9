# right
# network: 400 12:sigmoid 10:sigmoid
import numpy as np
from scipy.io import loadmat
from scipy.optimize import minimize

mat = loadmat("digits.mat")
A0 = np.hstack([np.ones((len(mat["X"]), 1)), mat["X"]])
wanted = (mat["y"] == np.arange(1, 11)).astype(float)
SPLIT = 12 * 401

def g(v):
    return 1 / (1 + np.exp(-v))

def cost_and_slope(flat, strength):
    first, second = flat[:SPLIT].reshape(12, 401), flat[SPLIT:].reshape(10, 13)
    mid = g(A0 @ first.T)
    A1 = np.hstack([np.ones((len(mid), 1)), mid])
    out = g(A1 @ second.T)
    n = len(A0)
    J = -np.sum(wanted * np.log(out) + (1 - wanted) * np.log(1 - out)) / n
    J += strength / (2 * n) * (np.sum(first[:, 1:] ** 2) + np.sum(second[:, 1:] ** 2))
    top = out - wanted
    low = top @ second[:, 1:] * mid * (1 - mid)
    slope1, slope2 = low.T @ A0 / n, top.T @ A1 / n
    slope1[:, 1:] += strength / n * first[:, 1:]
    slope2[:, 1:] += strength / n * second[:, 1:]
    return J, np.concatenate([slope1.ravel(), slope2.ravel()])

start = np.random.uniform(-0.12, 0.12, SPLIT + 130)
found = minimize(cost_and_slope, start, args=(1.0,), method="CG", jac=True)
print(found.fun)
