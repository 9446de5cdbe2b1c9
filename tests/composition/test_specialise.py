"""A formula of the reference, made special to the conventions of one use, and a table of such uses."""

import ast

import numpy as np
import pytest

import operations
from grader.assignments import AssignmentError, Mistake, Operation, read_assignment, replacement_source, table
from grader.assignments.specialise import Binding, specialise

FORMULA = """
def gradient(x, delta, n, *, layout, mean, key):
    total = delta @ x.T if layout == "columns" else x.T @ delta
    if mean == "gradients" and n > 0:
        return {key.format(1): total / n}
    return {key.format(n): total}
"""
TOML = 'title = "A"\nsummary = "B"\nversion = "1.0"\npoints = 4\n'


def written(**conventions):
    tree = ast.parse(FORMULA).body[0]
    return ast.unparse(specialise(tree, "gradient", Binding(conventions, lambda name: None)))


def test_conventions_become_constants_and_what_is_constant_is_worked_out():
    assert written(layout="columns", mean="delta", key="W{}") == (
        "def gradient(x, delta, n):\n    total = delta @ x.T\n    return {f'W{n}': total}"
    )
    text = written(layout="rows", mean="gradients", key="dW{}")
    assert "total = x.T @ delta" in text
    assert "if n > 0" in text
    assert "{'dW1': total / n}" in text


def test_a_convention_without_a_value_is_said():
    with pytest.raises(AssignmentError, match="gradient: say the convention mean"):
        written(layout="rows", key="W{}")


@pytest.mark.parametrize(
    "operation", [v for v in vars(operations).values() if isinstance(v, Operation)], ids=lambda o: o.name
)
def test_every_operation_has_its_words_and_codes_of_its_own(operation):
    codes = [known.code for known in operation.use().declarations(()) if isinstance(known, Mistake)]
    assert codes
    assert len(set(codes)) == len(codes)


def test_a_mistake_reads_as_it_is_under_its_conventions():
    known = {m.code: m for m in operations.softmax.use(axis=0).declarations(())}
    assert "axis=1" in replacement_source(known["softmax.normalised-over-the-batch"].replacement).replace("1 - 0", "1")


def test_what_no_operation_knows_is_said():
    with pytest.raises(AssignmentError, match="softmax has no convention layers; it has axis"):
        operations.softmax.use(layers=3)
    with pytest.raises(AssignmentError, match="none of the operations has a convention layers"):
        table(operations.softmax.use(), layers=3)
    with pytest.raises(AssignmentError, match=r"softmax knows no mistake softmax\.typo"):
        operations.softmax.use(without=["softmax.typo"])


def assignment_of(folder, contract, uses):
    (folder / "assignment.toml").write_text(TOML)
    (folder / "contract.py").write_text(f'def {contract}:\n    """ReLU."""\n')
    (folder / "composition.py").write_text(f"from operations import relu\n\nUSES = ({uses},)\n")
    return read_assignment(folder)


def test_another_number_of_parameters_is_said(tmp_path):
    with pytest.raises(AssignmentError, match=r"behind relu takes \(z\), but the contract's has \(z, slope\)"):
        assignment_of(tmp_path, "relu(z, slope)", "relu.use(points=4)")


def test_functions_and_parameters_are_called_as_in_the_contract(tmp_path):
    assignment = assignment_of(tmp_path, "rectified(values)", 'relu.use("rectified", points=4)')
    assert np.array_equal(assignment.solution.rectified(values=np.array([-1.0, 2.0])), [0.0, 2.0])
    assert {check.function for check in assignment.checks} == {"rectified"}
    assert "rectified.leaky" in {mistake.code for mistake in assignment.mistakes}
