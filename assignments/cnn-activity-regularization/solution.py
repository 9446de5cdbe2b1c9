"""The solution, in small named steps: a known mistake replaces one of them.

It needs numpy alone, so that it can be graded like any submission.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def padded(x, pad):
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def windows(x, height, width, stride):
    """What a moving window sees, (n, c, rows, columns, height, width); a view."""
    return sliding_window_view(x, (height, width), axis=(2, 3))[:, :, ::stride, ::stride]


def add_windows(patches, shape, stride):
    """Patches, laid out as by `windows`, added up in images of the given shape."""
    images = np.zeros(shape)
    rows, columns, height, width = patches.shape[2:]
    for i, j in np.ndindex(height, width):
        images[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride] += patches[..., i, j]
    return images


def correlated(patches, w):
    return np.moveaxis(np.tensordot(patches, w, axes=([1, 4, 5], [1, 2, 3])), -1, 1)


def image_under_filters(x, pad):
    return padded(x, pad)


def seen_by_filters(image, w, stride):
    return windows(image, w.shape[2], w.shape[3], stride)


def with_bias(maps, b, w):
    return maps + b[:, np.newaxis, np.newaxis]


def conv_forward(x, w, b, stride=1, pad=0):
    patches = seen_by_filters(image_under_filters(x, pad), w, stride)
    return with_bias(correlated(patches, w), b, w), (x, w, b, stride, pad)


def filter_gradient(dout, patches):
    return np.tensordot(dout, patches, axes=([0, 2, 3], [0, 2, 3]))


def filter_bias_gradient(dout):
    return dout.sum(axis=(0, 2, 3))


def patch_gradient(dout, w):
    """Gradient in what the window saw at each position."""
    return np.moveaxis(np.tensordot(dout, w, axes=(1, 0)), 3, 1)


def returned_to_image(patches, shape, stride):
    return add_windows(patches, shape, stride)


def cropped(dx, pad):
    return dx[:, :, pad : dx.shape[2] - pad, pad : dx.shape[3] - pad]


def conv_backward(dout, cache):
    x, w, _, stride, pad = cache
    image = padded(x, pad)
    patches = windows(image, w.shape[2], w.shape[3], stride)
    dx = cropped(returned_to_image(patch_gradient(dout, w), image.shape, stride), pad)
    return dx, filter_gradient(dout, patches), filter_bias_gradient(dout)


def elu(x, alpha):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_derivative(x, alpha):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


def elu_forward(x, alpha=1.0):
    return elu(x, alpha), (x, alpha)


def elu_backward(dout, cache):
    return dout * elu_derivative(*cache)


def pooling_windows(x, size, stride):
    return windows(x, size, size, stride)


def largest(patches):
    return patches.max(axis=(-2, -1))


def max_pool_forward(x, size=2, stride=2):
    return largest(pooling_windows(x, size, stride)), (x, size, stride)


def routed(dout, patches):
    """dout at the place of each window's largest pixel (the first of equal ones), 0 elsewhere."""
    flat = patches.reshape(*patches.shape[:4], -1)
    winners = flat.argmax(axis=-1)[..., np.newaxis]
    passed_on = np.zeros(flat.shape)
    np.put_along_axis(passed_on, winners, dout[..., np.newaxis], axis=-1)
    return passed_on.reshape(patches.shape)


def returned_to_pixels(patches, shape, stride):
    return add_windows(patches, shape, stride)


def max_pool_backward(dout, cache):
    x, size, stride = cache
    return returned_to_pixels(routed(dout, windows(x, size, size, stride)), x.shape, stride)


def rows(x):
    """Each sample as a row."""
    return x.reshape(len(x), -1)


def dense_output(x, w, b):
    return x @ w + b


def dense_forward(x, w, b):
    return dense_output(rows(x), w, b), (x, w)


def dense_weight_gradient(x, dout):
    return x.T @ dout


def dense_bias_gradient(dout):
    return dout.sum(axis=0)


def dense_input_gradient(dout, w):
    return dout @ w.T


def dense_backward(dout, cache):
    x, w = cache
    dx = dense_input_gradient(dout, w).reshape(x.shape)
    return dx, dense_weight_gradient(rows(x), dout), dense_bias_gradient(dout)


def shifted(scores):
    """Scores with the same probabilities whose largest in each row is 0, so that `exp` cannot overflow."""
    return scores - scores.max(axis=1, keepdims=True)


def log_normalised(scores):
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def log_probabilities(scores):
    return log_normalised(shifted(scores))


def average_loss(log_p, y):
    return -np.mean(log_p[np.arange(len(y)), y])


def score_gradient(p, y):
    return (p - np.eye(p.shape[1])[y]) / len(y)


def softmax_loss(scores, y):
    log_p = log_probabilities(scores)
    return float(average_loss(log_p, y)), score_gradient(np.exp(log_p), y)


def forward(params, X):
    """Scores, the caches of all layers, and the maps that the convolutions gave."""
    out1, conv1 = conv_forward(X, params["W1"], params["b1"])
    a1, elu1 = elu_forward(out1)
    p1, pool1 = max_pool_forward(a1)
    out2, conv2 = conv_forward(p1, params["W2"], params["b2"])
    a2, elu2 = elu_forward(out2)
    p2, pool2 = max_pool_forward(a2)
    hidden, dense3 = dense_forward(p2, params["W3"], params["b3"])
    a3, elu3 = elu_forward(hidden)
    scores, dense4 = dense_forward(a3, params["W4"], params["b4"])
    caches = {"1": (conv1, elu1, pool1), "2": (conv2, elu2, pool2), "3": (dense3, elu3), "4": dense4}
    return scores, caches, penalised_maps(out1, out2)


def penalised_maps(out1, out2):
    """The maps whose size is penalised, by layer."""
    return {"1": out1, "2": out2}


def penalised_tensors(params):
    return [params[key] for key in ("W1", "W2", "W3", "W4")]


def squared_norm(values):
    return np.sum(values**2)


def weight_penalty(params, reg):
    return reg / 2 * sum(squared_norm(W) for W in penalised_tensors(params))


def activity_divisor(n):
    """Averaged over the batch, as the cross-entropy is."""
    return n


def weight_penalty_gradient(W, reg, n):
    return reg * W


def bias_penalty_gradient(b, reg, n):
    return np.zeros_like(b)


def activity_penalty(out, reg, divisor):
    return reg / 2 * squared_norm(out) / divisor


def activity_gradient(out, reg, divisor):
    return reg * out / divisor


def activity_terms(out, reg, divisor):
    """The penalty on the maps of a convolution (not on what ELU makes of them), and its gradient in the maps."""
    return activity_penalty(out, reg, divisor), activity_gradient(out, reg, divisor)


def maps_backward(dout, activity_dout, cache):
    """A convolution's gradients: the penalty's joins before it, so that all that comes earlier feels it."""
    return conv_backward(dout + activity_dout, cache)


def regularized_loss(params, X, y, reg, divisor):
    scores, caches, activities = forward(params, X)
    data_loss, dscores = softmax_loss(scores, y)
    terms = {layer: activity_terms(out, reg, divisor) for layer, out in activities.items()}
    cost = data_loss + weight_penalty(params, reg) + sum(penalty for penalty, _ in terms.values())
    grads = {}
    da3, grads["W4"], grads["b4"] = dense_backward(dscores, caches["4"])
    dense3, elu3 = caches["3"]
    upstream, grads["W3"], grads["b3"] = dense_backward(elu_backward(da3, elu3), dense3)
    for layer in "21":
        conv, elu_cache, pool = caches[layer]
        dout = elu_backward(max_pool_backward(upstream, pool), elu_cache)
        upstream, grads[f"W{layer}"], grads[f"b{layer}"] = maps_backward(dout, terms[layer][1], conv)
    for layer in "1234":
        grads[f"W{layer}"] = grads[f"W{layer}"] + weight_penalty_gradient(params[f"W{layer}"], reg, len(y))
        grads[f"b{layer}"] = grads[f"b{layer}"] + bias_penalty_gradient(params[f"b{layer}"], reg, len(y))
    return float(cost), grads


def loss(params, X, y, reg):
    return regularized_loss(params, X, y, reg, activity_divisor(len(X)))


def loss_with_summed_activity(params, X, y, reg):
    """The other convention: the activity penalty is not divided by the size of the batch."""
    return regularized_loss(params, X, y, reg, 1)


def most_probable(scores):
    return np.argmax(scores, axis=1)


def predict(params, X):
    return most_probable(forward(params, X)[0])
