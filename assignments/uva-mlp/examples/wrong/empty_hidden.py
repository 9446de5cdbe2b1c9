from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

from modules import *


class MLP(object):
    def __init__(self, n_inputs, n_hidden, n_classes):
        self.layers = []
        in_features = n_inputs
        for i, out_features in enumerate(n_hidden):
            self.layers.append(LinearModule(in_features, out_features, input_layer=(i == 0)))
            self.layers.append(ELUModule(alpha=1.0))
            in_features = out_features
        self.layers.append(LinearModule(n_hidden[-1], n_classes))
        self.layers.append(SoftMaxModule())

    def forward(self, x):
        out = x
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)

    def clear_cache(self):
        for layer in self.layers:
            layer.clear_cache()
