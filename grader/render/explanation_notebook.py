"""The person's own notebook with the explanation written under the cells that it is about."""

import copy

import nbformat
from nbformat import v4

from grader.reading.explanation import Explanation, Fault
from grader.render.errors import UnsuitableSubmissionError
from grader.render.explanation_text import explanation_text, with_subscripts
from grader.render.notebook import FEEDBACK_TAG, number_feedback, still
from grader.render.words import code_span, escape_markdown
from grader.submissions import Submission

_MAX_OUTPUTS = 200


def explanation_notebook(explanation: Explanation, submission: Submission | None) -> str:
    """The annotated notebook as the text of an `.ipynb` file.  Raises UnsuitableSubmissionError if there is none."""
    original = submission.notebook if submission is not None else None
    if original is None:
        raise UnsuitableSubmissionError(
            f"{explanation.name} is no notebook: only a notebook can be annotated; choose html or text instead"
        )
    notebook = copy.deepcopy(original)
    cells = [cell for cell in notebook.cells if FEEDBACK_TAG not in cell.metadata.get("tags", [])]
    result = [_cell("```text\n" + explanation_text(explanation).replace("```", "'''") + "```")]
    number = 0
    for cell in cells:
        result.append(cell)
        if cell.cell_type == "code":
            number += 1
            cell.outputs = [still(output) for output in cell.outputs[:_MAX_OUTPUTS]]
            result += [
                _cell(_fault(fault)) for fault in explanation.faults if fault.location and fault.location.cell == number
            ]
    notebook.cells = result
    notebook.metadata.pop("widgets", None)
    number_feedback(notebook)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook, version=4)) + "\n"


def _cell(source: str) -> nbformat.NotebookNode:
    return v4.new_markdown_cell(source, metadata={"tags": [FEEDBACK_TAG], "editable": False})


def _fault(fault: Fault) -> str:
    place = f"Line {fault.location.line}: {code_span(fault.text)}" if fault.location and fault.text else ""
    sentences = [escape_markdown(with_subscripts(text)) for text in (fault.explanation, fault.effect) if text]
    return "\n\n".join([f"#### {escape_markdown(with_subscripts(fault.title))}", *filter(None, [place]), *sentences])
