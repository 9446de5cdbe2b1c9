"""How the arguments of the layers come, and what they keep for the way back."""


def rows(x):
    """Each sample as a row."""
    return x.reshape(len(x), -1)


def in_shape_of(dx, x):
    return dx.reshape(x.shape)


def affine_forward(x, w, b):
    return affine(rows(x), w, b), (x, w)


def affine_backward(dout, cache):
    x, w = cache
    dx = in_shape_of(propagate(dout, w), x)
    return dx, weight_gradient(x.reshape(len(x), -1), dout, len(x)), bias_gradient(dout, len(x))


def relu_forward(x):
    return relu(x), x


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    return convolved(x, w, b, stride, pad), (x, w, stride, pad)


def conv_backward_naive(dout, cache):
    x, w, stride, pad = cache
    return convolution_gradients(dout, x, w, stride, pad)


def max_pool_forward_naive(x, pool_param):
    window = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    return pooled(x, *window), (x, window)


def max_pool_backward_naive(dout, cache):
    x, (height, width, stride) = cache
    return pooling_gradient(dout, x, height, width, stride)
