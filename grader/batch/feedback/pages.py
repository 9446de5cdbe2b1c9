"""The statement in a student's page, notebook and results: the report alone cannot know what the policy makes of it."""

import json
from collections.abc import Mapping
from typing import Any

from grader.batch.feedback.statement import Statement
from grader.batch.pages import environment
from grader.render import gradescope, html
from grader.render.cleaning import printable
from grader.render.notebook import FEEDBACK_TAG, with_answers

_STATEMENT_CELL = "feedback-statement"


def page_with(page: str, statement: Statement) -> str:
    """A page of a report, which says whose it is and what counts; one that said something else before says this."""
    told = environment().get_template("statement.html.j2").render(statement=statement)
    return html.with_answers(html.with_statement(page, told), statement.answers)


def notebook_with(notebook: str, statement: Statement) -> str:
    """An annotated notebook with the statement as its first cell; `spliced` makes the same part by part."""
    document = json.loads(notebook)
    with_answers(document, statement.answers)
    others = [cell for cell in document["cells"] if cell.get("id") != _STATEMENT_CELL]
    document["cells"] = [statement_cell(statement), *others]
    return _written(document)


def statement_cell(statement: Statement) -> dict[str, Any]:
    """The statement as a cell of a notebook."""
    from nbformat import v4  # with all that validates notebooks: not for whoever only asks for the module

    cell = v4.new_markdown_cell(_markdown(statement), metadata={"tags": [FEEDBACK_TAG], "editable": False})
    cell.id = _STATEMENT_CELL
    return dict(cell)


def statement_notebook(statement: Statement) -> str:
    """A notebook with nothing but the statement, in the place of one that could not be read."""
    from nbformat import v4

    return notebook_with(_written(v4.new_notebook()), statement)


def results_about(results: str, answers: Mapping[str, float]) -> str:
    """Gradescope's results with the points that a person has given for written answers."""
    document: dict[str, Any] = json.loads(results)
    document["tests"] = gradescope.with_answers(document.get("tests", []), answers)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def results_with(results: str, statement: Statement) -> str:
    """Gradescope's results with the score that counts; without one Gradescope is told none."""
    document: dict[str, Any] = json.loads(results_about(results, statement.answers))
    document["output"] = f"{_markdown(statement)}\n\n{document.get('output', '')}".rstrip()
    document.pop("score", None)
    if statement.score is None:  # Gradescope would add up the points of the tests
        document["tests"] = [{k: v for k, v in test.items() if k != "score"} for test in document.get("tests", [])]
    else:
        document["score"] = round(statement.score, 4)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _written(notebook: Mapping[str, Any]) -> str:
    """As nbformat writes, but for the sources of new cells, which are one string instead of lines."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _markdown(statement: Statement) -> str:
    """Lines in which no name and no comment is markup."""
    first, *others = statement.lines()
    lines = [f"**{_escaped(first)}**", "", *(f"- {_escaped(line.strip())}" for line in others)]
    return "\n".join(lines).rstrip()


def _escaped(text: str) -> str:
    plain = " ".join(printable(text).split())
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+!|~$&" else sign for sign in plain)
