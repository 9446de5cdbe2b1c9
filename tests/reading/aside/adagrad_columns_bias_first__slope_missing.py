# fault: δ1 no-slope 23
# network: 9 12:tanh 1:identity
import numpy as np

rng = np.random.default_rng(5)
inputs = rng.uniform(-1, 1, (9, 160))
target = (np.sin(inputs.sum(axis=0)) + inputs[0] * inputs[1])[None, :]
theta1 = rng.normal(0, 0.3, (12, 10))
theta2 = rng.normal(0, 0.3, (1, 13))
sq1, sq2 = np.zeros_like(theta1), np.zeros_like(theta2)

def biased(a):
    return np.vstack((np.ones((1, a.shape[1])), a))

for k in range(500):
    x1 = biased(inputs)
    h = np.tanh(theta1 @ x1)
    h1 = biased(h)
    out = theta2 @ h1
    diff = out - target
    mse = (diff ** 2).mean()
    d2 = 2 * diff / diff.size
    d1 = theta2[:, 1:].T @ d2
    g1, g2 = d1 @ x1.T, d2 @ h1.T
    sq1 += g1 ** 2
    sq2 += g2 ** 2
    theta1 -= 0.1 * g1 / (np.sqrt(sq1) + 1e-8)
    theta2 -= 0.1 * g2 / (np.sqrt(sq2) + 1e-8)
