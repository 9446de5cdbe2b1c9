"""An explanation in the form that is asked for."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from grader.reading.explanation import Explanation


def render_explanation(explanation: "Explanation", format: Literal["text", "json"]) -> str:
    """The document."""
    if format == "json":
        return explanation.model_dump_json(indent=2) + "\n"
    from grader.render.explanation_text import explanation_text

    return explanation_text(explanation)
