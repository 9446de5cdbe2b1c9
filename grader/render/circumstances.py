"""What is said about how a report came about: warnings, cells that stopped, versions, where the seconds went."""

from grader.render.wording import code, listed, shown_error
from grader.report import CellRun, Report
from grader.sandbox.inside.standins import DISPLAY_MODULES

_STOPPED = ("error", "timeout")


def troubled_cells(report: Report) -> list[CellRun]:
    """The cells with something to say: those that stopped first, then those with a message."""
    stopped = [cell for cell in report.cells if cell.status in _STOPPED]
    return stopped + [cell for cell in report.cells if cell.message and cell.status not in _STOPPED]


def cell_outcome(cell: CellRun) -> str:
    """What became of a cell, on one line."""
    if cell.error:
        return shown_error(cell.error)
    return cell.message or {"error": "an error", "timeout": "cut off", "skipped": "left out", "ran": "ran"}[cell.status]


def is_unprotected(report: Report) -> bool:
    """Whether the submission ran without a sandbox."""
    environment = report.environment
    return environment is not None and (not environment.sandbox or environment.sandbox == ("none",))


def warnings(report: Report) -> list[str]:
    """What the reader must know about how the grade came about."""
    found = []
    if is_unprotected(report):
        found.append(
            "NO SANDBOX: this submission ran with all the rights of the user who graded it. "
            "Do that only with your own code; such a grade is not protected against tampering."
        )
    for run in report.training:
        if run.dataset_is_stand_in:
            found.append(
                f"STAND-IN DATA: the training run used {run.dataset} in place of the real data set; "
                "its accuracy says little about the real one."
            )
    return list(dict.fromkeys(found))


def provenance(report: Report) -> str:
    """With what the grade was made, on one line."""
    environment = report.environment
    if environment is None:
        return ""
    parts = [
        f"grader {environment.grader}",
        f"Python {environment.python}",
        f"numpy {environment.numpy}",
        f"sandbox: {', '.join(environment.sandbox) or 'none'}",
    ]
    if environment.seed is not None:
        parts.append(f"seed {environment.seed}")
    return " · ".join(parts)


def stand_ins(report: Report) -> str:
    """Which modules for display were replaced, as a sentence; empty if none was."""
    modules = report.environment.stand_ins if report.environment else ()
    shown = [code(module) for module in modules if module in DISPLAY_MODULES]
    verb = "was" if len(shown) == 1 else "were"
    return f"{listed(shown)} {verb} replaced by harmless stand-ins: nothing is drawn here." if shown else ""


def timing(report: Report) -> str:
    """Where the seconds went."""
    times = report.timing
    return (
        f"{times.total:.2f} s: start {times.start:.2f}, load {times.load:.2f}, checks {times.checks:.2f} "
        f"(of these {times.submission:.2f} in the submission), diagnosis {times.diagnosis:.2f}"
    )
