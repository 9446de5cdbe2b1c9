import numpy as np

def affine_forward(x, w, b):
    N = x.shape[0]
    x_row = x.reshape(N, -1)
    out = x_row.dot(w) + b
    cache = (x, w, b)
    return out, cache

def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(N, -1).T, dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db

def relu_forward(x):
    out = np.maximum(0, x)
    cache = x
    return out, cache

def relu_backward(dout, cache):
    x = cache
    dx = dout * (x > 0)
    return dx

def softmax_loss(x, y):
    probs = np.exp(x - np.max(x, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx

def _im2col(xp, HH, WW, stride, oh, ow):
    N, C = xp.shape[:2]
    cols = np.zeros((N, C * HH * WW, oh * ow))
    k = 0
    for i in range(oh):
        for j in range(ow):
            cols[:, :, k] = xp[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW].reshape(N, -1)
            k += 1
    return cols

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    oh, ow = (H - HH + 2 * p) // s + 1, (W - WW + 2 * p) // s + 1
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], mode='constant')
    cols = _im2col(xp, HH, WW, s, oh, ow)
    out = np.matmul(w.reshape(F, -1), cols) + b.reshape(F, 1)
    return out.reshape(N, F, oh, ow), (x, w, b, conv_param, cols, xp.shape)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param, cols, padded_shape = cache
    s, p = conv_param['stride'], conv_param['pad']
    N, F, oh, ow = dout.shape
    HH, WW = w.shape[2:]
    d = dout.reshape(N, F, -1)
    db = d.sum(axis=(0, 2))
    dw = np.einsum('nfl,nkl->fk', d, cols).reshape(w.shape)
    dcols = np.einsum('fk,nfl->nkl', w.reshape(F, -1), d)
    dxp = np.zeros(padded_shape)
    k = 0
    for i in range(oh):
        for j in range(ow):
            dxp[:, :, i * s:i * s + HH, j * s:j * s + WW] += dcols[:, :, k].reshape(N, -1, HH, WW)
            k += 1
    dx = dxp[:, :, p:dxp.shape[2] - p, p:dxp.shape[3] - p]
    return dx, dw, db

def max_pool_forward_naive(x, pool_param):
    hp, wp, st = pool_param.get('pool_height'), pool_param.get('pool_width'), pool_param.get('stride')
    n, c, h, w = x.shape
    ho, wo = int((h - hp) / st + 1), int((w - wp) / st + 1)
    out = np.empty((n, c, ho, wo))
    arg = np.empty((n, c, ho, wo), dtype=int)
    for r in range(ho):
        for k in range(wo):
            patch = x[:, :, r * st:r * st + hp, k * st:k * st + wp].reshape(n, c, -1)
            out[:, :, r, k] = patch.max(axis=2)
            arg[:, :, r, k] = patch.argmax(axis=2)
    return out, (x.shape, pool_param, arg)

def max_pool_backward_naive(dout, cache):
    shape, pool_param, arg = cache
    hp, wp, st = pool_param.get('pool_height'), pool_param.get('pool_width'), pool_param.get('stride')
    dx = np.zeros(shape)
    for n in range(shape[0]):
        for c in range(shape[1]):
            for r in range(dout.shape[2]):
                for k in range(dout.shape[3]):
                    i, j = divmod(arg[n, c, r, k], wp)
                    dx[n, c, r * st + i, k * st + j] += dout[n, c, r, k]
    return dx
