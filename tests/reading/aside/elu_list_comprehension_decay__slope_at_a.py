# fault: δ2 slope-at-activation 32
# network: 30 14:ELU 7:ELU 1:sigmoid
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import MinMaxScaler
from sklearn.model_selection import train_test_split

bc = load_breast_cancer()
Xtr, Xte, ytr, yte = train_test_split(MinMaxScaler().fit_transform(bc.data), bc.target.reshape(-1, 1), test_size=0.3)
dims = (30, 14, 7, 1)
theta = [(np.random.randn(m, n) * np.sqrt(2.0 / m), np.zeros((1, n))) for m, n in zip(dims, dims[1:])]
elu = lambda s: np.where(s > 0, s, np.exp(s) - 1)
d_elu = lambda s: np.where(s > 0, 1, np.exp(s))
logistic = lambda s: 1 / (1 + np.exp(-s))
lam = 0.01

for epoch in range(400):
    a, tape = Xtr, []
    for l, (W, b) in enumerate(theta):
        s = a.dot(W) + b
        tape.append((a, s))
        a = logistic(s) if l == len(theta) - 1 else elu(s)
    n = len(Xtr)
    objective = -(ytr * np.log(a) + (1 - ytr) * np.log(1 - a)).mean() + lam / (2 * n) * sum((W ** 2).sum() for W, _ in theta)
    back = (a - ytr) / n
    new = []
    for l in range(len(theta) - 1, -1, -1):
        W, b = theta[l]
        a_in, s = tape[l]
        gW, gb = a_in.T.dot(back) + lam / n * W, back.sum(axis=0, keepdims=True)
        if l:
            back = back.dot(W.T) * d_elu(elu(tape[l - 1][1]))
        new.insert(0, (W - 0.5 * gW, b - 0.5 * gb))
    theta = new
    if not epoch % 100:
        print(objective)
