"""The sandbox: a warm zygote that hands out cells, after it has proved that they hold."""

import contextlib
import itertools
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np

from grader.closing import Closing
from grader.sandbox.bubblewrap import find_bubblewrap
from grader.sandbox.cell import Cell
from grader.sandbox.errors import UPGRADE_KERNEL, CellFailure, SandboxUnavailable
from grader.sandbox.interpreter import INSIDE, Interpreter, find_interpreter
from grader.sandbox.process import Limits
from grader.sandbox.zygote import Zygote, ZygoteLost

Mode = Literal["auto", "strict", "none"]

INSTALL_BUBBLEWRAP = (
    "install bubblewrap (`apt install bubblewrap`) and allow user namespaces"
    " (`sysctl user.max_user_namespaces=10000`; on Ubuntu also"
    " `sysctl kernel.apparmor_restrict_unprivileged_userns=0`), or use `--sandbox auto`"
)


class Sandbox(Closing):
    """Cells for submissions; a context manager.

    mode         "auto": the self-lock always, bubblewrap around it where it works; "strict": both, or refuse;
                 "none": no isolation, for code of one's own
    interpreter  the Python of the cells, the running one by default
    preload      arrays that every cell has already: as arguments they travel by name, as do their `Preloaded` rows
    packages     installed top-level packages that submissions may import besides numpy, for real
    """

    def __init__(
        self,
        mode: Mode = "auto",
        *,
        interpreter: Path | None = None,
        preload: Mapping[str, np.ndarray[Any, Any]] | None = None,
        packages: Sequence[str] = (),
    ) -> None:
        self.mode = mode
        self._interpreter = interpreter
        self._preload = dict(preload or {})
        self._packages = tuple(packages)
        self._zygote: Zygote | None = None
        self._proved = self._provided = False
        self._numbers = itertools.count(1)
        self._begun: tuple[Limits, int, Cell] | None = None
        self._lock = threading.RLock()  # it may be equipped and proved in one thread, and asked for cells in another

    def start(self) -> None:
        """Begin to start, without waiting.  Raises SandboxUnavailable when something is missing for sure."""
        if sys.platform != "linux":
            raise SandboxUnavailable("Linux", "run the grader on Linux: in a container, a virtual machine or WSL")
        with self._lock:
            if self._zygote is None:
                self._launch(self._bubblewrap())

    def equip(self, *, preload: Mapping[str, np.ndarray[Any, Any]], packages: Sequence[str]) -> None:
        """Say what cells need of a sandbox that has begun to start already, and has not handed out a cell."""
        with self._lock:
            assert not self._proved
            if tuple(packages) != self._packages:  # they are looked up when a zygote starts
                self.close()
            self._preload, self._packages = dict(preload), tuple(packages)
            self.start()
            self._provide()

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers of isolation in force; waits until they are known."""
        zygote = self._ready()
        if not zygote.locked:
            return ("none",)
        return ("self-lock", "bubblewrap") if zygote.wrapped else ("self-lock",)

    @property
    def preloaded(self) -> Mapping[str, np.ndarray[Any, Any]]:
        """The arrays that every cell has already, by the name for `Preloaded`."""
        return self._preload

    @property
    def interpreter(self) -> Interpreter:
        """The Python that runs the cells."""
        return find_interpreter(self._interpreter, self._packages)

    def begin_cell(self, limits: Limits, *, seed: int) -> None:
        """Begin with the cell that will be asked for with the same limits and seed; it is made on another core."""
        with self._lock:
            if self._proved and self._zygote is not None:
                self._let_go()
                with contextlib.suppress(ZygoteLost, OSError):  # whoever asks for it is told
                    self._begun = limits, seed, self._order(self._zygote, limits, seed)

    def cell(self, limits: Limits | None = None, *, seed: int = 0) -> Cell:
        """A fresh cell, locked.  Raises SandboxUnavailable."""
        zygote = self._ready()
        try:
            return self._open(zygote, limits or Limits(), seed)
        except (ZygoteLost, CellFailure):
            self.close()  # the zygote was killed from outside: once more, from the beginning
        try:
            return self._open(self._ready(), limits or Limits(), seed)
        except (ZygoteLost, CellFailure) as error:
            raise SandboxUnavailable(f"a process for cells ({error})", "run `grade doctor`") from error

    def close(self) -> None:
        """End every process of the sandbox."""
        with self._lock:
            self._let_go()
            if self._zygote is not None:
                self._zygote.close()
            self._zygote = None
            self._proved = self._provided = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def _bubblewrap(self) -> str | None:
        """The program for the second layer; None without."""
        if self.mode == "none":
            return None
        program = find_bubblewrap()
        if self.mode == "strict" and program is None:
            raise SandboxUnavailable("bubblewrap", INSTALL_BUBBLEWRAP)
        return program

    def _launch(self, bubblewrap: str | None) -> None:
        try:
            self._zygote = Zygote(self.interpreter, locked=self.mode != "none", bubblewrap=bubblewrap)
        except OSError as error:
            raise SandboxUnavailable(f"a new process ({error})", "end other programs and try again") from error

    def _ready(self) -> Zygote:
        """The zygote, started and, unless the mode is "none", proved."""
        with self._lock:
            self.start()
            assert self._zygote is not None
            if self._proved:
                return self._zygote
            try:
                self._wait()
                if self.mode != "none":
                    with self._open(self._zygote, Limits(), 0) as cell:
                        check_cell(cell)
            except BaseException:
                self.close()
                raise
            self._proved = True
            return self._zygote

    def _provide(self) -> None:
        assert self._zygote is not None
        if not self._provided:
            self._zygote.provide(self._preload)
        self._provided = True

    def _wait(self) -> None:
        assert self._zygote is not None
        self._provide()
        try:
            self._zygote.wait()
            return
        except ZygoteLost as lost:
            wrapped = self._zygote.wrapped
            self.close()
            if not wrapped:
                raise SandboxUnavailable(f"an interpreter that starts ({lost.detail})", "run `grade doctor`") from lost
            if self.mode == "strict":
                raise SandboxUnavailable(f"bubblewrap that works ({lost.detail})", INSTALL_BUBBLEWRAP) from lost
        self._launch(None)
        self._wait()

    def _open(self, zygote: Zygote, limits: Limits, seed: int) -> Cell:
        with self._lock:
            begun, self._begun = self._begun, None
        if begun is not None and begun[:2] == (limits, seed):
            cell = begun[2]
        else:
            if begun is not None:
                begun[2].close()
            cell = self._order(zygote, limits, seed)
        try:
            cell.wait()
        except BaseException:
            cell.close()
            raise
        return cell

    def _order(self, zygote: Zygote, limits: Limits, seed: int) -> Cell:
        names = {id(array): name for name, array in self._preload.items()}
        return Cell(zygote, next(self._numbers), limits, seed, names)

    def _let_go(self) -> None:
        if self._begun is not None:
            self._begun[2].close()
        self._begun = None


PROBES = INSIDE / "probes.py"
_SECONDS = 10.0


def check_cell(cell: Cell) -> None:
    """Raise SandboxUnavailable unless every probe is denied in this cell."""
    try:
        failure = cell.run(PROBES.read_text(encoding="utf-8"), "probes.py", seconds=_SECONDS).failure
        if failure is not None:
            raise failure
        cell.call("import_standard_library", seconds=_SECONDS)
        secret = str(Path(__file__).resolve())
        escaped = cell.call("escapes", [secret], seconds=_SECONDS).value
    except CellFailure as failure:
        raise SandboxUnavailable(f"a cell that passes its self-test ({failure})", "run `grade doctor`") from failure
    if escaped != []:
        raise SandboxUnavailable(f"isolation: a cell could {_sentence(escaped)}", UPGRADE_KERNEL)


def _sentence(escaped: object) -> str:
    return ", ".join(str(name) for name in escaped) if isinstance(escaped, list) else "answer nonsense"
