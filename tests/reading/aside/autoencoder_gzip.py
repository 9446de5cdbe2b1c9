# right
# network: 784 32:sigmoid 784:sigmoid
import numpy as np

class Coder:
    """784 -> 32 -> 784"""
    def __init__(self, width, code, seed=0):
        r = np.random.default_rng(seed)
        self.enc = r.uniform(-.06, .06, (width, code)); self.enc_b = np.zeros(code)
        self.dec = r.uniform(-.06, .06, (code, width)); self.dec_b = np.zeros(width)
    @staticmethod
    def s(v):
        return 1. / (1. + np.exp(-v))
    def __call__(self, x):
        self.x = x
        self.code = self.s(x @ self.enc + self.enc_b)
        self.out = self.s(self.code @ self.dec + self.dec_b)
        return self.out
    def learn(self, lr):
        n = self.x.shape[0]
        slope_out = self.out * (1. - self.out)
        e = (self.out - self.x) * slope_out
        slope_code = self.code * (1. - self.code)
        c = (e @ self.dec.T) * slope_code
        for p, g in ((self.dec, self.code.T @ e), (self.dec_b, e.sum(0)), (self.enc, self.x.T @ c), (self.enc_b, c.sum(0))):
            p -= lr * g / n

import gzip
with gzip.open("data/train-images-idx3-ubyte.gz") as f:
    raw = np.frombuffer(f.read(), dtype=np.uint8, offset=16)
pics = raw.reshape(-1, 784).astype(np.float64) / 255.
coder = Coder(784, 32)
for start in range(0, 1200, 60):
    chunk = pics[start:start + 60]
    out = coder(chunk)
    print("mse", ((out - chunk) ** 2).sum() / (2 * len(chunk)))
    coder.learn(.7)
