"""The case that the notebook tries its functions on."""

import numpy as np
from gc_utils import vector_to_dictionary


def gradient_check_n_test_case():
    np.random.seed(1)
    x, y = np.random.randn(4, 3), np.array([1, 1, 0])
    parameters = vector_to_dictionary(np.random.randn(47, 1))
    return x, y, parameters
