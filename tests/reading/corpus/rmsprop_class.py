# right
# network: 64 24:tanh 10:softmax
import numpy as np
from sklearn.datasets import load_digits
from sklearn.preprocessing import LabelBinarizer

raw = load_digits()
X = (raw.data - raw.data.mean()) / raw.data.std()
T = LabelBinarizer().fit_transform(raw.target)

class RMSProp:
    def __init__(self, lr=0.002, rho=0.9):
        self.lr, self.rho, self.cache = lr, rho, {}

    def __call__(self, name, value, grad):
        old = self.cache.get(name, np.zeros_like(grad))
        self.cache[name] = self.rho * old + (1 - self.rho) * grad * grad
        return value - self.lr * grad / (np.sqrt(self.cache[name]) + 1e-7)

opt = RMSProp()
W1, b1 = np.random.randn(64, 24) * 0.1, np.zeros(24)
W2, b2 = np.random.randn(24, 10) * 0.2, np.zeros(10)
for epoch in range(5):
    for s in range(0, 900, 30):
        x, t = X[s:s + 30], T[s:s + 30]
        H = np.tanh(x @ W1 + b1)
        logits = H @ W2 + b2
        expd = np.exp(logits - logits.max(axis=1, keepdims=True))
        out = expd / expd.sum(axis=1, keepdims=True)
        d_logits = (out - t) / 30
        d_H = d_logits @ W2.T
        d_pre = d_H * (1 - H ** 2)
        W2 = opt("W2", W2, H.T @ d_logits)
        b2 = opt("b2", b2, d_logits.sum(0))
        W1 = opt("W1", W1, x.T @ d_pre)
        b1 = opt("b1", b1, d_pre.sum(0))
    print(epoch, -(t * np.log(out)).sum(1).mean())
