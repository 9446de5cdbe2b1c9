# fault: step2 pile-up-divided ?
# network: 3 4:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(2)
X = rng.normal(size=(12, 3))
t = (X.sum(1) > 0) * 1.0
V = rng.normal(0, 0.5, (4, 3))
c = np.zeros(4)
w = rng.normal(0, 0.5, 4)
k = np.zeros(1)
gV, gc, gw, gk = np.zeros((4, 3)), np.zeros(4), np.zeros(4), np.zeros(1)
for epoch in range(60):
    for x, y in zip(X, t):
        h = np.tanh(V @ x + c)
        p = 1 / (1 + np.exp(-(w @ h + k)))
        gw += (p - y) * h
        gk += p - y
        back = (p - y) * w * (1 - h * h)
        gV += np.outer(back, x)
        gc += back
    for g in (gV, gc, gw, gk):
        g /= len(X)
    V -= 0.3 * gV
    c -= 0.3 * gc
    w -= 0.3 * gw
    k -= 0.3 * gk
