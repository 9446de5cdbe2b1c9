# fault: self.W axes-not-turned-back 28
# network: ?
import numpy as np
from sklearn.datasets import fetch_openml

def im2col(x, k):
    n, c, h, w = x.shape
    oh, ow = h - k + 1, w - k + 1
    cols = np.zeros((n, c, k, k, oh, ow))
    for i in range(k):
        for j in range(k):
            cols[:, :, i, j] = x[:, :, i:i + oh, j:j + ow]
    return cols.transpose(0, 4, 5, 1, 2, 3).reshape(n * oh * ow, -1)

class Conv:
    def __init__(self, cin, cout, k):
        self.k = k
        self.W = np.random.randn(cout, cin, k, k) * np.sqrt(2 / (cin * k * k))
        self.b = np.zeros(cout)
    def forward(self, x):
        n, c, h, w = x.shape
        self.oh, self.ow = h - self.k + 1, w - self.k + 1
        self.n = n
        self.col = im2col(x, self.k)
        out = self.col @ self.W.reshape(len(self.b), -1).T + self.b
        return out.reshape(n, self.oh, self.ow, -1).transpose(0, 3, 1, 2)
    def backward(self, g):
        g2 = g.reshape(-1, len(self.b))
        self.dW = (g2.T @ self.col).reshape(self.W.shape)
        self.db = g2.sum(axis=0)

class MaxPool:
    def forward(self, x):
        n, c, h, w = x.shape
        self.x = x.reshape(n, c, h // 2, 2, w // 2, 2)
        self.out = self.x.max(axis=(3, 5))
        self.mask = self.x == self.out[:, :, :, None, :, None]
        return self.out
    def backward(self, g):
        return (self.mask * g[:, :, :, None, :, None]).reshape(self.shape())
    def shape(self):
        n, c, a, _, b, _ = self.x.shape
        return n, c, a * 2, b * 2

X, y = fetch_openml('mnist_784', version=1, return_X_y=True, as_frame=False)
X = (X / 255.).reshape(-1, 1, 28, 28)[:2000]
y = y.astype(int)[:2000]
np.random.seed(0)
conv, pool = Conv(1, 8, 5), MaxPool()
W = np.random.randn(8 * 12 * 12, 10) * 0.03
b = np.zeros(10)
lr = 0.05
B = 50
for epoch in range(3):
    p = np.random.permutation(len(X))
    loss = 0
    for i in range(0, len(X), B):
        xb, yb = X[p[i:i + B]], y[p[i:i + B]]
        h = conv.forward(xb)
        r = np.maximum(h, 0)
        q = pool.forward(r)
        f = q.reshape(len(xb), -1)
        s = f @ W + b
        s -= s.max(axis=1, keepdims=True)
        P = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        loss += -np.log(P[range(len(yb)), yb]).sum()
        d = P
        d[range(len(yb)), yb] -= 1
        d /= len(yb)
        dW, db = f.T @ d, d.sum(0)
        df = d @ W.T
        dr = pool.backward(df.reshape(q.shape))
        dh = dr * (h > 0)
        conv.backward(dh)
        W -= lr * dW
        b -= lr * db
        conv.W -= lr * conv.dW
        conv.b -= lr * conv.db
    print(epoch, loss / len(X))
