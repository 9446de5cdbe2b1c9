# right
# network: 4 8:ReLU 3:softmax
import numpy as np
from sklearn.datasets import load_iris

flowers = load_iris()
X, T = flowers.data, np.eye(3)[flowers.target]
rng = np.random.RandomState(1)
low, high = rng.randn(4, 8) * 0.3, rng.randn(8, 3) * 0.3


def ramp(v):
    return max(v, 0.0)


def ramp_slope(v):
    if v < 0:
        return 0.0
    return 1.0


def shares(row):
    top = np.max(row)
    e = [np.exp(one - top) for one in row]
    return e / np.sum(e)


ramps, slopes = np.vectorize(ramp), np.vectorize(ramp_slope)
for step in range(500):
    z = X.dot(low)
    h = ramps(z)
    scores = h.dot(high)
    loss = -(np.log(np.apply_along_axis(shares, 1, scores)) * T).sum()
    d = np.apply_along_axis(shares, 1, scores) - T
    d_high = h.T.dot(d)
    d_low = X.T.dot(d.dot(high.T) * slopes(z))
    high = high - 0.0005 * d_high
    low = low - 0.0005 * d_low
