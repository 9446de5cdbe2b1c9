"""Scripts that stand in for a function of the contract: found, loaded by their definitions, run by an adapter."""

from pathlib import Path

import numpy as np
import pytest

from grader.assignments import AssignmentError
from grader.assignments.contract import ContractFunction
from grader.assignments.contract_file import read_contract
from grader.checks.script import Runnable, runnable
from grader.submissions import load_source

CONTRACT = '''
@script(reads=["w", "costs"], loop="steps", start="w")
def descent(target, rate, steps, w=None):
    """Go down to the target."""
'''

SCRIPT = """\
import numpy as np
raw = open("data.csv").read()
target = float(raw)
rate, steps = 0.1, 1000
def slope(w):
    return w - target_of(w)
target_of = lambda w: target
w = np.zeros(2)
costs = []
for step in range(steps):
    costs.append(float(np.sum((w - target) ** 2)))
    w = w - rate * (w - target)
print("after the loop", undefined)
"""


@pytest.fixture
def contract(tmp_path: Path) -> tuple[ContractFunction, ...]:
    path = tmp_path / "contract.py"
    path.write_text(CONTRACT)
    return read_contract(path)


def called(script: Runnable, *arguments: object) -> dict[str, object]:
    """What the adapter gives, run as a cell runs it: after the loaded units, in their namespace."""
    namespace: dict[str, object] = {"__name__": "submission"}
    for unit in script.submission.units:
        exec(compile(unit.source, unit.filename, "exec"), namespace)
    for adapter in script.adapters:
        exec(compile(adapter.source, adapter.filename, "exec"), namespace)
    result: dict[str, object] = namespace["descent"](*arguments)  # type: ignore[operator]
    return result


def test_the_script_is_run_on_the_graders_variables(contract: tuple[ContractFunction, ...]) -> None:
    script = runnable(load_source(SCRIPT), contract)
    result = called(script, 3.0, 0.5, 2)
    assert result["costs"] == [18.0, 4.5]
    np.testing.assert_allclose(result["w"], [2.25, 2.25])  # type: ignore[arg-type]


def test_the_start_takes_the_place_of_the_scripts_own(contract: tuple[ContractFunction, ...]) -> None:
    start = np.array([4.0])
    result = called(runnable(load_source(SCRIPT), contract), 3.0, 0.5, 1, start)
    assert result["costs"] == [1.0]
    np.testing.assert_array_equal(start, [4.0])


def test_loading_runs_definitions_alone(contract: tuple[ContractFunction, ...]) -> None:
    script = runnable(load_source(SCRIPT), contract)
    namespace: dict[str, object] = {}
    exec(script.submission.units[0].source, namespace)
    assert {"slope", "target_of", "np"} <= namespace.keys()
    assert "costs" not in namespace


def test_what_feeds_only_the_graders_variables_is_left_out_and_said_so(
    contract: tuple[ContractFunction, ...],
) -> None:
    remarks = runnable(load_source(SCRIPT), contract).submission.remarks
    assert any("line 2" in remark and "what it prepares" in remark for remark in remarks)
    assert any("line 3" in remark and "`target`" in remark for remark in remarks)
    assert any("line 4" in remark and "`rate` and `steps`" in remark for remark in remarks)
    assert any("line 10" in remark and "training begins" in remark for remark in remarks)


def test_what_the_script_needs_elsewhere_stays(contract: tuple[ContractFunction, ...]) -> None:
    source = "offset = 2.0\ntarget = offset\nw = offset\ncosts = []\nfor i in range(steps):\n    w = w + rate\n"
    assert called(runnable(load_source(source), contract), 9.0, 0.25, 2)["w"] == 2.5


def test_lines_keep_their_numbers(contract: tuple[ContractFunction, ...]) -> None:
    source = "target = [\n    1,\n    2,\n]; w = 0\n\nfor i in range(steps):\n    w = 1 / (w - w)\n"
    script = runnable(load_source(source), contract)
    with pytest.raises(ZeroDivisionError) as caught:
        called(script, 0.0, 0.1, 1)
    innermost = caught.traceback[-1]
    assert (Path(innermost.path).name, innermost.lineno + 1) == ("submission.py", 7)
    assert script.places["descent"].line == 6


def test_decorated_functions_after_the_loop_do_no_harm(contract: tuple[ContractFunction, ...]) -> None:
    source = "import functools\nw = 1\nfor i in range(steps):\n    w += 1\n\n@functools.cache\ndef later():\n    pass\n"
    assert called(runnable(load_source(source), contract), 0.0, 0.1, 2)["w"] == 3


def test_every_run_is_a_fresh_one_with_the_same_random_numbers(contract: tuple[ContractFunction, ...]) -> None:
    source = "import numpy as np\nw = np.random.randn(3)\ncosts = []\nfor i in range(steps):\n    costs.append(i)\n"
    script = runnable(load_source(source), contract)
    first, second = called(script, 0.0, 0.1, 2), called(script, 0.0, 0.1, 2)
    np.testing.assert_array_equal(first["w"], second["w"])  # type: ignore[arg-type]
    assert second["costs"] == [0, 1]


def test_a_script_may_have_names_of_its_own_for_anything(contract: tuple[ContractFunction, ...]) -> None:
    source = "def compile(w): return w + 1\nexec = copy = 1\nw = 0\nfor i in range(steps):\n    w = compile(w)\n"
    assert called(runnable(load_source(source), contract), 0.0, 0.1, 3)["w"] == 3


def test_variables_that_were_not_set_are_absent(contract: tuple[ContractFunction, ...]) -> None:
    assert called(runnable(load_source("for i in range(steps): w = i"), contract), 0.0, 0.1, 1).keys() == {"w"}


@pytest.mark.parametrize(
    "source",
    [
        "def descent(target, rate, steps, w=None):\n    return {}\n",
        "for i in range(10):\n    w = i\n",
        "def inner():\n    for i in range(steps): pass\n",
        "for i in range(steps:\n",
    ],
    ids=["a function", "a loop over something else", "a loop inside a function", "no Python"],
)
def test_other_submissions_are_left_as_they_are(contract: tuple[ContractFunction, ...], source: str) -> None:
    submission = load_source(source)
    assert runnable(submission, contract) == Runnable(submission, submission)


@pytest.mark.parametrize("terms", ['reads=["w"], loop="steps"', 'reads=["w"], loop="epochs", start="w"', "reads=f()"])
def test_faulty_terms_are_refused(tmp_path: Path, terms: str) -> None:
    path = tmp_path / "contract.py"
    path.write_text(f'@script({terms})\ndef descent(target, steps, w=None):\n    """Go down."""\n')
    with pytest.raises(AssignmentError, match="descent"):
        read_contract(path)
