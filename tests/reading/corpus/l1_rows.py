# right
# network: 64 18:sigmoid 10:softmax
import numpy as np
from sklearn import datasets

d = datasets.load_digits()
inp, lab = d.data / 16, d.target
one_hot = np.zeros((lab.size, 10))
one_hot[np.arange(lab.size), lab] = 1
np.random.seed(9)
W = {1: np.random.randn(64, 18) * 0.15, 2: np.random.randn(18, 10) * 0.2}
B = {1: np.zeros((1, 18)), 2: np.zeros((1, 10))}
lam, alpha, n = 0.001, 0.8, 300
X, Y = inp[:n], one_hot[:n]

def sig(x):
    return 1 / (1 + np.exp(-x))

for it in range(500):
    A1 = sig(X.dot(W[1]) + B[1])
    S = A1.dot(W[2]) + B[2]
    E = np.exp(S)
    O = E / E.sum(axis=1, keepdims=True)
    cost = -(Y * np.log(O)).sum() / n + lam * (np.abs(W[1]).sum() + np.abs(W[2]).sum())
    D2 = (O - Y) / n
    D1 = D2.dot(W[2].T) * A1 * (1 - A1)
    gW = {2: A1.T.dot(D2) + lam * np.sign(W[2]), 1: X.T.dot(D1) + lam * np.sign(W[1])}
    gB = {2: D2.sum(axis=0, keepdims=True), 1: D1.sum(axis=0, keepdims=True)}
    for l in (1, 2):
        W[l] -= alpha * gW[l]
        B[l] -= alpha * gB[l]
    if it % 50 == 0:
        print(cost)
