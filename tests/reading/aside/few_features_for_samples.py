# fault: step divided-by-features 22
# network: 3 6:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(9)
X = rng.normal(size=(3, 120))
Y = (X[0] + X[1] * X[2] > 0).astype(float).reshape(1, -1)
par = {"A": rng.normal(size=(6, 3)), "a": np.zeros((6, 1)), "B": rng.normal(size=(1, 6)), "b": np.zeros((1, 1))}


def sig(z):
    return 1 / (1 + np.exp(-z))


def gradients(par):
    m = X.shape[0]
    H = sig(par["A"] @ X + par["a"])
    P = sig(par["B"] @ H + par["b"])
    e = P - Y
    f = (par["B"].T @ e) * H * (1 - H)
    means = {"a": f.mean(axis=1, keepdims=True), "b": e.mean(axis=1, keepdims=True)}
    return {"B": e @ H.T / m, "A": f @ X.T / m} | means, P


for k in range(30):
    grad, P = gradients(par)
    cost = -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))
    for name in par:
        par[name] = par[name] - 0.01 * grad[name]
