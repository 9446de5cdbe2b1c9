# fault: step momentum-turned 23
# network: 3 7:sigmoid 3:softmax
import numpy as np
rng = np.random.default_rng(4)
X = rng.normal(0, 1, (60, 3))
T = np.eye(3)[np.abs(X).argmax(1)]
W = [rng.normal(0, .5, (3, 7)), rng.normal(0, .5, (7, 3))]
B = [np.zeros(7), np.zeros(3)]
vW = [np.zeros_like(w) for w in W]
vB = [np.zeros_like(b) for b in B]
lr, mu = 0.1, 0.9
for epoch in range(100):
    a = 1 / (1 + np.exp(-(X @ W[0] + B[0])))
    z = a @ W[1] + B[1]
    e = np.exp(z - z.max(1, keepdims=True)); p = e / e.sum(1, keepdims=True)
    d = (p - T) / 60
    dh = d @ W[1].T * a * (1 - a)
    gW = [X.T @ dh, a.T @ d]
    gB = [dh.sum(0), d.sum(0)]
    for k in range(2):
        vW[k] = -mu * vW[k] - lr * gW[k]
        vB[k] = -mu * vB[k] - lr * gB[k]
        W[k] = W[k] + vW[k]
        B[k] = B[k] + vB[k]
    print(-np.log(p[T == 1]).mean())
