"""Planted mistakes: what counts as named, and how replacements take their steps' places."""

import numpy as np

MISTAKE = """

@mistake("{code}", step="{step}", title="A title", explain="Why.", hints=["A hint."])
def {name}({parameters}):
    {body}
"""


def add(author, code, step, parameters, body):
    return author.append(
        "mistakes.py",
        MISTAKE.format(code=code, step=step, name=code.replace(".", "_"), parameters=parameters, body=body),
    )


def test_one_whose_text_is_at_fault_is_not_named(author):
    line = add(author, "gradients.slip", "weight_gradient", "X, upstream", "return X.T @ upstreem")
    outcome = author.planted("gradients.slip")
    assert outcome.found == "crashes"
    assert outcome.problems == (
        f"it never gives a result: linear-regression/mistakes.py, line {line + 4}: "
        "NameError: name 'upstreem' is not defined",
    )
    assert outcome.where == f"mistakes.py, line {line + 2}"


def test_one_that_takes_other_arguments_is_not_named(author):
    add(author, "gradients.arity", "weight_gradient", "X", "return X.T")
    outcome = author.planted("gradients.arity")
    assert outcome.found == "crashes"
    assert "takes 1 positional argument but 2 were given" in outcome.problems[0]


def test_one_whose_arrays_do_not_fit_is_a_mistake_that_people_make(author):
    add(author, "gradients.transposed", "weight_gradient", "X, upstream", "return X @ upstream")
    outcome = author.planted("gradients.transposed")
    assert outcome.problems == ()
    assert outcome.found.startswith("named")
    assert "by what it raises: linear-regression/mistakes.py, line" in outcome.found


def test_one_that_no_check_notices_is_told_with_its_place(author):
    line = add(author, "mse.same", "mse", "predicted, y", "return ((predicted - y) ** 2).mean()")
    validation = author.validation()
    assert f"PROBLEM: mistakes.py, line {line + 2}: no check fails" in validation.table()


METHODS = '''
class Scaler:
    """Scales by a factor."""

    def __init__(self, factor):
        """Made of its factor."""
        self.factor = factor

    def apply(self, X):
        """X times the factor."""
        return self.factor * X

    @staticmethod
    def shift(X):
        """X + 3."""
        return X + 3
'''
CHECKS = """

@check("Scaler.apply", points=0, title="Scales")
def scaler_apply(student, solution, rng):
    X = rng.normal(size=(2, 3))
    expect(student.Scaler(2.5).apply(X), "scaled").close_to(solution.Scaler(2.5).apply(X))


@check("Scaler.shift", points=0, title="Shifts")
def scaler_shift(student, solution, rng):
    X = rng.normal(size=(2, 3))
    expect(student.Scaler(2.5).shift(X), "shifted").close_to(solution.Scaler(2.5).shift(X))
"""


def test_one_with_right_on_a_method_is_handed_the_instance(author):
    author.append("contract.py", METHODS)
    author.append("solution.py", METHODS)
    author.append("checks.py", CHECKS)
    add(author, "scaler.twice", "Scaler.apply", "right, self, X", "return 2 * right(self, X) + 0 * self.factor")
    add(author, "scaler.negated", "Scaler.shift", "right, X", "return -right(X)")
    add(author, "scaler.unscaled", "Scaler.apply", "self, X", "return X + 0 * self.factor")
    add(author, "scaler.unshifted", "Scaler.shift", "X", "return X - 3")
    outcomes = {outcome.name: outcome for outcome in author.validation().planted}
    for code in ("scaler.twice", "scaler.negated", "scaler.unscaled", "scaler.unshifted"):
        assert (outcomes[code].found, outcomes[code].problems) == ("named", ())


def test_a_variable_called_right_makes_no_wrapper(author):
    add(author, "mse.zero", "output_gradient", "residual", "right = residual\n    return 3 * right / len(residual)")
    assert author.planted("mse.zero").found == "named"


def test_a_faulty_check_stops_the_planting_alone(author):
    """The check trips over the planted value, and over the solution's."""
    line = author.append(
        "checks.py",
        '\n\n@check("mse", points=0, title="A faulty one")\n'
        "def mse_faulty(student):\n    student.mse(np.ones(3), np.ones(3)).nothing\n",
    )
    validation = author.validation()
    assert validation.planted == ()
    assert f"linear-regression/checks.py, line {line + 4}: check mse.faulty fails on the solution" in validation.table()
    assert not validation.is_sound


def test_steps_are_announced(author):
    told = []
    author.validation(on_step=lambda *step: told.append(step))
    assert told[0] == ("examples", 0, 4)
    assert told[-1] == ("planted mistakes", 1, 1)


def test_the_checks_that_took_points_are_named_with_their_lines(author):
    line = author.append(
        "checks.py",
        '\n\n@check("mse", points=0, title="Of ones")\n'
        'def mse_ones(student):\n    expect(student.mse(np.ones(3), 0 * np.ones(3)), "mse").close_to(2.0)\n',
    )
    table = author.validation().table()
    assert f"PROBLEM: checks.py, line {line + 2}: check mse.ones (Of ones): mse is wrong" in table


def test_global_generators_are_seeded_for_each_check(author):
    author.append(
        "checks.py",
        '\n\n@check("mse", points=0, title="Of global numbers")\n'
        "def mse_global(student, solution):\n"
        "    a, b = np.random.normal(size=(2, 5)), [__import__('random').random() for _ in range(2)]\n"
        "    expect(student.mse(a[0], a[1] + b[0]), 'mse').close_to(solution.mse(a[0], a[1] + b[0]) + b[1])\n",
    )
    np.random.seed(1)
    state = np.random.get_state()[1].tolist()
    first = author.validation().table()
    assert np.random.get_state()[1].tolist() == state
    np.random.seed(2)
    assert author.validation().table() == first
