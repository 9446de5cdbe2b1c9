"""Notebook cells to plain Python: IPython's syntax is taken out, every line stays where it was.

Nearly all of it in homework is a line of its own (`%matplotlib inline`, `!pip install x`, `files = !ls`, `plot?`).
Those lines are replaced right here, and the syntax tree tells whether each was really a statement and not, say, a line
of a string. What is left (pasted prompts, an indented cell, auto-call) goes through IPython's own input transformer,
whose import costs some 80 ms and is paid only by cells that need it.
"""

import ast
import re
from collections.abc import Set
from dataclasses import dataclass

from grader.submissions.syntax import Edit, edit, parse


@dataclass(frozen=True)
class NotRun:
    """A command of the student's text that was taken out; `line` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class WrittenFile:
    """The file that a `%%writefile` cell would make; its `text` has the line numbers of the cell."""

    path: str
    text: str


@dataclass(frozen=True)
class PlainPython:
    """A text without IPython syntax, of as many lines as the original; it need not be right Python."""

    source: str
    not_run: tuple[NotRun, ...] = ()
    written: WrittenFile | None = None


def plain_python(source: str) -> PlainPython:
    """Take IPython syntax out of a cell or an exported script."""
    if (tree := parse(source)) is not None:
        return _without_shell_calls(source, tree) if "get_ipython" in source else PlainPython(source)
    return _cell_magic(source) or _line_commands(source)


# Cell magics ------------------------------------------------------------------------------------------------------

_CELL_MAGIC = re.compile(r"%%(?P<name>\w+)(?P<arguments>.*)")
# These run their body as Python in the notebook's namespace.
_TRANSPARENT = frozenset(
    {"time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "snakeviz", "scalene", "pyinstrument", "debug"}
)


def _cell_magic(source: str) -> PlainPython | None:
    """The cell under its `%%magic`, or under several on top of each other; None if it has none."""
    lines = source.split("\n")
    found = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match = _CELL_MAGIC.match(line)
        if match is None:
            break
        found = True
        lines[number - 1] = "#" + line
        if match["name"] not in _TRANSPARENT:
            return _foreign_body(lines, NotRun(number, line.strip()), match)
    return plain_python("\n".join(lines)) if found else None


def _foreign_body(lines: list[str], not_run: NotRun, match: re.Match[str]) -> PlainPython:
    """A cell that is no Python of this notebook: shell, HTML, or a file to write."""
    silenced = "\n".join(line if line.startswith("#") else f"#{line}" for line in lines)
    words = [word.strip("\"'") for word in match["arguments"].split()]
    if match["name"] in ("writefile", "file") and len(words) == 1 and words[0].endswith(".py"):
        return PlainPython(silenced, written=WrittenFile(words[0], "\n".join(lines)))
    return PlainPython(silenced, not_run=(not_run,))


# Lines ------------------------------------------------------------------------------------------------------------

_COMMAND = re.compile(
    r"""(?P<indent>[ \t]*)
    (?: (?P<targets>[A-Za-z_][\w., \t\[\]'"]*=[ \t]*)? (?P<escape>%{1,2}|!{1,2}) (?P<words>[^\n]*)   # %magic, x = !ls
      | (?P<help> \?{1,2}[ \t]*[\w.*%]+[ \t]*;? | [A-Za-z_*][\w.*]*[ \t]*\?{1,2}[ \t]*;? )          # ?name, name?
      | (?:pip3?|conda|mamba|cd|ls|cp|mv|rm|cat|mkdir|matplotlib|load_ext)[ \t]+[\w"'./~-][^\n]*   # automagic
    )$""",
    re.VERBOSE,
)
# Plotting and settings: nothing that a student would miss in a graded run.
_HARMLESS = frozenset(
    {"matplotlib", "load_ext", "reload_ext", "autoreload", "aimport", "config", "precision", "xmode", "pdb", "colors"}
)
_PYLAB = "import numpy as np; from numpy import *; from matplotlib import pyplot as plt"


def _line_commands(source: str) -> PlainPython:
    without_commands, replaced = _replace_commands(source, keep=frozenset())
    candidate = without_commands
    for _ in range(2):
        text, tree = _parsed(candidate.source)
        if tree is None:
            break
        statements = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt)}
        if replaced <= statements:
            return _finished(text, tree, source, candidate.not_run)
        # What is no statement now was no command before: a line of a string, or of an expression.
        candidate, replaced = _replace_commands(source, keep=replaced - statements)
    text, tree = _parsed(source)
    return without_commands if tree is None else _finished(text, tree, source)


def _parsed(source: str) -> tuple[str, ast.Module | None]:
    """The source and its tree, after IPython's transformer if it doesn't parse before."""
    tree = parse(source)
    if tree is None and (transformed := _through_ipython(source)) is not None:
        return transformed, parse(transformed)
    return source, tree


def _finished(text: str, tree: ast.Module, original: str, not_run: tuple[NotRun, ...] = ()) -> PlainPython:
    rest = _without_shell_calls(text, tree, original)
    return PlainPython(rest.source, tuple(sorted(not_run + rest.not_run, key=lambda command: command.line)))


def _replace_commands(source: str, keep: Set[int]) -> tuple[PlainPython, set[int]]:
    """Replace every line that looks like a command, but for the lines to `keep`; also the numbers of those replaced."""
    lines = source.split("\n")
    replaced: set[int] = set()
    not_run: list[NotRun] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        match = _COMMAND.match(line)
        before = lines[number - 2] if number > 1 else ""
        is_continued = before.endswith("\\") and "#" not in before  # `print text \\` before `% values`
        if match is None or number in keep or is_continued:
            continue
        statement = _statement_instead(match)
        lines[number - 1] = match["indent"] + (match["targets"] or "") + (statement or _placeholder(match))
        replaced.add(number)
        if statement is not None:
            continue
        if not match["help"] and _magic_name(match) not in _HARMLESS:
            not_run.append(NotRun(number, line.strip().rstrip("\\ ")))
        while line.endswith("\\") and number < len(lines):  # the command's continuation lines go with it
            line, lines[number] = lines[number], ""
            number += 1
    return PlainPython("\n".join(lines), tuple(not_run)), replaced


def _magic_name(match: re.Match[str]) -> str | None:
    return (match["words"].split() or [""])[0] if (match["escape"] or "").startswith("%") else None


def _statement_instead(match: re.Match[str]) -> str | None:
    """What a magic does in plain Python, where that matters for the cells below."""
    name = _magic_name(match)
    if name == "time":
        return match["words"].strip().removeprefix("time").strip() or None
    return _PYLAB if name == "pylab" and not match["targets"] else None


def _placeholder(match: re.Match[str]) -> str:
    if not match["targets"]:
        return "pass"
    return "[]" if match["escape"].startswith("!") else "None"


# What IPython does ------------------------------------------------------------------------------------------------

# Its transformer tokenizes the cell anew for each command, and a regular expression of its is quadratic in the line.
_MAX_TRANSFORMED = 20_000
_MAX_TRANSFORMED_LINE = 2_000
_MAX_COMMANDS = 4
_PROMPT = re.compile(r"^[ \t]*(?:>>>|In \[\d+\]:)", re.MULTILINE)
_SIGN = re.compile(r"^[ \t]*[%!?,;/]|=[ \t]*[%!]|\?[ \t;]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")


def _through_ipython(source: str) -> str | None:
    """`source` as IPython would run it, or None if it isn't IPython's or can't be had line by line."""
    commands = len(_SIGN.findall(source))
    blank = _BLANK_LINES.match(source)
    start = blank.end() if blank else 0
    if not (commands or source[start : start + 1] in (" ", "\t") or _PROMPT.search(source)):
        return None
    if (
        commands > _MAX_COMMANDS
        or len(source) > _MAX_TRANSFORMED
        or max(map(len, source.split("\n"))) > _MAX_TRANSFORMED_LINE
    ):
        return None
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        transformed = source[:start] + str(TransformerManager().transform_cell(source[start:]))
    except Exception:  # whatever it stumbles over in hostile text, the cell is just not IPython
        return None
    if not source.endswith("\n"):
        transformed = transformed.removesuffix("\n")
    return transformed if transformed.count("\n") == source.count("\n") else None


def _without_shell_calls(source: str, tree: ast.Module, original: str | None = None) -> PlainPython:
    """Take out statements that are a call of `get_ipython().something(...)`, as exported scripts hold them."""
    lines = (original or source).split("\n")
    edits: list[Edit] = []
    not_run: list[NotRun] = []
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Call() as call) if _is_shell_call(call):
                edits.append((node, lambda _: "pass"))
            case ast.Assign(value=ast.Call() as call) if _is_shell_call(call):
                edits.append((call, lambda text: "[]" if ".getoutput" in text else "None"))
            case _:
                continue
        if not _is_harmless(call):
            not_run.append(NotRun(node.lineno, lines[node.lineno - 1].strip()))
    return PlainPython(edit(source, edits), tuple(not_run))


def _is_shell_call(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython"))):
            return True
    return False


def _is_harmless(call: ast.Call) -> bool:
    match call.args:
        case [ast.Constant(value=str() as name), *_]:
            return name in _HARMLESS
    return False
