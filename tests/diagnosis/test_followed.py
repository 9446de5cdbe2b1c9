"""Trainings of which nothing else is known, followed step by step: the first wrong quantity, where it is wrong."""

import pytest

from grader import Grader, Report
from grader.diagnosis.cases.verdict import Described, Verdict, says_little
from grader.diagnosis.training.followed import with_first_wrong
from grader.sandbox import Sandbox
from tests import library

SCRIPT = ("leaky-relu-column-major", "random_weights.py", ("training.hidden-gradients", "training.step"))
NOTE = "'''the output\nlayer'''"
SLOPE_OF_TANH = "backpropagation.slope-of-tanh"
BACK = "NeuralNetwork.backpropagation"
HELPER = (
    "bike-sharing-network",
    "right/downhill.py",
    ("NeuralNetwork.train.neuralnetwork-train", f"{BACK}.neuralnetwork-backpropagation"),
)


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as cells:
        yield cells


def graded(sandbox, example, old, new, folder) -> tuple[Report, int]:
    """The report on an example with something changed, and the line of the change."""
    name, file, checks = example
    text = library.example(name, file).read_text("utf-8")
    assert text.count(old) == 1
    changed = folder / "network.py"
    changed.write_text(text.replace(old, new), "utf-8")
    with Grader(library.part_of(name, *checks), sandbox=sandbox) as session:
        return session.grade(changed), text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("example", "old", "new", "code", "said"),
    [
        # nobody has a name for it, no line of a script with such a text can be tried with changes, and what is used is
        # not the δ that stands in the middle of the line
        (SCRIPT, "yn - y}", f"yn - y - np.mean(yn - y, axis=0), 'of': {NOTE}}}", "training.unexplained", "δ3"),
        # sample after sample, in a method that the training calls: in matrices it would have a name as well
        (HELPER, "* hidden_outputs * (1 -", "* (1 + hidden_outputs) * (1 -", SLOPE_OF_TANH, "The slope is that of"),
    ],
    ids=["script", "per-sample, in a helper"],
)  # fmt: skip
def test_the_first_wrong_quantity_of_a_training_is_told(sandbox, tmp_path, example, old, new, code, said):
    report, line = graded(sandbox, example, old, new, tmp_path)
    first = {one.code: one for function in report.functions for one in function.diagnoses[:1]}
    assert code in first, first
    assert first[code].title.startswith(said)
    assert first[code].location.line == line


def described(code: str) -> Described:
    return Described(code, "Something", "", (), "likely", {})


def test_what_is_told_for_want_of_something_better_follows():
    weak, found = described("train.wrong-in-some-parts"), described("train.unexplained")
    assert says_little(Verdict(described=(weak,)))
    assert with_first_wrong(Verdict(described=(weak,)), found).described == (found, weak)


def test_a_repair_is_not_displaced():
    repair = Verdict(described=(described("train.constant"),))
    assert not says_little(repair)
    assert with_first_wrong(repair, described("train.slope-of-tanh")) == repair
