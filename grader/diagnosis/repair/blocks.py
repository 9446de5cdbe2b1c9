"""What is said of a statement that stands in the wrong loop or branch: which one, and how often it is to be run."""

import ast
from collections.abc import Sequence

from grader.diagnosis.repair.written import Edit

_BLOCKS = (ast.For, ast.While, ast.If)
_OUT = {
    "out-of-the-block": "It is to be done when the loop has been run, not in each of its passes.",
    "before-the-block": "It is to be done before the loop, not in each of its passes.",
    "into-the-block": "It is to be done in each pass of this loop.",
}
_BRANCH = {
    "out-of-the-block": "It is to be done whether or not the condition holds.",
    "before-the-block": "It is to be done whether or not the condition holds.",
    "into-the-block": "It is to be done only where the condition holds.",
}


def block_of(edit: Edit) -> str:
    """The first line of the loop or branch that a statement is moved out of or into: `for i in range(n)`."""
    block = _block(edit.span, edit.statement)
    if block is None:
        return "the loop or branch"
    if isinstance(block, ast.For):
        return f"for {edit.written.source(block.target)} in {edit.written.source(block.iter)}"
    return f"{'if' if isinstance(block, ast.If) else 'while'} {edit.written.source(block.test)}"


def how_often(edit: Edit) -> str:
    """How often a statement that is moved is to be run."""
    kind, block = edit.kind.partition(":")[0], _block(edit.span, edit.statement)
    return (_BRANCH if isinstance(block, ast.If) else _OUT).get(kind, "")


def _block(span: Sequence[ast.AST], moved: ast.stmt) -> ast.For | ast.While | ast.If | None:
    return next((node for node in span if isinstance(node, _BLOCKS) and node is not moved), None)
