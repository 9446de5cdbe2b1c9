"""Starting and ending: layers by capability, refusal when something is missing, nothing left behind."""

import os
import select
import subprocess
import sys
import venv
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from grader.function_reports import missing_siblings
from grader.sandbox import Limits, Sandbox, SandboxUnavailable, diagnose_machine
from grader.sandbox import zygote as zygote_module
from grader.sandbox.interpreter import find_interpreter
from grader.sandbox.seccomp import ALLOW, Assembler

from .conftest import descendants

# Installs a filter that makes the kernel answer to one system call as if it did not know it, then tries to start.
WITHOUT_CALL = """
import ctypes, struct, sys
from grader.sandbox import Sandbox, SandboxUnavailable
from grader.sandbox.seccomp import ALLOW, ERRNO, Assembler
bpf = Assembler()
bpf.load(0)
bpf.jump_if_equal(int(sys.argv[1]), then="unknown")
bpf.give(ALLOW)
bpf.label("unknown")
bpf.give(ERRNO | 38)
program = bpf.assemble()
buffer = ctypes.create_string_buffer(program, len(program))
libc = ctypes.CDLL(None)
one, zero = ctypes.c_ulong(1), ctypes.c_ulong(0)
assert libc.prctl(38, one, zero, zero, zero) == 0
filter_program = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
assert libc.prctl(22, ctypes.c_ulong(2), filter_program, zero, zero) == 0
try:
    with Sandbox(sys.argv[2]) as sandbox:
        print(*sandbox.layers)
except SandboxUnavailable as unavailable:
    print("refused:", unavailable.missing, "|", unavailable.remedy)
"""
LANDLOCK_CREATE_RULESET, UNSHARE = 444, {"x86_64": 272, "aarch64": 97}[os.uname().machine]


def start_without(call: int, mode: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_CALL, str(call), mode], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


@pytest.mark.parametrize("mode", ["auto", "strict"])
def test_without_landlock_nothing_starts(mode: str) -> None:
    printed = start_without(LANDLOCK_CREATE_RULESET, mode)
    assert printed.startswith("refused:")
    assert "Landlock" in printed


def test_without_namespaces_the_self_lock_stands_alone() -> None:
    assert start_without(UNSHARE, "auto").strip() in ("self-lock", "self-lock bubblewrap")


def test_a_filter_that_allows_everything_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def allow_everything(architecture: str) -> bytes:
        bpf = Assembler()
        bpf.give(ALLOW)
        return bpf.assemble()

    before = descendants(os.getpid())
    monkeypatch.setattr(zygote_module, "cell_filter", allow_everything)
    with pytest.raises(SandboxUnavailable, match="start a process") as refused:
        Sandbox("auto").cell()
    assert "doctor" in refused.value.remedy
    assert descendants(os.getpid()) == before


def test_strict_needs_bubblewrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="bubblewrap"):
        Sandbox("strict").start()


def broken_bubblewrap(folder: Path) -> None:
    program = folder / "bwrap"
    program.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)


def test_a_bubblewrap_that_does_not_work_is_done_without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken_bubblewrap(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with Sandbox("auto") as sandbox:
        assert sandbox.layers == ("self-lock",)
    with pytest.raises(SandboxUnavailable, match="No permissions to create new namespace"):
        _ = Sandbox("strict").layers


def test_mode_none_says_so_and_works() -> None:
    with Sandbox("none") as sandbox, sandbox.cell() as cell:
        assert sandbox.layers == ("none",)
        cell.run("import os\nfiles = len(os.listdir('/'))", "own.py", seconds=5)
        assert cell.attribute("files", "real") == len(list(Path("/").iterdir()))


def test_an_interpreter_without_numpy_is_refused(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", symlinks=True)
    with pytest.raises(SandboxUnavailable, match="numpy") as refused:
        Sandbox(interpreter=tmp_path / "bare/bin/python").start()
    assert "pip install numpy" in refused.value.remedy


def test_an_interpreter_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="a working Python"):
        Sandbox(interpreter=tmp_path / "nothing").start()


def test_another_interpreter_runs_the_cells() -> None:
    with Sandbox(interpreter=Path(sys.executable)) as sandbox, sandbox.cell() as cell:
        cell.run("import sys, numpy", "v.py", seconds=5)
        assert cell.attribute("numpy", "__version__") == np.__version__
        assert cell.attribute("sys", "executable") == str(find_interpreter().executable)


def test_a_package_is_real_only_when_it_was_asked_for() -> None:
    with Sandbox(packages=["scipy"]) as sandbox, sandbox.cell(Limits(call_seconds=20.0)) as cell:
        failure = cell.run("import scipy.special\ndef f(x): return scipy.special.expit(x)", "s.py", seconds=20).failure
        assert failure is None
        assert cell.call("f", [0.0]).value == 0.5
        assert cell.imported_stand_ins == ()


def test_what_scipy_once_passed_on_from_numpy_works_without_it_and_the_remark_says_so() -> None:
    with Sandbox() as sandbox, sandbox.cell() as cell:
        assert cell.run("import scipy\ndef f(x): return scipy.exp(x)", "s.py", seconds=5).failure is None
        assert cell.call("f", [0.0]).value == 1.0
        told = missing_siblings(cell.imported_stand_ins)
    assert "using it is an error, but for numpy's own functions" in told
    assert missing_siblings(["testCases"]).endswith("using it is an error")


def test_the_usual_special_functions_of_scipy_work_without_it() -> None:
    special = pytest.importorskip("scipy.special", reason="what they are compared with is scipy's")
    x = np.array([[-800.0, -3.0, 0.0], [0.7, 2.0, 800.0]])
    text = "from scipy.special import expit, erf\nimport scipy.special as sp\nimport scipy\n"
    text += "def f(x): return expit(x), erf(x), sp.logsumexp(x, axis=1), scipy.special.softmax(x, axis=1)\n"
    text += "def g(x): return sp.log_softmax(x, axis=1), sp.xlogy(x, abs(x)), expit(0.5)\n"
    text += "from scipy.misc import logsumexp as once\n"
    text += "def h(x): return once(x, axis=1), scipy.misc.logsumexp(x)\n"
    with Sandbox() as sandbox, sandbox.cell() as cell:
        assert cell.run(text, "s.py", seconds=5).failure is None
        found = [*cell.call("f", [x]).value, *cell.call("g", [x]).value, *cell.call("h", [x]).value]
    one = {"axis": 1}
    right = [special.expit(x), special.erf(x), special.logsumexp(x, **one), special.softmax(x, **one)]
    right += [special.log_softmax(x, **one), special.xlogy(x, abs(x)), special.expit(0.5)]
    right += [special.logsumexp(x, **one), special.logsumexp(x)]
    for mine, theirs in zip(found, right, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12)


@pytest.mark.parametrize("packages", [(), ("scipy",)])
def test_what_cells_need_may_be_said_after_the_start(packages: tuple[str, ...]) -> None:
    rows = np.arange(6.0).reshape(3, 2)
    with Sandbox() as sandbox:
        sandbox.equip(preload={"rows": rows}, packages=packages)
        assert ("scipy" in sandbox.interpreter.packages) == bool(packages)
        with sandbox.cell() as cell:
            cell.run("def total(rows):\n    return rows.sum()\n", "homework.py", seconds=5)
            assert cell.call("total", [rows]).value == 15.0


def test_a_cell_closed_twice_and_a_sandbox_restarted() -> None:
    sandbox = Sandbox()
    with sandbox.cell() as cell:
        cell.close()
    sandbox.close()
    with sandbox.cell() as again:
        assert again.run("x = 1", "x.py", seconds=5).failure is None
    sandbox.close()
    sandbox.close()


def test_a_zygote_that_was_killed_is_replaced() -> None:
    before = descendants(os.getpid())
    with Sandbox() as sandbox:
        with sandbox.cell() as cell:
            for pid in descendants(os.getpid()) - before:
                with suppress(ProcessLookupError):  # it has died with the one before
                    os.kill(pid, 9)
            assert cell.run("x = 1", "x.py", seconds=5).failure is not None
        with sandbox.cell() as cell:
            assert cell.run("x = 1", "x.py", seconds=5).failure is None
    assert descendants(os.getpid()) == before


VICTIM = """
import sys
from grader.sandbox import Sandbox
sandbox = Sandbox(sys.argv[1])
cell = sandbox.cell()
print("ready", flush=True)
cell.run("import signal; signal.setitimer(signal.ITIMER_REAL, 0)\\nwhile True: pass", "x.py", seconds=100)
"""


@pytest.mark.parametrize("mode", ["auto", "none"])
def test_nothing_survives_a_grader_that_is_killed(mode: str) -> None:
    with subprocess.Popen([sys.executable, "-c", VICTIM, mode], stdout=subprocess.PIPE) as grader:
        assert grader.stdout is not None
        assert grader.stdout.readline() == b"ready\n"
        inside = descendants(grader.pid)
        assert inside
        handles = [os.pidfd_open(pid) for pid in inside]
        grader.kill()
    try:
        for handle in handles:
            readable, _, _ = select.select([handle], [], [], 10)
            assert readable, "a process of the sandbox outlived the grader"
    finally:
        for handle in handles:
            os.close(handle)


def test_the_machine_is_explained() -> None:
    findings = {finding.name: finding for finding in diagnose_machine()}
    assert {"system", "Landlock", "seccomp", "bubblewrap", "interpreter", "self-test"} <= set(findings)
    assert findings["self-test"].works
    assert all(finding.remedy for finding in findings.values() if not finding.works)
