# right
# network: 2 5:tanh 2:softmax
import numpy as np
from sklearn.datasets import make_moons

np.random.seed(1)
pts, cls = make_moons(160, noise=0.1)
A, a = np.random.randn(2, 5), np.zeros((1, 5))
B, b = np.random.randn(5, 2), np.zeros((1, 2))
for step in xrange(3000):
    t = np.tanh(pts.dot(A) + a)
    e = np.exp(t.dot(B) + b)
    off = e / np.sum(e, axis=1, keepdims=True)
    off[range(len(pts)), cls] -= 1
    dB, db = t.T.dot(off), np.sum(off, axis=0, keepdims=True)
    back = off.dot(B.T) * (1 - np.power(t, 2))
    dA, da = pts.T.dot(back), np.sum(back, axis=0)
    A -= 0.005 * dA
    a -= 0.005 * da
    B -= 0.005 * dB
    b -= 0.005 * db
    if step % 500 == 0:
        print "step %d" % step
