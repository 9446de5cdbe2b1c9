# right
# network: 6 9:ReLU 9:ReLU 2:softmax
from collections import namedtuple
import numpy as np
Net = namedtuple("Net", "weights biases")
rs = np.random.RandomState(8)
dims = [6, 9, 9, 2]
net = Net([rs.standard_normal((a, b)) * (2 / a) ** .5 for a, b in zip(dims, dims[1:])], [np.zeros(b) for b in dims[1:]])
inputs = rs.rand(120, 6) * 2 - 1
hit = (inputs[:, :3].prod(axis=1) > 0).astype(int)
target = np.eye(2)[hit]

def run(net, x):
    acts = [x]
    for depth, (w, b) in enumerate(zip(*net)):
        s = acts[-1].dot(w) + b
        if depth < 2:
            acts.append(np.clip(s, 0, None))
        else:
            s = np.exp(s - s.max(1, keepdims=True))
            acts.append(s / s.sum(1, keepdims=True))
    return acts

def gradients(net, acts, y):
    err = (acts[-1] - y) / len(y)
    gw, gb = [], []
    for w, low in zip(net.weights[::-1], acts[-2::-1]):
        gw.append(low.T.dot(err))
        gb.append(err.sum(0))
        err = err.dot(w.T) * np.sign(low)
    return Net(gw[::-1], gb[::-1])

for epoch in range(150):
    acts = run(net, inputs)
    ce = -np.log(acts[-1][np.arange(120), hit]).mean()
    g = gradients(net, acts, target)
    net = Net([w - .5 * d for w, d in zip(net.weights, g.weights)], [b - .5 * d for b, d in zip(net.biases, g.biases)])
print("final", ce)
