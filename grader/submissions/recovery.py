"""What can be kept of a text that is not Python: the statements of its top level, and of its classes, that are.

One bracket that is not closed must not cost a student everything else. The text is cut where a line begins at the
margin, pieces that belong together are joined, and each that is no Python by itself, neither of today nor of Python 2,
is left empty. Lines stay where they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.submissions.limits import MAX_PARSED_CHARACTERS
from grader.submissions.python2 import Conversion, Rejected, fault_in_python_2
from grader.submissions.syntax import SyntaxFault, fault_of, parse

MAX_TRIED_CHARACTERS = 3_000_000  # of all pieces together that are tried; what is left then is taken as it stands
MAX_FAULTS = 10  # that are told; a text that is not Python at all has one in each line
MAX_JOINED = 40  # pieces to one statement: a list or a text that goes on at the margin

_MARGIN = re.compile(r"[^\s#)\]}]")
_CONTINUES = re.compile(r"(?:else|elif|except|finally)\b")
_ON_LINE = re.compile(r"(\b(?:on|at) line )(\d+)")  # of the piece, where Python speaks of another line than its own
_GOES_ON = re.compile(rf"{_CONTINUES.pattern}|return\b")  # of what is faulty already
_DEFINES = re.compile(r"(?:def|async|class|import|from)\b|@")
NOT_BELOW = "not indented below a `def`"  # what is said of the lines of a body that stands beside its head
_OF_A_BODY = "'return' outside function"
_NOT_FINISHED = re.compile(r"was never closed|unterminated triple|EOF")


@dataclass(frozen=True)
class Recovered:
    """The part of a text that is Python, line by line where it was, and the first faults of the rest, at least one."""

    source: str
    faults: tuple[SyntaxFault, ...]
    rejected: tuple[Rejected, ...] = ()  # what had to be converted from Python 2


def recovered(source: str, convert: Conversion) -> Recovered | None:
    """What is left of a text that does not parse; None if it is too long to look into."""
    if len(source) > MAX_PARSED_CHARACTERS:
        return None
    recovery = _Recovery(convert)
    lines = recovery.kept(source.split("\n"), 0)
    whole = fault_of(source)
    faults = (*recovery.faults,) or ((whole,) if whole else ())
    return Recovered("\n".join(lines), faults, tuple(recovery.rejected)) if faults else None


class _Recovery:
    def __init__(self, convert: Conversion) -> None:
        self.convert = convert
        self.faults: list[SyntaxFault] = []
        self.is_in_string = False  # that does not end: what looks like statements below may be text
        self.rejected: list[Rejected] = []
        self.left = MAX_TRIED_CHARACTERS

    def kept(self, lines: Sequence[str], before: int, indent: str = "") -> list[str]:
        """The lines with those of faulty statements empty; `before` so many lines the text began."""
        starts = self._starts(lines, indent)
        kept = list(lines)
        first = starts[0] if starts else len(lines)
        if any(_is_code(line) for line in lines[:first]):  # indented, and below nothing
            self._note(lines[:first], before, indent)
            kept[:first] = [""] * first
        position = 0
        is_faulty = False
        while position < len(starts):
            first = starts[position]
            count = self._joined(lines, starts, position, indent)
            last = starts[position + max(count, 1)] if position + max(count, 1) < len(starts) else len(lines)
            piece = lines[first:last]
            if not count and is_faulty and _GOES_ON.match(lines[first][len(indent) :]):
                kept[first:last] = [""] * len(piece)  # the `else` of a statement that is faulty already
                position += 1
                continue
            is_faulty = not count
            if not count:
                told = len(self.faults)
                kept[first:last] = self._kept_of_faulty(piece, before + first, indent)
                if len(self.faults) > told and self.faults[-1].message == _OF_A_BODY:
                    body = self._body_at_the_margin(lines, starts, position, indent)
                    kept[body:first] = [""] * (first - body)
                    self.faults[-1] = _of_lines(self.faults[-1], before + body + 1)
            elif (converted := self._converted(piece, before + first, indent)) is not None:
                kept[first:last] = converted
            position += max(count, 1)
        return kept

    def _body_at_the_margin(self, lines: Sequence[str], starts: Sequence[int], position: int, indent: str) -> int:
        """Where the lines begin that a `return` ends and that no `def` has below it: behind the last definition."""
        while position and not _DEFINES.match(lines[starts[position - 1]][len(indent) :]):
            position -= 1
        return starts[position]

    def _starts(self, lines: Sequence[str], indent: str) -> list[int]:
        """Where a statement may begin: at the margin, but not below its decorator."""
        starts: list[int] = []
        is_definition = True
        for number, line in enumerate(lines):
            rest = line[len(indent) :] if line.startswith(indent) else ""
            is_decorated = bool(starts) and lines[starts[-1]].startswith(f"{indent}@") and not is_definition
            if _MARGIN.match(rest) and not is_decorated:
                starts.append(number)
                is_definition = not rest.startswith("@")
            elif _MARGIN.match(rest) and is_decorated:
                is_definition = not rest.startswith("@")
        return starts

    def _joined(self, lines: Sequence[str], starts: Sequence[int], position: int, indent: str) -> int:
        """How many pieces make the statement that begins here; 0 if it is none."""
        best = 0
        for count in range(1, MAX_JOINED + 1):
            following = position + count
            last = starts[following] if following < len(starts) else len(lines)
            text = _dedented(lines[starts[position] : last], indent)
            self.left -= len(text)
            if self.left < 0:
                return best
            is_statement = parse(text) is not None or self.convert(text) is not None
            best = count if is_statement else best
            if following >= len(starts):
                return best
            if not _CONTINUES.match(lines[starts[following]][len(indent) :]):
                fault = None if is_statement else fault_of(text)
                if fault is None or not _NOT_FINISHED.search(fault.message):
                    return best
        return best

    def _converted(self, piece: Sequence[str], before: int, indent: str) -> list[str] | None:
        """A statement of Python 2 as Python 3; None for one that needs no conversion."""
        text = _dedented(piece, indent)
        converted = self.convert(text) if parse(text) is None else None
        if converted is None:
            return None
        self.rejected += [
            Rejected(item.construct, tuple(before + line for line in item.lines)) for item in converted.rejected
        ]
        return [f"{indent}{line}" if line.strip() else line for line in converted.source.split("\n")]

    def _kept_of_faulty(self, piece: Sequence[str], before: int, indent: str) -> list[str]:
        """What is left of a faulty statement: the right methods of a class, else nothing."""
        body = self._class_body(piece, indent)
        if body is not None:
            head, inner = body
            kept = [*piece[:head], *self.kept(piece[head:], before + head, inner)]
            if not any(line.strip() for line in kept[head:]):
                kept[head] = f"{inner}pass"
            text = _dedented(kept, indent)
            if parse(text) is not None:
                return kept
        self._note(piece, before, indent)
        return [""] * len(piece)

    def _class_body(self, piece: Sequence[str], indent: str) -> tuple[int, str] | None:
        """Where the body of a class begins, and its indentation; None for what is no class."""
        if not piece[0][len(indent) :].startswith("class "):
            return None
        head = next((i + 1 for i, line in enumerate(piece) if line.rstrip().endswith(":")), len(piece))
        line = next((line for line in piece[head:] if line.strip() and not line.lstrip().startswith("#")), "")
        inner = line[: len(line) - len(line.lstrip())]
        if len(inner) <= len(indent) or parse(_dedented([*piece[:head], f"{inner}pass"], indent)) is None:
            return None
        return head, inner

    def _note(self, piece: Sequence[str], before: int, indent: str) -> None:
        if self.is_in_string or len(self.faults) == MAX_FAULTS:
            return
        text = _dedented(piece, indent)
        found = fault_in_python_2(text) or fault_of(text)
        if found is not None:
            message = _ON_LINE.sub(lambda said: f"{said[1]}{before + int(said[2])}", found.message)
            self.faults.append(SyntaxFault(message, min(before + found.line, before + len(piece))))
            self.is_in_string = "unterminated triple" in found.message


def _of_lines(fault: SyntaxFault, first: int) -> SyntaxFault:
    """What is said of a `return` outside of functions, with the lines that it ends."""
    lines = f"lines {first} to {fault.line} are" if first < fault.line else "it is"
    return replace(fault, message=f"{fault.message}: {lines} {NOT_BELOW}")


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _dedented(lines: Sequence[str], indent: str) -> str:
    return "\n".join(line.removeprefix(indent) for line in lines)
