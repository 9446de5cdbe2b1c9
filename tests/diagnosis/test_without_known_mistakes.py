"""Examples of the library without the assignment's own mistakes: what needs another function's repair, or its past."""

import ast
import dataclasses

import pytest

from grader import Grader
from grader.diagnosis.repair.axes import other_axes
from grader.submissions import load_source
from tests import library
from tests.tables import table


@pytest.fixture(scope="module")
def bare():
    assignment = library.assignment("dl-deep-network")
    with Grader(dataclasses.replace(assignment, mistakes=())) as session:
        yield session


def told(bare: Grader, name: str) -> dict[str, list[str]]:
    report = bare.grade(bare.assignment.folder / "examples" / "wrong" / name)
    return {one.name: [diagnosis.title for diagnosis in one.diagnoses] for one in report.functions}


def test_the_same_slip_is_named_in_a_function_that_another_one_feeds(bare):
    """The caches of a wrong forward pass are no fault of the way back, in which the same word is wrong."""
    found = told(bare, "sigmoid_everywhere.py")
    assert found["L_model_forward"] == found["L_model_backward"] == ['`"relu"` is meant, not `"sigmoid"`']


def test_what_the_pass_before_made_is_meant(bare):
    found = told(bare, "same_gradient_for_every_layer.py")
    assert found["L_model_backward"] == ["`dAL` is the same in every pass of the loop"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("x.transpose(0, 2, 3, 1)", "x.transpose(0, 3, 1, 2)"),
        ("np.transpose(d['{x}'], (0, 2, 3, 1))", "np.transpose(d['{x}'], (0, 3, 1, 2))"),
        ("((0, 0), (p, p), (p, p), (p, p))", "((0, 0), (p, p), (p, p), (0, 0))"),
        ("((p, p), (p, p), (0, 0), (0, 0))", "((p, p), (0, 0), (0, 0), (p, p))"),
        ("x.transpose(1, 0)", None),  # which `.T` is for
        ("((p,), (p,))", None),
    ],
)
def test_axes_are_tried_in_another_order(wrong, right):
    texts = [text for text, _ in other_axes(ast.parse(wrong, mode="eval").body)]
    assert right in texts if right else not texts
    assert len(texts) == len({*texts})
    assert wrong not in texts


def test_an_activation_is_no_slope(bare):
    """What arrives is put through ReLU itself, as if it were the forward pass."""
    right = (bare.assignment.folder / "examples" / "right" / "deep_network_v2.py").read_text()
    wrong = right.replace("dZ = relu_backward(dA, activation_cache)", "dZ = np.maximum(dA, 0)")
    report = bare.grade(load_source(wrong, "homework.py"), functions=["linear_activation_backward"])
    (only,) = report.functions[0].diagnoses
    assert only.title == "`np.maximum(dA, 0)` puts a gradient through ReLU, where the slope is needed"
    assert only.location.line == 135


LSTM = "cs231n-a3-recurrent-layers"
FORGOTTEN = [
    (LSTM, "last_step_only.py", "lstm_backward", "overwritten"),
    (LSTM, "later_steps_forgotten.py", "rnn_backward", "carried-term"),
    (LSTM, "words_once.py", "word_embedding_backward", "added-once"),
    ("dl-optimization", "labels_left_behind.py", "random_mini_batches", "in-order"),
    ("dl-planar", "derivative_and_cost.py", "compute_cost", "label-of-0"),
    ("i2dl-losses", "l1_gradient_is_the_difference.py", "L1.backward", "sign-of"),
    ("scratch-layers", "bias_forgotten.py", "Affine.forward", "bias"),
    # What is tried in these two trains anew hundreds of times.
    pytest.param("mnist-mlp", "train_learning_rate_ignored.py", "train", "argument-for-a-number", marks=table),
    pytest.param("mnist-mlp", "train_weights_only.py", "train", "biases-alike", marks=table),
    ("mnist-mlp", "train_one_batch_per_epoch.py", "train", "into-the-block"),
]


@pytest.mark.parametrize(("name", "file", "function", "code"), FORGOTTEN)
def test_what_is_forgotten_is_found_by_trying(name, file, function, code):
    assignment = library.assignment(name)
    with Grader(dataclasses.replace(assignment, mistakes=())) as session:
        report = session.grade(assignment.folder / "examples" / "wrong" / file, functions=[function])
    assert [one.code for one in report.function(function).diagnoses] == [f"{function}.{code}"]


def test_a_stride_that_is_forgotten_in_both_directions_is_found_in_both():
    assignment = library.assignment("dl-convolution")
    text = (assignment.folder / "examples" / "wrong" / "stride_forgotten.py").read_text("utf-8")
    wrong = text.replace("horiz_start = w * stride", "horiz_start = w")
    assert wrong != text
    with Grader(dataclasses.replace(assignment, mistakes=())) as session:
        (diagnosis,) = (
            session.grade(load_source(wrong, "homework.py"), functions=["pool_backward"]).functions[0].diagnoses
        )
    assert diagnosis.code == "pool_backward.stride"
    assert "`h * stride` is meant" in diagnosis.explanation
