"""The start-up self-test: hostile probes in a real cell, every one of which must be denied."""

from pathlib import Path

from grader.sandbox.cell import Cell
from grader.sandbox.errors import UPGRADE_KERNEL, CellFailure, SandboxUnavailable
from grader.sandbox.interpreter import INSIDE

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
        raise SandboxUnavailable(
            f"isolation: a cell could {_sentence(escaped)}",
            UPGRADE_KERNEL,
        )


def _sentence(escaped: object) -> str:
    return ", ".join(str(name) for name in escaped) if isinstance(escaped, list) else "answer nonsense"
