"""A submission in its cell, as the checks see it: absence, stubs, changed arguments, failures."""

from dataclasses import replace

import numpy as np
import pytest

from grader.checks.arguments import arguments_taken
from grader.checks.implementation import CallFailed, Hidden
from grader.checks.loaded import LoadedSubmission
from grader.checks.properties import leaves_arguments_alone
from grader.checks.record import Finding, recording
from grader.checks.stubs import missing_functions
from grader.checks.student import Student
from grader.sandbox import CellFailure, Limits, Sandbox
from grader.submissions import load_source

X = np.arange(6.0).reshape(3, 2)
PARAMS = {"W": np.ones((2, 1)), "b": np.zeros(1)}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as sandbox:
        yield sandbox


@pytest.fixture
def submitted(contract, sandbox):
    """The submission with a given source as an implementation of the contract."""
    opened = []

    def load(source, **limits):
        submission = load_source("import numpy as np\n" + source)
        loaded = LoadedSubmission(submission, sandbox, Limits(**limits), load_seconds=5.0)
        opened.append(loaded)
        loaded.load()
        return Student(contract, loaded, missing_functions(contract, submission, loaded))

    yield load
    for loaded in opened:
        loaded.close()


def failed(call) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        call()
    return caught.value


def test_values_come_back(submitted):
    student = submitted("def softmax(z):\n    return z * 2\n")
    np.testing.assert_array_equal(student.softmax(X), 2 * X)
    np.testing.assert_array_equal(student.softmax.map([(X,), (X + 1,)])[1], 2 * X + 2)


def test_edited_functions_are_as_they_were_afterwards(submitted):
    student = submitted(
        "def softmax(z):\n    return np.random.rand() + 2 * z\n\ndef cost(params, X):\n    return softmax(X).sum()\n"
    )
    with student.loaded.edited({"softmax": "def softmax(z):\n    print(z)\n    return np.random.rand() + 3 * z\n"}):
        first = student.softmax(X)
        with student.loaded.edited({"cost": "def cost(params, X):\n    return softmax(X).max()\n"}):
            assert student.cost(PARAMS, X) == first.max()
        np.testing.assert_array_equal(student.softmax(X), first)
        with pytest.raises(CellFailure), student.loaded.edited({"cost": "def cost(params, X:"}):
            pass
        assert student.cost(PARAMS, X) > first.max()
    np.testing.assert_allclose(student.softmax(X), first - X)
    assert student.loaded.output.stdout == ""


def test_what_a_submission_is_told_apart_it_does_not_know_afterwards(submitted):
    student = submitted(
        "told = []\n"
        "def softmax(z):\n    told.append(z)\n    print(z)\n    return np.float64(len(told))\n"
        "def exits():\n    raise SystemExit\n"
    )
    assert student.softmax(X) == 1
    with student.apart() as elsewhere:
        assert [elsewhere.softmax(X + 100), elsewhere.softmax(X + 100)] == [1, 2]
    assert student.softmax(X) == 2
    assert "10" not in student.loaded.output.stdout


def test_a_cache_stays_in_the_cell(submitted):
    student = submitted(
        "class Cache: pass\n"
        "def forward(params, X):\n    cache = Cache()\n    cache.X = X\n    return 1.0, cache\n"
        "def backward(params, cache):\n    return {'X': cache.X}\n"
    )
    value, cache = student.forward(PARAMS, X)
    assert (value, isinstance(cache, Hidden)) == (1.0, True)
    np.testing.assert_array_equal(student.backward(PARAMS, cache)["X"], X)


def test_objects_in_a_dict_are_hidden_as_well(submitted):
    student = submitted("def backward(params, cache):\n    return {'W': object(), 'b': 1.0}\n")
    grads = student.backward(PARAMS, None)
    assert (isinstance(grads["W"], Hidden), grads["b"]) == (True, 1.0)


def test_classes(submitted):
    student = submitted(
        "class Network:\n"
        "    def __init__(self, sizes):\n        self.sizes = list(sizes)\n"
        "    def forward(self, X):\n        return X * self.sizes[0]\n"
    )
    network = student.Network((3, 2))
    assert network.sizes == [3, 2]
    np.testing.assert_array_equal(network.forward(X), 3 * X)


STUB = "`softmax` is not implemented yet"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "`softmax` is not defined in submission.py"),
        (
            "def soft_max(z):\n    return z\n",
            "`softmax` is not defined in submission.py; there is a `soft_max` (submission.py, line 2), is it",
        ),
        ("def softmax(z):\n    '''Soon.'''\n", STUB),
        ("def softmax(z):\n    raise NotImplementedError\n", STUB),
        (
            "def softmax(z):\n    if True:\n        raise NotImplementedError('later')\n",
            "`softmax` is not implemented yet",
        ),
        (
            "1 / 0\nwhile True:\n    def softmax(z):\n        return z\n",
            "`softmax` is not defined, since submission.py stopped with Zero",
        ),
        (
            "def more(z):\n    return z\n    def softmax(z):\n    return z\n",
            "`softmax` is not defined, since a part of submission.py is not Python",
        ),
        (
            "def softmax(z):\n    return z\ndel softmax\n",
            "`softmax` is written (submission.py, line 2) but not defined",
        ),
    ],
)
def test_what_is_missing(submitted, source, message):
    failure = failed(lambda: submitted(source).softmax(X))
    assert failure.status == "missing"
    assert failure.message.startswith(message)


@pytest.mark.parametrize("line", ["return X *", "return X"])
def test_a_method_that_is_no_python_is_missing_whatever_else_its_class_has(submitted, line):
    student = submitted(
        "class Network(object):\n"
        "    def __init__(self, sizes):\n        self.sizes = list(sizes)\n"
        f"    def forward(self, X):\n        X = X * 2\n        {line}\n"
        "class Other:\n    def forward(self, X):\n        return X\n"
    )
    network = student.Network((3, 2))
    if line == "return X":
        np.testing.assert_array_equal(network.forward(X), 2 * X)
    else:
        failure = failed(lambda: network.forward(X))
        assert failure.status == "missing"
        assert failure.message.startswith(
            "`Network.forward` is not defined, since a part of submission.py is not Python"
        )


@pytest.mark.parametrize("written", ["z", "z, reg", "z, reg, verbose", "z, *more", "*every"])
def test_a_parameter_that_a_function_may_lack_is_given_to_those_that_have_it(submitted, contract, written):
    signature = "(z, reg=0.0, verbose=False)"
    old = tuple(
        replace(f, signature=signature, may_lack=("reg", "verbose")) if f.name == "softmax" else f for f in contract
    )
    student = submitted(f"def softmax({written}):\n    return np.ones(1)\n")
    student.loaded.taken = arguments_taken(old, student.loaded)
    assert student.softmax(X, 0.5, True) == 1
    assert student.softmax.map([(X, 0.5, True)]) == [1]


def test_what_calls_a_function_that_is_not_written_follows_from_it(submitted):
    student = submitted(
        "def softmax(z):\n    raise NotImplementedError\ndef forward(params, X):\n    return softmax(X), None\n"
    )
    failure = failed(lambda: student.forward(PARAMS, X))
    assert (failure.function, failure.status, failure.message) == ("softmax", "missing", STUB)


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(z): pass\ndef softmax(z): return z\n",
        "def softmax(z): pass\nsoftmax = lambda z: z\n",
        "def softmax(z): pass\ndef other(z): return z\nsoftmax = other\n",
        "def softmax(z): pass\nfrom numpy import asarray as softmax\n",
    ],
)
def test_a_stub_that_is_bound_anew_is_there(submitted, source):
    np.testing.assert_array_equal(submitted(source).softmax(X), X)


def test_methods_that_are_put_in_later_are_there(submitted):
    student = submitted(
        "class Network:\n    def __init__(self, sizes): self.sizes = sizes\n    def forward(self, X): pass\n"
        "def forward(self, X): return X\nNetwork.forward = forward\n"
    )
    np.testing.assert_array_equal(student.Network((1, 2)).forward(X), X)


@pytest.mark.parametrize(
    ("body", "argument"),
    [
        ("params['W'][0, 0] = 5", "params"),
        ("params['new'] = 1", "params"),
        ("params['lr'] = 0.2", "params"),
        ("X -= X.mean()", "X"),
        ("X[:] = np.nan", "X"),
    ],
)
def test_changed_arguments_are_noticed(submitted, body, argument):
    student = submitted(f"def cost(params, X):\n    {body}\n    return 0.0\n")
    with recording() as record:
        leaves_arguments_alone(student.cost, {**PARAMS, "lr": 0.1}, X)
    assert record.findings == [Finding("changes-its-argument", "cost", argument)]
    assert record.remarks == [f"`cost` changes its argument `{argument}` in place"]
    assert len(record.failures) == 1


def test_unchanged_arguments_are_no_finding(submitted):
    student = submitted("def cost(params, X):\n    X = X + 1\n    return float(X.sum())\n")
    with recording() as record:
        leaves_arguments_alone(student.cost, {**PARAMS, "lr": float("nan")}, X * np.nan)
    assert record.findings == []


def test_names_of_parameters_with_defaults_that_hold_commas(submitted):
    student = submitted("class Network:\n    def __init__(self, sizes, scale):\n        scale.append(1)\n")
    with recording() as record:
        student.Network((1, 2), [0.5])
    assert [finding.argument for finding in record.findings] == ["scale"]


@pytest.mark.parametrize(
    ("body", "raised", "message"),
    [
        ("return params['W3']", "KeyError", "`cost` raised KeyError: 'W3' (submission.py, line 3 in `cost`)"),
        ("raise SystemExit(3)", "SystemExit", "`cost` raised SystemExit: 3 (submission.py, line 3 in `cost`)"),
        ("return [0] * 10**12", "MemoryError", "`cost` "),
    ],
)
def test_what_goes_wrong_is_told_with_its_place(submitted, body, raised, message):
    failure = failed(lambda: submitted(f"def cost(params, X):\n    {body}\n").cost(PARAMS, X))
    assert failure.status == "error"
    assert failure.message.startswith(message)
    assert raised in failure.raised or failure.raised == "memory"


def test_an_endless_loop_costs_its_function_alone(submitted):
    student = submitted(
        "def softmax(z):\n    while True: pass\ndef cost(params, X):\n    return 2.0\n", call_seconds=0.3
    )
    failure = failed(lambda: student.softmax(X))
    assert failure.status == "timeout"
    assert failure.message.startswith("`softmax` was still running after 0.3 s (submission.py, line 3")
    assert student.cost(PARAMS, X) == 2.0


def test_another_number_of_outputs_is_told(submitted):
    student = submitted("def forward(params, X):\n    return 1.0\n")
    assert failed(lambda: student.forward(PARAMS, X)).message == "`forward` must return 2 values, it returned 1"
    student = submitted("def forward(params, X):\n    x = 1\n")
    assert failed(lambda: student.forward(PARAMS, X)).message == "`forward` returned None; is its `return` missing?"
