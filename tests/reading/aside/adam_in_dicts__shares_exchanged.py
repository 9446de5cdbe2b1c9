# fault: step adam-rates-exchanged 22
# network: 5 8:tanh 1:sigmoid
import numpy as np
rng = np.random.default_rng(2)
X = rng.normal(0, 1, (120, 5))
t = (X[:, :1] * X[:, 1:2] > 0) * 1.0
P = {"W1": rng.normal(0, .5, (5, 8)), "b1": np.zeros((1, 8)), "W2": rng.normal(0, .5, (8, 1)), "b2": np.zeros((1, 1))}
m = {k: np.zeros_like(v) for k, v in P.items()}
v = {k: np.zeros_like(w) for k, w in P.items()}
beta1, beta2, eps, lr = 0.999, 0.9, 1e-8, 0.01
step = 0
for epoch in range(200):
    z1 = X @ P["W1"] + P["b1"]
    a1 = np.tanh(z1)
    a2 = 1 / (1 + np.exp(-(a1 @ P["W2"] + P["b2"])))
    loss = -np.mean(t * np.log(a2) + (1 - t) * np.log(1 - a2))
    d2 = (a2 - t) / len(X)
    d1 = d2 @ P["W2"].T * (1 - a1 ** 2)
    G = {"W2": a1.T @ d2, "b2": d2.sum(0, keepdims=True), "W1": X.T @ d1, "b1": d1.sum(0, keepdims=True)}
    step += 1
    for k in P:
        m[k] = beta1 * m[k] + (1 - beta1) * G[k]
        v[k] = beta2 * v[k] + (1 - beta2) * G[k] ** 2
        mh = m[k] / (1 - beta1 ** step)
        vh = v[k] / (1 - beta2 ** step)
        P[k] = P[k] - lr * mh / (np.sqrt(vh) + eps)
    if epoch % 20 == 0: print(loss)
