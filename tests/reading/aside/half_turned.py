# fault: δ1 sign-turned 16
# network: 2 5:tanh 1:identity
import numpy as np

rng = np.random.default_rng(12)
inputs = rng.normal(size=(90, 2))
wanted = inputs[:, :1] * 1.5 - inputs[:, 1:] ** 2
V, c = rng.normal(size=(2, 5)) * 0.6, np.zeros(5)
U, d = rng.normal(size=(5, 1)) * 0.6, np.zeros(1)
for k in range(200):
    s = np.tanh(inputs @ V + c)
    made = s @ U + d
    loss = np.mean((wanted - made) ** 2)
    off = wanted - made
    dU, dd = -2 * s.T @ off / 90, -2 * off.mean(0)
    back = (off @ U.T) * (1 - s**2)
    dV, dc = inputs.T @ back / 90, back.mean(0)
    U, d, V, c = U - 0.05 * dU, d - 0.05 * dd, V - 0.05 * dV, c - 0.05 * dc
print(loss)
