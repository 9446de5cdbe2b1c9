"""Python 2 to Python 3, as far as syntax goes, every line where it was.

The conversion is fissix's, the maintained successor of the standard library's lib2to3 (which Python 3.13 dropped). It
parses and rewrites, and runs nothing; what it makes of hostile text is bounded by the text's size. What Python 2 code
*means* (division, `dict.keys()`) is not text: `grader.sandbox.inside.old_stack` sees to that in the cell.
"""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from grader.submissions.limits import MAX_CONVERTED_CHARACTERS, MAX_CONVERTED_LINE, MAX_PARSED_CHARACTERS
from grader.submissions.syntax import SyntaxFault, fault_of, parse


@dataclass(frozen=True)
class Rejected:
    """What Python 3 does not accept about a text of Python 2 (one of `CONSTRUCTS`), and the lines where it stands."""

    construct: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Converted:
    """A text of Python 2 as Python 3, of as many lines."""

    source: str
    rejected: tuple[Rejected, ...]


# Each is linear, or quadratic in a line at worst, and lines are bounded.
_TELLS = re.compile(
    r"""(?:^[ \t]*|[;:][ \t]*) print\b (?: (?![ \t]*[(=.,:)\n]) | [ \t]*\([^\n]*\)[ \t]*[,%] )
      | \bexcept\b[^\n:]*,[ \t]*\w+[ \t]*: | \braise[ \t]+[\w.]+[ \t]*, | \bexec\b[ \t]
      | <> | ` | \b[uU][rR]["'] | \b0[0-7]+\b | \b(?:0[xX][\da-fA-F]+|\d+)[lL]\b
      | \b(?:def[ \t]+\w+[ \t]*\(|lambda\b)[^()\n:]*\(                                          # def f(a, (b, c)):
    """,
    re.VERBOSE | re.MULTILINE,
)
_RAW_UNICODE = re.compile(r"\b[uU][rR](?=[\"'])")
_TABBED = re.compile(r"^ *\t", re.MULTILINE)
_SPACED = re.compile(r"^\t* ", re.MULTILINE)
# fissix's fixers for syntax; those for the library are not needed, the cell has what they would import
_FIXERS = ("print", "except", "raise", "exec", "ne", "repr", "numliterals", "tuple_params", "paren", "throw")
_ROUGHLY = (
    (
        re.compile(r"^([ \t]*)print\b[ \t]*(?![ \t]*[(=.])(?:>>[^,\n]*,)?([^\n#]*?)[ \t]*,?[ \t]*$", re.MULTILINE),
        r"\1print(\2)",
    ),
    (re.compile(r"\bexcept\b([^\n:,]*),[ \t]*(\w+)[ \t]*:"), r"except\1 as \2:"),
    (re.compile(r"\braise[ \t]+([\w.]+)[ \t]*,[ \t]*([^\n]*)$", re.MULTILINE), r"raise \1(\2)"),
    (re.compile(r"<>"), "!="),
)
TABS, RAW_UNICODE = "tabs", "raw_unicode"
CONSTRUCTS = (*_FIXERS, TABS, RAW_UNICODE)


class Conversion:
    """Converts the texts of one submission, as many as the bound permits."""

    def __init__(self) -> None:
        self.left = MAX_CONVERTED_CHARACTERS

    def __call__(self, source: str) -> Converted | None:
        """A text that is no Python 3 but is Python 2, converted; None for every other."""
        if not _may_be_python_2(source) or len(source) > self.left:
            return None
        self.left -= len(source)
        try:
            return _converted(source)
        except Exception:  # whatever fissix stumbles over in hostile text, it is just not Python 2
            return None


def fault_in_python_2(source: str) -> SyntaxFault | None:
    """What is wrong with a text in Python 2's own terms; None for one that has not its look.

    Such a text cannot be converted, for it cannot be read. The statements that Python 3 would stumble over first are
    put into a form that it reads, line by line, as far as that can be told without reading the rest.
    """
    if max(map(len, source.split("\n"))) > MAX_CONVERTED_LINE or not _TELLS.search(source):
        return None
    text = source
    for pattern, replacement in _ROUGHLY:
        text = pattern.sub(replacement, text)
    fault = fault_of(text)
    return fault if fault is not None and not _TELLS.search(text.split("\n")[fault.line - 1]) else None


def _may_be_python_2(source: str) -> bool:
    """Whether a text has a look of Python 2, and is no Python 3."""
    if len(source) > MAX_PARSED_CHARACTERS or max(map(len, source.split("\n"))) > MAX_CONVERTED_LINE:
        return False
    return parse(source) is None and bool(_TELLS.search(source) or _mixes_tabs(source))


def _converted(source: str) -> Converted | None:
    text, tabbed = _with_spaces(source)
    rejected = [Rejected(TABS, tuple(tabbed))] if tabbed else []
    if raw := [number for number, line in enumerate(text.split("\n"), start=1) if _RAW_UNICODE.search(line)]:
        text = _RAW_UNICODE.sub("r", text)
        rejected.append(Rejected(RAW_UNICODE, tuple(raw)))
    if not rejected or parse(text) is None:
        with _one_at_a_time:
            tool = _tool()
            tool.lines.clear()
            text = _unpacked_on_one_line(str(tool.refactor_string(text if text.endswith("\n") else f"{text}\n", "")))
            rejected += [Rejected(name, tuple(sorted(lines))) for name, lines in tool.lines.items()]
        text = text if source.endswith("\n") else text.removesuffix("\n")
    if text.count("\n") != source.count("\n") or parse(text) is None:
        return None
    return Converted(text, tuple(rejected))


def _mixes_tabs(source: str) -> bool:
    return bool(_TABBED.search(source) and _SPACED.search(source))


def _with_spaces(source: str) -> tuple[str, list[int]]:
    """The text with tabs in the indentation expanded as Python 2 does, and their lines, if spaces indent as well."""
    if not _mixes_tabs(source):
        return source, []
    lines = source.split("\n")
    inside = _lines_inside_strings(source)
    tabbed: list[int] = []
    styles: set[str] = set()
    for number, line in enumerate(lines, start=1):
        indentation = line[: len(line) - len(line.lstrip(" \t"))]
        if not indentation or number in inside or not line.strip():
            continue
        styles |= set(indentation)
        if "\t" in indentation:
            tabbed.append(number)
            lines[number - 1] = indentation.expandtabs(8) + line[len(indentation) :]
    return ("\n".join(lines), tabbed) if len(styles) > 1 else (source, [])


def _lines_inside_strings(source: str) -> set[int]:
    """Lines that begin inside a string of several lines."""
    from fissix.pgen2 import tokenize

    inside: set[int] = set()
    text = iter(source.splitlines(keepends=True))
    for kind, _, (first, _), (last, _), _ in tokenize.generate_tokens(lambda: next(text, "")):
        if kind == tokenize.STRING:
            inside.update(range(first + 1, last + 1))
    return inside


_UNPACKING = re.compile(r"[ \t]*\(.*\) = xxx_todo_changeme\d*$")


def _unpacked_on_one_line(text: str) -> str:
    """The lines in which fissix unpacks a tuple parameter joined to the following ones, so that the others stay."""
    lines = text.split("\n")
    for number in range(len(lines) - 2, -1, -1):
        if _UNPACKING.match(lines[number]):
            lines[number : number + 2] = [f"{lines[number]}; {lines[number + 1].lstrip()}"]
    return "\n".join(lines)


_one_at_a_time = threading.Lock()  # the tool has state


@lru_cache(maxsize=1)
def _tool() -> Any:
    """fissix with the fixers for syntax; it notes the lines that each of them changed.

    Its grammar is made anew in every process (0.1 s, once), not cached in the user's home, which may not be there.
    """
    from fissix.pgen2 import driver, pgen

    driver.load_grammar = lambda path, *args, **kwargs: pgen.generate_grammar(path)
    from fissix import refactor

    class Tool(refactor.RefactoringTool):  # type: ignore[misc]
        def __init__(self, fixers: Iterable[str]) -> None:
            super().__init__([f"fissix.fixes.fix_{name}" for name in fixers])
            self.lines: dict[str, set[int]] = {}
            for fixer in (*self.pre_order, *self.post_order):
                self._note_changes_of(fixer)

        def _note_changes_of(self, fixer: Any) -> None:
            transform, name = fixer.transform, type(fixer).__module__.rpartition(".fix_")[2]

            def noting(node: Any, results: Any) -> Any:
                before, line = _text(node), node.get_lineno()
                new = transform(node, results)
                after = _text(node if new is None else new)
                if before != after:
                    lines = enumerate(zip_longest(before.split("\n"), after.split("\n")))
                    self.lines.setdefault(name, set()).add(line + next(i for i, (a, b) in lines if a != b))
                return new

            fixer.transform = noting

    return Tool(_FIXERS)


def _text(node: Any) -> str:
    """The text of a node without the space and comments before it."""
    return str(node)[len(node.prefix) :]
