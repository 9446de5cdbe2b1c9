"""`grade new --of`: an assignment of operations works as soon as it is written."""

import numpy as np
import pytest

from grader.assignments import AssignmentError, read_assignment
from grader.assignments.chosen_operations import Choice, choose, operations, write_chosen
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckSetting, run_check
from grader.diagnosis.planted.planting import plant


def test_functions_points_and_mistakes_come_from_the_operations(tmp_path):
    files = write_chosen(tmp_path / "layers", choose(["relu", "softmax:axis=0", "batch_norm"]))
    assert [path.name for path in files] == ["assignment.toml", "contract.py", "composition.py"]
    assignment = read_assignment(tmp_path / "layers")
    assert assignment.function_names == (
        "relu",
        "relu_derivative",
        "relu_backward",
        "softmax",
        "batch_norm",
        "batch_norm_backward",
    )
    assert {function.name: function.kept for function in assignment.contract if function.kept} == {"batch_norm": (1,)}
    assert sum(check.points for check in assignment.checks) == 60
    assert {"relu.leaky", "softmax.applied-twice", "batch_norm.not-centred"} <= {m.code for m in assignment.mistakes}
    assert np.allclose(assignment.solution.softmax(np.arange(12.0).reshape(4, 3)).sum(axis=0), 1)


def test_a_network_takes_the_operations_that_it_is_made_of(tmp_path):
    write_chosen(tmp_path / "network", choose(["perceptron", "l2_penalty"]))
    codes = {mistake.code for mistake in read_assignment(tmp_path / "network").mistakes}
    assert {"backward.weight-gradient-transposed", "backward.sign", "forward.bias-missing"} <= codes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rely"], "--of rely: no operation 'rely'; these can be graded by themselves: adagrad, adam, batch_norm"),
        (["rely"], ". Is relu meant?"),
        (
            ["decision"],
            "--of decision: decision cannot be graded by itself. It is a part of other functions (From one sigmoid "
            "output to one of two classes): write `decision.use()` into the table of an assignment that has such a "
            "function; these can be graded by themselves: adagrad,",
        ),
        (
            ["momentum:velocity=mean"],
            "--of momentum:velocity=mean: the convention velocity of momentum is",
        ),
        (["softmax:axes=0"], "softmax has no convention axes; it has axis"),
        (["softmax:0"], "write conventions as `name=value`"),
        (["relu", "relu"], "relu, relu_backward, relu_derivative would be in the contract twice"),
        (["batch_training"], "batch_training goes with perceptron, cross_entropy, l2_penalty; choose them as well"),
    ],
)
def test_what_cannot_be_chosen_is_said(words, told):
    with pytest.raises(AssignmentError) as error:
        choose(words)
    assert told in str(error.value)


def test_a_planted_mistake_warns_of_nothing(tmp_path, recwarn):
    write_chosen(tmp_path / "norm", choose(["batch_norm"]))
    assignment = read_assignment(tmp_path / "norm")
    planted = [one for one in assignment.mistakes if one.code == "batch_norm.variance-of-samples"]
    out, _ = plant(assignment, planted).batch_norm(np.ones((1, 3)), np.ones(3), np.zeros(3))
    assert np.isnan(out).all()
    assert not recwarn.list


def test_operations_whose_codes_are_the_same_are_told_apart(tmp_path):
    write_chosen(tmp_path / "costs", choose(["binary_cross_entropy", "squared_error"]))
    codes = {mistake.code for mistake in read_assignment(tmp_path / "costs").mistakes}
    assert {"cost.summed", "squared_error.cost-summed"} <= codes


def test_operations_whose_steps_are_called_the_same_are_told_apart(tmp_path):
    words = ["softmax:axis=0", "softmax_loss:layout=columns", "cross_entropy:axis=0"]
    write_chosen(tmp_path / "costs", choose(words))
    assignment = read_assignment(tmp_path / "costs")
    setting = CheckSetting(Solution(assignment.contract, assignment.solution), 0, None)
    student = Variant(assignment.contract, assignment.new_solution())
    assert all(run_check(check, student, setting).result.status == "passed" for check in assignment.checks)
    table = tmp_path / "costs" / "composition.py"
    table.write_text(table.read_text().replace('prefix="softmax_loss_"', 'prefix=""'))
    with pytest.raises(AssignmentError, match="softmax and softmax_loss both have a step shifted; give one of them a"):
        read_assignment(tmp_path / "costs")


def ways():
    """Every operation with each of its conventions, one at a time."""
    for name, operation in operations().items():
        yield name, {}
        for convention, default in operation.conventions.items():
            for value in operation.allowed(convention).values:
                if repr(value) != repr(default):
                    yield name, {convention: value}


def chosen(name, conventions):
    operation = operations()[name]
    return [Choice(operation, conventions), *(Choice(operations()[other], {}) for other in operation.goes_with)]


@pytest.mark.parametrize(
    ("name", "conventions"),
    [
        pytest.param(*way, id="-".join(map(str, [way[0], *way[1].values()])))
        for way in ways()
        if chosen(*way)[0].functions
    ],
)
def test_an_operation_by_itself_is_sound_under_every_convention(tmp_path, name, conventions):
    write_chosen(tmp_path / "alone", chosen(name, conventions))
    assignment = read_assignment(tmp_path / "alone")
    setting = CheckSetting(Solution(assignment.contract, assignment.solution), 0, None)
    student = Variant(assignment.contract, assignment.new_solution())
    results = [run_check(check, student, setting).result for check in assignment.checks]
    assert [result.message for result in results if result.status != "passed"] == []


def test_what_a_first_course_asks_for_can_be_graded_by_itself():
    able = {name for name, operation in operations().items() if operation.graded}
    asked = """
        relu leaky_relu elu sigmoid tanh softmax cross_entropy binary_cross_entropy softmax_loss hinge_loss
        squared_error output_error l1_penalty l2_penalty dense convolution_layer max_pooling flatten
        batch_norm layer_norm group_norm spatial_batch_norm dropout dropout_layer initial_weights
        gradient_descent momentum nesterov rmsprop adam one_hot mini_batches prediction batch_training
    """
    assert able >= set(asked.split())
