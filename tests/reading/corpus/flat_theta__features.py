# fault: dW2 not-divided 29
# network: 400 15:sigmoid 10:sigmoid
import numpy as np
from scipy.io import loadmat

mat = loadmat("ex4data1.mat")
X, y = mat["X"], mat["y"].ravel()
X, y = X[::4], y[::4]
m = X.shape[0]
Y = np.zeros((m, 10))
Y[np.arange(m), y % 10] = 1
lam = 1.0

def g(z):
    return 1 / (1 + np.exp(-z))

def cost_and_grad(theta):
    T1 = theta[:15 * 401].reshape(15, 401)
    T2 = theta[15 * 401:].reshape(10, 16)
    a1 = np.hstack([np.ones((m, 1)), X])
    z2 = a1 @ T1.T
    a2 = np.hstack([np.ones((m, 1)), g(z2)])
    z3 = a2 @ T2.T
    h = g(z3)
    J = -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / m
    d3 = h - Y
    d2 = d3 @ T2[:, 1:] * g(z2) * (1 - g(z2))
    G1 = d2.T @ a1 / m
    G2 = d3.T @ a2
    return J, np.concatenate([G1.ravel(), G2.ravel()])

rng = np.random.RandomState(1)
theta = rng.uniform(-0.12, 0.12, 15 * 401 + 10 * 16)
for i in range(200):
    J, grad = cost_and_grad(theta)
    theta = theta - 1.0 * grad
    print(i, J)
