"""Windows one after the other, in loops."""
import numpy as np


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def window(self, i, j):
        top, left = i * self.stride, j * self.stride
        return slice(top, top + self.W.shape[2]), slice(left, left + self.W.shape[3])

    def forward(self, x):
        p = self.pad
        self.image = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
        h = (self.image.shape[2] - self.W.shape[2]) // self.stride + 1
        w = (self.image.shape[3] - self.W.shape[3]) // self.stride + 1
        out = np.empty((len(x), len(self.W), h, w))
        for i in range(h):
            for j in range(w):
                rows, columns = self.window(i, j)
                patch = self.image[:, :, rows, columns]
                out[:, :, i, j] = np.einsum("nchw,fchw->nf", patch, self.W) + self.b
        return out

    def backward(self, dout):
        dimage = np.zeros_like(self.image)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        for n in range(dout.shape[0]):
            for f in range(dout.shape[1]):
                for i in range(dout.shape[2]):
                    for j in range(dout.shape[3]):
                        rows, columns = self.window(i, j)
                        self.dW[f] += dout[n, f, i, j] * self.image[n, :, rows, columns]
                        self.db[f] += dout[n, f, i, j]
                        dimage[n, :, rows, columns] += dout[n, f, i, j] * self.W[f]
        p = self.pad
        return dimage[:, :, p:dimage.shape[2] - p, p:dimage.shape[3] - p]


class Pooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.h, self.w, self.stride = pool_h, pool_w, stride

    def forward(self, x):
        self.x = x
        rows = range(0, x.shape[2] - self.h + 1, self.stride)
        columns = range(0, x.shape[3] - self.w + 1, self.stride)
        out = np.zeros((*x.shape[:2], len(rows), len(columns)))
        for i, top in enumerate(rows):
            for j, left in enumerate(columns):
                out[:, :, i, j] = x[:, :, top:top + self.h, left:left + self.w].max(axis=(2, 3))
        return out

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        for n, c, i, j in np.ndindex(dout.shape):
            top, left = i * self.stride, j * self.stride
            seen = self.x[n, c, top:top + self.h, left:left + self.w]
            a, b = np.unravel_index(seen.argmax(), seen.shape)
            dx[n, c, top + a, left + b] += dout[n, c, i, j]
        return dx


class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.ratio = dropout_ratio

    def forward(self, x, train_flg=True):
        if train_flg:
            self.kept = np.random.uniform(size=x.shape) >= self.ratio
            return np.where(self.kept, x, 0.0)
        return x - self.ratio * x

    def backward(self, dout):
        return np.where(self.kept, dout, 0.0)
