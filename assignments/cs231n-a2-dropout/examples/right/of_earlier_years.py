"""As the course had it in 2016: p is the probability of being dropped."""

import numpy as np


def dropout_forward(x, dropout_param):
    """We drop each neuron output with probability p."""
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    if mode == 'train':
        mask = np.random.random(x.shape) > p
        out = mask * x / (1 - p)
    else:
        out = x
    return out, (dropout_param, mask)


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param['mode'] == 'train':
        return dout * mask / (1 - dropout_param['p'])
    return dout
