"""Questions that a person reads: written answers, plots, derivations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WrittenQuestion:
    """One such question.

    Attributes:
        name: its name in the notebook, in reports and in gradebooks.
        prompt: what is asked, Markdown.
        rubric: for the person who reads the answer; students never see it.
        stub: what stands in the students' notebook before anything is written.
        is_code: the answer is a code cell (a plot), no text.
    """

    name: str
    points: float
    prompt: str = ""
    rubric: str = ""
    stub: str = ""
    is_code: bool = False
