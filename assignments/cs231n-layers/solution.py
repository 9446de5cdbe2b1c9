"""How the arguments of the layers come, and that they keep these for the way back, as the course does."""


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param["stride"], conv_param["pad"]
    return convolved(x, w, b, stride, pad), (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, _, conv_param = cache
    return convolution_gradients(dout, x, w, conv_param["stride"], conv_param["pad"])


def max_pool_forward_naive(x, pool_param):
    window = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    return pooled(x, *window), (x, pool_param)


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    return pooling_gradient(dout, x, pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"])
