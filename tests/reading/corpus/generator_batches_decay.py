# right
# network: 784 25:tanh 10:softmax
from dataclasses import dataclass, field
import numpy as np
import idx2numpy

images = idx2numpy.convert_from_file("train-images.idx3-ubyte").reshape(-1, 28 * 28) / 255
labels = idx2numpy.convert_from_file("train-labels.idx1-ubyte")

def batches(xs, ys, size):
    for start in range(0, len(xs), size):
        yield xs[start:start + size], np.eye(10)[ys[start:start + size]]

@dataclass
class Net:
    hidden: int
    rate: float
    decay: float = 0.01
    params: dict = field(default_factory=dict)

    def __post_init__(self):
        r = np.random.default_rng(11)
        self.params = dict(U=r.normal(0, 784 ** -0.5, (784, self.hidden)), u=np.zeros(self.hidden),
                           V=r.normal(0, self.hidden ** -0.5, (self.hidden, 10)), v=np.zeros(10))

    def learn(self, x, y, k):
        p = self.params
        hidden = np.tanh(x @ p["U"] + p["u"])
        logits = hidden @ p["V"] + p["v"]
        prob = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        top = (prob - y) / len(x)
        low = top @ p["V"].T * (1 - hidden * hidden)
        eta = self.rate / (1 + self.decay * k)
        p["V"] = p["V"] - eta * hidden.T @ top
        p["v"] = p["v"] - eta * top.sum(axis=0)
        p["U"] = p["U"] - eta * x.T @ low
        p["u"] = p["u"] - eta * low.sum(axis=0)
        return -np.sum(y * np.log(prob)) / len(x)

net = Net(25, 0.5)
for k, (x, y) in enumerate(batches(images, labels, 50)):
    c = net.learn(x, y, k)
    print(k, c)
