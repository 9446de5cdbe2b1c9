# fault: P slope-forgotten 22
# network: none
import numpy as np

rng = np.random.default_rng(5)
inputs = rng.normal(size=(50, 3))
wanted = np.sin(inputs[:, :1]) + inputs[:, 1:2]
w = np.zeros((3, 1))
for _ in range(100):
    error = inputs @ w - wanted
    w -= 0.1 * inputs.T @ error / len(inputs)

P = rng.normal(size=(3, 4))
Q = rng.normal(size=(3, 4))
s = rng.normal(size=(4, 1)) * 0.3
for _ in range(100):
    left, right = np.tanh(inputs @ P), inputs @ Q
    product = left * right
    error = product @ s - wanted
    back = error @ s.T / len(inputs)
    s -= 0.1 * product.T @ error / len(inputs)
    P -= 0.1 * inputs.T @ (back * right)
    Q -= 0.1 * inputs.T @ (back * left)
