"""An explanation in the form that is asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import nbformat

from grader.reading.told.explanation import Explanation, Fault
from grader.render.errors import UnsuitableSubmissionError
from grader.render.explanation_faults import found_again, told_once
from grader.render.explanation_text import explanation_text, with_subscripts
from grader.render.notebook import feedback, with_feedback
from grader.render.words import code_span, escape_markdown
from grader.submissions import Submission

if TYPE_CHECKING:
    from grader.reading.told.explanation import Explanation
    from grader.submissions import Submission

ExplanationFormat = Literal["text", "json", "html", "notebook"]


def render_explanation(
    explanation: "Explanation", format: ExplanationFormat, *, submission: "Submission | None" = None
) -> str:
    """The document.

    Args:
        submission: what was explained; `notebook` is made of it.

    Raises:
        RenderError: a notebook is asked for, and there is none.
    """
    if format == "json":
        return explanation.model_dump_json(indent=2) + "\n"
    if format == "html":
        from grader.render.explanation_html import explanation_html

        return explanation_html(explanation)
    if format == "notebook":
        return explanation_notebook(explanation, submission)
    from grader.render.explanation_text import explanation_text

    return explanation_text(explanation)


def explanation_notebook(explanation: Explanation, submission: Submission | None) -> str:
    """The annotated notebook as the text of an `.ipynb` file.  Raises UnsuitableSubmissionError if there is none."""
    original = submission.notebook if submission is not None else None
    if original is None:
        raise UnsuitableSubmissionError(
            f"{explanation.name} is no notebook: only a notebook can be annotated; choose html or text instead"
        )
    top = feedback("```text\n" + explanation_text(explanation).replace("```", "'''") + "```")

    def below(number: int) -> list[nbformat.NotebookNode]:
        own = [fault for fault in explanation.faults if fault.location and fault.location.cell == number]
        return [feedback(_fault(group)) for group in told_once(own)]

    return str(nbformat.writes(with_feedback(original, top, below), version=4)) + "\n"


def _fault(group: Sequence[Fault]) -> str:
    fault = group[0]
    place = f"Line {fault.location.line}: {code_span(fault.text)}" if fault.location and fault.text else ""
    sentences = [escape_markdown(with_subscripts(text)) for text in (fault.explanation, fault.effect) if text]
    again = [
        escape_markdown(with_subscripts(sentence)) + (f" {code_span(text)}" if text else "")
        for sentence, text in found_again(group)
    ]
    return "\n\n".join(
        [f"#### {escape_markdown(with_subscripts(fault.title))}", *filter(None, [place]), *sentences, *again]
    )
