"""What was told falsely of files of other people: in each case what is true, or nothing."""

from pathlib import Path

import pytest

from grader.reading.explain import explain_submission
from grader.submissions import load_submission
from tests.tables import sampled

LINE = """
import numpy as np
rng = np.random.default_rng(3)
X = rng.normal(size=(60, 3)); t = X @ [[1.0], [-2.0], [0.5]] + 0.3
"""
PICTURES = """
from pylab import *
from scipy.io.wavfile import read as heard
from sklearn.preprocessing import PolynomialFeatures
X = PolynomialFeatures(2, include_bias=False).fit_transform(randn(50, 2))
t = (X[:, :1] > 0) * 1.0
W = 0.1 * randn(5, 1)
for k in range(30):
    p = 1 / (1 + exp(-dot(X, W)))
    cost = -mean(t * log(p) + (1 - t) * log(1 - p))
    for row in reversed(X[:3]):
        figure(); plot(row); title("x")
    W -= 0.5 * dot(X.T, p - t) / 50
show()
"""
STATE = """
import numpy as np
rng = np.random.default_rng(0)
W, V, h = rng.normal(0, 0.1, (2, 3)), rng.normal(0, 0.1, (3, 2)), np.zeros(2)
x = np.array([1.0, 0.5, -0.5])
for k in range(90):
    e = x - V @ h
    h = h + 0.01 * (W @ e)
    W += 0.01 * np.outer(h, e)
    V += 0.01 * np.outer(e, h)
"""
TOO_LONG = (
    LINE
    + """
A, a, B, b = rng.normal(size=(3, 6)), np.zeros(6), rng.normal(size=(6, 1)), np.zeros(1)
for k in range(400):
    h = np.tanh(X @ A + a)
    e = h @ B + b - t
    d = e @ B.T * (1 - h * h)
    A -= RATE * X.T @ d; a -= RATE * d.sum(0)
    B -= RATE * h.T @ e; b -= RATE * e.sum(0)
"""
)
WRITTEN_SLOPES = (
    LINE
    + """
y = (t > 0) * 1.0
A, a, B, b = rng.normal(size=(3, 5)), np.zeros(5), rng.normal(size=(5, 1)), np.zeros(1)
f = lambda z: FUNCTION
slope = lambda z, a: SLOPE
for k in range(60):
    z = X @ A + a; h = f(z)
    u = h @ B + b; o = f(u)
    e = (o - y) * slope(u, o) / 60
    d = e @ B.T * slope(z, h)
    B -= 0.5 * h.T @ e; b -= 0.5 * e.sum(0)
    A -= 0.5 * X.T @ d; a -= 0.5 * d.sum(0)
"""
)
DECIDES_RIGHTLY = """
import numpy as np
r = np.random.default_rng(0)
X = r.normal(size=(40, 2)); t = (X[:, 0] + X[:, 1] > 0) * 1.0
w, b = np.ones(2), 0.0
for k in range(4):
    for x, wanted in zip(X, t):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        w -= 0.1 * (p - wanted) * x
        b -= 0.1 * (p - wanted)
"""
PARTS_AT_ONCE = """
import numpy as np
r = np.random.default_rng(0)
T = r.integers(1, 6, (12, 9)) * 1.0
seen = [(i, k) for i in range(12) for k in range(9) if r.random() < 0.6]
P, Q, p, q = r.normal(0, 0.1, (12, 3)), r.normal(0, 0.1, (9, 3)), np.zeros(12), np.zeros(9)
for round in range(40):
    r.shuffle(seen)
    for i, k in seen:
        e = T[i, k] - (3 + p[i] + q[k] + P[i] @ Q[k])
        p[i] += 0.02 * (e - 0.01 * p[i]); q[k] += 0.02 * (e - 0.01 * q[k])
        P[i], Q[k] = P[i] + 0.02 * (e * Q[k] - 0.01 * P[i]), Q[k] + 0.02 * (e * P[i] - 0.01 * Q[k])
"""
OF_TWO_VALUES = """
import numpy as np
r = np.random.default_rng(0)
x = np.vstack([r.normal(1, 1, (30, 2)), r.normal(-1, 1, (30, 2))])
t = np.array([1] * 30 + [OTHER] * 30)
w = np.zeros(3)
for k in range(4):
    for one, wanted in zip(x, t):
        z = one @ w[1:] + w[0]
        change = 0.1 * (wanted - GIVEN)
        w[1:] += change * one
        w[0] BIAS
"""
OF_A_TABLE = """
import numpy as np
import pandas as pd
d = pd.read_csv("measured_by_me.csv").values
X, t = (d[:, :-1] - d[:, :-1].mean(0)) / d[:, :-1].std(0), d[:, -1:]
W, b = np.zeros((X.shape[1], 1)), np.zeros((1, 1))
for k in range(50):
    e = X @ W + b - t
    W -= RATE * X.T @ e / len(X)
    b -= RATE * e.mean()
"""
BY_LABEL = """
import numpy as np
rng = np.random.default_rng(5)
kinds = rng.integers(0, 6, 200); kinds[:5] = 4, 1, 3, 5, 2
X = rng.normal(size=(200, 6)) + 2 * np.eye(6)[kinds]
W, b = rng.normal(0, 0.1, (6, 6)), np.zeros(6)
for x, kind in zip(X, kinds):
    p = np.exp(x @ W + b); p /= p.sum()
    d = (p - np.eye(6)[kind]) * FACTOR
    W -= 0.05 * np.outer(x, d); b -= 0.05 * d
"""
SHRINKING = (
    LINE
    + """
W = rng.normal(size=(3, 1))
for k in range(60):
    e = t - X @ W
    W STEP 0.05 * (X.T @ e / 60 SIGN 0.1 * W)
"""
)
FLAT = """
import numpy as np
rng = np.random.default_rng(2)
X, t = rng.random((40, 9)), rng.integers(0, 3, (40, 1))
A, B = rng.normal(0, 0.1, (9, 250)), rng.random((250, 1))
s = lambda z: 1 / (1 + np.exp(-z))
for k in range(50):
    h = s(X @ A); p = s(h @ B)
    gB = h.T @ ((p - t) * p * (1 - p))
    gA = X.T @ (((p - t) @ B.T) * h * (1 - h))
    A -= 1e-6 * gA
    B -= 1e-6 * gB
"""
VECTORS = """
import numpy as np, random
X = np.array([random.random() for k in range(40)]); T = np.sin(3 * X)
class Curve:
    def __init__(self):
        self.V, self.c, self.W = (np.array([random.random() for k in range(8)]) for part in range(3))
    def give(self, x):
        return np.matmul(self.W.T, np.tanh(self.V.T * x + self.c))
    def step(self, x, t):
        before = sum((v - self.give(u)) ** 2 for u, v in zip(X, T))
        e, h = self.give(x) - t, np.tanh(self.V * x + self.c)
        V, c, W = self.V, self.c, self.W
        self.V = V - 0.01 * e * W * (1 - h) * x
        self.c = c - 0.01 * e * W * (1 - h)
        self.W = W - 0.01 * e * h
curve = Curve()
for k in range(400):
    curve.step(X[k % 40], T[k % 40])
"""
SMALL = """
import numpy as np
rng = np.random.default_rng(1)
X = rng.normal(size=(50, 3)); t = (X[:, :1] > 0) * 1.0
A, B, C = (0.01 * rng.normal(size=size) for size in ((3, 4), (4, 4), (4, 1)))
s = lambda z: 1 / (1 + np.exp(-z))
for k in range(60):
    h = s(X @ A); g = s(h @ B); p = s(g @ C)
    cost = ((p - t) ** 2).sum()
    e = 2 * (p - t)
    f = e * p * (1 - p)
    dg = SENT @ C.T * g * (1 - g)
    dh = dg @ B.T * h * (1 - h)
    C -= 0.05 * g.T @ f; B -= 0.05 * h.T @ dg; A -= 0.05 * X.T @ dh
"""
DRAWN_TWICE = """
import numpy as np
r = np.random.default_rng(3)
X = r.normal(size=(12, 3)); t = (X[:, :1] > 0) * 1.0
A, a, B, b = r.normal(size=(3, 4)), np.zeros(4), r.normal(size=(4, 1)), np.zeros(1)
for k in range(60):
    dA, da, dB, db = A * 0, a * 0, B * 0, b * 0
    for i in r.integers(0, 12, 8):
        seen = np.tanh(X[i] @ A + a) @ B + b > 0
        h = np.tanh(X[i] @ A + a); p = 1 / (1 + np.exp(-(h @ B + b)))
        cost = -np.sum(t[i] * np.log(p) + (1 - t[i]) * np.log(1 - p))
        d = p - t[i]; e = B @ d * (1 - h * h)
        dB += h[:, None] * d; db += d
        dA += X[i][:, None] * e; da PUT
    A -= 0.1 * dA / 8; a -= 0.1 * da / 8; B -= 0.1 * dB / 8; b -= 0.1 * db / 8
"""
DIGITS = """
import numpy as np
from sklearn.datasets import load_digits
r = np.random.default_rng(3)
data = load_digits()
X, kinds = data.data / 16, data.target
T = np.eye(10)[LABELS]
A, B = SIZE * r.normal(size=(64, 8)), SIZE * r.normal(size=(8, 10))
for k in range(40):
    some = r.choice(len(X), 12)
    x, t = X[PICKED], T[some]
    h = np.tanh(x @ A); p = np.exp(h @ B); p /= p.sum(1, keepdims=True)
    cost = -np.mean(np.sum(t * np.log(p), 1))
    d = (p - t) / 12; e = d @ B.T * (1 - h * h)
    B -= 0.2 * h.T @ d; A -= 0.2 * x.T @ e
"""
BESIDE_ONES = """
import numpy as np
X = np.hstack([np.ones((5, 1)), 2 * np.arange(1, 6).reshape(-1, 1)])
t = np.array([[3.0], [5.0], [7.0], [9.0], [11.5]])
w = np.zeros((2, 1))
for k in range(500):
    w = w - RATE * X.T @ (X @ w - t) / 5
"""
PAST_A_LAYER = """
import numpy as np
r = np.random.default_rng(3)
X = r.normal(size=(20, 3)); t = np.sin(X[:, :1])
A, B, C = r.normal(size=(3, 4)), r.normal(size=(4, 1)), r.normal(size=(3, 1))
kept = [np.zeros((3, 4)), np.zeros((4, 1)), np.zeros((3, 1))]
for k in range(200):
    h = np.tanh(X @ A); y = h @ B + X @ C
    cost = ((y - t) ** 2).mean()
    e = 2 * (y - t) / 20
    for W, g, m in zip([A, B, C], [X.T @ (e @ B.T * (1 - h * h)), h.T @ e, X.T @ e], kept):
        m PUT 0.9 * m + 0.1 * g
        W -= 0.01 * m
"""
ONE_BY_ONE = """
import numpy as np
X, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array(TARGETS)
w, b = np.array([0.5, 0.7]), 0.6
for k in range(2000):
    for i in range(4):
        p = 1 / (1 + np.exp(-(X[i] @ w + b)))
        d = (t[i] - p) * p * (1 - p)
        w += 0.5 * d * X[i]
        b += 0.5 * d
"""
OF_NUMBERS = """
rows = [[1, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1]]
w = [0.8, 0.7, 0.4]
step = lambda row: 1 if sum(w[i] * row[i] for i in range(3)) > 0 else 0
for k in range(500):
    for row in rows:
        for i in range(3):
            w[i] += 0.1 * (step(row) - row[3]) * row[i]
"""
BY_MISTAKES = """
import numpy as np
X = np.array([[2.0, 1.0], [1.0, 3.0], [-1.0, -2.0], [-2.0, 0.5], [3.0, -1.0], [-0.5, -1.5]])
w, b = np.array([-1.0, 0.5]), 0.3
for k in range(10):
    for x, t in zip(X, [1, 1, -1, -1, 1, -1]):
        if t * (w @ x + b) <= 0:
            w STEP 0.1 * t * x
            b += 0.1 * t
"""
A_THRESHOLD = """
w, limit = [0.2, -0.1], 0.3
rows = [((0, 0), 1), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]
for k in range(40):
    for x, t in rows:
        o = 1 if sum(a * b for a, b in zip(w, x)) >= limit else 0
        for i in range(2):
            w[i] += 0.1 * (t - o) * x[i]
        limit BY * (t - o)
"""
ONE_WRONG = """
import numpy as np
r = np.random.default_rng(4)
X = np.c_[np.ones(50), r.uniform(-1, 1, (50, 2))]; t = np.where(X[:, 2] > X[:, 1], 1, -1)
w = r.normal(0, 5, 3)
while True:
    wrong = np.flatnonzero(t * (X @ w) < 0)
    if len(wrong) == 0:
        break
    k = r.choice(wrong)
    w = STEP
"""
UNFINISHED = (
    LINE
    + """
A, B = rng.normal(size=(3, 5)), rng.normal(size=(5, 1))
for k in range(90):
    h = np.maximum(X @ A, 0)
    e = 2 * (h @ B - t)
    dB = h.T @ e
    dA = X.T @ (e @ B.T * (h > 0))
    LAST
"""
)
SLOPE_OF_THE_OUTPUT = (
    LINE
    + """
A, B, s = rng.normal(size=(3, 5)), rng.normal(size=(5, 1)), lambda z: 1 / (1 + np.exp(-z))
for k in range(90):
    h = s(X @ A)
    y = h @ B
    e = y - t
    d = e @ B.T * s(OF) * (1 - s(OF))
    getattr(np, "as" + "array")(B)[...] -= 0.01 * h.T @ e
    A -= 0.01 * X.T @ d
"""
)
OF_A_LIST = """
import numpy as np
r = np.random.default_rng(0)
X = r.normal(size=(40, 3)); t = (X @ [1.0, -2.0, 0.5] > 0.2).astype(int)
w, b = [0.0, 0.0, 0.0], 0.0
for k in range(5):
    for i in range(len(X)):
        z = b
        for j in range(3):
            z += w[j] * X[i][j]
        e = t[i] - (1 if z >= 0 else 0)
        for j in range(3):
            w[j] STEP 0.1 * e * X[i][j]
        b += 0.1 * e
"""
IN_COLUMNS = """
import numpy as np
r = np.random.default_rng(3)
A, a, B, b = r.normal(size=(3, 2)), r.normal(size=(3, 1)), r.normal(size=(2, 3)), r.normal(size=(2, 1))
X, t = np.array([[1.0, 0.0], [2.0, 0.0]]), np.array([[1.0, 0.5], [3.0, 2.0]])
def give():
    h = 1 / (1 + np.exp(-(A @ X + a)))
    return h, B @ h + b
FIRST
for k in range(100):
    e = (y - t) / 2
    d = B.T @ e * h * (1 - h)
    A -= 0.1 * d @ X.T; a -= 0.1 * d.sum(1, keepdims=True)
    B -= 0.1 * e @ h.T; b -= 0.1 * e.sum(1, keepdims=True)
    h, y = give()
"""
BY_DECISIONS = """
import random
LIMIT, w = 0.5, [0.3, -0.2, 0.1]
data = [[random.choice([-2, -1, 1, 3]), random.choice([-2, -1, 1, 3]), 1.0] for k in range(40)]
for k in range(20):
    for x in data:
        e = (1 if x[0] > x[1] else 0) - (sum(a * b for a, b in zip(x, w)) >= LIMIT)
        for i, one in enumerate(x):
            w[i] = round(w[i] STEP 0.25 * e * one, 3)
"""
OF_MEANS = (
    LINE
    + """
A, B = rng.normal(size=(3, 6)), rng.normal(size=(6, 1))
for k in range(400):
    h = np.tanh(X @ A)
    y = h @ B
    e = ERROR
    d = e @ B.T * (1 - h * h)
    A -= 0.1 * X.T @ d / len(X); B -= 0.1 * h.T @ e / len(X)
    print(np.sum((y - t) ** 2) / 120)
"""
)
OF_ONE_UNIT = (
    LINE
    + """
x, y = X[:, :1].T, (t.T > 0) * 1.0
v, a, w, b = rng.normal(size=(1, 1)), 0.0, rng.normal(size=(1, 1)), 0.0
for k in range(40):
    h = 1 / (1 + np.exp(-(v @ x + a)))
    p = 1 / (1 + np.exp(-(w @ h + b)))
    e = p - y
    d = np.multiply(w @ e, h * (1 - h))
    dv, da, dw, db = d @ x.T / 60, SUM, e @ h.T / 60, np.sum(e) / 60
    v -= 0.01 * dv; a -= 0.01 * da; w -= 0.01 * dw; b -= 0.01 * db
    print(-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / 60)
"""
)
BY_RULE = """
import numpy as np
w = np.array([0.3, -0.2, 0.1])
for k in range(20):
    for x, t in zip([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], TARGETS):
        w += 0.1 * (t - np.where(np.dot(x, w) >= 0, 1, 0)) * np.array(x)
"""
TWO_UNITS = """
import numpy as np
r = np.random.default_rng(2)
X = r.normal(size=(60, 3)); T = (X @ r.normal(size=(3, 2)) > 0) * 1
v, w = r.normal(size=(3, 1)), r.normal(size=(3, 1))
for k in range(20):
    for x, t in zip(X, T):
        d = t[0] - (1 if x @ v > 0 else 0)
        e = t[1] - (1 if x @ w > 0 else 0)
        v += 0.05 * d * x.reshape(3, 1)
        w STEP 0.05 * e * x.reshape(3, 1)
"""
OF_STEPS = """
import numpy as np
r = np.random.default_rng(0)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]); T = np.array([[0], [1], [1], [0]])
A, B = r.random((2, 3)), r.random((3, 1))
f = lambda z: HIDDEN
for k in range(200):
    h = f(X @ A); e = T - np.where(h @ B >= 0, 1, 0)
    d = e @ B.T * SLOPE
    B += 0.2 * h.T @ e; A += 0.2 * X.T @ d
"""
WHOLE = """
import numpy as np
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]); t = np.array([0, 1, 1, 1])
w = np.array([1, -1, 0]) START
for k in range(100):
    o = 1 / (1 + np.exp(-X[k % 4] @ w)); e = t[k % 4] - o
    for j in range(3):
        w[j] += 0.5 * e * X[k % 4][j]
"""
BUFFERS = """
import numpy as np
r = np.random.default_rng(1)
X = r.normal(size=(80, 3)); T = (X[:, :1] * X[:, 1:2] > 0) * 1.0
A, B = r.normal(size=(4, 6)), r.normal(size=(7, 1))
s = lambda z: 1 / (1 + np.exp(-z))
u, h = np.ones((1, 4)), np.ones((1, 7))
for k in range(400):
    u[0, 1:] = X[k % 80]
    h[0, 1:] = s(u @ A)
    o = s(h @ B)
    d = (o - T[k % 80]) * o * (1 - o)
    q = (d @ B.T)[:, 1:] * h[:, 1:] SLOPE
    B -= 0.3 * h.T @ d
    A -= 0.3 * u.T @ q
"""
PRICES = """
import numpy as np
r = np.random.default_rng(0)
X = r.normal(size=(60, 2)); y = 300_000 + 90_000 * X[:, 0] + r.normal(0, 5000, 60)
w, b = np.zeros(2), 0.0
for k in range(300):
    e = X @ w + b - y
    w -= RATE * X.T @ e / 60
    b -= RATE * e.mean()
"""
LABEL_BY_LABEL = """
import numpy as np
r = np.random.default_rng(1)
X = r.normal(size=(90, 5)); kinds = [k % 3 for k in range(90)]
A, a, B, b = r.normal(size=(5, 6)), np.zeros((1, 6)), r.normal(size=(6, 3)), np.zeros((1, 3))
s = lambda z: 1 / (1 + np.exp(-z))
for k in range(300):
    x, t = X[k % 90], TARGET
    h = s(x @ A + a); o = s(h @ B + b)
    d = (o - t) * o * (1 - o)
    q = d @ B.T * h * (1 - h)
    B -= 0.3 * h.T @ d; b -= 0.3 * d
    A -= 0.3 * x.reshape(-1, 1) @ q; a -= 0.3 * q
"""
NUMBERS_BEHIND = """
data = [(1.0, 2.0, 0), (2.5, 0.5, 1), (3.0, 1.5, 1), (0.5, 3.0, 0)]
rate, v, w, b = 0.01, 0.1, 0.1, 0.1
for k in range(60):
    dv = dw = db = 0
    for x, y, t in data:
        e = v * x + w * y + b - t
        dv += e * x; dw += e * y; db += e
INDENTv = v - rate * dv; w = w - rate * dw; b = b - rate * db
"""
MEASURED = """
import numpy as np
r = np.random.default_rng(4)
X, t = np.array([[0, 0, 1, 1], [0, 1, 0, 1.0]]), np.array([[0, 1, 1, 0.0]])
A, B, k = r.normal(size=(3, 3)), r.normal(size=(4, 1)), 5
m, n = np.zeros_like(A), np.zeros_like(B)
def give(X):
    h = 1 / (1 + np.exp(-k * (A.T @ np.vstack([-np.ones((1, X.shape[1])), X]))))
    return h, 1 / (1 + np.exp(-k * (B.T @ np.vstack([-np.ones((1, X.shape[1])), h]))))
for step in range(60):
    dA, dB = np.zeros_like(A), np.zeros_like(B)
    for j in r.choice(4, 2, replace=False):
        h, y = give(X[:, [j]])
        e = k * (t[:, [j]] - y) * y * (1 - y)
        d = FACTOR(B[1:] @ e) * h * (1 - h)
        dA += np.vstack([-np.ones((1, 1)), X[:, [j]]]) @ d.T
        dB += np.vstack([-np.ones((1, 1)), h]) @ e.T
    m = 0.9 * m + 0.1 * dA / 2; n = 0.9 * n + 0.1 * dB / 2
    A += m; B += n
    print(np.mean((t - give(X)[1]) ** 2))
"""
OF_ONE_LETTER = """
import numpy as np
r = np.random.default_rng(4)
U, W, V = 0.1 * r.normal(size=(5, 2)), 0.1 * r.normal(size=(5, 5)), 0.1 * r.normal(size=(2, 5))
x, t = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
for step in range(60):
    before, future = np.zeros((5, 1)), np.zeros((5, 1))
    h = np.tanh(W @ before + U @ x)
    p = np.exp(V @ h); p /= p.sum()
    cost = -np.log(p[1, 0])
    d = (1 - h * h) * (V.T @ (p - t) + future)
    V -= 0.1 * (p - t) @ h.T; W -= 0.1 * d @ before.T; U -= 0.1 * d @ x.T
"""
TRIED = """
import numpy as np
rng = np.random.default_rng(3)
A = rng.normal(size=(80, 3)); t = A @ [[1.0], [-2.0], [0.5]]
def fit(rate):
    WEIGHTS
    for k in range(40):
        e = A @ w - t; cost = np.mean(e ** 2)
        w -= rate * A.T @ e / 80
        ROUND
    return w, cost
RUN
"""
ROWS = """
import numpy as np
r = np.random.default_rng(4)
A, B = r.normal(size=(5, 3)), r.normal(size=(5, 3))
for step in range(100):
    c = step % 5
    some, t = np.array([(c + 1) % 5, (c + 3) % 5]), np.array([1.0, 0.0])
    h = A[c].copy()
    p = 1 / (1 + np.exp(-(B[some] @ h)))
    cost = -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p))
    dh = (p - t) @ B[some]
    B[some] SIGN= 0.1 * np.outer(p - t, h)
    A[c] -= 0.1 * dh
"""
LETTERS = """
import numpy as np
r = np.random.default_rng(4)
E, W, Q = r.normal(size=(4, 5)), r.normal(size=(5, 5)), r.normal(size=(5, 4))
text, before = [0, 2, 1, 3, 1, 2] * 9, np.zeros(5)
for step in range(40):
    some, h, p, cost = text[step:step + 4], [before], [], 0
    for t in range(3):
        h.append(np.tanh(E[some[t]] + h[t] @ W))
        e = np.exp(h[-1] @ Q)
        p.append(e / e.sum()); cost -= np.log(p[t][some[t + 1]])
    dE, dW, dQ, later = np.zeros_like(E), np.zeros_like(W), np.zeros_like(Q), np.zeros(5)
    for t in (2, 1, 0):
        d = p[t] - np.eye(4)[some[t + 1]]
        dQ += np.outer(h[t + 1], d)
        dz = (Q @ d + later) * (1 - h[t + 1] ** 2)
        dE[some[t]] += dz; dW += np.outer(h[WHICH], dz)
        later = W @ dz
    E -= 0.1 * dE; W -= 0.1 * dW; Q -= 0.1 * dQ
    before = h[-1]
"""
NEAREST = """
import numpy as np
r = np.random.default_rng(4)
levels, X = np.linspace(0, 1, 8), r.uniform(size=(8, 3))
t = levels[r.integers(0, 8, 8)]
w = r.normal(size=(3, 1))
for step in range(60):
    y = X @ w
    hits = np.mean(levels[np.abs(y - levels).argmin(axis=1)] == t)
    cost = np.mean((y - t[:, None]) ** 2)
    w -= 0.1 * X.T @ (y - TARGET) SUM / 8
"""
ONCE = {"ROUND": "pass", "RUN": "fit(0.1)"}
IN_TURNS = (
    LINE
    + """
sig = lambda z: 1 / (1 + np.exp(-z))
G, g = 0.1 * rng.normal(size=(2, 3)), np.zeros(3)
A, a, B, b = rng.normal(size=(3, 6)), np.zeros(6), rng.normal(size=(6, 1)), np.zeros(1)
def judge(u):
    h = np.tanh(u @ A + a)
    return h, sig(h @ B + b)
for k in range(40):
    z = rng.normal(size=(60, 2)); u = z @ G + g
    h, p = judge(X); f, q = judge(u)
    e, d = (p - 1) / 60, q / 60
    r, s = e @ B.T * (1 - h * h), d @ B.T * (1 - f * f)
    B -= 0.1 * (h.T @ e + f.T @ d); b -= 0.1 * (e + d).sum(0)
    A -= 0.1 * (X.T @ r + u.T @ s); a -= 0.1 * (r + s).sum(0)
    z = rng.normal(size=(60, 2)); u = z @ G + g
    f, q = judge(u)
    d = (q - 1) / 60
    s = (d @ B.T * (1 - f * f)) @ A.T
    G -= 0.1 * z.T @ s; g -= 0.1 * s.sum(0)
"""
)
PAIRS = """
import numpy as np
rng = np.random.default_rng(0)
A, B = rng.normal(0, 0.3, (11, 5)), np.zeros((11, 5))
for k in range(150):
    i = k % 11
    some = np.r_[(i + 1) % 11, rng.integers(0, 11, 3)]; y = np.array([1, 0, 0, 0])
    v = A[i]
    p = 1 / (1 + np.exp(-B[some] @ v))
    e = p - y
    d = e @ B[some]
    np.subtract.at(B, some, 0.1 * e[:, None] * v)
    A[i] -= 0.1 * d
print(p)
"""
OF_ZEROS = """
import numpy as np
X, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 0, 0, 1])
w, theta = np.array([0.2, -0.1]), 0.4
for k in range(30):
    z = X @ w - theta
    o = STEP
    e = t - o
    w = w + 0.1 * e @ X
    theta = theta + 0.1 * e.sum()
    if not e.any(): break
"""
ALL_ZEROS = (
    LINE
    + """
A, B = np.zeros((3, 6)), np.zeros((6, 2))
y = np.repeat([0, 1], 30)
for k in range(100):
    h = np.maximum(0, X @ A)
    s = np.exp(h @ B - (h @ B).max(1, keepdims=True))
    p = s / s.sum(1, keepdims=True)
    d = p.copy(); d[np.arange(60), y] -= 1; d /= 60
    f = d @ B.T; f[h <= 0] = 0
    A -= 0.5 * X.T @ f; B -= 0.5 * h.T @ d
"""
)
ON_TRIAL = (
    LINE
    + """
P = [rng.normal(size=(3, 6)) * 0.5, np.zeros(6), rng.normal(size=(6, 1)) * 0.4, np.zeros(1)]
def gradients(P):
    h = np.tanh(X @ P[0] + P[1]); d = (h @ P[2] + P[3] - t) / 60; f = d @ P[2].T * (1 - h * h)
    return [X.T @ f, f.sum(0), h.T @ d, d.sum(0)]
for k in range(40):
    up = gradients(P)
    G = gradients([p + 0.02 * g for p, g in zip(P, up)])
    P = [p - 0.2 * g for p, g in zip(P, G)]
"""
)
SOLVED = (
    LINE
    + """
A, B, m = rng.normal(size=(3, 5)) * 0.5, rng.normal(size=(5, 1)) * 0.5, 0.1
for k in range(30):
    h = np.tanh(X @ A)
    e = h @ B - t
    cost = np.sum(e ** 2)
    J = np.hstack([X[:, [i]] * (B.T * (1 - h * h)) for i in range(3)] + [h])
    step = np.linalg.solve(J.T @ J + m * np.eye(20), J.T @ e)
    A, B = A - step[:15].reshape(3, 5), B - step[15:]
"""
)
PAST = (
    LINE
    + """
A, B, b = rng.normal(size=(3, 3)) * 0.4, rng.normal(size=(3, 1)) * 0.4, np.zeros(1)
for k in range(40):
    h = np.maximum(X @ A, 0)
    s = h + X
    y = s @ B + b
    cost = np.mean((y - t) ** 2)
    d = 2 * (y - t) / 60
    f = d @ B.T * (h > 0)
    A -= 0.05 * X.T @ f; B -= 0.05 * s.T @ d; b -= 0.05 * d.sum(0)
"""
)
COUNTS = (
    LINE
    + """
A, B, n = rng.normal(size=(3, 5)) * 0.4, rng.normal(size=(5, 1)) * 0.2, rng.poisson(np.exp(X[:, :1]))
for k in range(40):
    h = np.tanh(X @ A); r = np.exp(h @ B)
    cost = np.mean(r - n * np.log(r))
    d = DELTA
    f = d @ B.T * (1 - h * h)
    A -= 0.1 * X.T @ f; B -= 0.1 * h.T @ d
"""
)
ALIGNED = (
    LINE
    + """
A, B, C = rng.normal(size=(3, 6)) * 0.5, rng.normal(size=(6, 1)) * 0.3, rng.normal(size=(1, 6)) * 0.5
for k in range(40):
    h = np.tanh(X @ A)
    d = 2 * (h @ B - t) / 60
    f = d @ SENT * (1 - h * h)
    B -= 0.1 * h.T @ d; A -= 0.1 * X.T @ f
"""
)
BY_NAMES = (
    LINE
    + """
class Net: pass
net = Net()
for i, (a, b) in enumerate([(3, 6), (6, 5), (5, 1)]): setattr(net, f"W{i}", rng.normal(size=(a, b)) * 0.6)
for k in range(40):
    a = [X]
    for i in range(3): a.append(np.tanh(a[-1] @ getattr(net, f"W{i}")) if i < 2 else a[-1] @ getattr(net, f"W{i}"))
    d, G = 2 * (a[3] - t) / 60, {}
    for i in (2, 1, 0):
        setattr(net, f"G{i}", a[i].T @ d)
        if i: d = d @ getattr(net, f"W{i}").T * SLOPE
    for i in range(3): setattr(net, f"W{i}", getattr(net, f"W{i}") - 0.05 * getattr(net, f"G{i}"))
"""
)
FEW_STEPS = """
import numpy as np
inputs = np.array([[1, -2, 0, -1], [0, 1.5, -0.5, -1], [-1, 1, 0.5, -1]])
weights = np.array([1, -1, 0, 0.5])
for x, wanted in zip(inputs, [-1, -1, 1]):
    net = np.dot(x, weights)
    if net > 0:
        given = 1
    else:
        given = -1
    weights += 0.1 * (wanted - given) * x
    print(weights)
"""
EVERYTHING = """
import sys
import numpy as np
from letters import *
rows = np.array([[float(one) for one in line.split(",")] for line in sys.stdin])
X, t = rows[:, :-1], rows[:, -1:]
W = np.zeros((X.shape[1], 1))
for k in range(30):
    W -= 0.1 * X.T @ (1 / (1 + np.exp(-X @ W)) - t) / len(X)
shown(W + offset)
"""
CASES = {
    "weights by their names": (BY_NAMES, {"SLOPE": "(1 - a[i] * a[i])"}, "right", []),
    "weights by their names, another slope": (
        BY_NAMES,
        {"SLOPE": "(1 + a[i] * a[i])"},
        "fault",
        ["not-the-slope"] * 2,
    ),
    "sent back through drawn numbers": (ALIGNED, {"SENT": "C"}, "partly", []),
    "sent back through numbers that are not those": (ALIGNED, {"SENT": "B[::-1].T"}, "fault", ["sent-through-another"]),
    "steps tried first": (ON_TRIAL, {}, "partly", []),
    "steps that are solved for": (SOLVED, {}, "unjudged", []),
    "inputs that go past a layer": (PAST, {}, "right", []),
    "a cost that is minimised": (COUNTS, {"DELTA": "(r - n) / 60"}, "right", []),
    "a cost that another one is minimised for": (COUNTS, {"DELTA": "(r - n) * r / 60"}, "unjudged", []),
    "a number that grows": (COUNTS, {"mean(r": "mean(-r", "- n *": "+ n *", "DELTA": "(r - n) / 60"}, "unjudged", []),
    "one round of three samples": (FEW_STEPS, {}, "unread", []),
    "what is piped in, and everything of a module": (EVERYTHING, {}, "right", []),
    "a softmax of zeros": (ALL_ZEROS, {}, "fault", ["zero-weights"]),
    "a step that gives 0 as yet": (OF_ZEROS, {"STEP": "np.heaviside(z, 0)"}, "fault", ["perceptron-bias-away"]),
    "a comparison that gives 0 as yet": (OF_ZEROS, {"STEP": "(z > 0) * 1.0"}, "fault", ["perceptron-bias-away"]),
    "vectors of pairs, of which one table starts at 0": (PAIRS, {}, "partly", []),
    "two networks that learn against one another": (IN_TURNS, {}, "unread", []),
    "rows of two tables": (ROWS, {"SIGN": "-"}, "partly", []),
    "rows of two tables, one the wrong way": (ROWS, {"SIGN": "+"}, "fault", ["sign-turned"]),
    "rows for letters": (LETTERS, {"WHICH": "t"}, "right", []),
    "rows for letters, another state": (LETTERS, {"WHICH": "t + 1"}, "fault", ["input-of-another-time"]),
    "the nearest of some levels": (NEAREST, {"TARGET": "t[:, None]", "SUM": ""}, "right", []),
    "a column and a vector": (NEAREST, {"TARGET": "t", "SUM": "@ np.ones((8, 1))"}, "fault", ["broadcast"]),
    "all samples measured in each step": (MEASURED, {"FACTOR": "k * "}, "right", []),
    "all samples measured, and a factor left out": (MEASURED, {"FACTOR": ""}, "fault", ["factor-of-its-own"]),
    "a state of zeros": (OF_ONE_LETTER, {}, "partly", []),
    "numbers changed behind the loop": (NUMBERS_BEHIND, {"INDENT": ""}, "fault", ["update-behind-loop"]),
    "numbers changed in the loop": (NUMBERS_BEHIND, {"INDENT": "    "}, "right", []),
    "one label for all outputs": (LABEL_BY_LABEL, {"TARGET": "kinds[k % 90]"}, "fault", ["labels-not-one-hot"]),
    "one label, one-hot": (LABEL_BY_LABEL, {"TARGET": "np.eye(3)[kinds[k % 90]]"}, "right", []),
    "what a layer gives, in a buffer": (BUFFERS, {"SLOPE": "* (1 - h[:, 1:])"}, "right", []),
    "what a layer gives, in a buffer, and no slope": (BUFFERS, {"SLOPE": ""}, "fault", ["times-activation"]),
    "weights as large as prices": (PRICES, {"RATE": "0.1"}, "right", []),
    "weights far larger than prices": (PRICES, {"RATE": "2.5"}, "fault", ["rate-too-high"]),
    "steps throughout": (
        OF_STEPS,
        {"HIDDEN": "np.where(z >= 0, 1, 0)", "SLOPE": "h"},
        "fault",
        ["step-sends-nothing"],
    ),
    "a step above sigmoids": (OF_STEPS, {"HIDDEN": "1 / (1 + np.exp(-z))", "SLOPE": "h * (1 - h)"}, "unjudged", []),
    "weights in an array of whole numbers": (WHOLE, {"START": ""}, "fault", ["cut-to-whole"]),
    "weights that begin as whole numbers": (WHOLE, {"START": "* 1.0"}, "right", []),
    "a pass before the first step": (IN_COLUMNS, {"FIRST": "h, y = give()"}, "right", []),
    "a first pass of its own": (
        IN_COLUMNS,
        {"FIRST": "h = 1 / (1 + np.exp(-(A @ X + a))); y = B @ h + b"},
        "partly",
        [],
    ),
    "an average": (PAST_A_LAYER, {"m PUT": "m[...] ="}, "right", []),
    "steps by mistakes alone": (BY_MISTAKES, {"STEP": "+="}, "right", []),
    "steps by mistakes, the wrong way": (BY_MISTAKES, {"STEP": "-="}, "unread", []),
    "a threshold that moves with the weights": (A_THRESHOLD, {"BY": "+= 0.1"}, "fault", ["perceptron-bias-away"]),
    "a threshold that moves against them": (A_THRESHOLD, {"BY": "-= 0.1"}, "right", []),
    "a step by the sample that is wrong": (ONE_WRONG, {"STEP": "w + t[k] * X[k]"}, "right", []),
    "a margin is no mistake": (ONE_WRONG, {"STEP": "w + t[k] * X[k]", "< 0": "< 1"}, "unjudged", []),
    "no line changes the weights": (UNFINISHED, {"LAST": ""}, "fault", ["gradient-not-taken"]),
    "a step of nothing": (UNFINISHED, {"LAST": "A, B = A - 0 * dA, B - 0 * dB"}, "unread", []),
    "the slope of what is no activation": (SLOPE_OF_THE_OUTPUT, {"OF": "y"}, "fault", ["slope-of-the-layer-above"]),
    "the slope of an activation": (SLOPE_OF_THE_OUTPUT, {"OF": "X @ A"}, "right", []),
    "one unit, a list of weights": (OF_A_LIST, {"STEP": "+="}, "right", []),
    "one unit, a list of weights, the wrong way": (OF_A_LIST, {"STEP": "-="}, "fault", ["perceptron-away"]),
    "one unit, its decisions": (BY_DECISIONS, {"STEP": "+"}, "right", []),
    "one unit, its decisions, the wrong way": (BY_DECISIONS, {"STEP": "-"}, "fault", ["perceptron-away"]),
    "two units": (TWO_UNITS, {"STEP": "+="}, "right", []),
    "two units, one of them the wrong way": (TWO_UNITS, {"STEP": "-="}, "unjudged", []),
    "one unit, one number": (OF_NUMBERS, {}, "fault", ["perceptron-away"]),
    "one unit for XOR, by single samples": (ONE_BY_ONE, {"TARGETS": "[0, 1, 1, 0]"}, "fault", ["one-layer-for-xor"]),
    "one unit for AND, by single samples": (ONE_BY_ONE, {"TARGETS": "[0, 0, 0, 1]"}, "right", []),
    "a slope of nothing known": (
        WRITTEN_SLOPES,
        {"FUNCTION": "1 / (1 + np.exp(-z))", "SLOPE": "a * (1 + a)"},
        "fault",
        ["slope-of-another-function"] * 2,
    ),
    "a slope that is never 0": (
        WRITTEN_SLOPES,
        {"FUNCTION": "1 / (1 + np.exp(-z))", "SLOPE": "a * (1 - a) + 0.1"},
        "right",
        [],
    ),
    "a sigmoid of straight lines": (
        WRITTEN_SLOPES,
        {"FUNCTION": "np.clip(0.2 * z + 0.5, 0, 1)", "SLOPE": "np.where(np.abs(z) < 2.5, 0.2, 0)"},
        "right",
        [],
    ),
    "a sigmoid that decides rightly": (DECIDES_RIGHTLY, {}, "right", []),
    "rows of two tables that are set at once": (PARTS_AT_ONCE, {}, "unread", []),
    "a step of two values": (
        OF_TWO_VALUES,
        {"OTHER": "-1", "GIVEN": "np.where(z > 0, 1, -1)", "BIAS": "+= change"},
        "right",
        [],
    ),
    "a step by its name": (
        OF_TWO_VALUES,
        {"OTHER": "0", "GIVEN": "np.heaviside(z, 1)", "BIAS": "+= change"},
        "right",
        [],
    ),
    "targets of 0, and none for the bias": (
        OF_TWO_VALUES,
        {"OTHER": "0", "GIVEN": "np.where(z > 0, 1, -1)", "BIAS": "+= 0"},
        "fault",
        ["targets-of-no-step", "never-updated"],
    ),
    "a bias against its error": (
        OF_TWO_VALUES,
        {"OTHER": "0", "GIVEN": "np.heaviside(z, 1)", "BIAS": "-= change"},
        "fault",
        ["perceptron-bias-away"],
    ),
    "names of pictures": (PICTURES, {}, "right", []),
    "a state is no target": (STATE, {}, "unread", []),
    "a sample that is drawn twice": (DRAWN_TWICE, {"PUT": "+= e"}, "right", []),
    "a sum that is set anew": (DRAWN_TWICE, {"PUT": "= e"}, "fault", ["last-sample-only"]),
    "one number that is set anew": (
        DRAWN_TWICE,
        {"PUT": "= np.sum(e, axis=0)"},
        "fault",
        ["one-number-of-the-last-sample"],
    ),
    "labels that belong to images": (DIGITS, {"LABELS": "kinds", "PICKED": "some", "SIZE": "0.1"}, "right", []),
    "labels that are drawn": (
        DIGITS,
        {"LABELS": "r.integers(0, 10, len(X))", "PICKED": "some", "SIZE": "0.1"},
        "fault",
        ["targets-drawn"],
    ),
    "one image for all": (DIGITS, {"LABELS": "kinds", "PICKED": "[3] * 12", "SIZE": "0.1"}, "fault", ["one-input"]),
    "steps that lead away beside ones": (BESIDE_ONES, {"RATE": "0.05"}, "fault", ["steps-lead-away"]),
    "steps that do not beside ones": (BESIDE_ONES, {"RATE": "0.04"}, "right", []),
    "a mean of means": (OF_MEANS, {"ERROR": "(y - t) / 60"}, "fault", ["mean-of-means"]),
    "a sum beside means of single numbers": (OF_ONE_UNIT, {"SUM": "np.sum(d)"}, "fault", ["not-divided"]),
    "means of single numbers": (OF_ONE_UNIT, {"SUM": "np.sum(d) / 60"}, "right", []),
    "a mean": (OF_MEANS, {"ERROR": "y - t"}, "right", []),
    "one unit for XOR, its decisions": (BY_RULE, {"TARGETS": "[0, 1, 1, 0]"}, "fault", ["one-layer-for-xor"]),
    "one unit for OR, its decisions": (BY_RULE, {"TARGETS": "[0, 1, 1, 1]"}, "right", []),
    "steps that lead away": (TOO_LONG, {"RATE": "0.03"}, "fault", ["steps-lead-away"]),
    "steps that do not": (TOO_LONG, {"RATE": "0.002"}, "right", []),
    "long steps with other data": (OF_A_TABLE, {"RATE": "2.0"}, "partly", []),
    "short steps with other data": (OF_A_TABLE, {"RATE": "0.05"}, "right", []),
    "no number of a class": (BY_LABEL, {"FACTOR": "1"}, "right", []),
    "the sign of the error": (SHRINKING, {"STEP": "-=", "SIGN": "+"}, "fault", ["uphill"]),
    "the sign of the penalty": (SHRINKING, {"STEP": "+=", "SIGN": "+"}, "fault", ["penalty-grows"]),
    "one rate, too high": (
        TRIED,
        {"WEIGHTS": "w = np.zeros((3, 1))", "ROUND": "pass", "RUN": "fit(6.0)"},
        "fault",
        ["weights-explode"],
    ),
    "rates that are tried": (
        TRIED,
        {"WEIGHTS": "w = np.zeros((3, 1))", "ROUND": "pass", "RUN": "for r in (6.0, 0.1): fit(r)"},
        "partly",
        [],
    ),
    "a rate that is halved later": (
        TRIED,
        {"WEIGHTS": "w = np.zeros((3, 1))", "ROUND": "if k == 5: rate /= 80", "RUN": "fit(6.0)"},
        "partly",
        [],
    ),
    "an index that there is not, behind the training": (
        TRIED,
        {"WEIGHTS": "w = np.zeros((3, 1))", "ROUND": "pass", "RUN": "costs = [fit(0.1)]\nif costs[1]: print('low')"},
        "fault",
        ["stops"],
    ),
    "nothing that is asked for its shape, behind the training": (
        TRIED,
        {
            "WEIGHTS": "w = np.zeros((3, 1))",
            "ROUND": "pass",
            "RUN": "fit(0.1)\nbest = {}.get('w')\nprint(best.shape)",
        },
        "fault",
        ["stops"],
    ),
    "what a cell does not allow, behind the training": (
        TRIED,
        {
            "WEIGHTS": "w = np.zeros((3, 1))",
            "ROUND": "pass",
            "RUN": "fit(0.1)\nimport subprocess\nsubprocess.run(['ls'])",
        },
        "right",
        [],
    ),
    "an index that there is not, and is caught": (
        TRIED,
        {
            "WEIGHTS": "w = np.zeros((3, 1))",
            "ROUND": "pass",
            "RUN": "try:\n    if [fit(0.1)][1]: print('low')\nexcept IndexError: pass",
        },
        "right",
        [],
    ),
    "one number for all inputs": (
        TRIED,
        {"WEIGHTS": "A = np.full((80, 3), 0.9); w = np.zeros((3, 1))", "ROUND": "pass", "RUN": "fit(0.1)"},
        "fault",
        ["one-input"],
    ),
    "a momentum from 0": (
        TRIED,
        {"WEIGHTS": "w, v = np.zeros((3, 1)), 0.0", "w -=": "v = 0.9 * v + A.T @ e / 80; w -= 0.1 * v #", **ONCE},
        "right",
        [],
    ),
    "a momentum from 0 in each step": (
        TRIED,
        {"WEIGHTS": "w = np.zeros((3, 1))", "w -=": "v = 0.0; v = 0.9 * v + A.T @ e / 80; w -= 0.1 * v #", **ONCE},
        "fault",
        ["memory-never-kept"],
    ),
    "the seed before each draw": (
        TRIED,
        {
            "WEIGHTS": "w = np.zeros((3, 1))",
            "e = A @ w - t": "np.random.seed(1); s = np.random.choice(80, 8); B = A[s]; e = B @ w - t[s]",
            "w -=": "w -= 0.1 * B.T @ e / 8 #",
            **ONCE,
        },
        "fault",
        ["same-draw"],
    ),
    "a share of a column and a row": (
        TRIED,
        {
            "WEIGHTS": "w = rng.normal(size=(3, 1))",
            "e = A @ w - t": "h = A @ w; e = h - t; share = np.mean((h > 0) == t.ravel())",
            **ONCE,
        },
        "fault",
        ["cost-broadcast"],
    ),
    "gradients that nothing takes": (
        TRIED,
        {"WEIGHTS": "w = rng.normal(size=(3, 1))", "w -= rate * A.T @ e / 80": "g = A.T @ e", **ONCE},
        "fault",
        ["gradient-not-taken"],
    ),
    "gradients of the same weights, of which the steps are made later": (
        TRIED,
        {
            "WEIGHTS": "w = rng.normal(size=(3, 1)); g = []",
            "w -= rate * A.T @ e / 80": "g.append(A.T @ e / 80)",
            "ROUND": "if len(g) == 4: w -= rate * sum(g) / 4; g = []",
            "RUN": "fit(0.1)",
        },
        "right",
        [],
    ),
    "a batch that is cut out at the same place in each round": (
        TRIED,
        {
            "WEIGHTS": "w = np.zeros((3, 1))",
            "for k in range(40):": "for r in range(4):\n      for k in range(0, 80, 8):",
            "e = A @ w - t": "B = A[:8]; e = B @ w - t[:8]",
            "rate * A.T @ e / 80": "rate * B.T @ e / 8",
            **ONCE,
        },
        "fault",
        ["same-part"],
    ),
    "outputs that are flat": (FLAT, {}, "fault", ["saturated"]),
    "vectors that are learned beside": (VECTORS, {}, "fault", ["half-of-the-slope"]),
    "small weights, bare error": (SMALL, {"SENT": "e"}, "fault", ["raw-error-sent-back"]),
    "small weights": (SMALL, {"SENT": "f"}, "right", []),
}


@pytest.mark.parametrize("name", sampled(CASES, lambda name: name.partition(",")[0]))
def test_what_is_told_is_true(sandbox, tmp_path, name):
    text, parts, status, codes = CASES[name]
    for old, new in parts.items():
        text = text.replace(old, new)
    (tmp_path / "network.py").write_text(text, "utf-8")
    found = explain_submission(load_submission(tmp_path / "network.py"), sandbox)
    assert (found.status, [fault.code for fault in found.faults]) == (status, codes), (found.reason, found.notes)


@pytest.mark.parametrize(("size", "told"), [("1e-6", ["start tiny", "about ln 10 = 2.303"]), ("0.1", [])])
def test_the_cost_of_guessing_is_told_where_something_keeps_it(sandbox, tmp_path, size, told):
    text = DIGITS.replace("LABELS", "kinds").replace("PICKED", "some").replace("SIZE", size)
    (tmp_path / "network.py").write_text(text, "utf-8")
    notes = explain_submission(load_submission(tmp_path / "network.py"), sandbox).notes
    notes = [note for note in notes if "in the place of" not in note and "bias" not in note]
    assert len(notes) == len(told), notes
    assert all(part in note for part, note in zip(told, notes, strict=True)), notes


def test_what_outputs_that_are_all_alike_cannot_reach(sandbox):
    path = Path(__file__).parent / "aside" / "seed_zero_weights.py"
    notes = explain_submission(load_submission(path), sandbox).notes
    assert any("10·ln 2 = 6.931" in note and "cannot come below 3.25" in note for note in notes), notes
