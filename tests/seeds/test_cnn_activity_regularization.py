"""Convolutions with an activity penalty: the question, its answer, and gradients that agree with scipy and autograd."""

from collections.abc import Iterator

import numpy as np
import pytest

from grader import Assignment, Grader, Report
from grader.submissions import load_source
from grader.validation.examples import Example, problems_of, read_examples
from tests import library
from tests.tables import sampled

EXAMPLES = sampled(  # `grade validate`: all
    read_examples(library.folder("cnn-activity-regularization")), lambda example: bool(example.failed)
)
ASKED = "activity_penalty_on_filters_alone.py"
SUMMED = "im2col_summed_activity.py"


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return library.assignment("cnn-activity-regularization")


@pytest.fixture(scope="module")
def session(assignment) -> Iterator[Grader]:
    with Grader(assignment) as session:
        yield session


@pytest.fixture(scope="module")
def grade_example(session, graded_examples):
    return lambda name: graded_examples.report(session, name)


def tensors(report: Report, check: str) -> dict[str, str]:
    """Tensor -> verdict, in one check of `loss`."""
    (found,) = [c for c in report.function("loss").checks if c.id == check]
    return {comparison.label.split("'")[1]: comparison.verdict for comparison in found.comparisons}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.file)
def test_each_example_gets_the_outcome_that_it_must(grade_example, example: Example):
    assert problems_of(grade_example(example.file), example) == []


def test_the_question_is_answered_tensor_by_tensor(grade_example):
    report = grade_example(ASKED)
    assert tensors(report, "loss.gradient-in-filters") == {"W2": "right", "W1": "wrong"}
    assert tensors(report, "loss.gradient-in-biases") == {"b2": "wrong", "b1": "wrong"}
    assert set(tensors(report, "loss.gradient-in-dense-layers").values()) == {"right"}
    own = tensors(report, "loss.own-cost")
    assert {name for name, verdict in own.items() if verdict == "wrong"} == {"W1", "b1", "b2"}


def test_the_question_is_answered_in_words(grade_example):
    report = grade_example(ASKED)
    summed, alone = report.function("loss").diagnoses
    assert "Keras" in summed.explanation
    assert "dout +=" in alone.explanation
    for tensor in ("W1", "b1", "b2", "W2", "W3"):
        assert tensor in alone.explanation
    (run,) = report.training
    assert "128 images" in " ".join(run.remarks)
    assert run.first_divergent_step == 1


def test_a_penalty_that_is_summed_consistently_is_told_and_costs_nothing(grade_example):
    report = grade_example(SUMMED)
    assert report.score == report.max_score
    assert report.function("loss").status == "passed"
    (run,) = report.training
    assert run.first_divergent_step is None
    assert "divided by the number of images" in " ".join(run.remarks).lower()


def test_a_gradient_that_belongs_to_neither_convention_is_wrong(assignment, session):
    source = (assignment.folder / "examples" / SUMMED).read_text("utf-8")
    mixed = source.replace("+ reg * conv_out_1", "+ reg * conv_out_1 / len(X)")
    mixed = mixed.replace("+ reg * conv_out_2", "+ reg * conv_out_2 / len(X)")
    assert mixed != source
    report = session.grade(load_source(mixed, "mixed.py"), functions=["loss"])
    assert "loss.activity-cost-not-averaged" in {diagnosis.code for diagnosis in report.diagnoses()}
    assert report.score < report.max_score


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("pad", [0, 1, 2])
def test_the_solution_convolves_as_scipy_correlates(assignment, stride, pad):
    from scipy.signal import correlate  # more than a second, in the one process that runs this

    rng = np.random.default_rng(stride + 10 * pad)
    x, w, b = rng.normal(size=(3, 2, 7, 9)), rng.normal(size=(5, 2, 3, 4)), rng.normal(size=5)
    out, _ = assignment.solution.conv_forward(x, w, b, stride, pad)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    for n in range(3):
        for f in range(5):
            expected = correlate(padded[n], w[f], mode="valid")[0, ::stride, ::stride] + b[f]
            np.testing.assert_allclose(out[n, f], expected, rtol=1e-12)


@pytest.mark.parametrize("function", ["loss", "loss_with_summed_activity"])
def test_the_solutions_gradient_is_that_of_its_cost(assignment, function):
    """All eight tensors, in both conventions, to 1e-9: the table's answer to the question."""
    solution = assignment.solution
    loss = getattr(solution, function)
    rng = np.random.default_rng(4)
    shapes = {"W1": (2, 2, 2, 3), "b1": (2,), "W2": (3, 2, 2, 2), "b2": (3,), "W3": (3, 4), "b3": (4,), "W4": (4, 5)}
    params = {key: rng.normal(size=shape) for key, shape in (shapes | {"b4": (5,)}).items()}
    X, y = rng.normal(size=(3, 2, 7, 8)), np.array([4, 0, 2])
    _, grads = loss(params, X, y, 0.37)
    for key, value in params.items():
        direction = rng.normal(size=value.shape)
        ahead, behind = (loss({**params, key: value + step * direction}, X, y, 0.37)[0] for step in (1e-6, -1e-6))
        slope = float(np.sum(grads[key] * direction))
        assert slope == pytest.approx((ahead - behind) / 2e-6, rel=1e-7, abs=1e-7), key


def test_the_penalty_outweighs_the_data_in_a_large_batch(assignment):
    """Summed over the batch it grows in proportion; averaged it does not."""
    solution = assignment.solution
    rng = np.random.default_rng(0)
    shapes = {"W1": (4, 1, 3, 3), "b1": (4,), "W2": (6, 4, 3, 3), "b2": (6,), "W3": (24, 16), "b3": (16,)}
    params = {key: 0.3 * rng.normal(size=shape) for key, shape in (shapes | {"W4": (16, 10), "b4": (10,)}).items()}
    X, y = rng.normal(size=(4, 1, 14, 14)), np.array([1, 2, 3, 4])
    twice = np.concatenate([X, X]), np.concatenate([y, y])
    averaged = [solution.loss(params, *data, 0.1)[0] for data in ((X, y), twice)]
    summed = [solution.loss_with_summed_activity(params, *data, 0.1)[0] for data in ((X, y), twice)]
    assert averaged[1] == pytest.approx(averaged[0])
    activity = summed[1] - summed[0]
    assert summed[0] - averaged[0] == pytest.approx(activity * 3 / 4)
