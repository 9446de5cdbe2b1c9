# fault: y targets-beyond-reach 7
# network: 2 5:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(1)
points = rng.normal(size=(90, 2))
kinds = ((points**2).sum(1) > 1).astype(int).reshape(-1, 1) * 2 - 1
A, a = rng.normal(size=(2, 5)), np.zeros((1, 5))
B, b = rng.normal(size=(5, 1)), np.zeros((1, 1))
for turn in range(50):
    hidden = np.tanh(points @ A + a)
    guess = 1 / (1 + np.exp(-(hidden @ B + b)))
    loss = -np.mean(kinds * np.log(guess) + (1 - kinds) * np.log(1 - guess))
    wrong = guess - kinds
    back = wrong @ B.T * (1 - hidden**2)
    B -= 0.1 * hidden.T @ wrong / 90
    b -= 0.1 * wrong.mean(0, keepdims=True)
    A -= 0.1 * points.T @ back / 90
    a -= 0.1 * back.mean(0, keepdims=True)
