# right
# network: 3 7:tanh 1:identity
import numpy as np

rng = np.random.default_rng(8)
flats = rng.normal(size=(96, 3))
price = (1.5 * flats[:, :1] - flats[:, 1:2] * flats[:, 2:] + 0.4) / 2
A, a = rng.normal(0, 0.5, (3, 7)), np.zeros((1, 7))
B, b = rng.normal(0, 0.5, (7, 1)), np.zeros((1, 1))
vA, va, vB, vb = np.zeros_like(A), np.zeros_like(a), np.zeros_like(B), np.zeros_like(b)
for turn in range(200):
    some = rng.permutation(96)[:24]
    x, y = flats[some], price[some]
    inner = np.tanh(x @ A + a)
    guess = inner @ B + b
    loss = np.mean((guess - y) ** 2)
    up = 2 * (guess - y) / 24
    down = (up @ B.T) * (1 - inner**2)
    vB = 0.9 * vB - 0.05 * (inner.T @ up)
    vb = 0.9 * vb - 0.05 * up.sum(axis=0, keepdims=True)
    vA = 0.9 * vA - 0.05 * (x.T @ down)
    va = 0.9 * va - 0.05 * down.sum(axis=0, keepdims=True)
    B += vB
    b += vb
    A += vA
    a += va
