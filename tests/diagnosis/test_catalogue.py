"""Known mistakes, planted in the solution, are diagnosed by their own codes; and the words of all can be read.

The suite plants one in each step of the solution, `grade validate mnist-mlp` every one.
"""

import itertools
import random

import pytest

from grader.assignments import Mistake
from grader.render.formula_syntax import parse
from tests import library
from tests.diagnosis.conftest import Clinic, codes
from tests.tables import WHOLE, sampled

MISTAKES = library.assignment("mnist-mlp").mistakes
OWN = [mistake for mistake in MISTAKES if not mistake.code.startswith("train.")]
TRAINING = [mistake for mistake in MISTAKES if mistake.code.startswith("train.")]
# One of the steps, of what they are made of, of their number, and of what is returned.
PROBED = {"train.ascent", "train.biases-not-updated", "train.one-batch-per-epoch", "train.history-before-the-steps"}


@pytest.mark.parametrize("mistake", sampled(OWN, lambda mistake: mistake.step), ids=lambda mistake: mistake.code)
def test_a_planted_mistake_is_named_and_nothing_else(clinic: Clinic, mistake: Mistake) -> None:
    findings = clinic.of(clinic.planted(mistake))
    told = [diagnosis for found in findings.diagnoses.values() for diagnosis in found]
    assert [(diagnosis.code, diagnosis.alternatives) for diagnosis in told] == [(mistake.code, ())]
    assert told[0].confidence in ("certain", "likely")


@pytest.mark.parametrize(
    "mistake",
    [mistake for mistake in TRAINING if WHOLE or mistake.code in PROBED],
    ids=lambda mistake: mistake.code,
)
def test_a_mistake_in_training_is_named_by_probes(clinic: Clinic, mistake: Mistake) -> None:
    findings = clinic.of(clinic.planted(mistake), ["train"])
    assert codes(findings) == {mistake.code}


def test_two_mistakes_at_a_time_are_both_named(clinic: Clinic) -> None:
    pairs = [pair for pair in itertools.combinations(OWN, 2) if pair[0].step != pair[1].step]
    both = 0
    sample = random.Random(7).sample(pairs, 40 if WHOLE else 8)
    for pair in sample:
        findings = clinic.of(clinic.planted(*pair))
        both += {mistake.code for mistake in pair} <= codes(findings)
    assert both >= 0.8 * len(sample)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.code)
def test_words(mistake: Mistake) -> None:
    texts = [mistake.title, mistake.explain, *mistake.hints]
    assert len(mistake.title) <= 110
    assert not mistake.title.endswith(".")
    assert len(mistake.hints) >= 2
    for text in texts:
        assert "{{" not in text
        assert text.count("$") % 2 == 0
        assert text.count("`") % 2 == 0
        for formula in text.split("$")[1::2]:
            parse(formula)


def test_the_nudge_does_not_repeat_the_title() -> None:
    assert not [mistake.code for mistake in MISTAKES if mistake.hints[0] == mistake.title]
