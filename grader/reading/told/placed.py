"""A place in the person's text, what is written there, and a fault put together of its words and its place."""

import ast
from contextlib import suppress

from grader.reading.judging.finding import Finding
from grader.reading.recorded.recording import Place
from grader.reading.told.explanation import Fault
from grader.reading.told.words_of_faults import Words
from grader.report import Location
from grader.submissions import Submission

MAX_TEXT = 200
MAX_NAME = 40
Placed = tuple[Location | None, str]


def placed(submission: Submission, filename: str, line: int) -> Placed:
    return submission.locate(filename, line), submission.line_text(filename, line).strip()[:MAX_TEXT]


def operand_as_written(submission: Submission, place: Place, position: int) -> str:
    """A name, part or attribute that an operation takes, in the person's words: `p.W_f.v`; empty if it is neither."""
    lines = [submission.line_text(place.filename, line) for line in range(place.line, place.end_line + 1)]
    lines[-1] = lines[-1].encode()[: place.end_column].decode(errors="replace")
    lines[0] = lines[0].encode()[place.column :].decode(errors="replace")
    with suppress(SyntaxError, ValueError, IndexError):
        node: ast.expr = ast.parse("\n".join(lines).strip(), mode="eval").body
        if isinstance(node, ast.BinOp):
            node = (node.left, node.right)[position]
        elif isinstance(node, ast.Call):
            of_module = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in ("np", "numpy")
            taken = [node.func.value] if isinstance(node.func, ast.Attribute) and not of_module else []
            node = [*taken, *node.args][position]
        while isinstance(node, ast.Attribute) and node.attr == "T":
            node = node.value
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute | ast.Subscript):
            inner = inner.value
        if isinstance(inner, ast.Name) and len(written := ast.unparse(node)) <= MAX_NAME:
            return written
    return ""


def fault_of(finding: Finding, words: Words, place: Placed, title: str = "") -> Fault:
    return Fault(
        quantity=finding.quantity,
        code=finding.code,
        title=title or words.title,
        explanation=words.explanation,
        effect=words.effect,
        location=place[0],
        text=place[1],
    )
