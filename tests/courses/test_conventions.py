"""Both customary penalties are accepted, each with its own gradient; an assignment can pin one."""

import re
import shutil

import pytest

from grader import Grader
from tests.graded import lost

from .conftest import diagnosed, example, remarks

SOFTMAX = "cs231n-softmax"
NETWORK = "cs231n-two-layer-net"


@pytest.mark.parametrize(
    ("course", "file", "penalty"),
    [
        (SOFTMAX, "right/overflows.py", r"penalty is reg·ΣW²"),
        (SOFTMAX, "right/half_penalty.py", r"penalty is ½·reg·ΣW²"),
        (NETWORK, "right/neural_net.py", r"penalty is reg·\(ΣW1² \+ ΣW2²\)"),
        (NETWORK, "right/cs231n", r"penalty is ½·reg·\(ΣW1² \+ ΣW2²\)"),
    ],
)
def test_either_penalty_is_accepted_and_named(session, course, file, penalty):
    report = session(course).grade(example(course, file))
    assert report.score == 100
    assert re.search(penalty, remarks(report))


@pytest.mark.parametrize(
    ("loss", "gradient", "code"),
    [
        ("reg * np.sum(W ** 2)", "reg * W", "penalty-gradient-without-factor-2"),
        ("0.5 * reg * np.sum(W ** 2)", "2 * reg * W", "penalty-gradient-doubled"),
        ("0.5 * reg * np.sum(W ** 2)", "0 * W", "half-penalty-missing-in-the-gradient"),
        ("0", "reg * W", "half-penalty-missing-in-the-loss"),
        ("0.5 * reg * np.sum(W ** 2)", "reg * np.sum(W)", "half-penalty-gradient-is-one-number"),
    ],
)
def test_a_gradient_must_belong_to_its_own_loss(grade_text, loss, gradient, code):
    text = example(SOFTMAX, "right/overflows.py").read_text("utf-8")
    head, vectorized = text.split("def softmax_loss_vectorized", 1)
    vectorized = vectorized.replace("+ reg * np.sum(W ** 2)", f"+ {loss}").replace("+ 2 * reg * W", f"+ {gradient}")
    report = grade_text(SOFTMAX, f"{head}def softmax_loss_vectorized{vectorized}")
    assert lost(report) == {"softmax_loss_vectorized"}
    assert diagnosed(report) == {f"softmax_loss_vectorized.{code}"}


def test_what_is_right_by_the_convention_is_not_told_as_a_difference(grade_text):
    text = example(SOFTMAX, "right/half_penalty.py").read_text("utf-8")
    report = grade_text(SOFTMAX, text.replace("/ len(y) + reg * W", "/ (len(y) + reg * W)"))
    assert lost(report) == {"softmax_loss_vectorized"}
    told = [diagnosis.title for diagnosis in report.diagnoses()]
    assert not any("½" in title or "wrong in `0`" in title for title in told), told


BOTH = {"softmax_loss_naive", "softmax_loss_vectorized"}
# Where a course says which penalties it accepts, and what is written there instead.
PINNED = {
    SOFTMAX: ("composition.py", "points=", 'penalty="whole", points=', 2),
    NETWORK: ("checks/loss.py", r"^PENALTIES = .*$", 'PENALTIES = {0.5: "½·reg·ΣW²"}', 1),
}


@pytest.mark.usefixtures("undiagnosed")
@pytest.mark.parametrize(
    ("course", "accepted", "refused", "fails"),
    [
        (SOFTMAX, "right/overflows.py", "right/half_penalty.py", BOTH),
        (NETWORK, "right/cs231n", "right/neural_net.py", {"TwoLayerNet.loss"}),
    ],
)
def test_an_assignment_can_pin_one_penalty(tmp_path, course, accepted, refused, fails):
    folder = tmp_path / course
    shutil.copytree(example(course, "").parent, folder, ignore=shutil.ignore_patterns("examples", "__pycache__"))
    file, before, after, places = PINNED[course]
    path = folder / file
    text, count = re.subn(before, after, path.read_text("utf-8"), flags=re.MULTILINE)
    assert count == places
    path.write_text(text, "utf-8")
    with Grader(folder) as session:
        report = session.grade(example(course, accepted), functions=sorted(fails))
        assert report.score == report.max_score
        assert lost(session.grade(example(course, refused), functions=sorted(fails))) == fails
