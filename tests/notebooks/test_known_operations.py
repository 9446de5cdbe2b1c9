"""Functions of a course's own notebook that the library knows: by their values alone, and never wrongly."""

from types import ModuleType

import pytest
from typer.testing import CliRunner

from grader import Grader
from grader.assignments import load_assignment
from grader.assignments.contract_file import read_contract
from grader.assignments.scaffold import take_over
from grader.cli.app import app
from grader.validation.known_operations import known_operations, propose_operations
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
    "leaks(z)": ("np.where(z > 0, z, 0.01 * z)", "leaky_relu"),
    "relu(z)": ("np.where(z > 0, z, 0.2 * z)", ""),
    "tanh(z)": ("np.clip(z, -1, 1)", ""),
    "overflows(z)": ("np.exp(z) / np.exp(z).sum(1, keepdims=True)", "softmax(guarded=False)"),
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


LINEAR = "def linear(x, w, b):\n    out = x.reshape(len(x), -1) @ w + b\n    return out, (x, w)"
LINEAR_BACK = (
    "def linear_back(dout, cache):\n    x, w = cache\n    flat = x.reshape(len(x), -1)\n"
    "    return (dout @ w.T).reshape(x.shape), flat.T @ dout, dout.sum(axis=0)"
)
RECTIFY = "def rectify(x):\n    return x * (x > 0), x > 0"
RECTIFY_BACK = "def rectify_back(dout, mask):\n    return dout * mask"
TESTS = (
    "x, w, up = np.eye(4)[:3] - 0.5, np.arange(8.0).reshape(4, 2), np.array([[1.0, 2], [3, 5], [8, 13]])",
    "assert np.allclose(linear(x, w, np.ones(2))[0], x @ w + 1)",
    "dx, dw, db = linear_back(up, linear(x, w, np.ones(2))[1])",
    "assert np.allclose(dx, up @ w.T) and np.allclose(dw, x.T @ up) and np.allclose(db, [12, 20])",
    "x = np.array([[-1.0, 2, 3]])\nassert (rectify(x)[0] == [0, 2, 3]).all()\n"
    "assert (rectify_back(x, rectify(x)[1]) == [0, 2, 3]).all()",
)


def pairs(tmp_path, backward=LINEAR_BACK):
    texts = {"linear": LINEAR, "linear_back": backward, "rectify": RECTIFY, "rectify_back": RECTIFY_BACK}
    cells = [answer(name, text.replace("\n", "\n    ### BEGIN SOLUTION\n", 1) + "\n    ### END SOLUTION")
             for name, text in texts.items()]  # fmt: skip
    tests = [
        building.test(f"t{n}", 2, text)
        for n, text in enumerate(("\n".join(TESTS[:2]), TESTS[2] + "\n" + TESTS[3], TESTS[4]))
    ]
    path = tmp_path / "pairs.ipynb"
    path.write_text(
        notebook(code("import numpy as np"), *cells[:1], tests[0], *cells[1:2], tests[1], *cells[2:], tests[2])
    )
    take_over(path, tmp_path / "pairs")
    return tmp_path / "pairs"


def test_two_functions_that_share_a_cache_are_known_together(tmp_path):
    folder = pairs(tmp_path)
    found = propose_operations(folder)
    assert {one.name: str(one) for one in found} == {
        "linear": "affine_forward of layer_pairs",
        "linear_back": "affine_backward of layer_pairs",
        "rectify": "relu_forward of layer_pairs",
        "rectify_back": "relu_backward of relu",
    }
    work = tmp_path / "work.py"
    texts = (LINEAR, LINEAR_BACK.replace("dout.sum(axis=0)", "dout.mean(axis=0)"), RECTIFY, RECTIFY_BACK)
    work.write_text("import numpy as np\n\n\n" + "\n\n\n".join(texts) + "\n", "utf-8")
    with Grader(folder) as session:
        report = session.grade(work)
    assert [function.name for function in report.functions if function.status == "failed"] == ["linear_back"]
    assert [diagnosis.code for diagnosis in report.diagnoses()] == ["backward.bias-gradient-averaged-again"]


def test_a_backward_pass_that_is_only_like_one_is_none(tmp_path):
    folder = pairs(tmp_path, LINEAR_BACK.replace("(dout @ w.T)", "(2 * dout @ w.T)"))
    assert [one.name for one in propose_operations(folder)] == ["linear", "rectify", "rectify_back"]


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
