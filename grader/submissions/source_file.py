"""One file of Python, notebook or module, to source units.

Documents, pictures, archives and prose under the name of a module are refused: to grade one would tell a student that
nothing is implemented, and count as the last attempt. A Python file with an error is not among them, however much of it
is lost to the error: where a line looks like Python, it was meant to be.
"""

import ast
import codecs
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from grader.submissions.blanks import Blanks
from grader.submissions.errors import SubmissionRejected, printable
from grader.submissions.limits import MAX_CODE_BYTES, megabytes
from grader.submissions.magics import PlainPython, WrittenFile, plain_python
from grader.submissions.mended import mended
from grader.submissions.notebook import NotebookDocument, is_notebook_json, read_notebook
from grader.submissions.python2 import Conversion, Converted
from grader.submissions.recovery import recovered
from grader.submissions.submission import SourceUnit
from grader.submissions.syntax import Import, is_text, parse, top_level
from grader.submissions.text import decode_source, without_lone_surrogates
from grader.submissions.unwritten import blank_results, unwritten


@dataclass(frozen=True)
class SourceFile:
    """A file that was read: its units, the modules that its `%%writefile` cells make, and what there is to remark."""

    file: str
    units: tuple[SourceUnit, ...]
    written: Mapping[str, SourceUnit] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    document: NotebookDocument | None = field(default=None, repr=False)
    modified: float = 0.0

    @cached_property
    def definitions(self) -> frozenset[str]:
        """Names that the file defines at top level."""
        return frozenset(name for unit in self.units for name in top_level(unit.source).definitions)

    @cached_property
    def implemented(self) -> frozenset[str]:
        """Names, `Class.method` too, that the file defines by more than a stub or a course's placeholders."""
        defined = {name for unit in self.units for name in top_level(unit.source).definitions}
        last: dict[str, bool] = {}
        for unit in self.units:
            last |= unwritten(unit.source, None, defined)
        return frozenset(name for name in defined if not last.get(name, False))

    @cached_property
    def begun(self) -> frozenset[str]:
        """Those of the implemented that do more than to set up a result."""
        return frozenset(name for name in self.implemented if name not in self._blanks or not self._blanks[name].is_all)

    def blank_parts(self, names: Collection[str]) -> int:
        """How many parts of the results of these functions are set up and left so."""
        return sum(found.count for name, found in self._blanks.items() if name in names)

    @cached_property
    def _blanks(self) -> Mapping[str, Blanks]:
        found: dict[str, Blanks] = {}
        for unit in self.units:
            found |= blank_results(unit.source)
        return found

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """What the file imports at top level."""
        return tuple(found for unit in self.units for found in top_level(unit.source).imports)

    @property
    def is_notebook(self) -> bool:
        return self.document is not None

    @property
    def code_size(self) -> int:
        return sum(len(unit.source) for unit in self.units)


def read_source_file(file: str, data: bytes, modified: float = 0.0, convert: Conversion | None = None) -> SourceFile:
    """Read a notebook or a module; a notebook is recognised by its content, too.

    The files of one submission share a conversion from Python 2.

    Raises:
        SubmissionRejected: the file is empty, too large, no text, no Python or no notebook.
    """
    if not data.strip():
        raise SubmissionRejected(f"{file} is empty; expected Python code. Was it saved before it was submitted?")
    if PurePosixPath(file).suffix.lower() == ".ipynb" or is_notebook_json(data):
        return _read_notebook_file(file, data, modified, convert or Conversion())
    return _read_module(file, data, modified, convert or Conversion())


def module_unit(file: str, text: str, convert: Conversion | None = None) -> tuple[SourceUnit, tuple[str, ...]]:
    """A module's text as a unit, and the remarks on it."""
    original = without_lone_surrogates(text)
    plain, unit = _read(convert or Conversion(), file, original, file)
    return unit, tuple(f"{file}, {remark}" for remark in _not_run(plain))


def _read_module(file: str, data: bytes, modified: float, convert: Conversion) -> SourceFile:
    if len(data) > MAX_CODE_BYTES:
        raise SubmissionRejected(
            f"{file} has {megabytes(len(data))}; a source file may have {megabytes(MAX_CODE_BYTES)}. "
            "Load data from files instead of pasting it into the code."
        )
    demand_no_document(data, file)
    text, remark = decode_source(data, file)
    unit, remarks = module_unit(file, text, convert)
    demand_python(unit)
    return SourceFile(file, (unit,), remarks=(*([remark] if remark else []), *remarks), modified=modified)


def _read_notebook_file(file: str, data: bytes, modified: float, convert: Conversion) -> SourceFile:
    document, remark = read_notebook(data, file)
    remarks = [remark] if remark else []
    units: list[SourceUnit] = []
    written: dict[str, SourceUnit] = {}
    for number, code in enumerate(document.code, start=1):
        original = without_lone_surrogates(code.replace("\r\n", "\n").replace("\r", "\n"))
        if not original.strip():
            continue
        plain, unit = _read(convert, f"{file}:cell {number}", original, file, number)
        units.append(unit)
        remarks += [f"cell {number}, {remark}" for remark in _not_run(plain)]
        if plain.written is not None:
            written[_dotted_name(plain.written)] = _unit(
                convert, unit.filename, plain.written.text, original, file, number
            )
    return SourceFile(file, tuple(units), written, tuple(remarks), document, modified)


def _read(
    convert: Conversion, filename: str, original: str, file: str, cell: int | None = None
) -> tuple[PlainPython, SourceUnit]:
    """A text without IPython's syntax, as a unit; what looks like that syntax may be Python 2 (`% x` on a new line)."""
    plain = plain_python(original)
    if plain.not_run and (converted := convert(original)) is not None:
        return PlainPython(original), _converted_unit(converted, filename, original, original, file, cell)
    return plain, _unit(convert, filename, plain.source, original, file, cell)


def _unit(
    convert: Conversion, filename: str, source: str, original: str, file: str, cell: int | None = None
) -> SourceUnit:
    """The unit of a text, as Python 3."""
    converted = convert(source)
    if converted is not None:
        return _converted_unit(converted, filename, source, original, file, cell)
    part = recovered(source, convert) if parse(source) is None else None
    if part is None:
        return SourceUnit(filename, source, original, file, cell)
    unconverted = source if part.rejected else None
    whole = mended(source, convert)
    return SourceUnit(filename, part.source, original, file, cell, unconverted, part.rejected, part.faults, whole)


def _converted_unit(
    converted: Converted, filename: str, source: str, original: str, file: str, cell: int | None
) -> SourceUnit:
    return SourceUnit(filename, converted.source, original, file, cell, source, converted.rejected)


def _not_run(plain: PlainPython) -> list[str]:
    return [f"line {command.line}: `{printable(command.text, 60)}` was not run" for command in plain.not_run]


def _dotted_name(written: WrittenFile) -> str:
    """The module that a written file is: "cs231n/layers.py" -> "cs231n.layers"."""
    path = PurePosixPath(written.path.replace("\\", "/")).with_suffix("")
    return ".".join(part for part in path.parts if part not in (".", "..", "/"))


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
