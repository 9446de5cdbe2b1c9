"""Plain notebooks and modules with doctests, and the command that takes over a notebook."""

import json

import pytest

from grader import Grader
from grader.assignments import AssignmentError, load_assignment
from grader.assignments.scaffold import take_over
from grader.assignments.starter import starter_notebook
from grader.validation import validate_assignment
from tests.command import grade
from tests.notebooks.building import code, markdown, notebook
from tests.notebooks.sources import ACTIVATIONS

MODULE = '''"""Small functions."""

import numpy as np


def relu(z):
    """max(0, z), element by element.

    >>> relu(np.array([-1.0, 2.0])).tolist()
    [0.0, 2.0]
    >>> relu(-3)
    0
    """
    return np.maximum(z, 0)


LIMIT = 10


def clipped(z, limit=LIMIT):
    """z, but at most `limit`.

    >>> a = clipped(np.arange(12))
    >>> int(a.max())
    10
    """
    small = np.minimum(z, limit)
    return small
'''
PLAIN = notebook(
    markdown("# Distances"),
    code("import numpy as np\n%matplotlib inline"),
    code(
        'def distance(a, b):\n    """Of two points."""\n    difference = a - b\n'
        "    return np.sqrt(difference @ difference)"
    ),
    code("assert distance(np.array([0, 3]), np.array([4, 0])) == 5"),
)


def test_a_module_with_doctests(tmp_path):
    (tmp_path / "functions.py").write_text(MODULE, "utf-8")
    take_over(tmp_path / "functions.py", tmp_path / "small")
    assignment = load_assignment(tmp_path / "small")
    assert assignment.function_names == ("relu", "clipped")
    assert assignment.points == 3
    assert validate_assignment(assignment).is_sound
    text = starter_notebook(assignment)
    assert "np.maximum(z, 0)" not in text
    assert "small" not in text
    assert ">>> relu(-3)" in text
    (tmp_path / "work.py").write_text("def relu(z):\n    return abs(z)\ndef clipped(z):\n    return z[:11]\n", "utf-8")
    with Grader(assignment) as session:
        report = session.grade(tmp_path / "work.py")
    assert report.score == 1
    assert report.function("relu").checks[1].message == "`relu(-3)` shows 3, expected 0"


def test_a_plain_notebook(tmp_path):
    (tmp_path / "distances.ipynb").write_text(PLAIN, "utf-8")
    take_over(tmp_path / "distances.ipynb", tmp_path / "distances")
    assignment = load_assignment(tmp_path / "distances")
    assert validate_assignment(assignment).is_sound
    cells = json.loads(starter_notebook(assignment))["cells"]
    assert cells[2]["source"] == 'def distance(a, b):\n    """Of two points."""\n    raise NotImplementedError'


def test_nothing_that_can_be_graded(tmp_path):
    (tmp_path / "talk.ipynb").write_text(notebook(markdown("# A talk"), code("x = 1")), "utf-8")
    with pytest.raises(AssignmentError, match="nothing is asked for"):
        take_over(tmp_path / "talk.ipynb", tmp_path / "talk")
    (tmp_path / "untested.ipynb").write_text(notebook(code("def f(x):\n    return x")), "utf-8")
    with pytest.raises(AssignmentError, match="there is no test and no question for a person"):
        take_over(tmp_path / "untested.ipynb", tmp_path / "untested")
    assert not (tmp_path / "talk").exists()
    assert not (tmp_path / "untested").exists()


def test_the_command(tmp_path):
    (tmp_path / "week3.ipynb").write_text(ACTIVATIONS, "utf-8")
    result = grade("new", tmp_path / "activations", "--from", tmp_path / "week3.ipynb")
    assert result.exit_code == 0
    assert "week3.ipynb, read as a source notebook of nbgrader" in result.output
    assert "    5  why_subtract             a person reads it" in result.output
    assert grade("validate", tmp_path / "activations").exit_code == 0
    assert grade("starter", tmp_path / "activations", tmp_path / "starter").exit_code == 0
    assert [path.name for path in (tmp_path / "starter").iterdir()] == ["starter.ipynb"]
    again = grade("new", tmp_path / "activations", "--from", tmp_path / "week3.ipynb")
    assert (again.exit_code, "is there already" in again.output) == (2, True)


def test_a_notebook_and_a_contract_are_one_too_many(tmp_path):
    (tmp_path / "week3.ipynb").write_text(ACTIVATIONS, "utf-8")
    take_over(tmp_path / "week3.ipynb", tmp_path / "activations")
    (tmp_path / "activations" / "contract.py").write_text("", "utf-8")
    with pytest.raises(AssignmentError, match=r"there are both assignment.ipynb and contract\.py"):
        load_assignment(tmp_path / "activations")
