import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as view


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W = W
        self.b = b
        self.stride = stride
        self.pad = pad

    def forward(self, x):
        s, p = self.stride, self.pad
        self.padded = np.pad(x, ((0,), (0,), (p,), (p,)))
        self.seen = view(self.padded, self.W.shape[2:], axis=(2, 3))[:, :, ::s, ::s]
        out = np.tensordot(self.seen, self.W, axes=((1, 4, 5), (1, 2, 3)))
        return (out + self.b).transpose(0, 3, 1, 2)

    def backward(self, dout):
        self.db = dout.sum((0, 2, 3))
        self.dW = np.tensordot(dout, self.seen, axes=((0, 2, 3), (0, 2, 3)))
        back = np.zeros(self.padded.shape)
        s, (h, w) = self.stride, dout.shape[2:]
        for i in range(self.W.shape[2]):
            for j in range(self.W.shape[3]):
                back[:, :, i:i + s * h:s, j:j + s * w:s] += np.einsum("nfhw,fc->nchw", dout, self.W[:, :, i, j])
        p = self.pad
        return back[:, :, p:-p, p:-p] if p else back


class Pooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.pool_h, self.pool_w, self.stride, self.pad = pool_h, pool_w, stride, pad

    def forward(self, x):
        self.shape = x.shape
        self.seen = view(x, (self.pool_h, self.pool_w), axis=(2, 3))[:, :, ::self.stride, ::self.stride]
        return self.seen.mean(axis=(4, 5))

    def backward(self, dout):
        dx = np.zeros(self.shape)
        winner = self.seen == self.seen.max(axis=(4, 5), keepdims=True)
        s, (h, w) = self.stride, dout.shape[2:]
        for i in range(self.pool_h):
            for j in range(self.pool_w):
                dx[:, :, i:i + s * h:s, j:j + s * w:s] += dout * winner[..., i, j]
        return dx


class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio

    def forward(self, x, train_flg=True):
        if not train_flg:
            return x * (1 - self.dropout_ratio)
        self.mask = np.random.binomial(1, 1 - self.dropout_ratio, size=x.shape)
        return self.mask * x

    def backward(self, dout):
        return self.mask * dout
