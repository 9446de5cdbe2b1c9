"""Layer definitions."""

import numpy as np
import mlp.initialisers as init
from mlp import DEFAULT_SEED


class Layer(object):
    """Abstract class defining the interface for a layer."""

    def fprop(self, inputs):
        raise NotImplementedError()

    def bprop(self, inputs, outputs, grads_wrt_outputs):
        raise NotImplementedError()


class LayerWithParameters(Layer):
    def grads_wrt_params(self, inputs, grads_wrt_outputs):
        raise NotImplementedError()

    def params_penalty(self):
        raise NotImplementedError()

    @property
    def params(self):
        raise NotImplementedError()


class AffineLayer(LayerWithParameters):
    def __init__(
        self,
        input_dim,
        output_dim,
        weights_initialiser=init.UniformInit(-0.1, 0.1),
        biases_initialiser=init.ConstantInit(0.0),
        weights_penalty=None,
        biases_penalty=None,
    ):
        self.input_dim = input_dim
        self.output_dim = output_dim
        self.weights = weights_initialiser((self.output_dim, self.input_dim))
        self.biases = biases_initialiser(self.output_dim)
        self.weights_penalty = weights_penalty
        self.biases_penalty = biases_penalty

    def fprop(self, inputs):
        return self.weights.dot(inputs.T).T + self.biases

    def bprop(self, inputs, outputs, grads_wrt_outputs):
        return grads_wrt_outputs.dot(self.weights)

    def grads_wrt_params(self, inputs, grads_wrt_outputs):
        grads_wrt_weights = np.dot(grads_wrt_outputs.T, inputs)
        grads_wrt_biases = np.sum(grads_wrt_outputs, axis=0)

        if self.weights_penalty is not None:
            grads_wrt_weights += self.weights_penalty.grad(parameter=self.weights)
        if self.biases_penalty is not None:
            grads_wrt_biases += self.biases_penalty.grad(parameter=self.biases)

        return [grads_wrt_weights, grads_wrt_biases]

    def params_penalty(self):
        return 0

    @property
    def params(self):
        return [self.weights, self.biases]

    @params.setter
    def params(self, values):
        self.weights = values[0]
        self.biases = values[1]

    def __repr__(self):
        return "AffineLayer(input_dim={0}, output_dim={1})".format(self.input_dim, self.output_dim)


class SigmoidLayer(Layer):
    def fprop(self, inputs):
        return 1.0 / (1.0 + np.exp(-inputs))

    def bprop(self, inputs, outputs, grads_wrt_outputs):
        return grads_wrt_outputs * outputs * (1.0 - outputs)


class ReluLayer(Layer):
    def fprop(self, inputs):
        return np.maximum(inputs, 0.0)

    def bprop(self, inputs, outputs, grads_wrt_outputs):
        return (outputs > 0) * grads_wrt_outputs


class TanhLayer(Layer):
    def fprop(self, inputs):
        return np.tanh(inputs)

    def bprop(self, inputs, outputs, grads_wrt_outputs):
        return (1.0 - outputs**2) * grads_wrt_outputs


class SoftmaxLayer(Layer):
    def fprop(self, inputs):
        exp_inputs = np.exp(inputs - inputs.max(-1)[:, None])
        return exp_inputs / exp_inputs.sum(-1)[:, None]

    def bprop(self, inputs, outputs, grads_wrt_outputs):
        return outputs * (grads_wrt_outputs - (grads_wrt_outputs * outputs).sum(-1)[:, None])
