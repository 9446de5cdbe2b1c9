"""Factors that do not belong into δ, lost updates, what is learned elsewhere, targets out of reach; and their likes."""

from collections.abc import Iterator

import pytest

from grader.render.explanation_text import with_subscripts
from grader.sandbox import Sandbox

from .scripts import ASIDE, CORPUS, outcome_of

SCRIPTS = (
    "regression_of_a_sine__times_cost",
    "cost_that_is_squared",
    "gate_of_xor__times_h",
    "gate_of_xor__no_function",
    "moons_in_steps__copy_updated",
    "fresh_samples_coded",
    "most_typical_samples",
    "adam_in_dicts__uphill",
    "grey_images__numbers_of_classes",
    "line_before_network__no_slope",
    "line_before_network__two_heads",
    "same_training_for_each_setting",
    "summed_vector_on_top",
    "summed_vector_on_top__by_z",
    "summed_vector_on_top__five_by_z",
    "perceptron_rule__error_times_output",
    "cost_of_all_pairs",
    "one_class_alone__loss_for_error",
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as cells:
        yield cells


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_is_told(sandbox, name):
    outcome = outcome_of(ASIDE / f"{name}.py", sandbox)
    assert outcome.quantity, outcome.explanation.faults
    if not outcome.expected.is_right:
        assert outcome.named, outcome.explanation.faults
        assert outcome.line, outcome.explanation.faults


def test_a_measure_that_is_only_shown_is_not_ticked_as_the_cost(sandbox):
    explanation = outcome_of(CORPUS / "xor_synapses.py", sandbox).explanation  # it prints the mean of np.abs(error)
    assert explanation.status == "right"
    assert explanation.network.cost == "squared error"
    assert not [quantity for quantity in explanation.chain if quantity.name == "cost"]


def test_the_persons_own_text_keeps_its_digits():
    assert (
        with_subscripts("δ1 is multiplied by `a1 * W2` as well as W2") == "δ₁ is multiplied by `a1 * W2` as well as W₂"
    )
