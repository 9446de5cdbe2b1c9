"""An explanation in the form that is asked for."""

from typing import TYPE_CHECKING, Literal

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
        from grader.render.explanation_notebook import explanation_notebook

        return explanation_notebook(explanation, submission)
    from grader.render.explanation_text import explanation_text

    return explanation_text(explanation)
