"""`grade new --of`: an assignment of operations works as soon as it is written."""

import numpy as np
import pytest

from grader.assignments import AssignmentError, read_assignment
from grader.assignments.chosen_operations import choose, write_chosen


def test_functions_points_and_mistakes_come_from_the_operations(tmp_path):
    files = write_chosen(tmp_path / "layers", choose(["relu", "softmax:axis=0", "batch_norm"]))
    assert [path.name for path in files] == ["assignment.toml", "contract.py", "composition.py"]
    assignment = read_assignment(tmp_path / "layers")
    assert assignment.function_names == ("relu", "softmax", "batch_norm", "batch_norm_backward")
    assert {function.name: function.kept for function in assignment.contract if function.kept} == {"batch_norm": (1,)}
    assert sum(check.points for check in assignment.checks) == 40
    assert {"relu.leaky", "softmax.applied-twice", "batch_norm.not-centred"} <= {m.code for m in assignment.mistakes}
    assert np.allclose(assignment.solution.softmax(np.arange(12.0).reshape(4, 3)).sum(axis=0), 1)


def test_a_network_takes_the_operations_that_it_is_made_of(tmp_path):
    write_chosen(tmp_path / "network", choose(["perceptron", "l2_penalty"]))
    codes = {mistake.code for mistake in read_assignment(tmp_path / "network").mistakes}
    assert {"backward.weight-gradient-transposed", "backward.sign", "forward.bias-missing"} <= codes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rely"], "no operation 'rely' that can be graded by itself; there are adagrad, adam, batch_norm"),
        (["dense"], "no operation 'dense' that can be graded by itself"),
        (["softmax:axes=0"], "softmax has no convention axes; it has axis"),
        (["softmax:0"], "write conventions as `name=value`"),
        (["relu", "relu"], "relu would be in the contract twice"),
        (["batch_training"], "batch_training goes with perceptron, cross_entropy, l2_penalty; choose them as well"),
    ],
)
def test_what_cannot_be_chosen_is_said(words, told):
    with pytest.raises(AssignmentError) as error:
        choose(words)
    assert told in str(error.value)
