"""Answers in a notebook that a person reads: found by the name that the cell's metadata give the question."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.submissions.submission import Submission

MAX_CHARACTERS = 4_000
MAX_ANSWERS = 200


@dataclass(frozen=True)
class AnswerCell:
    """A cell that answers a question: its text, cut where it is long, and its number if it is a code cell."""

    text: str
    cell: int | None


def answer_cells(submission: Submission) -> Mapping[str, AnswerCell]:
    """Question -> the cell that answers it; nothing for what is no notebook."""
    if submission.document is None:
        return {}
    found: dict[str, AnswerCell] = {}
    code = 0
    for cell in json.loads(submission.document.text).get("cells", ()):
        if not isinstance(cell, dict):
            continue
        code += cell.get("cell_type") == "code"
        for name in _names(cell.get("metadata")):
            if len(found) < MAX_ANSWERS:
                source = cell.get("source", "")
                text = "".join(map(str, source)) if isinstance(source, list) else str(source)
                found[name] = AnswerCell(_cut(text), code if cell.get("cell_type") == "code" else None)
    return found


def _names(metadata: Any) -> Iterator[str]:
    """What nbgrader and the grader's own starter call the question."""
    if isinstance(metadata, dict):
        for group, key in (("nbgrader", "grade_id"), ("grader", "question")):
            settings = metadata.get(group)
            name = settings.get(key) if isinstance(settings, dict) else None
            if isinstance(name, str) and len(name) <= 200:
                yield name


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS]}\n… (cut)"
