"""The student's own notebook with the report written into it, as `.ipynb`.

A summary stands at the top, the feedback about a function under the cell that defines it, the training run at the
end. The cells of the student stay as they are, but for outputs that could run something when the notebook is opened:
of these only the plain text and pictures stay.
"""

import base64
import binascii
import copy
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grader.render.cleaning import clipped, harmless
from grader.render.errors import UnsuitableSubmissionError
from grader.render.markdown import MarkdownReport, read_by_a_person
from grader.report import FunctionReport, Report, WrittenAnswer

if TYPE_CHECKING:  # what validates notebooks is not for whoever only asks for the module
    from nbformat import NotebookNode

    from grader.render import Audience
    from grader.submissions import Submission

FEEDBACK_TAG = "grader-feedback"
ANSWERS = "grader_answers"

_PICTURES = frozenset(["image/png", "image/jpeg"])
_MAX_PICTURE = 5_000_000
_MAX_TEXT = 20_000
_MAX_OUTPUTS = 200


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The annotated notebook as the text of an `.ipynb` file (nbformat 4.5)."""
    import nbformat

    return str(nbformat.writes(annotated(report, submission, audience), version=4)) + "\n"


def annotated(report: Report, submission: "Submission | None", audience: "Audience") -> "NotebookNode":
    """A copy of the submission's notebook with feedback cells.

    Raises UnsuitableSubmissionError if the submission holds no notebook.
    """
    original = submission.notebook if submission is not None else None
    if original is None:
        kind = report.submission.kind or "file"
        raise UnsuitableSubmissionError(
            f"{report.submission.name} is a {kind}: only a notebook can be annotated; choose html or markdown instead"
        )
    report = harmless(report)
    document = MarkdownReport(report, submission, audience)
    placed = _by_cell(report)
    top = feedback(_summary(document, placed.pop(None)))
    end = [_read(report.written)] if report.written else []
    if closing := "\n\n".join(part for part in (*document.training(), document.circumstances()) if part):
        end.append(feedback(closing))
    return with_feedback(
        original, top, lambda number: [feedback(_section(document, one)) for one in placed.get(number, ())], end
    )


def with_feedback(
    original: "NotebookNode",
    top: "NotebookNode",
    below: "Callable[[int], Sequence[NotebookNode]]",
    end: "Sequence[NotebookNode]" = (),
) -> "NotebookNode":
    """A copy with cells put at its top, below its cells of code, which count from 1, and at its end; none of before."""
    import nbformat

    notebook = copy.deepcopy(original)
    result, number = [top], 0
    for cell in notebook.cells:
        if FEEDBACK_TAG in cell.metadata.get("tags", []):
            continue
        result.append(cell)
        if cell.cell_type == "code":
            number += 1
            cell.outputs = [_still(output) for output in cell.outputs[:_MAX_OUTPUTS]]
            result += below(number)
    notebook.cells = [*result, *end]
    notebook.metadata.pop("widgets", None)
    _number_feedback(notebook)
    nbformat.validate(notebook)
    return notebook


def with_answers(notebook: dict[str, Any], given: Mapping[str, float]) -> None:
    """Make an annotated notebook, as JSON, tell the points that a person has given, by question; other answers wait."""
    for position, cell in enumerate(notebook["cells"]):
        if FEEDBACK_TAG in cell["metadata"].get("tags", []) and (written := cell["metadata"].get(ANSWERS)):
            answers = [WrittenAnswer.model_validate(answer) for answer in written]
            told = _read([answer.model_copy(update={"score": given.get(answer.question)}) for answer in answers])
            told.id = cell["id"]
            notebook["cells"][position] = told


def _read(written: Sequence[WrittenAnswer]) -> "NotebookNode":
    """The cell about the answers that a person reads; in its metadata is what a later hand needs."""
    cell = feedback(read_by_a_person(written))
    kept = {"question", "max_score", "location", "answer"}
    cell.metadata[ANSWERS] = [
        answer.model_copy(update={"answer": answer.answer[:1]}).model_dump(mode="json", include=kept)
        for answer in written
    ]
    return cell


def _by_cell(report: Report) -> dict[int | None, list[FunctionReport]]:
    """The functions under the number of the code cell that defines them; under None those that stand nowhere."""
    placed: dict[int | None, list[FunctionReport]] = {None: []}
    for function in report.functions:
        cell = function.location.cell if function.location else None
        placed.setdefault(cell, []).append(function)
    return placed


def _summary(document: MarkdownReport, elsewhere: list[FunctionReport]) -> str:
    sections = [_section(document, function) for function in elsewhere]
    return "\n\n".join(part for part in (document.heading(), document.table(), *sections) if part)


def _section(document: MarkdownReport, function: FunctionReport) -> str:
    return f"#### {document.function_title(function)}\n\n{document.function(function)}".rstrip()


def feedback(source: str) -> "NotebookNode":
    from nbformat import v4

    metadata = {"tags": [FEEDBACK_TAG], "editable": False}
    return v4.new_markdown_cell(source, metadata=metadata)


def _number_feedback(notebook: "NotebookNode") -> None:
    """Ids that are the same for every rendering, and no student cell's."""
    taken = {cell.get("id") for cell in notebook.cells if FEEDBACK_TAG not in cell.metadata.get("tags", [])}
    free = (name for n in range(len(notebook.cells) * 2) if (name := f"feedback-{n}") not in taken)
    for cell in notebook.cells:
        if FEEDBACK_TAG in cell.metadata.get("tags", []):
            cell.id = next(free)


def _still(output: "NotebookNode") -> "NotebookNode":
    """An output reduced to what cannot run: text, PNG and JPEG."""
    from nbformat import v4

    if output.output_type == "stream":
        return v4.new_output("stream", name=output.name, text=clipped(output.text, _MAX_TEXT))
    if output.output_type == "error":
        lines = [clipped(line, _MAX_TEXT) for line in output.traceback[:100]]
        return v4.new_output("error", ename=output.ename, evalue=clipped(output.evalue, _MAX_TEXT), traceback=lines)
    data = {kind: _text(value) for kind, value in output.data.items() if kind == "text/plain" or kind in _PICTURES}
    still = {kind: value for kind, value in data.items() if kind not in _PICTURES or _is_base64(value)}
    if "text/plain" in still:
        still["text/plain"] = clipped(still["text/plain"], _MAX_TEXT)
    if not still:
        still["text/plain"] = f"[output of kind {', '.join(sorted(output.data))[:100] or 'unknown'} left out]"
    kept = v4.new_output(output.output_type, data=still)
    if output.output_type == "execute_result":
        kept.execution_count = output.execution_count
    return kept


def _text(value: object) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_base64(text: str) -> bool:
    if len(text) > _MAX_PICTURE:
        return False
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
