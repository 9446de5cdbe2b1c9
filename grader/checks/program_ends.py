"""Files that end the program themselves: `sys.exit()` at the margin, below which a notebook or module goes on here."""

from collections.abc import Iterable

from grader.report import CellRun

_ENDINGS = ("SystemExit", "KeyboardInterrupt", "GeneratorExit")


def remarks_on_ends(runs: Iterable[CellRun]) -> list[str]:
    """What to say of each place at which a submission would have ended by itself."""
    told = []
    for run in runs:
        if run.error is not None and run.error.type in _ENDINGS:
            rest = "what is defined below it" if run.location.cell is None else "the other cells"
            how = "`exit()`, `quit()` or `sys.exit()`" if run.error.type == "SystemExit" else f"`{run.error.type}`"
            verb = "was" if run.location.cell is None else "were"
            told.append(f"{run.location} ends the program ({how}); {rest} {verb} run all the same")
    return told
