"""What is said of a statement that stands in the wrong loop or branch: which one, and how often it is to be run."""

import ast

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

_BLOCKS = (ast.For, ast.While, ast.If)
_OUT = {
    "out-of-the-block": "It is to be done when the loop has been run, not in each of its passes.",
    "before-the-block": "It is to be done before the loop, not in each of its passes.",
    "into-the-block": "It is to be done in each pass of this loop.",
}
_OF_PASSES = "Each pass of the loop throws away what the one before it found."
_BRANCH = {
    "out-of-the-block": "It is to be done whether or not the condition holds.",
    "before-the-block": "It is to be done whether or not the condition holds.",
    "into-the-block": "It is to be done only where the condition holds.",
}


def block_of(edit: Edit) -> str:
    """The first line of the loop or branch that a statement is moved out of or into: `for i in range(n)`."""
    block = _block(edit)
    if block is None:
        return "the loop or branch"
    if isinstance(block, ast.For):
        return f"for {edit.written.source(block.target)} in {edit.written.source(block.iter)}"
    return f"{'if' if isinstance(block, ast.If) else 'while'} {edit.written.source(block.test)}"


def how_often(edit: Edit) -> str:
    """How often a statement that is moved is to be run."""
    kind, block = edit.kind.partition(":")[0], _block(edit)
    return (_BRANCH if isinstance(block, ast.If) else _OUT).get(kind, "")


def what_is_lost(edit: Edit) -> str:
    """What a line of a loop overwrites: what another pass has put there, if it puts everything into one place."""
    loops = next((place.loops for place in edit.written.places if place.statement is edit.statement), ())
    names = [node for loop in loops[-1:] for node in walk(loop) if isinstance(node, ast.Name)]
    changing = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    entries = [one for target in targets_of(edit.statement) for one in walk(target) if isinstance(one, ast.Subscript)]
    keys = {node.id for one in entries for node in walk(one.slice) if isinstance(node, ast.Name)}
    return "What stood there before is lost." if not loops or changing & keys else _OF_PASSES


def _block(edit: Edit) -> ast.For | ast.While | ast.If | None:
    if edit.leaves_its_block:
        blocks = (place.statement for place in edit.written.places)
        return next((b for b in blocks if isinstance(b, _BLOCKS) and b.body[-1] is edit.statement), None)
    return next((node for node in edit.span if isinstance(node, _BLOCKS) and node is not edit.statement), None)
