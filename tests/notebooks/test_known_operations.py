"""Functions of a course's own notebook that the library knows: by their values alone, and never wrongly."""

from types import ModuleType

import pytest
from typer.testing import CliRunner

from grader import Grader
from grader.assignments import load_assignment
from grader.assignments.contract import read_contract
from grader.cli import app
from grader.validation.known_operations import known_operations
from tests.notebooks import building
from tests.notebooks.building import answer, code, notebook
from tests.notebooks.conftest import work_of
from tests.notebooks.sources import ACTIVATIONS

# What the second argument of each line says, or nothing where a function is only like one that is known.
FUNCTIONS = {
    "rectified(z)": ("z * (z > 0)", "relu"),
    "columns(logits)": ("np.exp(logits - logits.max(0)) / np.exp(logits - logits.max(0)).sum(0)", "softmax(axis=0)"),
    "slope(z)": ("np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2", "sigmoid_derivative of sigmoid"),
    "moved(w, dw, lr)": ("w - lr * dw", "update of gradient_descent"),
    "relu(z)": ("np.where(z > 0, z, 0.01 * z)", ""),
    "tanh(z)": ("np.clip(z, -1, 1)", ""),
    "overflows(z)": ("np.exp(z) / np.exp(z).sum(1, keepdims=True)", ""),
    "turned(lr, w, dw)": ("w - lr * dw", ""),
    "waits(z)": ("next(n for n in itertools.count() if n < 0)", ""),
    "raises(w, dw, lr)": ("1 / 0", ""),
}


def test_a_function_is_known_by_what_it_computes(tmp_path):
    text = "import itertools\n\nimport numpy as np\n" + "".join(
        f'\n\ndef {head}:\n    """x"""\n    return {body}\n' for head, (body, _) in FUNCTIONS.items()
    )
    (tmp_path / "contract.py").write_text(text, "utf-8")
    solution = ModuleType("solution")
    exec(text, vars(solution))
    found = known_operations(read_contract(tmp_path / "contract.py"), solution)
    assert {one.name: str(one) for one in found} == {
        head.partition("(")[0]: told for head, (_, told) in FUNCTIONS.items() if told
    }


def test_a_notebook_gets_the_names_of_mistakes_and_keeps_its_points(tmp_path):
    source, folder = tmp_path / "week3.ipynb", tmp_path / "activations"
    source.write_text(ACTIVATIONS, "utf-8")
    told = CliRunner().invoke(app, ["new", str(folder), "--from", str(source)])
    assert told.exit_code == 0, told.output
    assert "known: softmax" in told.output
    assert "16 mistakes in the known functions have names" in told.output
    assignment = load_assignment(folder)
    assert (assignment.points, len(assignment.mistakes)) == (11, 16)
    work = tmp_path / "work.ipynb"
    work.write_text(work_of(folder, "right").replace("z * (z > 0)", "np.abs(z)"), "utf-8")
    with Grader(folder) as session:
        report = session.grade(work)
    assert report.score == 9
    assert [diagnosis.code for diagnosis in report.diagnoses()] == ["relu.absolute-value"]


@pytest.mark.parametrize("given", ["shifted, normalised = 3, 4", "for shifted in []: 0"])
def test_a_step_takes_no_name_that_the_notebook_gives_a_meaning(tmp_path, given):
    folder = tmp_path / "softmax"
    folder.mkdir()
    body = "def softmax(z):\n    e = np.exp(z - z.max(1, keepdims=True))\n    return e / e.sum(1, keepdims=True)"
    cells = (
        code(f"import numpy as np\n{given}"),
        answer("softmax", body),
        building.test("t", 2, "assert softmax(np.ones((1, 2)))[0, 0] == 0.5"),
    )
    (folder / "assignment.ipynb").write_text(notebook(*cells), "utf-8")
    (folder / "assignment.toml").write_text('title = "S"\nsummary = "s"\nversion = "1.0"\npoints = 2\n')
    without = load_assignment(folder).solution_source
    (folder / "composition.py").write_text("from operations import softmax\n\nUSES = (softmax.use(),)\n")
    assert load_assignment(folder).solution_source.strip() == without.strip()
