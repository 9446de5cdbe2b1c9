"""The activity penalty's gradient joins behind the way to the layers before; exponentials are of the scores as they are."""

import numpy as np


def im2col(x, hh, ww, stride, pad):
    n, c, h, w = x.shape
    out_h = (h + 2 * pad - hh) // stride + 1
    out_w = (w + 2 * pad - ww) // stride + 1
    img = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)], "constant")
    col = np.zeros((n, c, hh, ww, out_h, out_w))
    for i in range(hh):
        for j in range(ww):
            col[:, :, i, j] = img[:, :, i : i + stride * out_h : stride, j : j + stride * out_w : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(n * out_h * out_w, -1), out_h, out_w


def col2im(col, x_shape, hh, ww, stride, pad, out_h, out_w):
    n, c, h, w = x_shape
    col = col.reshape(n, out_h, out_w, c, hh, ww).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((n, c, h + 2 * pad, w + 2 * pad))
    for i in range(hh):
        for j in range(ww):
            img[:, :, i : i + stride * out_h : stride, j : j + stride * out_w : stride] += col[:, :, i, j]
    return img[:, :, pad : pad + h, pad : pad + w]


def conv_forward(x, w, b, stride=1, pad=0):
    f, c, hh, ww = w.shape
    col, out_h, out_w = im2col(x, hh, ww, stride, pad)
    out = col.dot(w.reshape(f, -1).T) + b
    out = out.reshape(x.shape[0], out_h, out_w, f).transpose(0, 3, 1, 2)
    return out, (x.shape, w, col, stride, pad, out_h, out_w)


def conv_backward(dout, cache):
    x_shape, w, col, stride, pad, out_h, out_w = cache
    f, c, hh, ww = w.shape
    dout_ = dout.transpose(0, 2, 3, 1).reshape(-1, f)
    db = dout_.sum(axis=0)
    dw = dout_.T.dot(col).reshape(w.shape)
    dx = col2im(dout_.dot(w.reshape(f, -1)), x_shape, hh, ww, stride, pad, out_h, out_w)
    return dx, dw, db


def elu_forward(x, alpha=1.0):
    out = np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))
    return out, (x, out, alpha)


def elu_backward(dout, cache):
    x, out, alpha = cache
    return dout * np.where(x > 0, 1, out + alpha)


def max_pool_forward(x, size=2, stride=2):
    n, c, h, w = x.shape
    col, out_h, out_w = im2col(x.reshape(n * c, 1, h, w), size, size, stride, 0)
    arg = col.argmax(axis=1)
    out = col[np.arange(len(col)), arg].reshape(n, c, out_h, out_w)
    return out, (x.shape, size, stride, arg, out_h, out_w)


def max_pool_backward(dout, cache):
    (n, c, h, w), size, stride, arg, out_h, out_w = cache
    col = np.zeros((arg.size, size * size))
    col[np.arange(arg.size), arg] = dout.reshape(n * c, out_h, out_w).ravel()
    return col2im(col, (n * c, 1, h, w), size, size, stride, 0, out_h, out_w).reshape(n, c, h, w)


def dense_forward(x, w, b):
    return x.reshape(x.shape[0], -1).dot(w) + b, (x, w)


def dense_backward(dout, cache):
    x, w = cache
    return dout.dot(w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T.dot(dout), dout.sum(axis=0)


def softmax_loss(scores, y):
    n = len(y)
    log_probs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -log_probs[np.arange(n), y].mean()
    dscores = np.exp(log_probs)
    dscores[np.arange(n), y] -= 1
    return loss, dscores / n


def forward(params, X):
    conv_out_1, conv_cache_1 = conv_forward(X, params["W1"], params["b1"])
    elu_out_1, elu_cache_1 = elu_forward(conv_out_1)
    pool_out_1, pool_cache_1 = max_pool_forward(elu_out_1)
    conv_out_2, conv_cache_2 = conv_forward(pool_out_1, params["W2"], params["b2"])
    elu_out_2, elu_cache_2 = elu_forward(conv_out_2)
    pool_out_2, pool_cache_2 = max_pool_forward(elu_out_2)
    fc_out, fc_cache = dense_forward(pool_out_2, params["W3"], params["b3"])
    hidden, hidden_cache = elu_forward(fc_out)
    scores, scores_cache = dense_forward(hidden, params["W4"], params["b4"])
    caches = (
        conv_cache_1, elu_cache_1, pool_cache_1, conv_cache_2, elu_cache_2, pool_cache_2,
        fc_cache, hidden_cache, scores_cache,
    )
    return scores, caches, conv_out_1, conv_out_2


def loss(params, X, y, reg):
    scores, caches, conv_out_1, conv_out_2 = forward(params, X)
    (conv_cache_1, elu_cache_1, pool_cache_1, conv_cache_2, elu_cache_2, pool_cache_2,
     fc_cache, hidden_cache, scores_cache) = caches
    loss, dscores = softmax_loss(scores, y)

    loss += 0.5 * reg * sum(np.sum(params[key] ** 2) for key in ("W1", "W2", "W3", "W4"))
    loss += 0.5 * reg * (np.sum(conv_out_1**2) + np.sum(conv_out_2**2)) / len(X)

    grads = {}
    dhidden, grads["W4"], grads["b4"] = dense_backward(dscores, scores_cache)
    dpool_2, grads["W3"], grads["b3"] = dense_backward(elu_backward(dhidden, hidden_cache), fc_cache)
    dconv_2 = elu_backward(max_pool_backward(dpool_2, pool_cache_2), elu_cache_2)
    dpool_1, _, _ = conv_backward(dconv_2, conv_cache_2)
    _, grads["W2"], grads["b2"] = conv_backward(dconv_2 + reg / len(X) * conv_out_2, conv_cache_2)
    dconv_1 = elu_backward(max_pool_backward(dpool_1, pool_cache_1), elu_cache_1) + reg / len(X) * conv_out_1
    _, grads["W1"], grads["b1"] = conv_backward(dconv_1, conv_cache_1)
    for key in ("W1", "W2", "W3", "W4"):
        grads[key] += reg * params[key]
    return loss, grads


def predict(params, X):
    return forward(params, X)[0].argmax(axis=1)
