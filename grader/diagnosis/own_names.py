"""Of what is written about a mistake, what speaks of the names that a submission has.

The sentences on a known mistake were written for everybody, with the names that a course's files mostly have. In a file
that has others, what they say of a line would be about a line that is not there.
"""

import builtins
import keyword
import re
from collections.abc import Iterable, Sequence

import numpy as np

SPAN = re.compile(r"`([^`\n]+)`")
NAME = re.compile(r"(?<![\w.'\"])[A-Za-z_]\w*")
TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z`$])")
SHORT = 2  # letters of a name that stands for any array: `x`, `dW`
OF_LIBRARIES = {"scipy", "ddof"}
SAID_OF_LINES = {"range", "zip", "enumerate"}  # builtins of which a hint says where they stand


class OwnNames:
    """The names of one submission, and of its task."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` are the submission's sources and what the contract says."""
        self._words = frozenset(word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text))

    def told(self, text: str) -> str:
        """A text without the sentences that speak of other names; as it is, where nothing would be left."""
        paragraphs = ([one for one in SENTENCE.split(part) if self.has_all(one)] for part in text.split("\n\n"))
        left = "\n\n".join(filter(None, map(" ".join, paragraphs)))
        return left or text

    def hints(self, hints: Sequence[str]) -> tuple[str, ...]:
        """The hints that speak of no other names; all, where none would be left."""
        return tuple(hint for hint in hints if self.has_all(hint)) or tuple(hints)

    def has_all(self, sentence: str) -> bool:
        """Whether every name in the code of a sentence is the submission's, the task's, numpy's or Python's."""
        return all(map(self._is_known, (name for span in SPAN.findall(sentence) for name in _names(span))))

    def _is_known(self, name: str) -> bool:
        if len(name) <= SHORT or name in self._words:
            return True
        is_builtin = hasattr(builtins, name) and name not in SAID_OF_LINES
        return is_builtin or name in OF_LIBRARIES or any(hasattr(module, name) for module in (np, np.random))


def _names(span: str) -> list[str]:
    """The names in a piece of code, without keywords such as `axis=` and `if`, and without texts."""
    found = NAME.findall(TEXT.sub("", span))
    return [name for name in found if not re.search(rf"\b{name}=(?!=)", span) and not keyword.iskeyword(name)]
