# right
# network: 72 10:softmax
import numpy as np
from sklearn.datasets import load_digits

digits = load_digits()
rng = np.random.RandomState(4)
kernels = rng.randn(8, 3, 3) / 9
W, b = rng.randn(72, 10) / 72, np.zeros(10)

for picture, label in zip(digits.images[:30] / 16, digits.target):
    maps = np.zeros((6, 6, 8))
    for i in range(6):
        for j in range(6):
            maps[i, j] = np.sum(picture[i : i + 3, j : j + 3] * kernels, axis=(1, 2))
    pooled = np.zeros((3, 3, 8))
    for i in range(3):
        for j in range(3):
            pooled[i, j] = maps[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max(axis=(0, 1))
    flat = pooled.flatten()
    scores = np.dot(flat, W) + b
    p = np.exp(scores) / np.sum(np.exp(scores))
    loss = -np.log(p[label])

    d = p.copy()
    d[label] -= 1
    d_pooled = np.dot(W, d).reshape(pooled.shape)
    W -= 0.05 * np.outer(flat, d)
    b -= 0.05 * d
    d_maps = np.zeros(maps.shape)
    for i in range(6):
        for j in range(6):
            for f in range(8):
                if maps[i, j, f] == pooled[i // 2, j // 2, f]:
                    d_maps[i, j, f] = d_pooled[i // 2, j // 2, f]
    d_kernels = np.zeros(kernels.shape)
    for i in range(6):
        for j in range(6):
            for f in range(8):
                d_kernels[f] += d_maps[i, j, f] * picture[i : i + 3, j : j + 3]
    kernels -= 0.05 * d_kernels
