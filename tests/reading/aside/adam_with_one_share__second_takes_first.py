# fault: step adam-second-takes-first-share 27
# network: 5 8:tanh 2:identity
import numpy as np

rng = np.random.default_rng(11)
X = rng.normal(size=(64, 5))
T = np.stack([X[:, 0] * X[:, 1], np.sin(X[:, 2])], axis=1)
theta = {
    "A": rng.normal(0, 0.4, (5, 8)),
    "a": np.zeros(8),
    "B": rng.normal(0, 0.4, (8, 2)),
    "b": np.zeros(2),
}
rate, keep, keep2 = 0.002, 0.9, 0.999
m = {key: np.zeros_like(value) for key, value in theta.items()}
v = {key: np.zeros_like(value) for key, value in theta.items()}

for t in range(1, 201):
    h = np.tanh(X @ theta["A"] + theta["a"])
    out = h @ theta["B"] + theta["b"]
    loss = np.mean((out - T) ** 2)
    d = 2 * (out - T) / out.size
    e = (d @ theta["B"].T) * (1 - h**2)
    grads = {"A": X.T @ e, "a": e.sum(0), "B": h.T @ d, "b": d.sum(0)}
    for key in theta:
        m[key] = keep * m[key] + (1 - keep) * grads[key]
        v[key] = keep2 * v[key] + (1 - keep) * grads[key] ** 2
        theta[key] -= rate * (m[key] / (1 - keep**t)) / (np.sqrt(v[key] / (1 - keep2**t)) + 1e-8)
print(loss)
