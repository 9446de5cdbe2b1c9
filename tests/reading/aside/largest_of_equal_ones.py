# right
# network: 16 3:softmax
import numpy as np

rng = np.random.default_rng(2)
kinds = rng.integers(0, 3, 60)
images = rng.random((60, 10, 10)) * 0.3
for image, kind in zip(images, kinds):
    image[3 * kind:3 * kind + 2] += 0.7
K, V, c = np.array([[1, -2, 1], [2, -3, 1], [-1, 2, -1.5]]) * 0.7, rng.normal(size=(16, 3)) * 0.2, np.zeros(3)
for k in range(120):
    x, kind = images[k % 60], kinds[k % 60]
    z = np.zeros((8, 8))
    for i in range(8):
        for j in range(8):
            z[i, j] = np.sum(x[i:i + 3, j:j + 3] * K)
    a = np.maximum(z, 0)
    m = np.zeros((4, 4))
    for i in range(4):
        for j in range(4):
            m[i, j] = a[2 * i:2 * i + 2, 2 * j:2 * j + 2].max()
    o = m.reshape(-1) @ V + c
    p = np.exp(o - o.max()); p /= p.sum()
    cost = -np.log(p[kind])
    d = p - np.eye(3)[kind]
    dm = (V @ d).reshape(4, 4)
    da = np.zeros((8, 8))
    for i in range(4):
        for j in range(4):
            part = a[2 * i:2 * i + 2, 2 * j:2 * j + 2]
            da[2 * i:2 * i + 2, 2 * j:2 * j + 2] = (part == m[i, j]) * dm[i, j]
    dz = da * (z > 0)
    dK = np.zeros((3, 3))
    for i in range(8):
        for j in range(8):
            dK += dz[i, j] * x[i:i + 3, j:j + 3]
    K -= 0.05 * dK; V -= 0.05 * np.outer(m.reshape(-1), d); c -= 0.05 * d
