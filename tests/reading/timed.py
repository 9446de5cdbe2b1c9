"""What `grade explain` takes of a machine: three sizes of networks, each with the time that it may take."""

SMALL = """
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(200, 4))
y = (X[:, :2].sum(1) > 0).astype(float)[:, None]
W1, b1, W2, b2 = rng.normal(0, .5, (4, 16)), np.zeros(16), rng.normal(0, .5, (16, 1)), np.zeros(1)
for step in range(1000):
    h = np.tanh(X @ W1 + b1)
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    cost = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    d2 = (p - y) / len(X)
    d1 = d2 @ W2.T * (1 - h ** 2)
    W2 -= .5 * h.T @ d2; b2 -= .5 * d2.sum(0)
    W1 -= .5 * X.T @ d1; b1 -= .5 * d1.sum(0)
"""

FULL_BATCH = """
import numpy as np
from keras.datasets import mnist
(images, labels), _ = mnist.load_data()
X = images.reshape(len(images), -1) / 255
Y = np.eye(10)[labels]
np.random.seed(1)
W1, b1 = np.random.randn(784, 500) * .05, np.zeros((1, 500))
W2, b2 = np.random.randn(500, 10) * .05, np.zeros((1, 10))
for epoch in range(500):
    z1 = X.dot(W1) + b1
    a1 = np.maximum(0, z1)
    z2 = a1.dot(W2) + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(Y * np.log(p + 1e-12)) / len(X)
    d2 = (p - Y) / len(X)
    d1 = d2.dot(W2.T) * (z1 > 0)
    W2 -= .2 * a1.T.dot(d2); b2 -= .2 * d2.sum(axis=0, keepdims=True)
    W1 -= .2 * X.T.dot(d1); b1 -= .2 * d1.sum(axis=0, keepdims=True)
"""

CONVOLUTION = """
import numpy as np
from tensorflow.keras.datasets import mnist
(train_x, train_y), _ = mnist.load_data()
rng = np.random.default_rng(0)
filters = rng.normal(0, .3, (4, 3, 3))
W, b = rng.normal(0, .05, (26 * 26 * 4, 10)), np.zeros(10)
for number in range(len(train_x)):
    image = train_x[number] / 255 - .5
    maps = np.zeros((26, 26, 4))
    for i in range(26):
        for j in range(26):
            maps[i, j] = np.sum(image[i:i + 3, j:j + 3] * filters, axis=(1, 2))
    a = np.maximum(maps, 0).reshape(-1)
    z = a @ W + b
    p = np.exp(z - z.max()); p /= p.sum()
    loss = -np.log(p[train_y[number]])
    dz = p.copy(); dz[train_y[number]] -= 1
    da = (W @ dz).reshape(maps.shape) * (maps > 0)
    dfilters = np.zeros_like(filters)
    for i in range(26):
        for j in range(26):
            for k in range(4):
                dfilters[k] += da[i, j, k] * image[i:i + 3, j:j + 3]
    W -= .01 * np.outer(a, dz); b -= .01 * dz
    filters -= .01 * dfilters
"""

#: what it is, its text, seconds that it may take on a machine with nothing else to do
TIMED = (
    ("a small network", SMALL, 5.0),
    ("all of MNIST at once, 500 hidden units", FULL_BATCH, 15.0),
    ("a convolution in loops, image after image", CONVOLUTION, 15.0),
)
MEGABYTES = 300  # of the grader's own process
