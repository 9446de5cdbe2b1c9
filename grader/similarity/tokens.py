"""Python as a sequence of words that stay the same when names, comments, layout and literals change.

The lexer is one regular expression: it need not know Python better than that, takes broken Python as well, goes through
any text in a time that grows with its length alone, and is ten times as fast as that of pygments.
"""

import builtins
import keyword
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

MAX_CHARACTERS = 100_000  # of one submission; what is beyond is not looked at

_TOKEN = re.compile(
    r"""
      (?P<layout> [\s\\]+ | \#[^\n]* )
    | (?P<string> [rRbBuUfF]{0,2} (?:
        \"{3} (?:[^\\]|\\.)*? (?:\"{3}|\Z) | '{3} (?:[^\\]|\\.)*? (?:'{3}|\Z)
      | \" (?:[^\"\\\n]|\\.)* \"? | ' (?:[^'\\\n]|\\.)* '? ) )
    | (?P<number> \.?\d (?:[\w.]|(?<=[eE])[+-])* )
    | (?P<name> \w+ )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_TRIPLE = ('"""', "'''")
# What is called by these names is Python's or numpy's, and nobody renames it. Others are the author's own.
_PYTHON = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | {"self"}
_NUMPY = frozenset(
    name
    for owner in (np, np.ndarray, np.linalg, np.random, np.random.Generator)
    for name in dir(owner)
    if not name.startswith("_")
)


class Word(NamedTuple):
    """One word, and where it stands: in which of the texts, from which character to which."""

    word: str
    text: int
    start: int
    end: int


def words(texts: Sequence[str]) -> list[Word]:
    """The words of texts that belong together; comments, docstrings and layout have none."""
    found: list[Word] = []
    left = MAX_CHARACTERS
    for number, text in enumerate(texts):
        found.extend(_words(text[:left], number))
        left -= min(left, len(text))
    return found


def _words(text: str, number: int) -> Iterator[Word]:
    before = last = ""
    begins_line = True
    for match in _TOKEN.finditer(text):
        kind, value = match.lastgroup, match[0]
        if kind == "layout":
            begins_line |= "\n" in value
            continue
        is_documentation = begins_line and kind == "string" and value.endswith(_TRIPLE)
        begins_line = False
        if is_documentation:
            continue
        if kind == "name":
            is_attribute = last == "." and before != "self"
            word = value if value in (_NUMPY if is_attribute else _PYTHON) else "name"
        else:
            word = value if kind == "sign" else str(kind)
        yield Word(word, number, *match.span())
        before, last = last, word
