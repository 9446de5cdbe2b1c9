# right
# network: 4 6:tanh 2:sigmoid
import numpy as np
rng = np.random.default_rng(2)
table = rng.random((60, 4)); wanted = np.c_[table[:, 0] > .5, table[:, 0] <= .5] * 1.0
class Nodes:
    def __init__(self, i, h, o):
        self.ai, self.ah, self.ao = np.ones(i + 1), np.ones(h), np.ones(o)
        self.wi, self.wo = rng.normal(0, .5, (i + 1, h)), rng.normal(0, .5, (h, o))
    def ahead(self, row):
        self.ai[:-1] = row
        self.ah = np.tanh(np.dot(self.ai, self.wi))
        self.ao = 1 / (1 + np.exp(-np.dot(self.ah, self.wo)))
    def back(self, target, rate):
        d = self.ao * (1 - self.ao) * (self.ao - target)
        e = (1 - self.ah ** 2) * np.dot(self.wo, d)
        self.wo -= rate * np.outer(self.ah, d)
        self.wi -= rate * np.outer(self.ai, e)
net = Nodes(4, 6, 2)
for _ in range(30):
    for row, target in zip(table, wanted):
        net.ahead(row); net.back(target, .3)
