"""A change of the text is told only with what it rights, and beside it what the text tells plainly."""

import pytest

from grader import Grader
from grader.submissions import load_source

COST = """
import numpy as np

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    total = 0
    for l in range(1, len(parameters)):
        total = total + np.sum(parameters["W" + str(l)] ** 2)
    return cost + lambd * total / (2 * m)
"""

BACKWARD = """
import numpy as np

def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m + lambd * W3 / m
    dZ2 = W3.T @ dZ3 * (A2 > 0)
    dW2 = dZ2 @ A1.T / m + lambd * W2 / m
    dZ1 = W2.T @ dZ2 * (A1 > 0)
    dW1 = 1. / m * np.dot(dZ1, X.T) + (lambd * W2.T) / m
    db1, db2, db3 = (dZ.sum(axis=1, keepdims=True) / m for dZ in (dZ1, dZ2, dZ3))
    return {"dW3": dW3, "db3": db3, "dW2": dW2, "db2": db2, "dW1": dW1, "db1": db1}
"""

BRANCHES = """
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum = bn_param["mode"], bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    cache = None
    if mode == "train":
        mean, var = x.mean(axis=0), x.var(axis=0)
        x_hat = (x - mean) / np.sqrt(var + eps)
        out = gamma * x_hat + beta
        cache = x_hat, gamma, var, eps
    elif mode == "test":
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
        out = gamma * (x - mean) / np.sqrt(var) + beta
    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    return out, cache
"""

AFFINE = """
import numpy as np

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W.T)

    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
        return dout @ self.W.T
"""


OPTIMIZE = """
import numpy as np

def propagate(w, b, X, Y):
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return {"dw": X @ (A - Y).T / X.shape[1], "db": np.mean(A - Y)}, cost

def optimize(w, b, X, Y, num_iterations, learning_rate):
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        return {"w": w, "b": b}, grads
"""

UNROLLED = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_):
    first = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:first].reshape((hidden_layer_size, input_layer_size + 1), order="F")
    Theta2 = nn_params[first:].reshape((num_labels, hidden_layer_size + 1), order="F")
    a2 = sigmoid(X @ Theta1.T)
    a3 = sigmoid(np.hstack([np.ones((len(X), 1)), a2]) @ Theta2.T)
    wanted = np.eye(num_labels)[y.ravel() - 1]
    J = -np.sum(wanted * np.log(a3) + (1 - wanted) * np.log(1 - a3)) / len(X)
    J = J + lambda_ / (2 * len(X)) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))
    return J
"""


@pytest.mark.parametrize(
    ("assignment", "text", "function", "titles"),
    [
        (
            "dl-regularization",
            COST,
            "compute_cost_with_regularization",
            ["`len(parameters)` counts the entries: a layer has two, its W and its b"],
        ),
        (
            "dl-regularization",
            BACKWARD,
            "backward_propagation_with_regularization",
            ["`W1` is meant, not `W2.T`"],
        ),
        (
            "cs231n-a2-normalization",
            BRANCHES,
            "batchnorm_forward",
            ["The running averages are not updated", "The running averages are updated in test mode, too"],
        ),
        (
            "scratch-layers",
            AFFINE,
            "Affine.forward",
            ["`self.W.T` is transposed, and should not be", "The biases are not added"],
        ),
        (
            "dl-logistic-regression",
            OPTIMIZE,
            "optimize",
            [
                '`return {"w": w, "b": b}, grads` stands in the loop, which it ends in the first pass',
                "`optimize` must return 3 values, (params, grads, costs), and it returned 2",
            ],
        ),
        (
            "ng-neural-network",
            UNROLLED,
            "nnCostFunction",
            [
                "The shapes in the product `X @ Theta1.T` do not fit",
                "`nnCostFunction` returns 1 value, and 2 are asked for",
            ],
        ),
    ],
)
def test_this_is_told_and_nothing_else(assignment, text, function, titles):
    with Grader(assignment) as session:
        report = session.grade(load_source(text, "homework.py"), functions=[function])
    assert not report.remarks
    told = [diagnosis.title for diagnosis in report.function(function).diagnoses]
    assert told == titles
