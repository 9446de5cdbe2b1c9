"""What is told, what is told once, and what is not told."""

import numpy as np
import pytest

from grader.checks.local import Variant
from grader.diagnosis.cases.verdict import Described, told_once
from grader.diagnosis.planted.follow import FollowOns
from grader.report import Location
from grader.submissions import load_source
from tests.diagnosis.conftest import Clinic, codes

WAYS = {
    "float32": {
        "softmax": lambda z: _softmax(np.asarray(z, np.float32)),
        "weight_gradient": lambda inputs, delta, n: inputs.T.astype(np.float32) @ delta.astype(np.float32),
    },
    "einsum": {
        "affine": lambda a, W, b: np.einsum("ij,jk->ik", a, W) + b,
        "propagate": lambda delta, W: np.einsum("ik,jk->ij", delta, W),
        "weight_gradient": lambda inputs, delta, n: np.einsum("ij,ik->jk", inputs, delta),
    },
    "loops": {
        "softmax": lambda z: np.array([_softmax(row[None, :])[0] for row in z]),
        "bias_gradient": lambda delta, n: np.array([sum(row[j] for row in delta) for j in range(delta.shape[1])]),
        "true_class_log_probability": lambda probs, Y: np.array(
            [np.log(max(p[y.argmax()], 1e-12)) for p, y in zip(probs, Y, strict=True)]
        ),
    },
}


def _softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    result: np.ndarray = e / e.sum(axis=1, keepdims=True)
    return result


@pytest.mark.parametrize("way", WAYS)
def test_a_right_submission_gets_no_diagnosis(clinic: Clinic, way: str) -> None:
    findings = clinic.of(clinic.replaced(**WAYS[way]))
    assert (codes(findings), dict(findings.follow_ons)) == (set(), {})


@pytest.mark.parametrize("way", ["float32", "einsum"])
def test_the_way_of_writing_does_not_hide_a_mistake(clinic: Clinic, way: str) -> None:
    wrong = WAYS[way] | {"bias_gradient": lambda delta, n: delta.mean(axis=0)}
    assert codes(clinic.of(clinic.replaced(**wrong))) == {"backward.bias-gradient-averaged-again"}


def test_one_reason_is_told_once(clinic: Clinic) -> None:
    findings = clinic.of(clinic.planted(clinic.mistake("softmax.normalised-over-the-batch")))
    assert set(findings.diagnoses) == {"softmax"}
    assert findings.follow_ons["forward"] == ("softmax",)
    assert findings.follow_ons["backward"] == ("softmax",)


def test_mistakes_of_different_functions_are_told_where_they_are(clinic: Clinic) -> None:
    student = clinic.planted(
        clinic.mistake("forward.no-hidden-activation"), clinic.mistake("backward.bias-gradient-of-last-sample")
    )
    findings = clinic.of(student)
    assert [d.code for d in findings.diagnoses["forward"]] == ["forward.no-hidden-activation"]
    assert [d.code for d in findings.diagnoses["backward"]] == ["backward.bias-gradient-of-last-sample"]


def test_three_mistakes_in_one_function(clinic: Clinic) -> None:
    wanted = ["backward.sign", "backward.bias-gradient-one-number", "backward.penalty-l1"]
    findings = clinic.of(clinic.planted(*map(clinic.mistake, wanted)), ["backward"])
    assert codes(findings) == set(wanted)


def test_a_function_without_a_result_has_no_known_mistake(clinic: Clinic) -> None:
    findings = clinic.of(clinic.replaced(backward=lambda params, cache, Y, lam: None), ["backward"])
    assert not codes(findings) & {mistake.code for mistake in clinic.assignment.mistakes}


def test_at_most_four_diagnoses_for_a_function_the_most_certain_first(clinic: Clinic) -> None:
    right = clinic.assignment.solution.backward

    def scaled(params, cache, Y, lam):  # type: ignore[no-untyped-def]
        factors = {"W1": 1.3, "b1": 2.3, "W2": 3.3, "b2": 4.3, "W3": 5.3, "b3": 6.3, "W4": 7.3, "b4": 8.3}
        return {key: factors[key] * gradient for key, gradient in right(params, cache, Y, lam).items()}

    told = clinic.of(clinic.replaced(backward=scaled), ["backward"]).diagnoses["backward"]
    assert [diagnosis.code for diagnosis in told] == ["backward.constant-factor"] * 4

    def scaled_after_a_change(params, cache, Y, lam):  # type: ignore[no-untyped-def]
        grads = scaled(params, cache, Y, lam)
        params["W1"] += 1
        return grads

    told = clinic.of(clinic.replaced(backward=scaled_after_a_change), ["backward"]).diagnoses["backward"]
    ranks = [("certain", "one-of", "likely").index(diagnosis.confidence) for diagnosis in told]
    assert len(ranks) == 4
    assert ranks == sorted(ranks)


def test_parts_that_are_wrong_in_the_same_way_are_told_together(clinic: Clinic) -> None:
    student = clinic.replaced(
        weight_gradient=lambda inputs, delta, n: np.full((inputs.shape[1], delta.shape[1]), 0.123),
        weight_penalty_gradient=lambda W, lam, n: 0.0,
        bias_gradient=lambda delta, n: np.full(delta.shape[1], 0.456),
    )
    (told,) = clinic.of(student, ["backward"]).diagnoses["backward"]
    assert told.code == "backward.constant-result"
    assert {'grads["W1"]', 'grads["b1"]'} <= set(told.evidence["parts"])


def test_zeros_are_no_evidence_for_a_known_mistake(clinic: Clinic) -> None:
    right = clinic.assignment.solution.backward

    def zero_biases_and_strange_weights(params, cache, Y, lam):  # type: ignore[no-untyped-def]
        grads = right(params, cache, Y, lam)
        return {key: np.sin(7 * value) if key.startswith("W") else 0 * value for key, value in grads.items()}

    findings = clinic.of(clinic.replaced(backward=zero_biases_and_strange_weights), ["backward"])
    assert not codes(findings) & {mistake.code for mistake in clinic.assignment.mistakes}


def test_state_between_calls(clinic: Clinic) -> None:
    right, calls = clinic.assignment.solution.backward, []

    def grows(params, cache, Y, lam):  # type: ignore[no-untyped-def]
        calls.append(1)
        return {key: value * len(calls) for key, value in right(params, cache, Y, lam).items()}

    findings = clinic.of(clinic.replaced(backward=grows), ["backward"])
    assert "backward.differs-between-calls" in codes(findings)
    assert not codes(findings) & {mistake.code for mistake in clinic.assignment.mistakes}


def test_global_variables_in_place_of_arguments(clinic: Clinic) -> None:
    X = np.random.default_rng(0).normal(size=(7, 6))
    right = clinic.assignment.solution.forward
    findings = clinic.of(clinic.replaced(forward=lambda params, _: right(params, X)), ["forward"])
    assert "forward.ignores-its-argument" in codes(findings)


def test_a_function_that_is_a_follow_on_already_is_left_out(clinic: Clinic) -> None:
    student = clinic.planted(clinic.mistake("backward.sign"))
    runs = clinic.runs(student, ["backward"])
    known = FollowOns({"backward": ("forward",)})
    findings = clinic.diagnoser.diagnose(runs, clinic.setting, student=student, follow_ons=known)
    assert not findings.diagnoses


SOURCE = """\
import numpy as np

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    total = np.sum(e, axis=0)
    return e / total

def backward(params, cache, Y, lam):
    grads = {}
    for layer in (2, 1):
        grads[f"W{layer}"] = cache[layer].T @ Y + lam * params[f"W{layer}"]
        grads[f"b{layer}"] = Y.mean(axis=0)
    return grads
"""


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("softmax.normalised-over-the-batch", 5),
        ("backward.bias-gradient-averaged-again", 12),
        ("backward.penalty-doubled", 11),
        ("backward.not-averaged", None),  # nothing in the source tells which line it is
    ],
)
def test_the_line_is_pointed_at(clinic: Clinic, code: str, line: int | None) -> None:
    student = clinic.planted(clinic.mistake(code))
    runs = clinic.runs(student, ["softmax", "backward"])
    findings = clinic.diagnoser.diagnose(
        runs, clinic.setting, student=student, source=load_source(SOURCE, "homework.py")
    )
    (told,) = findings.diagnoses[code.partition(".")[0]]
    assert (told.location and told.location.line) == line


def test_the_submission_need_not_be_alive(clinic: Clinic) -> None:
    student: Variant = clinic.planted(clinic.mistake("relu.leaky"))
    findings = clinic.diagnoser.diagnose(clinic.runs(student, ["relu"]), clinic.setting)
    assert codes(findings) == {"relu.leaky"}


def test_a_sentence_about_two_lines_is_told_once():
    def described(title, line):
        return Described("loss.name", title, "Why.", (), "certain", {}, Location(file="net.py", line=line))

    told = told_once([described("`out` is meant", 3), described("`x` is meant", 4), described("`out` is meant", 9)])
    assert [one.title for one in told] == ["`out` is meant", "`x` is meant"]
    assert [one.explanation for one in told] == ["Why. The same holds at net.py, line 9.", "Why."]
    assert told_once([described("`out` is meant", 3)] * 2) == (described("`out` is meant", 3),)
