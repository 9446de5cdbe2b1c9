"""A self-lock of which a part does nothing is noticed before anything is graded."""

import os
import shutil
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.sandbox import SandboxUnavailable, bubblewrap, zygote
from grader.sandbox.interpreter import INSIDE

from .arena import ASSIGNMENT
from .layers import LAYERS, Layers, only
from .surroundings import descendants

PROBED_FILE = Path("/tmp/escaped")
STUBS = {
    "the whole lock": "def lock(ruleset, program): os.close(ruleset)",
    "Landlock": "_syscall = lambda what, *_: 0 if what == 'landlock_restrict_self' else _original(what, *_)",
    "seccomp": "_prctl = lambda *_: 0",
    "a Landlock that opens everything": "_READ = landlock_ruleset\n"
    "def landlock_ruleset(readable, devices): return _READ(['/'], devices)",
    "the memory limit": "def set_budget(address_space, cpu_seconds): pass",
}


@pytest.mark.parametrize("layers", LAYERS)
@pytest.mark.parametrize("stub", STUBS)
def test_a_stubbed_lock_is_noticed(stub: str, layers: Layers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "inside"
    shutil.copytree(INSIDE, inside, ignore=shutil.ignore_patterns("__pycache__"))
    with (inside / "lock.py").open("a", encoding="utf-8") as file:
        file.write(f"\n_original = _syscall\n{STUBS[stub]}\n")
    tmp_path.chmod(0o755)
    for module in (zygote, bubblewrap):
        monkeypatch.setattr(module, "INSIDE", inside)
    before = descendants(os.getpid()).keys()
    with (
        only(layers),
        Grader(ASSIGNMENT) as grader,
        pytest.raises(SandboxUnavailable, match=r"isolation|self-test|lock"),
    ):
        grader.grade(ASSIGNMENT / "solution.py")
    assert descendants(os.getpid()).keys() == before
    PROBED_FILE.unlink(missing_ok=True)  # a lock without Landlock lets the self-test write it
