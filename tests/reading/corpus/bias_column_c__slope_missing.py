# fault: δ1 no-slope 22
# network: 2 4:tanh 1:tanh
import numpy as np

points = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], dtype=float)
answers = np.array([[-1], [1], [1], [-1]], dtype=float)
gen = np.random.RandomState(12)
first = gen.uniform(-0.6, 0.6, (3, 4))
second = gen.uniform(-0.6, 0.6, (5, 1))

def with_one(a):
    return np.c_[a, np.ones(len(a))]

for turn in range(2000):
    inp = with_one(points)
    hid = np.tanh(inp.dot(first))
    hid1 = with_one(hid)
    out = np.tanh(hid1.dot(second))
    miss = out - answers
    loss = 0.5 * np.sum(miss ** 2)
    d_out = miss * (1 - out ** 2)
    d_hid = d_out.dot(second[:-1].T)
    second -= 0.1 * hid1.T.dot(d_out)
    first -= 0.1 * inp.T.dot(d_hid)
    if turn % 200 == 0:
        print(turn, loss)
