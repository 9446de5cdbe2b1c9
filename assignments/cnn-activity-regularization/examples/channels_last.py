"""Channels come last inside; every layer is a class, and its object is the cache."""

import numpy as np


class Conv:
    def __init__(self, w, b, stride, pad):
        self.w, self.b, self.stride, self.pad = w.transpose(2, 3, 1, 0), b, stride, pad

    def windows(self):
        height, width = self.w.shape[:2]
        for i in range(self.rows):
            top = i * self.stride
            for j in range(self.columns):
                left = j * self.stride
                yield i, j, slice(top, top + height), slice(left, left + width)

    def forward(self, x):
        self.x = np.pad(x.transpose(0, 2, 3, 1), [(0, 0), (self.pad, self.pad), (self.pad, self.pad), (0, 0)])
        self.rows = (self.x.shape[1] - self.w.shape[0]) // self.stride + 1
        self.columns = (self.x.shape[2] - self.w.shape[1]) // self.stride + 1
        out = np.zeros((len(x), self.rows, self.columns, self.w.shape[3]))
        for i, j, r, c in self.windows():
            out[:, i, j] = np.einsum("nabc,abcf->nf", self.x[:, r, c], self.w) + self.b
        return out.transpose(0, 3, 1, 2)

    def backward(self, dout):
        dout = dout.transpose(0, 2, 3, 1)
        dx, dw = np.zeros_like(self.x), np.zeros_like(self.w)
        for i, j, r, c in self.windows():
            dw += np.einsum("nabc,nf->abcf", self.x[:, r, c], dout[:, i, j])
            dx[:, r, c] += np.einsum("nf,abcf->nabc", dout[:, i, j], self.w)
        if self.pad:
            dx = dx[:, self.pad : -self.pad, self.pad : -self.pad]
        return dx.transpose(0, 3, 1, 2), dw.transpose(3, 2, 0, 1), dout.reshape(-1, len(self.b)).sum(axis=0)


class Elu:
    def forward(self, x, alpha):
        self.slope = np.where(x > 0, 1.0, alpha * np.exp(-np.abs(x)))
        return np.where(x > 0, x, self.slope - alpha)

    def backward(self, dout):
        return self.slope * dout


class MaxPool:
    def forward(self, x, size, stride):
        self.shape, self.size, self.stride = x.shape, size, stride
        rows, columns = (x.shape[2] - size) // stride + 1, (x.shape[3] - size) // stride + 1
        self.best = np.full((x.shape[0], x.shape[1], rows, columns), -np.inf)
        self.at = np.zeros((2, *self.best.shape), dtype=int)
        for p in range(size):
            for q in range(size):
                one = x[:, :, p : p + stride * (rows - 1) + 1 : stride, q : q + stride * (columns - 1) + 1 : stride]
                better = one > self.best
                self.best[better] = one[better]
                self.at[0][better], self.at[1][better] = p, q
        return self.best

    def backward(self, dout):
        dx = np.zeros(self.shape)
        for n, c, i, j in np.ndindex(dout.shape):
            p, q = self.at[:, n, c, i, j]
            dx[n, c, i * self.stride + p, j * self.stride + q] += dout[n, c, i, j]
        return dx


class Dense:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return x.reshape(len(x), -1).dot(self.w) + self.b

    def backward(self, dout):
        flat = self.x.reshape(len(self.x), -1)
        return dout.dot(self.w.T).reshape(self.x.shape), flat.T.dot(dout), dout.sum(axis=0)


def conv_forward(x, w, b, stride=1, pad=0):
    layer = Conv(w, b, stride, pad)
    return layer.forward(x), layer


def elu_forward(x, alpha=1.0):
    layer = Elu()
    return layer.forward(x, alpha), layer


def max_pool_forward(x, size=2, stride=2):
    layer = MaxPool()
    return layer.forward(x, size, stride), layer


def dense_forward(x, w, b):
    layer = Dense(w, b)
    return layer.forward(x), layer


def any_backward(dout, cache):
    return cache.backward(dout)


conv_backward = elu_backward = max_pool_backward = dense_backward = any_backward


def softmax_loss(scores, y):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    log_p = scores - scores.max(axis=1, keepdims=True) - np.log(e.sum(axis=1, keepdims=True))
    p[rows, y] -= 1
    return -np.mean(log_p[rows, y]), p / len(y)


def maps_and_scores(params, X):
    out1, conv1 = conv_forward(X, params["W1"], params["b1"])
    act1, elu1 = elu_forward(out1)
    pooled1, pool1 = max_pool_forward(act1)
    out2, conv2 = conv_forward(pooled1, params["W2"], params["b2"])
    act2, elu2 = elu_forward(out2)
    pooled2, pool2 = max_pool_forward(act2)
    out3, dense3 = dense_forward(pooled2, params["W3"], params["b3"])
    act3, elu3 = elu_forward(out3)
    scores, dense4 = dense_forward(act3, params["W4"], params["b4"])
    return out1, out2, scores, ((conv1, elu1, pool1), (conv2, elu2, pool2), (dense3, elu3), (dense4,))


def loss(params, X, y, reg):
    n = X.shape[0]
    out1, out2, scores, (block1, block2, block3, block4) = maps_and_scores(params, X)
    data_loss, dscores = softmax_loss(scores, y)
    weight_loss = sum(0.5 * reg * np.linalg.norm(params[name]) ** 2 for name in ["W1", "W2", "W3", "W4"])
    activity_loss = 0.5 * reg * (np.square(out1).sum() + np.square(out2).sum()) / n

    dact3, dW4, db4 = block4[0].backward(dscores)
    dpooled2, dW3, db3 = block3[0].backward(block3[1].backward(dact3))
    dout2 = block2[1].backward(block2[2].backward(dpooled2))
    dout2 += reg * out2 / n
    dpooled1, dW2, db2 = block2[0].backward(dout2)
    dout1 = block1[1].backward(block1[2].backward(dpooled1))
    dout1 += reg * out1 / n
    _, dW1, db1 = block1[0].backward(dout1)

    grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3, "W4": dW4, "b4": db4}
    for name in ["W1", "W2", "W3", "W4"]:
        grads[name] = grads[name] + reg * params[name]
    return data_loss + weight_loss + activity_loss, grads


def predict(params, X):
    return maps_and_scores(params, X)[2].argmax(axis=1)
