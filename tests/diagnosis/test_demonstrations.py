"""What a fault is shown with: lines that give, as they stand, what is said of them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from grader.checks.local import Variant
from grader.diagnosis.cases.related import are_related
from grader.diagnosis.cases.shown_values import python, shown
from grader.diagnosis.planted.planting import Planting
from grader.diagnosis.shown.by_hand import worked_out
from grader.diagnosis.shown.experiments import Experiments
from grader.diagnosis.shown.small_values import count, small
from grader.report import Experiment
from tests import library
from tests.diagnosis.conftest import Clinic, clinic_of
from tests.tables import WHOLE

LAYERS = """
import numpy as np

def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)

def relu_forward(x):
    return np.maximum(0, x), x

def relu_backward(dout, x):
    return dout * (x > 0)
"""


@pytest.fixture(scope="module")
def layers() -> Clinic:
    return clinic_of("cs231n-a1-layers")


def outcome(text: str, experiment: Experiment) -> str:
    """What the lines of an experiment give below a text."""
    space: dict[str, Any] = {}
    exec("\n".join([text, "import numpy as np", *experiment.lines[:-1]]), space)
    return shown(eval(experiment.lines[-1], space))


def smallest(clinic: Clinic, function: str, *change: str) -> tuple[str, Experiment | None]:
    text = LAYERS.replace(*change)
    assert text != LAYERS
    student = clinic.submission(text)
    return text, clinic.of(student, [function]).smallest.get(function)


def test_the_smallest_case_runs_as_it_is_told_and_is_worked_out_by_hand(layers: Clinic) -> None:
    text, found = smallest(layers, "affine_forward", " @ w + b", " @ w - b")
    assert found is not None
    assert (found.found, found.expected) == (outcome(text, found), outcome(LAYERS, found))
    assert len(found.lines) <= 4
    assert found.by_hand.endswith(f"= {found.expected.strip('[]')}")


def test_what_stays_with_the_submission_is_made_by_it(layers: Clinic) -> None:
    text, found = smallest(layers, "affine_backward", "dout.sum(axis=0)", "dout.mean(axis=0)")
    assert found is not None
    assert found.lines[-2:] == ("cache = affine_forward(x, w, b)[1]", "affine_backward(dout, cache)[2]")
    assert (found.found, found.expected) == (outcome(text, found), outcome(LAYERS, found))


def test_a_gradient_has_the_shape_of_what_it_comes_back_to(layers: Clinic) -> None:
    text, found = smallest(layers, "relu_backward", "dout * (x > 0)", "dout * (dout > 0)")
    assert found is not None
    assert found.lines[-2:] == ("cache = relu_forward(x)[1]", "relu_backward(dout, cache)")
    assert (found.found, found.expected) == (outcome(text, found), outcome(LAYERS, found))


def test_a_case_at_a_corner_of_a_function_is_none(layers: Clinic) -> None:
    """At 0 two right functions may differ: `x > 0` and `x >= 0`."""
    _, found = smallest(layers, "relu_backward", "x > 0", "x >= 0")
    assert found is None


def test_a_mistake_that_is_known_has_its_experiment(clinic: Clinic) -> None:
    student = clinic.planted(clinic.mistake("softmax.normalised-over-everything"))
    found = clinic.of(student, ["softmax"])
    (diagnosis,) = found.diagnoses["softmax"]
    assert diagnosis.experiment is not None
    assert diagnosis.experiment.lines == ("softmax(np.array([[0.0, 1.0], [2.0, 5.0]])).sum(axis=1)",)
    assert diagnosis.experiment.expected == "[1, 1]"
    assert diagnosis.symptom
    assert not found.smallest  # one thing to run is enough


def test_what_is_fed_by_a_wrong_function_shows_nothing(clinic: Clinic) -> None:
    mistakes = [clinic.mistake(code) for code in ("softmax.applied-twice", "backward.bias-gradient-zero")]
    found = clinic.of(clinic.planted(*mistakes), ["softmax", "forward", "backward"])
    assert set(found.smallest) <= {"softmax"}


def test_arguments_that_depend_on_each_other_are_told_from_others() -> None:
    rng = np.random.default_rng(0)
    X, W, Z, Y = (rng.normal(size=shape) for shape in ((5, 7), (3, 5), (3, 7), (3, 7)))
    for dependent in (np.maximum(Z, 0), np.tanh(Z), np.exp(Z) / np.exp(Z).sum(axis=0), W @ X + 1, Z - Y, Z * (Y > 0)):
        assert are_related([X, W, Z, Y, Y > 0, dependent])
    assert not are_related([X, W, Z, Y, {"b": rng.normal(size=(3, 1)), "v": rng.normal(size=(3, 5))}])


@settings(max_examples=15)
@given(st.sampled_from([(7, 5, 4), (6, 3, 2), (9, 4, 11)]), st.integers(0, 100))
def test_small_inputs_fit_each_other_and_are_of_the_same_kind(sizes: tuple[int, int, int], seed: int) -> None:
    n, d, k = sizes
    rng = np.random.default_rng(seed)
    x, W, y = rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.integers(k, size=n)
    P, Y, keep = rng.dirichlet(np.ones(k), size=n), np.eye(k)[y], rng.random((n, d))
    last = 0
    for a, b, labels, p, one_hot, shares, lam in small((x, W, y, P, Y, keep, 0.37)):
        assert (a @ b).shape == p.shape == one_hot.shape == (*labels.shape, b.shape[1])
        assert np.allclose(p.sum(axis=1), 1)
        assert ((one_hot == 0) | (one_hot == 1)).all()
        assert (one_hot.sum(axis=1) == 1).all()
        assert ((shares > 0) & (shares < 1)).all()
        assert lam == 0.5
        assert (np.abs(a) <= 3).all()
        assert last <= (last := count((a, b, labels, p, one_hot, shares, lam)))


@settings(max_examples=30)
@given(arrays(np.float64, array_shapes(max_dims=3, max_side=3), elements=st.floats(-1e6, 1e6)))
def test_a_value_is_written_as_python_reads_it(array: np.ndarray) -> None:
    assert np.array_equal(eval(python({"a": array}), {"np": np})["a"], array)


def test_only_what_gives_the_value_is_said_to_give_it() -> None:
    assert worked_out("1 * 1 + 2 * (-2) + 3**2", 6.0) == "1·1 + 2·(−2) + 3² = 6"
    assert worked_out("1 * 1 + 2 * 2", 6.0) == ""
    assert worked_out("log(0)", 0.0) == ""
    assert worked_out("6", 6.0) == ""


@pytest.mark.parametrize(
    "name", ["mnist-mlp", "dl-logistic-regression", *(["sigmoid-l2", "dlcourse-layers"] if WHOLE else [])]
)
def test_every_experiment_shows_the_mistake_where_its_function_is_that_of_the_contract(name: str) -> None:
    assignment = library.assignment(name)
    planting, experiments = Planting(assignment), Experiments(assignment)
    right, shows = planting.module(()), 0
    for mistake in assignment.mistakes:
        function = mistake.code.partition(".")[0]
        text = mistake.lesson.experiment if mistake.lesson is not None else ""
        if f"{function}(" in text and function in assignment.function_names:
            wrong = planting.module((mistake,))
            found = experiments.made(mistake, Variant(assignment.contract, wrong), right, wrong)
            assert found is not None, mistake.code
            assert experiments.made(mistake, Variant(assignment.contract, right), right, wrong) is None
            shows += 1
    assert shows > 5


@pytest.mark.parametrize(
    ("assignment", "at_least"),
    [("mnist-mlp", 60), ("cs231n-a2-optim", 30), ("cs231n-a1-svm", 20), ("cs231n-a1-knn", 12), ("dl-dropout", 40)],
)
def test_words_are_short_and_have_no_blanks_left(assignment: str, at_least: int) -> None:
    lessons = [m.lesson for m in library.assignment(assignment).mistakes if m.lesson is not None]
    assert len(lessons) >= at_least
    for lesson in lessons:
        assert "<" not in lesson.symptom + lesson.why
        assert 20 <= len(f"{lesson.symptom} {lesson.why}".split()) <= 130
