import os
import sys
from collections import OrderedDict

sys.path.append(os.pardir)
import numpy as np
from common.layers import *


class SimpleConvNet:
    def __init__(self, filters=6, size=5):
        self.params = {"W1": 0.01 * np.random.randn(filters, 1, size, size), "b1": np.zeros(filters)}
        self.layers = OrderedDict()
        self.layers["Conv1"] = Convolution(self.params["W1"], self.params["b1"])
        self.layers["Relu1"] = Relu()
        self.layers["Pool1"] = Pooling(pool_h=2, pool_w=2, stride=2)
