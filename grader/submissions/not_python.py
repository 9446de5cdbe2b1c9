"""Files under the name of a module that are none: documents, pictures, archives, prose.

To grade one would tell a student that nothing is implemented, and count as the last attempt. A Python file with an
error is not among them, however much of it is lost to the error: where a line looks like Python, it was meant to be.
"""

import ast
import codecs
import re
from collections.abc import Sequence

from grader.submissions.errors import SubmissionRejected
from grader.submissions.submission import SourceUnit
from grader.submissions.syntax import is_text, parse

_EXPECTED = "expected Python source text saved as UTF-8"
_HINT = "Hand in the .py file or the notebook itself, not what was made from it."
_BEGINNINGS = (
    (b"%pdf-", "a PDF document"),
    (b"%pdf ", "a PDF document"),
    (b"%!ps", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"\x89png", "a picture"),
    (b"gif87a", "a picture"),
    (b"gif89a", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"pk\x03\x04", "a zip archive or an office document"),
    (b"rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\x7felf", "a compiled program"),
)
_SAMPLE = 1_000  # bytes in which a document begins, below empty lines

_LOOKS_LIKE_PYTHON = re.compile(
    r"""^[ \t]*(?:
        (?:def|class|import|print|return|raise|assert|del|global|lambda|yield)\b
        | from[ \t]+[\w.]+[ \t]+import\b
        | (?:if|elif|else|for|while|with|try|except|finally)\b[^\n]*:[ \t]*(?:\#[^\n]*)?$
        | (?:if|elif|for[ \t]+\w+[ \t]+in|while|with)[ \t]+\w+[.(\[]
        | for[ \t]+\w+[ \t]+in[ \t]+range\b
        | @\w
        | \w[\w.]*(?:\[[^\]\n]*\])*(?:[ \t]*,[ \t]*\w[\w.]*)*[ \t]*(?:[-+*/@%]|//|\*\*)?=(?!=)[ \t]*\S
        | \w[\w.]*\(
    )""",
    re.MULTILINE | re.VERBOSE,
)


def demand_no_document(data: bytes, name: str) -> None:
    """Raises SubmissionRejected: the bytes begin like those of another kind of file."""
    beginning = data[:_SAMPLE].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for mark, kind in _BEGINNINGS:
        if beginning.startswith(mark):
            raise SubmissionRejected(f"{name} is {kind} under the name of a module; {_EXPECTED}. {_HINT}")


def demand_python(unit: SourceUnit) -> None:
    """Raises SubmissionRejected: no line looks like Python, and nothing of the text does anything if it is."""
    if _LOOKS_LIKE_PYTHON.search(unit.original):
        return
    tree = parse(unit.source)
    if tree is None or _does_something(tree.body):
        return
    if unit.faults:
        why = f"holds no Python, not one statement of it ({unit.faults[0].message}, line {unit.faults[0].line})"
    elif any(_is_word(statement) for statement in tree.body):  # else it is empty, or holds comments
        why = "holds nothing but single words"
    else:
        return
    raise SubmissionRejected(f"{unit.file} {why}; {_EXPECTED}. {_HINT}")


def _does_something(statements: Sequence[ast.stmt]) -> bool:
    """Whether there is more than single words, which prose has as well."""
    return not all(
        isinstance(statement, ast.Pass) or _is_word(statement) or is_text(statement) for statement in statements
    )


def _is_word(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name)
