"""With modules of its own beside it: weights are (in, out), biases a row."""
import numpy as np

from modules import *


class MLP(object):
    def __init__(self, n_inputs, n_hidden, n_classes):
        widths = [n_inputs] + n_hidden
        self.layers = sum(([LinearModule(a, b), ELUModule()] for a, b in zip(widths, n_hidden)), [])
        self.layers += [LinearModule(widths[-1], n_classes), SoftMaxModule()]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in self.layers[::-1]:
            dout = layer.backward(dout)
        return dout
