"""What the optimizers keep: for every parameter a state, which begins at 0."""

import numpy as np


def kept(state, key, value):
    """What is kept of a parameter's state, or its zeros before the first step."""
    return state.get(key, np.zeros_like(value))


def number_of_the_step(before):
    """Steps are counted from 1."""
    return before + 1


def nesterov_change(v, dw, lr, rho):
    """What a parameter moves by, v being the velocity of before."""
    return rho**2 * v - (1 + rho) * lr * dw


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            params[key] = update(params[key], grads[key], self.lr)
        return params


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, {}

    def update(self, params, grads):
        for key, w in params.items():
            params[key], self.v[key] = momentum_step(w, grads[key], kept(self.v, key, w), self.lr, self.momentum)
        return params


class Nesterov:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, {}

    def update(self, params, grads):
        for key, w in params.items():
            given = kept(self.v, key, w), grads[key], self.lr, self.momentum
            params[key], self.v[key] = w + nesterov_change(*given), accelerated(*given)
        return params


class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr, self.h = lr, {}

    def update(self, params, grads):
        for key, w in params.items():
            params[key], self.h[key] = adagrad(w, grads[key], kept(self.h, key, w), self.lr)
        return params


class RMSprop:
    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr, self.decay_rate, self.h = lr, decay_rate, {}

    def update(self, params, grads):
        for key, w in params.items():
            state = kept(self.h, key, w)
            params[key], self.h[key] = rmsprop_step(w, grads[key], state, self.lr, self.decay_rate, 1e-7)
        return params


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.betas, self.iter, self.m, self.v = lr, (beta1, beta2), 0, {}, {}

    def update(self, params, grads):
        self.iter = number_of_the_step(self.iter)
        for key, w in params.items():
            state = kept(self.m, key, w), kept(self.v, key, w)
            params[key], self.m[key], self.v[key] = adam_step(
                w, grads[key], *state, self.iter, self.lr, *self.betas, 1e-7
            )
        return params
