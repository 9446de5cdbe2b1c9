"""A small assignment that is graded in an instant, and the command line in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from grader import Grader, Report
from grader.submissions import load_source
from tests import command

Grade = Callable[..., Result]

ASSIGNMENT = {
    "assignment.toml": 'title = "Softplus"\nsummary = "A smooth ReLU, λ-free."\nversion = "1.0"\npoints = 10\n',
    "contract.py": 'def softplus(z):\n    """log(1 + exp(z)), element by element."""\n\n\n'
    'def slope(z):\n    """The derivative of softplus."""\n',
    "solution.py": "import numpy as np\n\n\ndef softplus(z):\n    return np.logaddexp(0, z)\n\n\n"
    "def slope(z):\n    return 1 / (1 + np.exp(-z))\n",
    "checks.py": "from grader.checks import check, expect\n\n\n"
    '@check("softplus", points=6, title="Random values")\n'
    "def softplus_random(student, solution, rng):\n"
    "    z = rng.normal(size=(4, 3))\n"
    '    expect(student.softplus(z), "softplus(z)").close_to(solution.softplus(z))\n\n\n'
    '@check("slope", points=4, title="Random values")\n'
    "def slope_random(student, solution, rng):\n"
    "    z = rng.normal(size=(4, 3))\n"
    '    expect(student.slope(z), "slope(z)").close_to(solution.slope(z))\n',
    "mistakes.py": "from grader.assignments import mistake\n\n\n"
    '@mistake("slope.of-the-relu", step="slope", title="The slope is that of the ReLU", explain="It is not.",\n'
    '         hints=["Draw it.", "Look at it near 0."])\n'
    "def slope_of_the_relu(z):\n    return z > 0\n",
}
HALF_RIGHT = (
    "import numpy as np\n\n\ndef softplus(z):\n    return np.log1p(np.exp(z))\n\n\ndef slope(z):\n    return z > 0\n"
)


@pytest.fixture
def grade() -> Grade:
    return command.grade


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    return _written(tmp_path / "softplus")


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """`softplus` right, `slope` wrong: 6 of 10 points."""
    path = tmp_path / "homework.py"
    path.write_text(HALF_RIGHT, "utf-8")
    return path


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on such a submission, for what is only shown."""
    with Grader(_written(tmp_path_factory.mktemp("shown") / "softplus")) as session:
        return session.grade(load_source(HALF_RIGHT, "homework.py"))


def _written(folder: Path) -> Path:
    folder.mkdir()
    for name, text in ASSIGNMENT.items():
        (folder / name).write_text(text, "utf-8")
    return folder
