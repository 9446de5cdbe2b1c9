"""A small assignment that is graded in an instant, and work for it."""

from collections.abc import Mapping
from pathlib import Path

ASSIGNMENT = {
    "assignment.toml": 'title = "Softplus"\nsummary = "A smooth ReLU."\nversion = "1.0"\npoints = 10\n\n'
    "[limits]\ncall_seconds = 1\nload_seconds = 5\ntotal_seconds = 8\nmemory_mb = 256\n",
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
    '         hints=["Draw it."])\n'
    "def slope_of_the_relu(z):\n    return z > 0\n",
}
SOFTPLUS = "import numpy as np\n\n\ndef softplus(z):\n    return np.logaddexp(0, z)\n\n\n"
RIGHT = SOFTPLUS + "def slope(z):\n    return 1 / (1 + np.exp(-z))\n"
HALF_RIGHT = SOFTPLUS + "def slope(z):\n    return z > 0\n"


# A table of answers in place of the mathematics; `table` has them by function.
TABLE = """import numpy as np

TABLE = {table}


def softplus(z):
    return np.array(TABLE["softplus"]) + 0 * z


def slope(z):
    return np.array(TABLE["slope"]) + 0 * z
"""


def write_assignment(folder: Path, files: Mapping[str, str] = ASSIGNMENT) -> Path:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder
