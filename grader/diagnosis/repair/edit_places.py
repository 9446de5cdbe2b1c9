"""The statements and expressions of a function in which changes are tried: those that were run, and no others."""

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial

from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.operands import summed_up, terms_of_sums
from grader.diagnosis.repair.written import Edit, Written

MOVED_OUT = {"before-the-block", "out-of-the-block"}  # kinds of edits


class EditPlaces:
    """Where edits of one function are made. With `lines` only their statements are changed."""

    def __init__(self, written: Written, kinds: Kinds, lines: Collection[int] | None = None) -> None:
        self._written, self._kinds, self.lines = written, kinds, lines
        # Functions of whose result the size alone is asked for: that of another one's may be the same number.
        self._sized = {
            id(node.func)
            for _, parent, node in written.expressions
            if isinstance(node, ast.Call) and asks_for_size(parent)
        }
        self.terms_of_sums = partial(terms_of_sums, written, self.is_run)
        self.summed_up = partial(summed_up, written, self.is_run)

    def is_live(self, edit: Edit) -> bool:
        """Whether the statement was run at all, as far as that is known, or is moved out of where it was not."""
        return edit.kind in MOVED_OUT or any(self.is_run(part.statement) for part in edit.parts)

    def is_run(self, statement: ast.stmt) -> bool:
        """Whether a statement was run, or may have been, and is one of those that are changed."""
        executed, line = self._kinds.executed, self._written.line(statement)
        return (not executed or line in executed) and (self.lines is None or line in self.lines)

    def each(self, alternatives: Callable[[ast.stmt, ast.AST, ast.expr], Iterable[Alternative]]) -> Iterator[Edit]:
        """An edit for each of the `alternatives` of a statement, the node around an expression, and this."""
        for statement, parent, node in self._expressions:
            for text, kind in alternatives(statement, parent, node):
                if isinstance(parent, ast.Compare) and not self._may_hold(parent, node, text):
                    continue
                yield self._written.edit(statement, node, text, kind)

    @cached_property
    def _expressions(self) -> Sequence[tuple[ast.stmt, ast.AST, ast.expr]]:
        """The expressions that are changed; what fails in an assertion its values show, or it is too much."""
        return [
            (statement, parent, node)
            for statement, parent, node in self._written.expressions
            if not isinstance(statement, ast.Assert) and self.is_run(statement) and id(node) not in self._sized
        ]

    def _may_hold(self, comparison: ast.Compare, node: ast.expr, text: str) -> bool:
        """Whether a comparison with another operand is not settled by the types: one that never holds mends nothing."""
        others = [one for one in (comparison.left, *comparison.comparators) if one is not node]
        are_equated = all(isinstance(op, ast.Eq | ast.NotEq) for op in comparison.ops)
        return not are_equated or all(self._kinds.may_equal(text, one) for one in others)


def asks_for_size(node: ast.AST) -> bool:
    """Whether a node is `….shape` or `len(…)`."""
    match node:
        case ast.Attribute(attr="shape") | ast.Call(func=ast.Name(id="len")):
            return True
    return False
