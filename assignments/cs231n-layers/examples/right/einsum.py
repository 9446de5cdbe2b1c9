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

def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    xp = np.pad(x, ((0,), (0,), (pad,), (pad,)), mode="constant")
    HH, WW = w.shape[2], w.shape[3]
    win = np.lib.stride_tricks.sliding_window_view(xp, (HH, WW), axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum('nchwij,fcij->nfhw', win, w) + b[None, :, None, None]
    return out, {'x': x, 'w': w, 'win': win, 'stride': stride, 'pad': pad}

def conv_backward_naive(dout, cache):
    x, w, win, stride, pad = cache['x'], cache['w'], cache['win'], cache['stride'], cache['pad']
    db = np.einsum('nfhw->f', dout)
    dw = np.einsum('nfhw,nchwij->fcij', dout, win)
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    hd, wd = (dout.shape[2] - 1) * stride + 1, (dout.shape[3] - 1) * stride + 1
    dil = np.zeros((N, F, hd, wd))
    dil[:, :, ::stride, ::stride] = dout
    dil = np.pad(dil, ((0, 0), (0, 0), (HH - 1, HH - 1), (WW - 1, WW - 1)))
    win2 = np.lib.stride_tricks.sliding_window_view(dil, (HH, WW), axis=(2, 3))
    full = np.einsum('nfhwij,fcij->nchw', win2, w[:, :, ::-1, ::-1])
    dxp = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    dxp[:, :, :full.shape[2], :full.shape[3]] = full
    return dxp[:, :, pad:pad + H, pad:pad + W], dw, db

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
