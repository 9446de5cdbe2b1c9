"""A small assignment that is graded in an instant, and the command line in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from grader import Grader, Report
from grader.submissions import load_source
from tests import command, softplus

Grade = Callable[..., Result]

ASSIGNMENT = softplus.ASSIGNMENT | {
    "assignment.toml": 'title = "Softplus"\nsummary = "A smooth ReLU, λ-free."\nversion = "1.0"\npoints = 10\n',
    "mistakes.py": softplus.ASSIGNMENT["mistakes.py"].replace('["Draw it."]', '["Draw it.", "Look at it near 0."]'),
}
HALF_RIGHT = (
    "import numpy as np\n\n\ndef softplus(z):\n    return np.log1p(np.exp(z))\n\n\ndef slope(z):\n    return z > 0\n"
)


@pytest.fixture
def grade() -> Grade:
    return command.grade


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    return softplus.write_assignment(tmp_path / "softplus", ASSIGNMENT)


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """`softplus` right, `slope` wrong: 6 of 10 points."""
    path = tmp_path / "homework.py"
    path.write_text(HALF_RIGHT, "utf-8")
    return path


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on such a submission, for what is only shown."""
    with Grader(softplus.write_assignment(tmp_path_factory.mktemp("shown") / "softplus", ASSIGNMENT)) as session:
        return session.grade(load_source(HALF_RIGHT, "homework.py"))
