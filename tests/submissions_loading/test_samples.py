"""The sample submissions, as a whole."""

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.submissions import SubmissionRejected, load_submission

NAMES = ("relu", "softmax", "cross_entropy", "l2_penalty", "forward", "backward", "predict", "train")


def test_the_lived_in_notebook_still_defines_every_function(samples: Path) -> None:
    submission = load_submission(samples / "lived_in.ipynb", NAMES)
    assert set(NAMES) <= submission.definitions().keys()
    assert submission.remarks == (
        "cell 2, line 1: `!pip install tqdm` was not run",
        "cell 12, line 4: `files = !ls` was not run",
        "cell 13, line 1: `%%bash` was not run",
    )
    namespace: dict[str, object] = {"__name__": "submission"}
    failed = []
    for unit in submission.units:
        if unit.cell == 12:
            continue  # the training loop
        try:
            exec(compile(unit.source, unit.filename, "exec"), namespace)
        except Exception:
            failed.append(unit.cell)
    assert {2, 3} <= set(failed)
    assert [unit.cell for unit in submission.units if unit.faults] == [15]
    relu = namespace["relu"]
    assert callable(relu)
    z = np.array([-1.0, 2.0])
    assert relu(z).tolist() == [0, 2]
    assert z.tolist() == [-1, 2]  # the second definition of two: the first one changed its argument


def test_a_notebook_of_2014_with_python_2(samples: Path) -> None:
    submission = load_submission(samples / "from_2014.ipynb", NAMES)
    assert [unit.cell for unit in submission.units] == [1, 2, 3, 4]
    assert submission.is_python_2
    assert submission.units[2].source.startswith("print(")
    assert submission.as_written.units[2].source.startswith("print ")
    assert {"relu", "softmax", "l2_penalty"} <= submission.definitions().keys()


def test_windows_and_latin1_files(samples: Path) -> None:
    for name in ("windows.py", "latin1.py"):
        submission = load_submission(samples / name, NAMES)
        assert "relu" in submission.definitions()
        compile(submission.units[0].source, name, "exec")


@pytest.mark.parametrize("name", ["lived_in.ipynb", "split_package", "exported.py"])
def test_submissions_travel_between_processes(samples: Path, name: str) -> None:
    submission = load_submission(samples / name, NAMES)
    submission.definitions()
    assert pickle.loads(pickle.dumps(submission)) == submission


def test_rejections_travel_between_processes() -> None:
    with pytest.raises(SubmissionRejected) as rejection:
        load_submission("nowhere.py")
    assert pickle.loads(pickle.dumps(rejection.value)).reason == rejection.value.reason


def test_an_ordinary_notebook_loads_without_nbformat_and_ipython(samples: Path) -> None:
    program = (
        "import sys; from grader.submissions import load_submission;"
        f"load_submission({str(samples / 'lived_in.ipynb')!r}, ['relu']).definitions();"
        "sys.exit(bool({'nbformat', 'IPython'} & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
