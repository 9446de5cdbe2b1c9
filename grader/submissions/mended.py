"""A text that is not Python, with its slips put right where it tells what is meant: then what is behind can be judged.

Lines stay where they are. A slip counts as put right if Python comes further down with it.
"""

import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.submissions.python2 import Conversion, fault_in_python_2
from grader.submissions.syntax import SyntaxFault, fault_of, parse

MOST = 4  # slips in one text
LONGEST = 500  # characters of a line that is looked at
_ALIKE = str.maketrans("“”„‘’´−–—，：；（）［］＝", "\"\"\"'''---,:;()[]=")  # what editors make of it
_HEAD = r"(?:def|class|if|elif|else|for|while|with|try|except|finally)\b"
_NOT_MADE = re.compile(r"expected an indented block after function definition on line (\d+)")
_INDENTATION = re.compile(r"unindent does not match|unexpected indent")
_VALUE = r"(?:(?:None|True|False)\b|[\d('\"\[{-]|[\w.]+[(\[]).*"
_ONE_SIGN = re.compile(r"(?<![=!<>+\-*/%&|^:@])=(?!=)")
# A line's pattern, and what is written in its place, by what Python says against it.
_SLIPS = (
    (r"expected ':'", r"^(\s*)else\s+if\b(.*)", r"\1elif\2"),
    (r"expected ':'", r"^(.*?[^\s:;])[;.]?(\s*(?:#.*)?)$", r"\1:\2"),
    (r"invalid syntax", r"^(\s*[\w.\[\]]+?)\s*(?:\+\+)\s*;?$", r"\1 += 1"),
    (r"invalid syntax", r"&&", "and"),
    (r"invalid syntax", r"\|\|", "or"),
    (r"invalid syntax", r"=([<>])", r"\1="),
    (r"invalid syntax", r"([=!<>]) =", r"\1="),
    (r"invalid syntax", rf"^(\s*{_HEAD}.*\(.*?)\s*:(\s*(?:#.*)?)$", r"\1):\2"),
    (r"invalid syntax", rf"^(\s*{_HEAD}.*?)\s*;(\s*(?:#.*)?)$", r"\1:\2"),
    (r"invalid syntax", rf"^(\s*(?!print\b|exec\b)[\w.]+(?:\[[^\[\]]*\])?)\s+({_VALUE})$", r"\1 = \2"),
    (r"unterminated string", r"\[(['\"])(\w+)\]", r"[\1\2\1]"),
    (r"unterminated string", r"\[(\w+)(['\"])\]", r"[\2\1\2]"),
    (r"invalid decimal literal", r"(?<![\w.])(\d+(?:\.\d+)?)(?=[A-Za-z_])", r"\1 * "),
)
_BESIDE = re.compile(r"(?<=[\w)\]'\"])\s+(?=[\w(\['\"])")
_UNSURE = re.compile(r"was never closed|forgot a comma")  # where the sign belongs is a guess
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Mended:
    """The text as Python, and which lines of it are others; those that are `guessed` may be meant in another way."""

    source: str
    lines: tuple[int, ...]
    guessed: tuple[int, ...] = ()


def mended(source: str, convert: Conversion) -> Mended | None:
    """A text with all its slips put right; None if one of them does not tell what is meant."""
    text = source
    guessed: tuple[int, ...] = ()
    for _ in range(MOST):
        fault = _fault(text)
        if fault is None:
            break
        found = next(_further(text, fault), None)
        if found is None:
            return None
        text, guessed = found, (*guessed, *[fault.line] * bool(_UNSURE.search(fault.message)))
    converted = None if parse(text) is not None else convert(text)
    if parse(text) is None and converted is None:
        return None
    pairs = zip(source.split("\n"), text.split("\n"), strict=True)
    lines = tuple(number for number, (before, after) in enumerate(pairs, 1) if before != after)
    return Mended(converted.source if converted is not None else text, lines, guessed)


def _fault(text: str) -> SyntaxFault | None:
    fault = fault_in_python_2(text) or fault_of(text)
    return fault if fault is not None and "parenthes" not in fault.message else None  # `print x` is Python 2


def _further(text: str, fault: SyntaxFault) -> Iterator[str]:
    """The texts without one fault, in which Python comes further down, the more certain first."""
    lines = text.split("\n")
    for changed in _changed(lines, fault):
        made = "\n".join(changed)
        left = _fault(made)
        if left is None or left.line > fault.line:
            yield made


def _changed(lines: Sequence[str], fault: SyntaxFault) -> Iterator[list[str]]:
    number = min(fault.line, len(lines)) - 1
    if body := _NOT_MADE.match(fault.message):
        yield from _body_below(lines, int(body[1]) - 1)
    elif _INDENTATION.match(fault.message):
        before = [one[: len(one) - len(one.lstrip())] for one in lines[:number] if one.strip()]
        own = len(lines[number]) - len(lines[number].lstrip())
        levels = sorted({*before}, key=lambda one: abs(len(one) - own))
        yield from (_indented(lines, number, level) for level in levels)
    for line in _lines_meant(lines[number], fault.message) if len(lines[number]) <= LONGEST else ():
        yield [*lines[:number], line, *lines[number + 1 :]]


def _lines_meant(line: str, message: str) -> Iterator[str]:
    if "Maybe you meant '=='" in message and re.match(r"\s*(?:if|elif|while)\b", line):
        yield from (f"{line[: one.start()]}=={line[one.end() :]}" for one in _ONE_SIGN.finditer(line))
    if message.startswith(("invalid character", "invalid non-printable")):
        yield line.translate(_ALIKE).replace("\xa0", " ").replace("\u200b", "")
    if unmatched := re.match(r"unmatched '(.)'", message):
        places = [place for place, one in enumerate(line) if one == unmatched[1]]
        without = {f"{line[:place]}{line[place + 1 :]}" for place in places}
        yield from without if len(without) == 1 else ()  # of several brackets any may be too much
    if open_one := re.match(r"'(.)' was never closed", message):
        code, colon, comment = re.match(r"(.*?)\s*(:?)(\s*(?:#.*)?)$", line).groups()  # type: ignore[union-attr]
        is_head = re.match(rf"\s*{_HEAD}", line) is not None
        yield f"{code}{_CLOSING[open_one[1]]}{':' if is_head else colon}{comment}"
    if "forgot a comma" in message:
        yield from (f"{line[: one.start()]}, {line[one.end() :]}" for one in _BESIDE.finditer(line))
    first = re.match(r"(\s*)([A-Za-z]+)\b(?!\s*[=.(\[])", line)
    if message.startswith("invalid syntax") and first is not None and not keyword.iskeyword(first[2]):
        near = [one for one in ("return", "import", "from", "elif", "def", "while") if _is_turned(first[2], one)]
        yield from (f"{first[1]}{one}{line[first.end() :]}" for one in near)
    for said, pattern, meant in _SLIPS:
        if message.startswith(said) and re.search(pattern, line):
            yield re.sub(pattern, meant, line)


def _is_turned(word: str, meant: str) -> bool:
    """Whether a word has the letters of another one in a wrong order, or all but one of them in its order."""
    lacks_one = len(word) == len(meant) - 1 and any(meant[:i] + meant[i + 1 :] == word for i in range(len(meant)))
    return lacks_one or (word != meant and sorted(word) == sorted(meant))


def _body_below(lines: Sequence[str], head: int) -> Iterator[list[str]]:
    """The lines below the head of a function, up to the next definition, as its body."""
    indent = lines[head][: len(lines[head]) - len(lines[head].lstrip())]
    start = next((i + 1 for i in range(head, len(lines)) if re.search(r":\s*(?:#.*)?$", lines[i])), len(lines))
    end = start
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(indent)):
        if re.match(rf"{indent}(?:def|class|@|if __name__)", lines[end]):
            break
        end += 1
    if any(line.strip() for line in lines[start:end]):
        body = [f"    {line}" if line.strip() else line for line in lines[start:end]]
        yield [*lines[:start], *body, *lines[end:]]


def _indented(lines: Sequence[str], number: int, level: str) -> list[str]:
    """The lines with one, and those below it that begin as it does, moved to a level."""
    own = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    end = number
    while end < len(lines) and (not lines[end].strip() or (own and lines[end].startswith(own))):
        end += 1
    moved = [f"{level}{line.removeprefix(own)}" if line.strip() else line for line in lines[number:end]]
    return [*lines[:number], *moved, *lines[end:]]
