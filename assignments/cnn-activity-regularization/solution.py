"""The network of layers, and the penalties on its weights and maps."""


def conv_forward(x, w, b, stride=1, pad=0):
    return convolved(x, w, b, stride, pad), (x, w, b, stride, pad)


def conv_backward(dout, cache):
    x, w, _, stride, pad = cache
    return convolution_gradients(dout, x, w, stride, pad)


def elu_forward(x, alpha=1.0):
    return elu(x, alpha), (x, alpha)


def elu_backward(dout, cache):
    return dout * elu_derivative(*cache)


def max_pool_forward(x, size=2, stride=2):
    return pooled(x, size, size, stride), (x, size, stride)


def max_pool_backward(dout, cache):
    x, size, stride = cache
    return pooling_gradient(dout, x, size, size, stride)


def rows(x):
    """Each sample as a row."""
    return x.reshape(len(x), -1)


def dense_forward(x, w, b):
    return affine(rows(x), w, b), (x, w)


def dense_backward(dout, cache):
    x, w = cache
    dx = propagate(dout, w).reshape(x.shape)
    return dx, weight_gradient(rows(x), dout, len(x)), bias_gradient(dout, len(x))


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


def activity_divisor(n):
    """Averaged over the batch, as the cross-entropy is."""
    return n


def activity_penalty(out, reg, divisor):
    return activity_factor(reg, divisor) * squared_norm(out)


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
    cost = data_loss + l2_penalty(params, reg) + sum(penalty for penalty, _ in terms.values())
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


def predict(params, X):
    return most_probable(forward(params, X)[0])
