"""Factors that do not belong into δ, lost updates, what is learned elsewhere, targets out of reach; and their likes."""

import pytest

from grader.reading.explain import explain_submission
from grader.reading.told.explanation import Explanation, Quantity
from grader.render.explanation_html import explanation_html
from grader.render.explanation_text import explanation_text, headline, with_subscripts
from grader.submissions import load_submission
from tests.tables import sampled

from .scripts import ASIDE, CORPUS, outcome_of

SCRIPTS = (
    "regression_of_a_sine__times_cost",
    "cost_that_is_squared",
    "single_numbers__slope_at_output",
    "number_of_the_layer_below",
    "shift_inside_the_brackets",
    "rectified_output__off_from_the_start",
    "rounds_that_are_told__without_a_name",
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
    "or_of_two__slope_added",
    "threshold_unit__slope_of_sigmoid",
    "threshold_unit__output_left_out",
    "single_unit__forward_before_loop",
    "moons_in_steps__bias_not_added",
    "rectified_layer__off_from_the_start",
    "perceptron_rule__targets_of_minus_one",
    "two_columns__summed_to_a_matrix",
    "targets_and_outputs_added",
    "biases_that_are_ones",
    "biases_with_another_name__not_summed",
    "change_of_a_local_name",
    "adam_with_one_share__second_takes_first",
    "means_in_place__left_over",
    "shifts_that_are_one_array",
    "velocities_that_are_one_array",
    "three_layers__summed_once_more",
    "hundreds_of_samples_summed",
    "dropout_by_a_function__drawn_anew",
    "sigmoid_in_two_halves",
    "target_of_one_for_all__as_many_units",
    "line_of_samples__targets_of_all",
    "parabola_in_two_parts__hidden_anew",
    "bias_for_each_sample",
    "softmax_of_two_labels",
    "one_round_of_many",
    "gated_units",
    "gated_units__gate_left_out",
    "gated_units__cut_off",
    "own_matrix_product",
    "own_matrix_product__number_by_number",
    "unit_objects_with_momentum",
    "one_vector_with_zeros__twice",
    "gate_of_xor__slope_at_targets",
    "three_kinds__update_behind_loop",
    "averages_by_name__of_another",
    "price_by_momentum",
    "price_by_momentum__as_it_is",
    "penalties_of_three",
    "penalties_of_three__itself",
    "penalties_of_three__no_slope",
    "penalties_of_three__times_weights",
    "penalties_of_three__first_alone",
    "memory_of_a_local_name",
    "kinds_of_spots__stops_at_its_measure",
    "states_in_a_list__last_for_first",
    "shares_changed_in_place",
    "rule_in_a_list__the_wrong_way",
    "targets_divided_alone",
    "models_in_a_loop__slope_of_second",
    "sum_behind_a_minus",
    "output_for_input__one_number",
    "one_round_of_many__no_loop",
    "star_for_product",
    "gates_of_three_classes",
    "layers_in_a_list__last_alone",
    "slope_of_one_minus_x",
    "slope_before_the_output",
    "number_behind_the_output",
)


@pytest.mark.parametrize("name", sampled(SCRIPTS, lambda name: name.partition("__")[0]))
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


def test_what_is_made_of_a_wrong_delta_gets_no_tick(sandbox):
    explanation = outcome_of(ASIDE / "or_of_two__slope_added.py", sandbox).explanation
    assert [(one.name, one.given) for one in explanation.chain[5:]] == [("dW2", "δ2"), ("δ1", "δ2"), ("dW1", "δ2")]
    assert not any(one.given for one in explanation.chain[:5])
    assert "◐ dW₂" in explanation_text(explanation)
    assert "right, given δ₂" in explanation_text(explanation)
    assert explanation_html(explanation).count("right, given δ₂") == 3


def test_a_cost_that_is_asked_for_is_open(sandbox, tmp_path):
    text = (ASIDE / "biases_that_are_ones.py").read_text("utf-8")
    text = text.replace("    cost = np.mean((p - y) ** 2)\n", "").replace(" * p * (1 - p)", "")
    (tmp_path / "network.py").write_text(text, "utf-8")
    explanation = explain_submission(load_submission(tmp_path / "network.py"), sandbox)
    assert explanation.question
    assert explanation.network.cost == "open"
    assert "if the cost is the cross-entropy" in explanation_text(explanation)


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("range(200)", "range(5)", "the training is over after 5 steps"),
        ("0.1 *", "1e-9 *", "steps would halve it"),
        ("np.tanh(X @ A + a0)", "X @ A + a0", "no function stands between the layers"),
    ],
)
def test_what_keeps_a_right_training_from_learning_is_noted(sandbox, tmp_path, old, new, note):
    text = (ASIDE / "biases_that_are_ones.py").read_text("utf-8").replace(old, new)
    if "tanh" in old:
        text = text.replace(" * (1 - h**2)", "")
    (tmp_path / "network.py").write_text(text, "utf-8")
    explanation = explain_submission(load_submission(tmp_path / "network.py"), sandbox)
    assert explanation.status == "right"
    assert [one for one in explanation.notes if note in one], explanation.notes


def test_the_persons_own_text_keeps_its_digits():
    assert (
        with_subscripts("100 % of δ1 is multiplied by `a1 * W2` as well as W2")
        == "100 % of δ₁ is multiplied by `a1 * W2` as well as W₂"
    )


@pytest.mark.parametrize("status", ["right", "unknown"])
def test_where_no_gradient_of_a_parameter_was_judged_nothing_is_praised(status, sandbox):
    chain = Quantity(name="z1", status="right"), Quantity(name="dW1", status=status)
    network = outcome_of(CORPUS / "xor_synapses.py", sandbox).explanation.network
    assert Explanation(name="a.py", status="partly", network=network, chain=chain).has_gradient == (status == "right")
    assert headline(Explanation(name="a.py", status="unjudged")).startswith("· Too little of this")
