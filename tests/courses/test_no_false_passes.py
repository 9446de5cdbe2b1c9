"""Right files with one thing changed: what the courses' own cases let pass must cost points here."""

import ast

import pytest

from tests.graded import lost
from tests.tables import sampled

from .conftest import example
from .mutants import fails

LOOPS = "right/naive_loops.py"
CLASS = "right/neural_net.py"

# Function, text in the right file, text in its place.
LAYERS = [
    ("conv_forward_naive", "total = b[f]", "total = 0.0"),
    (
        "conv_forward_naive",
        "for c in range(C):\n                        for p",
        "for c in range(3):\n                        for p",
    ),
    (
        "conv_forward_naive",
        "total += w[f, c, p, q] * xp[n, c, i * stride + p, j * stride + q]",
        "total += w[f, c, p, q] * xp[n, c, i + p, j + q]",
    ),
    ("conv_forward_naive", "total += w[f, c, p, q] * xp", "total += w[f, c, HH - 1 - p, WW - 1 - q] * xp"),
    ("conv_forward_naive", "xp[:, :, pad:pad + H, pad:pad + W] = x", "xp[:, :, :H, :W] = x"),
    (
        "conv_backward_naive",
        "dxp[n, c, i * stride + p, j * stride + q] += g",
        "dxp[n, c, i * stride + p, j * stride + q] = g",
    ),
    ("conv_backward_naive", "dxp[n, c, i * stride + p, j * stride + q] += g", "dxp[n, c, i + p, j + q] += g"),
    (
        "conv_backward_naive",
        "return dxp[:, :, pad:pad + H, pad:pad + W], dw, db",
        "return dxp[:, :, pad:-pad, pad:-pad], dw, db",
    ),
    (
        "conv_backward_naive",
        "return dxp[:, :, pad:pad + H, pad:pad + W], dw, db",
        "return dxp[:, :, 1:-1, 1:-1], dw, db",
    ),
    ("conv_backward_naive", "db[f] += g", "db[f] = g"),
    ("conv_backward_naive", "dw[f, c, p, q] += g * xp", "dw[f, c, p, q] += g * x.shape[0] * xp"),
    ("max_pool_forward_naive", "best = x[n, c, i * s, j * s]", "best = 0.0"),
    ("max_pool_forward_naive", "best = x[n, c, i * s, j * s]", "best = -20.0"),
    (
        "max_pool_forward_naive",
        "for q in range(pw):\n                            if",
        "for q in range(ph):\n                            if",
    ),
    ("max_pool_forward_naive", "(W - pw) // s + 1", "(W - ph) // s + 1"),
    ("max_pool_backward_naive", "dx[n, c, i * s + p, j * s + q] += dout", "dx[n, c, i * s + p, j * s + q] = dout"),
    (
        "max_pool_backward_naive",
        "window = x[n, c, i * s:i * s + ph, j * s:j * s + pw]",
        "window = x[n, c, i * s:i * s + ph, j * s:j * s + ph]",
    ),
    ("max_pool_backward_naive", "dx[n, c, i * s + p, j * s + q] += dout", "dx[n, c, i * ph + p, j * pw + q] += dout"),
    ("affine_forward", "out[n, m] = total + b[m]", "out[n, m] = total"),
    ("affine_backward", "return np.reshape(dflat, x.shape), dw, db", "return dflat, dw, db"),
    ("affine_backward", "db[m] += dout[n, m]", "db[m] = dout[n, m]"),
    ("relu_backward", "dx[cache <= 0] = 0", "dx[dx <= 0] = 0"),
    ("softmax_loss", "(p[j] - (j == y[i])) / N", "(p[j] - (j == y[i]))"),
    ("softmax_loss", "(p[j] - (j == y[i])) / N", "(p[j] - (j == y[j % N])) / N"),
]

LINEAR_CLASSIFIER = [
    ("softmax_loss_naive", "(prob - (1 if j == y[i] else 0))", "(prob - (1 if j == y[j % num_train] else 0))"),
    (
        "softmax_loss_naive",
        "loss = loss / num_train + reg * np.sum(W * W)",
        "loss = loss / num_train + reg * np.sum(W)",
    ),
    (
        "softmax_loss_naive",
        "loss = loss / num_train + reg * np.sum(W * W)",
        "loss = (loss + reg * np.sum(W * W)) / num_train",
    ),
    ("softmax_loss_vectorized", "p[range(n), list(y)]", "p[:, list(y)]"),
    ("softmax_loss_vectorized", "p /= np.sum(p, axis=1)[:, None]", "p /= np.sum(p, axis=0)"),
    ("softmax_loss_vectorized", "dW = np.dot(X.T, p) / n + 2 * reg * W", "dW = (np.dot(X.T, p) + 2 * reg * W) / n"),
]

NETWORK = [
    ("TwoLayerNet.loss", "scores = hidden.dot(W2) + b2", "scores = hidden.dot(W2)"),
    ("TwoLayerNet.loss", "np.maximum(0, X.dot(W1) + b1)", "X.dot(W1) + b1"),
    ("TwoLayerNet.loss", "np.maximum(0, X.dot(W1) + b1)", "np.maximum(0, X.dot(W1) + 2 * b1)"),
    ("TwoLayerNet.loss", "        dhidden[hidden <= 0] = 0\n", ""),
    ("TwoLayerNet.loss", "dscores /= N\n", "pass\n"),
    ("TwoLayerNet.loss", "np.sum(W1 * W1) + np.sum(W2 * W2)", "np.sum(W1 * W1)"),
    ("TwoLayerNet.loss", "+ 2 * reg * W1", ""),
    ("TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)", "np.argmax(self.loss(X), axis=0)"),
    ("TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)", "np.argmax(self.loss(X) - self.params['b2'], axis=1)"),
    ("TwoLayerNet.train", "X[indices], y[indices]", "X[indices], y[:batch_size]"),
    ("TwoLayerNet.train", "X[indices], y[indices]", "X[:batch_size], y[:batch_size]"),
    ("TwoLayerNet.train", "y=y_batch, reg=reg", "y=y_batch"),
    ("TwoLayerNet.train", "-= learning_rate * grads", "-= 1e-3 * grads"),
    ("TwoLayerNet.train", "for key in self.params:", "for key in ('W1', 'W2'):"),
    ("TwoLayerNet.train", "learning_rate *= learning_rate_decay", "pass"),
]

COST, BACKWARD = "compute_cost_with_regularization", "backward_propagation_with_regularization"
REGULARIZATION = [
    (COST, 'if key.startswith("W")', "if True"),
    (COST, 'if key.startswith("W")', 'if key in ("W1", "W2")'),
    (COST, "total += np.linalg.norm", "total = np.linalg.norm"),
    (COST, "(lambd / 2.)", "lambd"),
    (COST, "(1. / m) * (lambd", "(1. / Y.shape[0]) * (lambd"),
    (COST, "cross_entropy_cost + (1.", "(1."),
    (BACKWARD, "m = X.shape[1]", "m = X.shape[0]"),
    (BACKWARD, "dZ1 = np.multiply(dA1, np.int64(A1 > 0))", "dZ1 = dA1"),
    (BACKWARD, "np.int64(A2 > 0)", "np.int64(dA2 > 0)"),
    (BACKWARD, "(np.dot(dZ3, A2.T) + lambd * W3)", "np.dot(dZ3, A2.T)"),
    (BACKWARD, "(np.dot(dZ3, A2.T) + lambd * W3)", "np.dot(dZ3, A2.T) + lambd * W3"),
    (BACKWARD, "np.dot(dZ2, A1.T) + lambd * W2", "np.dot(dZ2, A1.T) + lambd * np.sum(W2)"),
    (BACKWARD, "np.dot(dZ1, X.T) + lambd * W1", "np.dot(dZ1, X.T) - lambd * W1"),
    (BACKWARD, "db2 = 1. / m * np.sum(dZ2, axis=1, keepdims=True)", "db2 = 1. / m * np.sum(dZ2)"),
    (BACKWARD, "np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    (
        BACKWARD,
        "db1 = 1. / m * np.sum(dZ1, axis=1, keepdims=True)",
        "db1 = 1. / m * (np.sum(dZ1, 1)[:, None] + lambd * b1)",
    ),
]

DEEP = [
    ("linear_forward", "Z = np.dot(W, A) + b\n", "Z = np.dot(W, A)\n"),
    ("linear_activation_forward", 'if activation == "sigmoid":\n        A,', "if activation:\n        A,"),
    ("L_model_forward", "for l in range(1, L):", "for l in range(2, L):"),
    ("L_model_forward", 'str(l)], "relu")', 'str(l)], "sigmoid")'),
    ("L_model_forward", 'str(L)], "sigmoid")', 'str(L)], "relu")'),
    ("compute_cost", "(-1. / m) * np.sum", "(-1. / 3) * np.sum"),
    ("compute_cost", "+ np.multiply((1 - Y), np.log(1 - AL))", ""),
    ("compute_cost", "np.log(1 - AL)", "np.log2(1 - AL)"),
    ("linear_backward", "dW = np.dot(dZ, A_prev.T) / m", "dW = np.dot(dZ, A_prev.T)"),
    ("linear_backward", "m = A_prev.shape[1]", "m = A_prev.shape[0]"),
    (
        "linear_backward",
        "db = np.sum(dZ, axis=1, keepdims=True) / m",
        "db = np.sum(dZ, axis=1, keepdims=True) / m ** 2",
    ),
    ("linear_backward", "db = np.sum(dZ, axis=1, keepdims=True) / m", "db = 0 * b + np.sum(dZ) / m"),
    ("linear_backward", "dA_prev = np.dot(W.T, dZ)", "dA_prev = np.dot(W.T, dZ) / m"),
    ("linear_activation_backward", "relu_backward(dA, activation_cache)", "dA * (dA > 0)"),
    ("linear_activation_backward", "sigmoid_backward(dA, activation_cache)", "dA"),
    ("L_model_backward", "- np.divide(1 - Y, 1 - AL)", "+ np.divide(1 - Y, 1 - AL)"),
    ("L_model_backward", "dAL = - (np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))", "dAL = AL - Y"),
    ("L_model_backward", 'str(l + 2)], current_cache, "relu")', 'str(l + 2)], current_cache, "sigmoid")'),
    ("L_model_backward", "reversed(range(L - 1))", "reversed(range(1, L - 1))"),
    ("L_model_backward", "current_cache = caches[l]", "current_cache = caches[l - 1]"),
    ("update_parameters", "    for l in range(L):", "    for l in range(1, L):"),
    ("update_parameters", '- learning_rate * grads["db"', '+ learning_rate * grads["db"'),
]

CHANGES = [
    *(("cs231n-layers", LOOPS, *change) for change in LAYERS),
    *(("cs231n-softmax", LOOPS, *change) for change in LINEAR_CLASSIFIER),
    *(("cs231n-two-layer-net", CLASS, *change) for change in NETWORK),
    *(("dl-regularization", "right/regularization_v2.py", *change) for change in REGULARIZATION),
    *(("dl-deep-network", "right/deep_network_v2.py", *change) for change in DEEP),
]


@pytest.mark.parametrize(
    ("course", "file", "function", "right", "wrong"), CHANGES, ids=[f"{c[2]}: {c[4].strip()[:40]}" for c in CHANGES]
)
def test_a_change_costs_its_function(session, course, file, function, right, wrong):
    """By the checks alone, in this process: the code is our own, and what the mistake is called is not asked."""
    text = example(course, file).read_text("utf-8")
    assert right in text
    grader = session(course)
    provided = "\n".join(grader.assignment.provided.values())
    assert fails(grader, [function], f"{provided}\n{definitions(text.replace(right, wrong))}")


def definitions(text: str) -> str:
    """A file without what it runs or loads from beside it."""
    kept = [part for part in ast.parse(text).body if isinstance(part, ast.FunctionDef | ast.ClassDef)]
    return "\n".join(["import numpy as np", *map(ast.unparse, kept)])


@pytest.mark.parametrize(
    ("course", "file", "function", "right", "wrong"),
    sampled(CHANGES[len(LAYERS) + len(LINEAR_CLASSIFIER) :], lambda change: change[0]),
    ids=str,
)
def test_a_change_costs_its_function_in_a_report(grade_text, course, file, function, right, wrong):
    report = grade_text(course, example(course, file).read_text("utf-8").replace(right, wrong), [function])
    assert report.function(function).status != "missing"
    assert function in lost(report)
