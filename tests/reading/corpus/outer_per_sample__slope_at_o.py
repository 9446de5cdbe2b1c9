# fault: δ1 slope-at-activation 34
# network: 784 16:sigmoid 10:sigmoid
import gzip
import pickle
import numpy as np

with gzip.open("mnist.pkl.gz", "rb") as f:
    train_set, valid_set, test_set = pickle.load(f, encoding="latin1")
images, digits = train_set

def f(a):
    return 1.0 / (1.0 + np.exp(-a))

def df(a):
    s = f(a)
    return s * (1.0 - s)

rng = np.random.RandomState(0)
A = rng.uniform(-0.05, 0.05, (16, 784))
p = np.zeros(16)
C = rng.uniform(-0.3, 0.3, (10, 16))
q = np.zeros(10)
lr = 0.5
for epoch in range(3):
    for k in rng.permutation(len(images)):
        v = images[k].astype(float)
        goal = np.zeros(10)
        goal[digits[k]] = 1.0
        net1 = np.dot(A, v) + p
        o1 = f(net1)
        net2 = np.dot(C, o1) + q
        o2 = f(net2)
        d2 = (o2 - goal) * df(net2)
        d1 = np.dot(C.T, d2) * df(o1)
        C -= lr * np.outer(d2, o1)
        q -= lr * d2
        A -= lr * np.outer(d1, v)
        p -= lr * d1
