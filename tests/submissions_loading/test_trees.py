"""Ways through a tree are those of the standard library, but for `ctx`: whether a name is read or set."""

import ast
from collections.abc import Iterable
from pathlib import Path

from grader.submissions.trees import children, copied, walk

TREES = [ast.parse(Path(file).read_text("utf-8")) for file in (__file__, ast.__file__)]


def test_they_meet_the_same_nodes_in_the_same_order() -> None:
    def without_contexts(nodes: Iterable[ast.AST]) -> list[ast.AST]:
        return [node for node in nodes if not isinstance(node, ast.expr_context)]

    for tree in TREES:
        assert list(walk(tree)) == without_contexts(ast.walk(tree))
        assert all(children(node) == without_contexts(ast.iter_child_nodes(node)) for node in ast.walk(tree))


def test_a_copy_is_equal_and_shares_no_node() -> None:
    for tree in TREES:
        made = copied(tree)
        assert ast.dump(made, include_attributes=True) == ast.dump(tree, include_attributes=True)
        assert {*map(id, walk(made))}.isdisjoint(map(id, walk(tree)))
