"""What the rules keep: the parameters, and for each of them a state, which begins at 0."""

import numpy as np


def kept(state, value):
    """What is kept of a parameter from the step before."""
    return state


def put(w, value):
    """The array itself is changed: the network that it belongs to holds no other."""
    w[...] = value


def number_of_the_step(before):
    """Steps are counted from 1."""
    return before + 1


class GradientDescentLearningRule:
    def __init__(self, learning_rate=1e-3):
        self.learning_rate = learning_rate

    def initialise(self, params):
        self.params = params

    def update_params(self, grads_wrt_params):
        for w, g in zip(self.params, grads_wrt_params, strict=True):
            put(w, update(w, g, self.learning_rate))


class MomentumLearningRule:
    def __init__(self, learning_rate=1e-3, mom_coeff=0.9):
        self.learning_rate, self.mom_coeff = learning_rate, mom_coeff

    def initialise(self, params):
        self.params, self.moms = params, [np.zeros_like(w) for w in params]

    def update_params(self, grads_wrt_params):
        for i, (w, g) in enumerate(zip(self.params, grads_wrt_params, strict=True)):
            moved, self.moms[i] = momentum_step(w, g, kept(self.moms[i], w), self.learning_rate, self.mom_coeff)
            put(w, moved)


class AdaGradLearningRule:
    def __init__(self, learning_rate=1e-2, epsilon=1e-8):
        self.learning_rate, self.epsilon = learning_rate, epsilon

    def initialise(self, params):
        self.params, self.squares = params, [np.zeros_like(w) for w in params]

    def update_params(self, grads_wrt_params):
        for i, (w, g) in enumerate(zip(self.params, grads_wrt_params, strict=True)):
            moved, self.squares[i] = adagrad(w, g, kept(self.squares[i], w), self.learning_rate)
            put(w, moved)


class RMSPropLearningRule:
    def __init__(self, learning_rate=1e-3, beta=0.9, epsilon=1e-8):
        self.learning_rate, self.beta, self.epsilon = learning_rate, beta, epsilon

    def initialise(self, params):
        self.params, self.squares = params, [np.zeros_like(w) for w in params]

    def update_params(self, grads_wrt_params):
        for i, (w, g) in enumerate(zip(self.params, grads_wrt_params, strict=True)):
            state = kept(self.squares[i], w)
            moved, self.squares[i] = rmsprop_step(w, g, state, self.learning_rate, self.beta, self.epsilon)
            put(w, moved)


class AdamLearningRule:
    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        self.learning_rate, self.betas, self.epsilon = learning_rate, (beta_1, beta_2), epsilon

    def initialise(self, params):
        self.params, self.steps = params, 0
        self.moments, self.squares = ([np.zeros_like(w) for w in params] for _ in range(2))

    def update_params(self, grads_wrt_params):
        self.steps = number_of_the_step(self.steps)
        for i, (w, g) in enumerate(zip(self.params, grads_wrt_params, strict=True)):
            state = kept(self.moments[i], w), kept(self.squares[i], w)
            moved, self.moments[i], self.squares[i] = adam_step(
                w, g, *state, self.steps, self.learning_rate, *self.betas, self.epsilon
            )
            put(w, moved)
