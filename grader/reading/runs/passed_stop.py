"""A run that stops in a line which the training does not need: the same run without that line.

What prints or measures may stop a file whose steps are all there. A value that such a line gives is no number in its
place: where the weights are made of it, they are none either, and nothing is told.
"""

import ast
import re
import sys
from dataclasses import dataclass, replace

from grader.reading.runs.failed_operation import failed_operation
from grader.reading.runs.missing_names import NEARLY
from grader.reading.runs.run import Run, is_of_a_table, may_be_of_data, recorded, what_stops
from grader.sandbox import CellFailure
from grader.sandbox.errors import Frame, SubmissionRaised
from grader.sandbox.inside.standins import DISPLAY_MODULES
from grader.submissions import Submission
from grader.submissions.syntax import edit, parse

MOST = 3  # lines that are left out
NO_NUMBER = 'float("nan")'
_OF_MODULES = ("StandInUsed", "ModuleNotFoundError", "ImportError", "FileNotFoundError", "SyntaxError")
_ENDS = ("SystemExit", "KeyboardInterrupt", "EOFError")
#: what a file may do elsewhere, and not in a cell: other processes and threads, what lies on a disk, so much memory
_OF_CELLS = ("OSError", "PermissionError", "BlockingIOError", "MemoryError", "TimeoutError", "URLError")
#: what numpy did once, and does no more
_OF_VERSIONS = re.compile(r"module 'numpy|inhomogeneous|array element with a sequence|np\.\w+ was")
_OF_LOOKING_UP = frozenset(["KeyError", "IndexError", "ZeroDivisionError", "AssertionError"])
_PLAIN = _OF_LOOKING_UP | {"TypeError", "ValueError"}
#: what a line asks of where it is run
_OF_CALLER = re.compile(r"\b(argv|environ|input|open|raise)\b")
#: what is replaced by functions that may give nothing where the library's own give something
_KNOWN = "|".join(("numpy", "matplotlib", *sorted(sys.stdlib_module_names)))
_OF_LIBRARIES = re.compile(rf"(?m)^\s*(?:import|from)\s+(?!(?:{_KNOWN})\b)\w")
_OF_TABLES = re.compile(r"is a (Frame|Series|Positions|Columns|Texts|Bunch)\b")
_OF_ASKING = re.compile(r"AttributeError: \w+")
_SEEDED = re.compile(r"seed\(|(RandomState|default_rng)\(\w")
#: what newer Pythons read and this one may not
_OF_DEPTH = re.compile(r"too (many|complex|deep)|recursion|MemoryError")  # bounds of this Python's
_OF_LATER_PYTHON = re.compile(r"""\b[fF][rR]?["']|^\s*(type|match|case)\s|except\s""")
_OF_ONE = re.compile(r"0-dimensional|length-1|size-1")


@dataclass(frozen=True)
class Stop:
    """Where a run stopped, and what it said."""

    filename: str
    line: int
    failure: str
    is_of_data: bool  # that were not the person's: other ones may not stop it
    in_words: str = ""  # what was wrong with the operation
    is_own: bool = False  # whether neither data nor a newer numpy can be what it comes of


def stop_of(run: Run, *, is_driven: bool = False) -> Stop | None:
    """The stop of a run at a line of the file's own; None if it has none.

    Args:
        is_driven: of a run by lines that are none of the file's as well.
    """
    failure = run.failure
    if failure is None or not failure.frames or (run.way is not None and bool(run.way.added) and not is_driven):
        return None
    is_foreign = getattr(failure, "type_name", "") in (*_OF_MODULES, *_ENDS, *_OF_CELLS)
    if is_foreign or is_of_a_table(failure) or "start new thread" in str(failure):
        return None
    last, is_of_data, in_words = failure.frames[-1], may_be_of_data(run), failed_operation(run)
    if not run.served and (_OF_TABLES.search(in_words) or _OF_ASKING.fullmatch(str(failure))):
        return None  # a stand-in has not all that a table of pandas has
    is_of_name = getattr(failure, "type_name", "") in ("NameError", "UnboundLocalError")
    foreign = [name for name in run.stand_ins if name not in DISPLAY_MODULES]
    may_be_given = foreign or (run.served and getattr(failure, "type_name", "") == "AttributeError")
    is_of_data = is_of_data or (bool(may_be_given) and not is_of_name)
    is_plain = not is_driven and not run.served and _is_plain(run, failure, last)
    is_own = not is_of_data and bool(in_words or is_of_name or is_plain)
    is_own = is_own and not _is_of_version(str(failure), in_words)
    calls = dict.fromkeys(str(one.line) for one in failure.frames[:-1] if one.filename == last.filename)
    if calls and in_words:
        in_words += f" The call is in line {', from line '.join(reversed(calls))}."
    return Stop(last.filename, last.line, what_stops(failure), is_of_data, in_words, is_own)


def stop_of_text(submission: Submission) -> Stop | None:
    """A line of a script that is no Python, whose other lines were run alone: Python runs none of them."""
    for unit in submission.units:
        for fault in unit.faults if unit.cell is None else ():
            if submission.is_python_2 and "to be merged" not in fault.message:
                continue  # what this Python does not read, that one may
            is_of_depth = _OF_DEPTH.search(fault.message)
            if not is_of_depth and not _OF_LATER_PYTHON.search(submission.line_text(unit.filename, fault.line)):
                why = "Python reads the whole file before it runs a line of it, so none runs."
                return Stop(unit.filename, fault.line, f"SyntaxError: {fault.message}", False, why, True)
    return None


def _is_plain(run: Run, failure: CellFailure, frame: Frame) -> bool:
    """Whether an exception without further words can come of nothing but the file itself, on every machine."""
    submission = run.way.submission if run.way is not None else None
    if submission is None or submission.is_python_2 or not isinstance(failure, SubmissionRaised):
        return False
    written = "\n".join(unit.source for unit in (*submission.units, *submission.modules.values()))
    is_of_nothing = failure.type_name == "AttributeError" and "'NoneType'" in str(failure)
    if failure.type_name not in _PLAIN and not is_of_nothing:
        return False
    if _OF_LIBRARIES.search(written):  # it may come of what is here in their place
        return False
    may_come_of_pictures = run.stand_ins and failure.type_name not in _OF_LOOKING_UP and not is_of_nothing
    text = submission.line_text(frame.filename, frame.line)
    if failure.type_name == "AssertionError" and "rand" in written and not _SEEDED.search(written):
        return False  # another draw may pass
    is_of_old = "integer" in str(failure)  # numpy took 5.0 for a number of entries once
    return not may_come_of_pictures and not is_of_old and not _OF_CALLER.search(text)


def _is_of_version(said: str, in_words: str) -> bool:
    """Whether numpy may have done once what it does no more: of arrays of one number, it made plain numbers."""
    shapes = re.findall(r"the shape \(([\d, ]+)\)", in_words)
    are_of_one = all(int(size) < 2 for shape in shapes for size in re.findall(r"\d+", shape))
    is_of_changes = _OF_VERSIONS.search(said) is not None and NEARLY not in in_words  # old names are given
    return is_of_changes or (are_of_one and _OF_ONE.search(said) is not None)


def without_stops(run: Run) -> tuple[Run, Stop] | None:
    """The run without the lines at which it stops, and the first of them; None if it needs them or comes no further."""
    first, changed = stop_of(run), run
    for _ in range(MOST):
        way, failure, seen = changed.way, changed.failure, changed.recording
        if failure is None or stop_of(changed) is None or way is None or seen is None or not way.budget.allows_run:
            break
        submission = _without(way.submission, failure)
        if submission is None:
            break
        further = recorded(replace(way, submission=submission))
        if further.recording is None or len(further.recording.events) <= len(seen.events):
            break
        changed = replace(further, served=run.served)
    return None if first is None or changed is run else (changed, first)


def _without(submission: Submission, failure: CellFailure) -> Submission | None:
    """The submission without the innermost statement of those that stop it that can be left out."""
    for frame in reversed(failure.frames):
        for at, unit in enumerate(submission.units):
            source = left_out(unit.source, frame.line) if unit.filename == frame.filename else None
            if source is not None:
                units = [*submission.units[:at], replace(unit, source=source), *submission.units[at + 1 :]]
                return replace(submission, units=tuple(units))
        for name, module in submission.modules.items():
            source = left_out(module.source, frame.line) if module.filename == frame.filename else None
            if source is not None:
                return replace(submission, modules={**submission.modules, name: replace(module, source=source)})
    return None


def left_out(source: str, line: int) -> str | None:
    """The text without the statement of a line, in as many lines; None if it may change what is learned."""
    held = [
        node
        for node in ast.walk(parse(source) or ast.Module([], []))
        if isinstance(node, ast.Expr | ast.Return | ast.Assign | ast.Assert)
        and node.lineno <= line <= (node.end_lineno or 0)
    ]
    instead = _instead(held[0]) if len(held) == 1 else None
    return None if instead is None else edit(source, [(held[0], lambda _: instead)])


def _instead(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Expr | ast.Assert):
        return "pass"
    if isinstance(node, ast.Return):
        return f"return {NO_NUMBER}"
    if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        return None
    name = node.targets[0].id
    is_changed = any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node.value))
    return None if is_changed else f"{name} = {NO_NUMBER}"
