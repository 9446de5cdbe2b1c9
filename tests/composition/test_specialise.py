"""A formula of the reference, made special to the conventions of one use, and a table of such uses."""

import ast
import importlib

import numpy as np
import pytest

import operations
from grader.assignments import AssignmentError, Mistake, Operation, read_assignment, replacement_source, table
from grader.assignments.chosen_operations import operations as known_operations
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


@pytest.mark.parametrize("operation", list(known_operations().values()), ids=lambda o: o.name)
def test_every_operation_has_its_words_and_codes_of_its_own(operation):
    codes = [known.code for known in operation.use().declarations(()) if isinstance(known, Mistake)]
    assert codes or operation.verified  # what is put together of others has checks of its own
    assert len(set(codes)) == len(codes)


def test_a_mistake_reads_as_it_is_under_its_conventions():
    known = {m.code: m for m in operations.softmax.use(axis=0).declarations(()) if isinstance(m, Mistake)}
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
    names = "dense, layer_activations, momentum, relu, softmax, step, table"
    (folder / "composition.py").write_text(f"from operations import {names}\n\nUSES = (\n    {uses},\n)\n")
    return read_assignment(folder)


@pytest.mark.parametrize(
    ("uses", "told"),
    [
        ("relu.use(points=4, slope=1)", "relu has no convention slope; it has none"),
        ("softmax.use(axis=7)", "the convention axis of softmax is to be 1 or 0 or None, but it is 7"),
        ("softmax.use(axis=True)", "axis of softmax is to be 1 or 0 or None, but it is True"),
        ("momentum.use(velocity='mean')", "is to be 'step' or 'sum' or 'average', but it is 'mean'"),
        ("momentum.use(rho='0.9')", "is to be a number at least 0 and below 1, but it is '0.9'"),
        ("*table(dense.use(), layout='colums')", "is to be 'rows' or 'columns' or 'sample', but it is 'colums'"),
        ("layer_activations.use(hidden='relu')", "is to be the name of a function, as step('relu'), but it is 'relu'"),
        ("relu.use('relo', points=4)", "no function is called 'relo': the contract declares relu"),
        ("relu.use(points={'relo': 4})", "the contract declares no 'relo'; it has relu"),
        ("relu.use(names={'relo': 'relu'})", "relu has neither a function nor a mistake 'relo'; it has relu"),
        ("relu.use(codes={'relo.': 'x'})", "relu has neither a function nor a mistake 'relo.'; it has relu"),
        ("relu.use('a', 'b', 'c', 'd')", "relu has 3 functions (relu, relu_derivative, relu_backward), but there are"),
    ],
)
def test_what_a_table_cannot_say_is_told_with_its_line(tmp_path, uses, told):
    with pytest.raises(AssignmentError) as error:
        assignment_of(tmp_path, "relu(z)", uses)
    assert told in str(error.value)
    assert f"{tmp_path / 'composition.py'}, line 4: " in str(error.value)


def test_a_step_that_is_nowhere_is_told(tmp_path):
    (tmp_path / "solution.py").write_text("def relu(z):\n    return hidden_activation(z)\n")
    with pytest.raises(AssignmentError, match="line 4: the convention hidden of layer_activations names 'tanh', which"):
        assignment_of(tmp_path, "relu(z)", "layer_activations.use(hidden=step('tanh'))")


def test_an_operation_that_there_is_not_is_told_with_those_that_there_are(tmp_path):
    (tmp_path / "assignment.toml").write_text(TOML)
    (tmp_path / "contract.py").write_text('def f(x):\n    """F."""\n')
    (tmp_path / "composition.py").write_text("from operations import relv\n")
    with pytest.raises(AssignmentError, match=r"line 1: ImportError: cannot import name 'relv' .+; it has adagrad"):
        read_assignment(tmp_path)


@pytest.mark.parametrize("operation", list(known_operations().values()), ids=lambda o: o.name)
def test_every_convention_says_what_it_may_be(operation):
    for name, default in operation.conventions.items():
        assert operation.allowed(name).holds(default)


def test_another_number_of_parameters_is_said(tmp_path):
    with pytest.raises(AssignmentError, match=r"behind relu takes \(z\), but the contract's has \(z, slope\)"):
        assignment_of(tmp_path, "relu(z, slope)", "relu.use(points=4)")


def test_functions_and_parameters_are_called_as_in_the_contract(tmp_path):
    assignment = assignment_of(tmp_path, "rectified(values)", 'relu.use("rectified", points=4)')
    assert np.array_equal(assignment.solution.rectified(values=np.array([-1.0, 2.0])), [0.0, 2.0])
    assert {check.function for check in assignment.checks} == {"rectified"}
    assert "rectified.leaky" in {mistake.code for mistake in assignment.mistakes}


def test_an_operation_is_not_hidden_by_the_module_that_has_its_name():
    module = importlib.import_module("operations.softmax")
    assert module is not operations.softmax
    assert isinstance(operations.softmax, Operation)


def codes_of(use):
    return {known.code for known in use.declarations(()) if isinstance(known, Mistake)}


def test_the_longest_beginning_of_a_code_that_is_renamed_decides():
    use = operations.softmax_loss.use(
        prefix="naive_",
        codes={
            "softmax_loss": "loop.",
            "softmax_loss.cost-": "loop.loss-",
            "softmax_loss.overflow": "loop.exp-too-large",
        },
    )
    codes = codes_of(use)
    assert {"loop.softmax-applied-twice", "loop.loss-summed", "loop.exp-too-large"} <= codes
    assert "hinge_loss.naive-margin-missing" in codes_of(operations.hinge_loss.use(prefix="naive_"))


def test_a_use_borrows_from_the_use_with_its_own_prefix(tmp_path):
    folder = tmp_path / "two-losses"
    folder.mkdir()
    (folder / "assignment.toml").write_text(TOML)
    (folder / "contract.py").write_text('def f(s, y):\n    """F."""\n\n\ndef g(s, y):\n    """G."""\n')
    (folder / "solution.py").write_text(
        "def f(s, y):\n    return score_gradient(s, y)\n\n\ndef g(s, y):\n    return naive_score_gradient(s, y)\n"
    )
    (folder / "checks.py").write_text(
        "from grader.checks import check\n\n\n@check('f', points=4, title='F')\ndef f(student):\n    pass\n"
    )
    uses = (
        "softmax_loss.use(), output_error.use(), softmax_loss.use(prefix='naive_'), output_error.use(prefix='naive_')"
    )
    (folder / "composition.py").write_text(f"from operations import output_error, softmax_loss\n\nUSES = ({uses})\n")
    source = read_assignment(folder).solution_source
    assert "return output_delta(p, one_hot" in source
    assert "return naive_output_delta(p, one_hot" in source


def texts_of(use):
    mistakes = [known for known in use.declarations(()) if isinstance(known, Mistake)]
    return " ".join(text for m in mistakes for text in (m.title, m.explain, *m.hints))


@pytest.mark.parametrize(
    ("use", "wrong"),
    [
        (operations.softmax.use(axis=None), ("row", "column")),
        (operations.batch_norm.use(layout="columns"), ("axis=1`",)),
        (operations.perceptron.use(layout="columns"), ("(n, k)", "(k, n)")),
        (operations.penalty_terms.use(penalty="half"), ("Either is accepted", "2 \\, reg")),
        (operations.l2_penalty.use(halved=False), ("frac{\\lambda}{2}", "λW/2")),
        (operations.dropout.use(p="drop"), ("1/p", "mask / p")),
    ],
    ids=lambda value: getattr(getattr(value, "operation", None), "name", ""),
)
def test_texts_follow_the_conventions(use, wrong):
    text = texts_of(use)
    assert [words for words in wrong if words in text] == []


def test_what_is_told_a_use_goes_on_to_what_it_borrows_from(tmp_path):
    (tmp_path / "solution.py").write_text("def relu(W, X, y, reg):\n    return linear_loss(W, X, y, reg)\n")
    (tmp_path / "assignment.toml").write_text(TOML)
    (tmp_path / "contract.py").write_text('def relu(W, X, y, reg):\n    """F."""\n')
    (tmp_path / "checks.py").write_text(
        "from grader.checks import check\n\n\n@check('relu', points=4, title='F')\ndef f(student):\n    pass\n"
    )
    (tmp_path / "composition.py").write_text(
        "from operations import linear_loss, penalty_terms\n\n"
        "USES = (linear_loss.use(penalty='half'), penalty_terms.use(layers='one'))\n"
    )
    assert "reg / 2 * sum" in read_assignment(tmp_path).solution_source


def test_what_another_operation_of_the_table_knows_is_told_once():
    alone = operations.softmax_loss.use().declarations(())
    beside = operations.softmax_loss.use().declarations((), {"one_hot"})
    dropped = {m.code for m in alone if isinstance(m, Mistake)} - {m.code for m in beside if isinstance(m, Mistake)}
    assert "softmax_loss.one-hot-of-ten-classes" in dropped
