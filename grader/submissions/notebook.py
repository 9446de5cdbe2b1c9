"""The notebook file: JSON in one of nbformat's versions, to the texts of its code cells.

Importing nbformat and validating with it costs 100 ms and more, so the code cells of version 4 (all that Jupyter has
written since 2015) are read from the JSON directly; there is nothing to them but `cell_type` and `source`. Version 3 is
upgraded by nbformat, and so is the notebook that feedback is written into.
"""

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.submissions.errors import SubmissionRejected, printable
from grader.submissions.limits import MAX_CELLS, MAX_CODE_BYTES, MAX_JSON_VALUES, MAX_NOTEBOOK_BYTES, megabytes
from grader.submissions.text import decode_source

if TYPE_CHECKING:
    from nbformat import NotebookNode

_CLEAR_OUTPUTS = "Clear its outputs (Kernel > Restart & Clear Output), save, and submit it again."


@dataclass(frozen=True)
class NotebookDocument:
    """A notebook file: its JSON text and the sources of its code cells, as written.

    `python` is the first digit of the version that ran it last, "" if it does not tell.
    """

    text: str
    code: tuple[str, ...]
    python: str = ""

    def upgraded(self) -> "NotebookNode":
        """The notebook in nbformat's current version, valid; with the same code cells in the same order.

        A notebook whose outputs or metadata nbformat refuses comes back with its cells alone.
        """
        import nbformat
        from nbformat import v4

        try:
            node = _converted(self.text)
            nbformat.validate(node)
            if tuple(cell.source for cell in node.cells if cell.cell_type == "code") == self.code:
                return node
        except Exception:  # nbformat fails in many ways on a document that is only nearly a notebook
            pass
        make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}
        document = json.loads(self.text)
        if _version(document) == 3:
            document = _converted(self.text)
        cells = [make[kind](source) for kind, source in _cells(document)]
        return _with_stable_ids(v4.new_notebook(cells=cells))


def read_notebook(data: bytes, name: str) -> tuple[NotebookDocument, str | None]:
    """The notebook in `data`, and a remark if its encoding was unusual.

    Raises:
        SubmissionRejected: it is too large, no JSON, no notebook, not in Python, or has no code.
    """
    if len(data) > MAX_NOTEBOOK_BYTES:
        raise SubmissionRejected(
            f"{name} has {megabytes(len(data))}; a notebook may have {megabytes(MAX_NOTEBOOK_BYTES)}. {_CLEAR_OUTPUTS}"
        )
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_JSON_VALUES:
        raise SubmissionRejected(
            f"{name} holds more than {MAX_JSON_VALUES:,} values, far more than code needs. {_CLEAR_OUTPUTS}"
        )
    text, remark = decode_source(data, name)
    document = _parsed_json(text, name)
    _require_python(document, name)
    code = tuple(_code_cells(document, text, name))
    if not any(source.strip() for source in code):
        found = f"its {len(code)} code cells are all empty" if code else "it has no code cell"
        raise SubmissionRejected(f"{name} is a notebook without code: {found}. Was it saved before it was submitted?")
    if sum(map(len, code)) > MAX_CODE_BYTES:
        raise SubmissionRejected(
            f"{name} holds {megabytes(sum(map(len, code)))} of code; at most {megabytes(MAX_CODE_BYTES)} is accepted. "
            "Load data from files instead of pasting it into cells."
        )
    return NotebookDocument(text, code, _python_of(document)), remark


def is_notebook_json(data: bytes) -> bool:
    """Whether a file looks like a notebook whatever its name says."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"nbformat"' in data


def _parsed_json(text: str, name: str) -> dict[str, Any]:
    expected = "expected a Jupyter notebook (JSON)"
    if not text.strip():
        raise SubmissionRejected(f"{name} is empty; {expected}. Save the notebook and submit it again.")
    if text.lstrip()[:1] == "<":
        hint = "Download the file itself (Raw, or File > Download) instead of a page that shows it."
        raise SubmissionRejected(f"{name} is a web page or XML; {expected}. {hint}")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        hint = "merge conflict markers" if "<<<<<<<" in text else "a file that was cut off or edited by hand"
        raise SubmissionRejected(
            f"{name} is not valid JSON (line {error.lineno}: {error.msg}); {expected}. Check it for {hint}."
        ) from None
    except (RecursionError, ValueError):
        raise SubmissionRejected(f"{name} is JSON nested too deeply or with too long a number; {expected}.") from None
    if not isinstance(document, dict) or not any(isinstance(document.get(k), list) for k in ("cells", "worksheets")):
        raise SubmissionRejected(f"{name} is JSON, but not a notebook (it has no list of cells); {expected}.")
    return document


def _require_python(document: dict[str, Any], name: str) -> None:
    metadata = document.get("metadata")
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        described = metadata.get(section) if isinstance(metadata, dict) else None
        language = described.get(key) if isinstance(described, dict) else None
        if isinstance(language, str) and language and "python" not in language.lower():
            raise SubmissionRejected(f"{name} is a notebook in {printable(language, 20)}; expected one in Python.")


def _python_of(document: dict[str, Any]) -> str:
    """The Python of the notebook's last kernel: "2", "3", or "" if that is not told."""
    metadata = document.get("metadata")
    for section, key in (("language_info", "version"), ("kernelspec", "name"), ("kernelspec", "display_name")):
        described = metadata.get(section) if isinstance(metadata, dict) else None
        version = described.get(key) if isinstance(described, dict) else None
        if isinstance(version, str) and (match := re.match(r"(?:python ?)?([23])(?:$|\D)", version, re.IGNORECASE)):
            return match[1]
    return ""


def _version(document: dict[str, Any]) -> Any:
    return document.get("nbformat", 4 if "cells" in document else 3)


def _code_cells(document: dict[str, Any], text: str, name: str) -> Iterator[str]:
    version = _version(document)
    if not isinstance(version, int) or not 3 <= version <= 4:
        raise SubmissionRejected(
            f"{name} says nbformat {printable(repr(version), 20)}; versions 3 and 4 are read. "
            "Open it in Jupyter, save it, and submit it again."
        )
    if version == 3:
        document = _upgraded_from_3(document, text, name)
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise SubmissionRejected(f"{name} says nbformat 4 but has no list of cells; expected a Jupyter notebook.")
    if len(cells) > MAX_CELLS:
        raise SubmissionRejected(f"{name} has {len(cells):,} cells; at most {MAX_CELLS:,} are read.")
    return (source for kind, source in _cells(document) if kind == "code")


def _upgraded_from_3(document: dict[str, Any], text: str, name: str) -> dict[str, Any]:
    worksheets = document.get("worksheets")
    worksheets = worksheets if isinstance(worksheets, list) else []
    sheets = [sheet.get("cells") for sheet in worksheets if isinstance(sheet, dict)]
    count = sum(len(cells) for cells in sheets if isinstance(cells, list))
    if count > MAX_CELLS:
        raise SubmissionRejected(f"{name} has {count:,} cells; at most {MAX_CELLS:,} are read.")
    try:
        upgraded: dict[str, Any] = _converted(text)
    except Exception:
        raise SubmissionRejected(
            f"{name} is a damaged notebook of nbformat 3. Open it in Jupyter, save it, and submit it again."
        ) from None
    return upgraded


def _cells(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and source of every cell of an nbformat 4 document; what is malformed counts as raw or as empty text."""
    for cell in document["cells"]:
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        source = cell.get("source") if isinstance(cell, dict) else None
        lines = source if isinstance(source, list) else [source]
        text = "".join(line for line in lines if isinstance(line, str))
        yield (kind if kind in ("code", "markdown") else "raw"), text


def _converted(text: str) -> "NotebookNode":
    """The notebook in the current version of nbformat; raises whatever nbformat raises."""
    from nbformat import converter, reader, validator

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbformat warns of what is put right here: cells without an id
        node = reader.reads(text)
        has_ids = node.nbformat == 4 and node.nbformat_minor >= 5
        node = converter.convert(node, 4)
        if not has_ids:
            return _with_stable_ids(node)
        return validator.normalize(node)[1]


def _with_stable_ids(node: "NotebookNode") -> "NotebookNode":
    """Number the cells; nbformat draws random ids, and one submission would give a new file every time."""
    for number, cell in enumerate(node.cells, start=1):
        cell["id"] = f"cell-{number}"
    return node
