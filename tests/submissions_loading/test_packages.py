"""Folders and archives: which file is the work, and how the others are imported."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.submissions import Submission, SubmissionRejected, load_submission
from grader.submissions.imports import absolute_imports
from grader.submissions.submission import SourceUnit
from tests.submissions_loading.notebooks import notebook_json

Write = Callable[[str, str | bytes], Path]
NAMES = ("relu", "softmax", "forward", "backward")


def files(submission: Submission) -> list[str]:
    return [unit.filename for unit in submission.units]


def run(submission: Submission, folder: Path, expression: str) -> str:
    """Run the units in one namespace of a fresh interpreter that finds the modules, and evaluate `expression`."""
    for name, unit in submission.modules.items():
        is_package = any(other.startswith(f"{name}.") for other in submission.modules)
        path = (
            folder / name.replace(".", "/") / "__init__.py" if is_package else folder / f"{name.replace('.', '/')}.py"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(unit.source)
    units = [(unit.source, unit.filename) for unit in submission.units]
    program = (
        "space = {'__name__': 'submission'}\n"
        f"for source, filename in {units!r}:\n    exec(compile(source, filename, 'exec'), space)\n"
        f"print(eval({expression!r}, space))"
    )
    environment = {"PYTHONPATH": str(folder), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_folder_with_one_module_is_a_module(write: Write, tmp_path: Path) -> None:
    write("hw/network.py", "def relu(z): return z")
    submission = load_submission(tmp_path / "hw", NAMES)
    assert (submission.kind, submission.name, files(submission)) == ("module", "hw", ["network.py"])


def test_the_module_that_defines_the_contract_is_the_work(write: Write, tmp_path: Path) -> None:
    write("test_network.py", "from network import *\ndef test_relu(): assert relu(1) == 1")
    write("network.py", "from tools import scale\ndef relu(z): return scale(z)\ndef softmax(z): return z")
    write("tools.py", "def scale(z): return z")
    submission = load_submission(tmp_path, NAMES)
    assert submission.kind == "package"
    assert files(submission) == ["network.py"]
    assert submission.modules.keys() == {"network", "tools", "test_network"}
    assert submission.remarks == ("taken as the work: network.py (not test_network.py)",)


def test_a_notebook_that_imports_the_rest_is_the_work(samples: Path, tmp_path: Path) -> None:
    submission = load_submission(samples / "driver", NAMES)
    assert submission.kind == "notebook"
    assert files(submission)[0] == "homework.ipynb:cell 1"
    assert str(submission.definitions()["relu"]) == "layers.py, line 4"
    assert str(submission.definitions()["forward"]) == "homework.ipynb, cell 2, line 1"
    assert run(submission, tmp_path, "relu(np.array([-1, 2])).tolist()") == "[0, 2]"


def test_a_package_split_over_files_runs_in_dependency_order(samples: Path, tmp_path: Path) -> None:
    submission = load_submission(samples / "split_package", (*NAMES, "train", "cross_entropy"))
    order = files(submission)
    assert sorted(order) == [f"net/{name}.py" for name in ("activations", "losses", "passes", "training")]
    assert order.index("net/activations.py") < order.index("net/passes.py") < order.index("net/training.py")
    assert {"net", "net.losses", "losses"} <= submission.modules.keys()
    assert str(submission.definitions()["train"]) == "net/training.py, line 11"
    assert submission.line_text("net/passes.py", 1) == "from .activations import ("
    expression = "len(train(np.zeros((4, 2)), np.eye(4), [2, 3, 4], 2, 2, 0.1, 0.0, 0)[1])"
    assert run(submission, tmp_path, expression) == "2"


def test_the_package_itself_can_be_handed_in(samples: Path, tmp_path: Path) -> None:
    submission = load_submission(samples / "split_package" / "net", (*NAMES, "train"))
    assert {"net.losses", "losses"} <= submission.modules.keys()
    assert run(submission, tmp_path, "relu(np.array([-1, 2])).tolist()") == "[0, 2]"


def test_an_init_that_collects_the_work_is_the_work(write: Write, tmp_path: Path) -> None:
    write("hw/net/__init__.py", "from .a import relu, smax as softmax\nfrom .b import *")
    write("hw/net/a.py", "def relu(z): return z\ndef smax(z): return z + 1")
    write("hw/net/b.py", "from .a import relu\ndef forward(z): return relu(z)\ndef backward(z): return z")
    write("hw/run.py", "import net\nif __name__ == '__main__':\n    net.forward(1)")
    submission = load_submission(tmp_path / "hw", NAMES)
    assert files(submission) == ["net/__init__.py"]
    assert set(NAMES) <= submission.definitions().keys()
    assert run(submission, tmp_path / "run", "softmax(1), forward(3)") == "(2, 3)"


def test_modules_are_found_from_the_folder_of_the_work_and_from_the_root(write: Write, tmp_path: Path) -> None:
    write("cs231n/layers.py", "def relu(z): return z")
    write(
        "src/network.py", "from tools import one\nfrom cs231n.layers import relu\ndef softmax(z): return one + relu(z)"
    )
    write("src/tools.py", "one = 1")
    submission = load_submission(tmp_path, ("softmax",))
    assert files(submission) == ["src/network.py"]
    assert {"tools", "src.tools", "cs231n", "cs231n.layers"} <= submission.modules.keys()
    assert run(submission, tmp_path / "run", "softmax(2)") == "3"


def test_a_root_that_is_imported_by_its_name(write: Write, tmp_path: Path) -> None:
    write("cs231n/layers.py", "def relu(z): return z")
    write("cs231n/network.py", "from cs231n.layers import relu\ndef softmax(z): return relu(z)")
    submission = load_submission(tmp_path / "cs231n", NAMES)
    assert {"cs231n", "cs231n.layers", "layers"} <= submission.modules.keys()
    assert run(submission, tmp_path / "run", "softmax(2)") == "2"


def test_modules_that_import_each_other_are_ordered_all_the_same(write: Write, tmp_path: Path) -> None:
    write("a.py", "import b\ndef relu(z): return z")
    write("b.py", "import a\ndef softmax(z): return z")
    assert sorted(files(load_submission(tmp_path, NAMES))) == ["a.py", "b.py"]


def test_a_long_chain_of_imports_is_read(write: Write, tmp_path: Path) -> None:
    for number in range(1_200):
        write(f"m{number}.py", f"from m{number + 1} import *")
    write("m1200.py", "def relu(z): return z")
    submission = load_submission(tmp_path, NAMES)
    assert files(submission) == ["m1200.py"]
    assert set(submission.definitions()) == {"relu"}


def test_of_copies_the_fuller_then_the_newer_is_taken(samples: Path, write: Write, tmp_path: Path) -> None:
    submission = load_submission(samples / "copies", NAMES)
    assert submission.locate(files(submission)[0], 1) is not None
    assert files(submission)[0].startswith("homework.ipynb")
    assert submission.remarks == ("taken as the work: homework.ipynb (not Copy of homework (1).ipynb)",)
    for name, time in (("old.ipynb", 1_000), ("new.ipynb", 2_000)):
        os.utime(write(f"hw/{name}", notebook_json("def relu(z): return z")), (time, time))
    assert files(load_submission(tmp_path / "hw", NAMES)) == ["new.ipynb:cell 1"]


def test_without_the_contract_a_notebook_goes_first_then_all_modules(write: Write, tmp_path: Path) -> None:
    write("hw/b.py", "from a import x\ny = x")
    write("hw/a.py", "x = 1")
    write("hw/test_a.py", "def test(): pass")
    assert files(load_submission(tmp_path / "hw")) == ["a.py", "b.py"]
    write("hw/work.ipynb", notebook_json("from b import y"))
    assert files(load_submission(tmp_path / "hw", ("unknown",))) == ["work.ipynb:cell 1"]


def test_an_unreadable_file_does_not_stop_the_others(write: Write, tmp_path: Path) -> None:
    write("network.py", "def relu(z): return z")
    write("broken.ipynb", "not json")
    write("binary.py", b"\0\1")
    write("unfinished.py", "def f(:")
    submission = load_submission(tmp_path, NAMES)
    assert files(submission) == ["network.py"]
    assert "unfinished" in submission.modules
    assert sum(remark.startswith("left out: ") for remark in submission.remarks) == 2


def test_links_in_a_folder_are_left_out(write: Write, tmp_path: Path) -> None:
    secret = write("secret.py", "def relu(z): return 'secret'")
    write("hw/network.py", "def softmax(z): return z")
    (tmp_path / "hw" / "link.py").symlink_to(secret)
    (tmp_path / "hw" / "folder").symlink_to(tmp_path)
    submission = load_submission(tmp_path / "hw", NAMES)
    assert submission.modules.keys() == {"network"}
    assert submission.remarks == ("left out, not Python: folder, link.py",)


def test_the_fingerprint_follows_content_and_paths(write: Write, tmp_path: Path) -> None:
    write("a/x.py", "x = 1")
    write("b/x.py", "x = 1")
    write("c/y.py", "x = 1")
    write("a/data.txt", "does not count")
    first, same, other = (load_submission(tmp_path / name).sha256 for name in "abc")
    assert first == same != other
    assert len(first) == 64


def test_folders_of_too_many_or_too_large_files(write: Write, tmp_path: Path) -> None:
    for number in range(5_001):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(SubmissionRejected, match="more than 5,000 files"):
        load_submission(tmp_path)
    for number in range(3):
        with write(f"hw/{number}.ipynb", b"").open("wb") as file:
            file.truncate(15_000_000)
    with pytest.raises(SubmissionRejected, match="its source files pass 40 MB"):
        load_submission(tmp_path / "hw")


@pytest.mark.parametrize(
    ("content", "found"), [({}, "it is empty"), ({"a.txt": "x"}, "it holds a.txt"), ({"a.py": ""}, "are empty")]
)
def test_folders_without_python(write: Write, tmp_path: Path, content: dict[str, str], found: str) -> None:
    (tmp_path / "hw").mkdir()
    for name, text in content.items():
        write(f"hw/{name}", text)
    with pytest.raises(SubmissionRejected, match=found):
        load_submission(tmp_path / "hw")


@pytest.mark.parametrize(
    ("statement", "package", "expected"),
    [
        ("from .a import b", "net", "from net.a import b"),
        ("from .a import b", "", "from a import b"),
        ("from ..a.b import c as d", "net.sub", "from net.a.b import c as d"),
        ("from . import a, b as c", "net", "from net import a, b as c"),
        ("from . import a, b as c", "", "import a, b as c"),
        ("from .import a", "net", "from net import a"),
        ("from . a import b", "net", "from net.a import b"),
        ("from ...a import b", "net", "from a import b"),
        ("from .a import (\n    b,\n    c,\n)", "net", "from net.a import (\n    b,\n    c,\n)"),
        ("from .a import (  # the\n    b)", "", "from a import (  # the\n    b)"),
        ("from . import (\n    a,\n    b)", "", "import a, b\n\n"),
        ("from . \\\n  import a", "net", "from net import a\n"),
        ("try:\n    from .a import b; x = 1\nexcept ImportError: pass", "p", None),
        ("s = 'from . import x'", "p", "s = 'from . import x'"),
        ("from .a import b +", "p", "from .a import b +"),
    ],
)
def test_relative_imports_are_spelled_out(statement: str, package: str, expected: str | None) -> None:
    source = f"{statement}\ny = 2"
    unit = absolute_imports(SourceUnit("m.py", source, source, "m.py"), package)
    assert unit.source.count("\n") == source.count("\n")
    if expected is None:
        expected = statement.replace("from .a", f"from {package}.a")
    assert unit.source == f"{expected}\ny = 2"


STARTER = "def relu(z):\n    raise NotImplementedError\ndef softmax(z):\n    p = None\n    return p\n"
STARTER += "def forward(z):\n    pass\n"
WORK = "def relu(z): return max(z, 0)\ndef softmax(z): return z / sum(z)\ndef forward(z): return softmax(relu(z))\n"


def test_the_file_that_was_filled_in_is_the_work_however_new_the_starter_is(write: Write, tmp_path: Path) -> None:
    os.utime(write("hw/starter.py", WORK), (1_000_000, 1_000_000))
    write("hw/starter.ipynb", notebook_json(STARTER))
    write("hw/notes/starter (1).py", STARTER)
    submission = load_submission(tmp_path / "hw", NAMES)
    assert files(submission) == ["starter.py"]
    assert submission.remarks == ("taken as the work: starter.py (not notes/starter (1).py, starter.ipynb)",)


def test_of_two_notebooks_the_one_with_more_functions_written_is_taken(write: Write, tmp_path: Path) -> None:
    half = WORK.replace("return z / sum(z)", "pass")
    os.utime(write("hw/done.ipynb", notebook_json(WORK)), (1_000_000, 1_000_000))
    os.utime(write("hw/Untitled.ipynb", notebook_json(half)), (2_000_000, 2_000_000))
    assert files(load_submission(tmp_path / "hw", NAMES)) == ["done.ipynb:cell 1"]


SET_UP = "def {}(z):\n    out = 0.0\n    dz = np.zeros_like(z)\n    # your code\n    pass\n    return out, dz\n"


@pytest.mark.parametrize(
    "stub",
    [
        SET_UP,
        "def {}(z):\n    return 0\n",
        "def {}(z):\n    print('to do')\n",
        "def {}(z):\n    assert False, 'to do'\n",
        # half of the results: the course gives the loss, the gradient is the exercise
        SET_UP.replace("    pass\n", "    out = z.sum()\n"),
    ],
    ids=["zeros", "constant", "print", "assert", "half"],
)
def test_a_result_that_is_only_set_up_is_no_work(write: Write, tmp_path: Path, stub: str) -> None:
    os.utime(write("hw/done.py", WORK), (1_000_000, 1_000_000))
    write("hw/Untitled.ipynb", notebook_json("".join(stub.format(name) for name in ("relu", "softmax", "forward"))))
    assert files(load_submission(tmp_path / "hw", NAMES)) == ["done.py"]


def test_what_rightly_begins_at_zero_is_found_where_it_is(write: Write, tmp_path: Path) -> None:
    write("hw/work.py", "def relu(z): return -z\ndef backward(z):\n    pass\n")
    write("hw/start.py", "import numpy as np\ndef backward(n): return np.zeros(n), 0.0\n")
    assert set(files(load_submission(tmp_path / "hw", NAMES))) == {"start.py", "work.py"}


def test_what_is_only_set_up_never_takes_the_place_of_work(write: Write, tmp_path: Path) -> None:
    write("hw/work.py", "def relu(z): return -z\ndef softmax(z):\n    pass\n")
    write("hw/z.py", "def relu(z): return 0\ndef softmax(z): return 0\n")
    submission = load_submission(tmp_path / "hw", NAMES)
    assert run(submission, tmp_path / "run", "relu(2), softmax(2)") == "(-2, 0)"


def test_work_that_was_shared_out_is_put_together_past_the_stubs(write: Write, tmp_path: Path) -> None:
    write("hw/ada.py", "def relu(z): return -z\ndef softmax(z):\n    pass\ndef forward(z): return z + 1\n")
    write("hw/bob.py", "def relu(z):\n    pass\ndef softmax(z): return 3 * z\ndef forward(z):\n    pass\n")
    write("hw/starter.ipynb", notebook_json(STARTER))
    submission = load_submission(tmp_path / "hw", NAMES)
    assert submission.remarks == ("run together, in this order: ada.py, bob.py",)
    assert run(submission, tmp_path / "run", "relu(2), softmax(2), forward(2)") == "(-2, 6, 3)"


def test_methods_count_one_by_one(write: Write, tmp_path: Path) -> None:
    stub = "class Net:\n    def __init__(self): self.w = 1\n    def loss(self): pass\n    def train(self): pass\n"
    os.utime(write("hw/net.py", stub.replace("loss(self): pass", "loss(self): return self.w")), (1_000_000, 1_000_000))
    write("hw/net.ipynb", notebook_json(stub))
    assert files(load_submission(tmp_path / "hw", ("Net", "Net.loss", "Net.train"))) == ["net.py"]


def test_a_file_with_a_syntax_error_is_still_the_work(write: Write, tmp_path: Path) -> None:
    write("hw/work.py", WORK + "def backward(z)\n    return z\n")
    write("hw/starter.ipynb", notebook_json(STARTER))
    assert files(load_submission(tmp_path / "hw", NAMES)) == ["work.py"]
