"""What a text tells where no call of the function came to it."""

import ast
import textwrap

import pytest

from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.returned import other_count
from grader.diagnosis.written.unused import unread
from grader.submissions import load_source
from tests import library


def test_a_cost_that_is_only_shown_is_not_said_to_be_missing_anywhere():
    text = "def nn_model(X):\n    cost = compute_cost(X)\n    g = slope(X)\n    return X\n"
    (definition,) = ast.parse(text).body
    written = Written("nn_model", None, definition, text)  # type: ignore[arg-type]
    told = unread("nn_model", written, {"compute_cost"})
    assert told is not None
    assert "`g`" in told[0].title


def test_labels_that_are_never_read_are_told(told):
    text = (
        "import numpy as np\ndef cross_entropy(probs, Y):\n    return -np.sum(np.log(probs.max(axis=1))) / Y.shape[0]\n"
    )
    (diagnosis, *_) = told("mnist-mlp", text, "cross_entropy")
    assert diagnosis.title == "`Y` is read for its shape alone in `cross_entropy`"


@pytest.mark.usefixtures("nothing_tried")
def test_a_key_that_nobody_gives_is_told_beside_other_mistakes(told):
    text = textwrap.dedent("""
        import numpy as np
        def sgd_momentum(w, dw, config=None):
            config = {} if config is None else config
            config.setdefault("rate_of_learning", 1e-2)
            config.setdefault("momentum", 0.9)
            v = config["momentum"] * config.get("v", np.zeros_like(w)) + config["rate_of_learning"] * dw
            return w - v, v
    """)
    titles = {one.title: one.location.line for one in told("cs231n-a2-optim", text, "sgd_momentum")}
    assert titles["`rate_of_learning` is looked up in `config`, which is given with `learning_rate`"] == 5
    assert titles["`v` is looked up in `config`, which is given with `velocity`"] == 7


@pytest.mark.usefixtures("nothing_tried")
@pytest.mark.parametrize(("last", "is_told"), [("elif mode == 'avg':", True), ("else:", False)])
def test_a_word_that_no_call_gives_is_told_in_its_line(told, last, is_told):
    text = textwrap.dedent(f"""
        import numpy as np
        def pool_forward(A_prev, hparameters, mode="max"):
            m, H, W, C = A_prev.shape
            f, s = hparameters["f"], hparameters["stride"]
            A = np.zeros((m, (H - f) // s + 1, (W - f) // s + 1, C))
            for h in range(A.shape[1]):
                for w in range(A.shape[2]):
                    window = A_prev[:, h * s:h * s + f, w * s:w * s + f]
                    if mode == "max":
                        A[:, h, w] = window.max(axis=(1, 2))
                    {last}
                        A[:, h, w] = window.sum(axis=(1, 2))
            return A, (A_prev, hparameters)
    """)
    found = told("dl-convolution", text, "pool_forward")
    lines = [
        one.location.line
        for one in found
        if one.title == "`mode` is compared with `'avg'`, and is given as `'average'`"
    ]
    assert lines == [12] * is_told


def test_a_return_within_its_loop_is_told_of_a_function_that_others_keep_from_being_judged(told):
    text = textwrap.dedent("""
        import numpy as np
        def rnn_step_forward(x, prev_h, Wx, Wh, b):
            next_h = np.tanh(x @ Wx + prev_h @ Wh + b)
            return next_h, (x, prev_h, Wx, Wh, next_h)
        def rnn_step_backward(dnext_h, cache):
            x, prev_h, Wx, Wh, next_h = cache
            da = dnext_h * (1 - next_h ** 2)
            return da @ Wx.T, da @ Wh.T, x.T @ da, prev_h.T @ da, da.sum(axis=0)
        def rnn_forward(x, h0, Wx, Wh, b):
            raise ValueError("not yet")
        def rnn_backward(dh, cache):
            dx = np.zeros_like(dh)
            for t in range(dh.shape[1]):
                dx[:, t], dprev_h, dWx, dWh, db = rnn_step_backward(dh[:, t], cache[t])
                return dx, dprev_h, dWx, dWh, db
    """)
    (only,) = told("cs231n-a3-recurrent-layers", text, "rnn_backward", "rnn_forward")
    assert only.code == "rnn_backward.ends-in-the-first-pass"
    assert only.location.line == 16


def test_a_name_of_another_function_is_told_where_that_one_keeps_a_function_from_being_judged(told):
    text = textwrap.dedent("""
        import numpy as np
        def batchnorm_forward(x, gamma, beta, bn_param):
            if bn_param["mode"] == "train":
                x_hat = (x - np.mean(x, axis=0)) / np.std(x, axis=0)
                running_var = 0.9 * running_var + 0.1 * np.var(x, axis=0)
            return gamma * x_hat + beta, (x, gamma)
        def batchnorm_backward(dout, cache):
            try:
                x, gamma = cache
            except ValueError as error:
                print(error)
            return dout * gamma, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    """)
    (only,) = told("cs231n-a2-normalization", text, "batchnorm_backward", "batchnorm_forward")
    assert only.title == "`x_hat` has no value in this function: it is a name of another one"
    assert only.location.line == 13


def test_what_no_call_has_come_to_is_told_by_the_text(told):
    text = textwrap.dedent("""
        import numpy as np
        def propagate(w, b, X, Y):
            A = 1 / (1 + np.exp(-(w.T @ x_train + b)))
            cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
            grads = {"dW": X @ (A - Y).T / X.shape[1], "db": np.mean(A - Y)}
            return grads
        def optimize(w, b, X, Y, num_iterations, learning_rate):
            costs = []
            for i in range(num_iterations):
                grads = propagate(w, b, X, Y)
                w, b = w - learning_rate * grads["dW"], b - learning_rate * grads["db"]
                return {"w": w, "b": b}, grads, costs
    """)
    wrong = told("dl-logistic-regression", text, "propagate", "optimize")
    kinds = [one.code.partition(".")[2] for one in wrong]
    assert kinds == ["exception", "another-form-of-result", "parts-missing"]
    assert [one.location.line for one in wrong[:2]] == [4, 7]
    (only,) = told("dl-logistic-regression", text, "optimize", "propagate")
    assert (only.code, only.location.line) == ("optimize.ends-in-the-first-pass", 13)


@pytest.mark.parametrize(
    ("results", "title"),
    [
        ("W @ A + b, (A, W, b), A", "`linear_forward` returns 3 values, and 2 are asked for"),
        ("W @ A + b, (A, W, b)", None),
        ("pair(A, W, b)", None),
        ("np.dot(W, A)", "`linear_forward` returns 1 value, and 2 are asked for"),
        ("W", None),
        ("W @ A", "`linear_forward` returns 1 value, and 2 are asked for"),
    ],
)
def test_results_of_another_number_are_told_by_the_text(results, title):
    source = f"def linear_forward(A, W, b):\n    return {results}\n"
    contract = library.assignment("dl-deep-network").contract
    entry = next(one for one in contract if one.name == "linear_forward")
    unit = load_source(source, "homework.py").units[0]
    found = other_count(entry, Written("linear_forward", unit, ast.parse(source).body[0], source))
    assert (found and found[0].title) == title
