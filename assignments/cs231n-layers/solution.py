"""How the arguments of the layers come, and what they keep for the way back."""


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
