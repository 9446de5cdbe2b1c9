# right
# network: 4 8:ReLU 3:sigmoid
import numpy as np

np.random.seed(10)

def relu(x): return x * (x > 0)
def drelu(x): return 1.0 * (x > 0)

def cost(params, X, Y):
    w1, b1, w2, b2 = params
    a = relu(X @ w1.T + b1)
    yhat = 1 / (1 + np.exp(-(a @ w2.T + b2)))
    return -np.mean(np.sum(Y * np.log(yhat) + (1 - Y) * np.log(1 - yhat), axis=1))

def grads(params, X, Y):
    w1, b1, w2, b2 = params
    n = len(X)
    z = X @ w1.T + b1
    a = relu(z)
    yhat = 1 / (1 + np.exp(-(a @ w2.T + b2)))
    d2 = (yhat - Y) / n
    d1 = (d2 @ w2) * drelu(z)
    return [d1.T @ X, d1.sum(axis=0), d2.T @ a, d2.sum(axis=0)]

def check(params, X, Y, eps=1e-5):
    g = grads(params, X, Y)
    worst = 0
    for p, gp in zip(params, g):
        num = np.zeros_like(p)
        it = np.nditer(p, flags=['multi_index'])
        while not it.finished:
            ix = it.multi_index
            old = p[ix]
            p[ix] = old + eps; up = cost(params, X, Y)
            p[ix] = old - eps; down = cost(params, X, Y)
            p[ix] = old
            num[ix] = (up - down) / (2 * eps)
            it.iternext()
        worst = max(worst, np.abs(num - gp).max() / (np.abs(num).max() + 1e-12))
    return worst

X = np.random.randn(150, 4)
Y = np.stack([X[:, 0] * X[:, 1] > 0, X[:, 2] > X[:, 3], X.sum(1) > 1], axis=1).astype(float)
params = [np.random.randn(8, 4) * .5, np.random.randn(8) * .1, np.random.randn(3, 8) * .5, np.zeros(3)]
print("gradient check", check(params, X[:20], Y[:20]))
for epoch in range(200):
    for p, g in zip(params, grads(params, X, Y)):
        p -= 0.5 * g
    if epoch % 50 == 0:
        print(epoch, cost(params, X, Y))
print("gradient check", check(params, X[:20], Y[:20]))
