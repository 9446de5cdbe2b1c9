"""Hostile code in real cells, under each combination of layers."""

import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import grader.sandbox
from grader.sandbox import Cell, CellCrashed, CellFailure, Limits, Sandbox

from .conftest import descendants

ATTEMPT = """
import errno, os
def attempt(code):
    try:
        exec(code, {})
    except OSError as error:
        return errno.errorcode[error.errno]
    except RuntimeError as error:
        return str(error)
    return "done"
"""
ATTACKS = {
    "fork": "import os; os._exit(0) if os.fork() == 0 else None",
    "fork bomb": "import os\nwhile True: os.fork()",
    "thread": "import threading; threading.Thread(target=print).start()",
    "subprocess": "import subprocess; subprocess.run(['/bin/true'])",
    "exec": "import os; os.execv('/bin/sh', ['sh'])",
    "tcp": "import socket; socket.create_connection(('127.0.0.1', 80))",
    "udp": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "unix socket": "import socket; socket.socketpair()",
    "signal": "import os; os.kill(os.getppid(), 9) if os.getppid() > 0 else os.kill(1, 9)",
    "signal all": "import os; os.kill(-1, 9)",
    "write": "open('/tmp/x', 'w')",
    "delete": "import os; os.remove('/tmp/x')",
    "read users": "open('/etc/passwd').read()",
    "read environment": "open('/proc/self/environ').read()",
    "read memory": "open('/proc/self/mem', 'rb')",
    "list root": "import os; os.listdir('/')",
    "list home": "import os; os.listdir('/root')",
    "raise limit": "import os, ctypes; l = ctypes.CDLL(None, use_errno=True)\n"
    "if l.setrlimit(9, (ctypes.c_long * 2)(-1, -1)): raise OSError(ctypes.get_errno(), '')",
    "become root": "import os; os.setuid(0)",
    "memory file": "import os; os.memfd_create('x')",
    "new pipe": "import os; os.pipe()",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_denied(layered_cell: Cell, name: str) -> None:
    layered_cell.run(ATTEMPT, "attack.py", seconds=5)
    outcome = layered_cell.call("attempt", [ATTACKS[name]]).value
    assert outcome in ("EPERM", "EACCES", "ENOENT", "EROFS", "can't start new thread")


@pytest.mark.parametrize(
    "path",
    [Path(grader.sandbox.__file__), Path(__file__), Path(grader.sandbox.__file__).parents[2] / "pyproject.toml"],
)
def test_the_graders_files_cannot_be_read(layered_cell: Cell, path: Path) -> None:
    layered_cell.run(ATTEMPT, "attack.py", seconds=5)
    assert path.exists()
    assert layered_cell.call("attempt", [f"open({str(path)!r})"]).value in ("EACCES", "ENOENT")


def test_nothing_of_the_grader_can_be_imported(layered_cell: Cell) -> None:
    layered_cell.run("import grader, reference\nfrom assignments import solution", "attack.py", seconds=5)
    assert set(layered_cell.imported_stand_ins) == {"grader", "reference", "assignments"}


def test_a_cell_has_its_pipes_and_nothing_else(layered_cell: Cell) -> None:
    source = """
import os
def open_descriptors():
    found = []
    for number in range(64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found
"""
    layered_cell.run(source, "fds.py", seconds=5)
    assert layered_cell.call("open_descriptors").value == [0, 1, 2, 3, 4]


def test_the_environment_holds_nothing_of_ours(layered_cell: Cell, monkeypatch: pytest.MonkeyPatch) -> None:
    layered_cell.run("import os\ndef names(): return sorted(os.environ)", "env.py", seconds=5)
    names = layered_cell.call("names").value
    assert isinstance(names, list)
    ours = {name for name in names if str(name).startswith(("PYTHON", "MALLOC_")) or str(name).endswith("_THREADS")}
    assert set(names) - ours <= {"PATH", "HOME", "LANG", "PWD"}


def test_dev_null_works(layered_cell: Cell) -> None:
    source = "import os\nwith open(os.devnull, 'w') as f: f.write('x')\nok = len(os.urandom(8))"
    assert layered_cell.run(source, "d.py", seconds=5).failure is None
    assert layered_cell.attribute("ok", "real") == 8


FORGERIES = {
    "garbage": "os.write(4, b'\\x00' * 4096)",
    "text": "os.write(4, b'{\"score\": 100}\\n' * 10)",
    "huge header": "os.write(4, b'CEL1' + struct.pack('<I', 2**32 - 1))",
    "huge array": 'frame(b\'[[0,["value",[{"a":0},null]],0,0,[]],[["<f8",[1000000000000]]]]\')',
    "deep": "frame(b'[' * 100000)",
    "answer to no question": "frame(b'[[7,[\"value\",[1,null]],0,0,[]],[]]')",
    "refusal of the lock": 'frame(b\'[[0,["refused","x"],0,0,[]],[]]\')',
    "wrong shape": "frame(b'[[0,[\"value\"],0,0,[]],[]]')",
    "not a list": "frame(b'[5,[]]')",
}


def call_twice(cell: Cell) -> None:
    cell.call("f", seconds=0.5)
    cell.call("f", seconds=0.5)  # answered by what was left in the pipe


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_answer_ends_the_cell(sandbox: Sandbox, name: str) -> None:
    source = f"""
import os, struct
def frame(header):
    os.write(4, b'CEL1' + struct.pack('<I', len(header)) + header)
def f():
    {FORGERIES[name]}
    return 1
"""
    with sandbox.cell() as cell:
        cell.run(source, "forger.py", seconds=5)
        with pytest.raises(CellCrashed):
            call_twice(cell)
        assert not cell.alive


def test_an_answer_given_in_advance_is_not_believed(sandbox: Sandbox) -> None:
    """Even one that is right in everything but the number, which the cell cannot know."""
    source = """
import os, struct
def f(n):
    if n == 1:
        header = b'[[1234567,["value",[100,null]],0,0,[]],[]]'
        os.write(4, b'CEL1' + struct.pack('<I', len(header)) + header)
    return n
"""
    with sandbox.cell() as cell:
        cell.run(source, "early.py", seconds=5)
        with pytest.raises(CellCrashed, match="no reply"):
            cell.call("f", [1])


def test_a_dripping_answer_ends_at_the_deadline(sandbox: Sandbox) -> None:
    source = """
import os, signal, time
def drip():
    signal.setitimer(signal.ITIMER_REAL, 0)
    while True:
        os.write(4, b'C')
        time.sleep(0.05)
"""
    with sandbox.cell() as cell:
        cell.run(source, "drip.py", seconds=5)
        started = time.monotonic()
        with pytest.raises(CellFailure):
            cell.call("drip", seconds=0.2)
        assert time.monotonic() - started < 2


def test_printing_without_end_does_not_hold_the_grader(sandbox: Sandbox) -> None:
    """The cell answers by itself, goes on printing, and the grader looks at its output all the same."""
    source = """
import os, struct, sys
def flood():
    frame = sys._getframe()
    while "number" not in frame.f_locals:
        frame = frame.f_back
    header = b'[[%d,["value",["forged",null]],0,0,[]],[]]' % frame.f_locals["number"]
    os.write(4, b'CEL1' + struct.pack('<I', len(header)) + header)
    line = b'x' * 65536
    while True:
        os.write(1, line)
"""
    with sandbox.cell(Limits(output_bytes=100)) as cell:
        cell.run(source, "flood.py", seconds=5)
        assert cell.call("flood", seconds=0.3).value == "forged"  # its own function says what it likes
        for _ in range(20):
            assert len(cell.output.stdout) <= 100
        assert cell.run("x = 1", "x.py", seconds=0.3).failure is not None


def test_patching_numpy_and_the_worker_hurts_nobody_else(sandbox: Sandbox) -> None:
    source = """
import sys, builtins
import numpy as np
for name, module in list(sys.modules.items()):
    if name.startswith('_grader_cell') or name == 'json':
        for key in list(vars(module)):
            setattr(module, key, None)
np.exp = None
builtins.len = None
"""
    with sandbox.cell() as hostile:
        assert isinstance(hostile.run(source, "patch.py", seconds=1).failure, CellCrashed)
        assert not hostile.alive
    with sandbox.cell() as honest:
        honest.run("import numpy as np\ndef f(x): return np.exp(x)", "honest.py", seconds=5)
        assert honest.call("f", [np.zeros(2)]).value.tolist() == [1.0, 1.0]  # type: ignore[union-attr]


def test_values_that_lie_are_read_as_what_they_are(cell: Cell) -> None:
    source = """
import numpy as np
class Liar(np.ndarray):
    def __array__(self, *a, **k): return np.full(3, 9.0)
    def __eq__(self, other): return True
    def tobytes(self, *a): return b''
class Number(float):
    def __float__(self): return 9.0
    def __eq__(self, other): return True
class Pretender:
    __class__ = float
    def __array__(self, *a, **k): return np.zeros(1)
    def __reduce__(self): return (print, ('unpickled',))
def values(): return np.arange(3.0).view(Liar), Number(1.5), Pretender()
"""
    cell.run(source, "liar.py", seconds=5)
    array, number, pretender = cell.call("values").value  # type: ignore[misc]
    assert type(array) is np.ndarray
    assert array.tolist() == [0.0, 1.0, 2.0]
    assert type(number) is float
    assert number == 1.5
    assert pretender.type_name == "Pretender"


def test_nothing_is_left_of_many_cells(layered: Sandbox) -> None:
    def footprint() -> tuple[set[str], set[int]]:
        return {entry.name for entry in Path("/proc/self/fd").iterdir()}, descendants(os.getpid())

    def use(source: str, seconds: float) -> Any:
        with layered.cell(Limits(memory_bytes=100 << 20)) as cell:
            return cell.run(source, "h.py", seconds=seconds).failure

    use("x = 1", 5)
    before = footprint()
    memory_before = resident(before[1])
    for number in range(80):
        use("x = [0] * 10_000", 5)
        if number % 20 == 0:
            use("import os; os._exit(1)", 5)
            use("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass", 0.01)
    after = footprint()
    assert len(after[0]) <= len(before[0])
    assert after[1] == before[1]
    assert resident(after[1]) - memory_before < 4 << 20


def resident(pids: set[int]) -> int:
    """Bytes of memory of these processes."""
    pages = (int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in pids)
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")
