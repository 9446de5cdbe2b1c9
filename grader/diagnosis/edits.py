"""Small edits of a function, each of one place: what a slip of the pen may have been before it was made.

The nearest ones come first: another operator, axis or constant; then factors that may be missing and other names;
then whole statements. A text with an edit is the student's own but for that place.
"""

import ast
import copy
import itertools
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.diagnosis.slips import name_called, other_assignments, other_expressions, other_keys

Definition = ast.FunctionDef | ast.AsyncFunctionDef

NAMES = 6  # other names that are tried in the place of one
FACTORS = 4


@dataclass(frozen=True)
class Edit:
    """The text of a function's definition with one place changed; `line` is where its statement begins."""

    line: int
    text: str


class Edits:
    """The edits of one function of a unit."""

    def __init__(self, source: str, definition: Definition) -> None:
        self._lines = source.encode().splitlines(keepends=True)
        self._definition = definition
        self._first = min([definition.lineno, *(decorator.lineno for decorator in definition.decorator_list)])

    def tiers(self) -> Iterator[list[Edit]]:
        """Edits by how far they are from the text, nearest first; each tier is made when it is asked for."""
        for tier in (self._slips, self._missing_factors, self._names, self._whole_statements):
            yield self._distinct(tier())

    def _distinct(self, edits: Iterable[Edit]) -> list[Edit]:
        texts: dict[str, Edit] = {}
        for edit in edits:
            texts.setdefault(edit.text, edit)
        return [*texts.values()]

    # --- the text ----------------------------------------------------------------------------------------

    def _edit(self, statement: ast.stmt, node: ast.expr | ast.stmt, replacement: str) -> Edit:
        """The definition with the source of a node replaced."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        before = [*self._lines[self._first - 1 : node.lineno - 1], self._lines[node.lineno - 1][: node.col_offset]]
        end = self._definition.end_lineno or node.end_lineno
        after = [self._lines[node.end_lineno - 1][node.end_col_offset :], *self._lines[node.end_lineno : end]]
        text = b"".join([*before, replacement.encode(), *after]).decode(errors="replace")
        return Edit(statement.lineno, textwrap.dedent(text))

    @cached_property
    def _statements(self) -> Sequence[ast.stmt]:
        """Every statement below the definition, outside functions inside it."""
        found: list[ast.stmt] = []
        waiting: list[ast.stmt] = list(self._definition.body)
        while waiting:
            statement = waiting.pop(0)
            if isinstance(statement, Definition | ast.ClassDef):
                continue
            found.append(statement)
            for field in ("body", "orelse", "finalbody"):
                waiting += getattr(statement, field, [])
        return found

    def _expressions(self) -> Iterator[tuple[ast.stmt, ast.expr]]:
        """Every expression with its statement; an f-string is one, since its parts have no places of their own."""
        for statement in self._statements:
            waiting = [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.expr)]
            while waiting:
                node = waiting.pop(0)
                yield statement, node
                if not isinstance(node, ast.JoinedStr | ast.Lambda):
                    waiting += _operands(node)

    # --- the nearest edits -------------------------------------------------------------------------------

    def _slips(self) -> Iterator[Edit]:
        for statement, node in self._expressions():
            for replacement in other_expressions(node):
                yield self._edit(statement, node, replacement)
        for statement in self._statements:
            for text in other_assignments(statement):
                yield self._edit(statement, statement, text)

    # --- factors and names -------------------------------------------------------------------------------

    def _missing_factors(self) -> Iterator[Edit]:
        for statement, node in self._terms():
            text = ast.unparse(node)
            for factor in ("2", *self._counts):
                yield self._edit(statement, node, f"(({text}) / {factor})")
                yield self._edit(statement, node, f"(({text}) * {factor})")
            yield self._edit(statement, node, f"(-({text}))")
        for statement, node in (*self._terms(), *self._factors()):
            text = ast.unparse(node)
            for other in ("np.log({})", "np.exp({})", "({}) ** 2", "1 - ({})"):
                yield self._edit(statement, node, f"({other.format(text)})")

    def _names(self) -> Iterator[Edit]:
        for statement, node in self._expressions():
            for replacement in self._other_names(node):
                yield self._edit(statement, node, replacement)

    def _terms(self) -> Iterator[tuple[ast.stmt, ast.expr]]:
        """What is assigned or returned, and the parts of sums."""
        for statement in self._statements:
            value = getattr(statement, "value", None)
            if isinstance(value, ast.expr) and not isinstance(value, ast.Tuple | ast.Dict | ast.List | ast.Constant):
                yield statement, value
        for statement, node in self._expressions():
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
                yield statement, node.left
                yield statement, node.right

    def _factors(self) -> Iterator[tuple[ast.stmt, ast.expr]]:
        for statement, node in self._expressions():
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.MatMult):
                yield statement, node.left
                yield statement, node.right

    @cached_property
    def _counts(self) -> Sequence[str]:
        """What results are divided by: names of sizes, and the lengths of parameters where there are none."""
        names = [
            name
            for statement in self._statements
            if isinstance(statement, ast.Assign) and _gives_sizes(statement.value)
            for name in _bound(statement.targets)
        ]
        parameters = [argument.arg for argument in self._definition.args.args if argument.arg != "self"]
        lengths = [] if names else [f"len({name})" for name in parameters]
        scalars = [name for name in parameters if name in ("m", "n", "lam", "lambd", "reg", "lambda_", "lmbda")]
        return [*dict.fromkeys([*names, *scalars, *lengths])][:FACTORS]

    def _other_names(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in self._own_names:
            near = sorted(self._own_names, key=lambda name: (-_alike(name, node.id), name))
            others = [*[name for name in near if name != node.id][:NAMES], *self._counts]
            yield from (name for name in dict.fromkeys(others) if name != node.id)
            if id(node) in self._indices:
                yield from (f"({node.id} - 1)", f"({node.id} + 1)")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in self._keys:
            near = sorted(self._keys, key=lambda key: (-_alike(key, str(node.value)), key))
            yield from [repr(key) for key in near if key != node.value][:NAMES]
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield from self._counts
        elif isinstance(node, ast.JoinedStr):
            yield from other_keys(node)

    @cached_property
    def _own_names(self) -> Sequence[str]:
        """Parameters and local variables."""
        names = [argument.arg for argument in self._definition.args.args]
        for node in ast.walk(self._definition):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.append(node.id)
        return [*dict.fromkeys(name for name in names if name != "self")]

    @cached_property
    def _indices(self) -> frozenset[int]:
        """Names (by identity) that are counted with: in subscripts and ranges."""
        counted: list[ast.AST] = []
        for node in ast.walk(self._definition):
            if isinstance(node, ast.Subscript):
                counted.append(node.slice)
            elif isinstance(node, ast.Call) and name_called(node.func) in ("range", "arange"):
                counted += node.args
        return frozenset(id(name) for part in counted for name in ast.walk(part) if isinstance(name, ast.Name))

    @cached_property
    def _keys(self) -> Sequence[str]:
        """Strings that are used as keys."""
        slices = [node.slice for node in ast.walk(self._definition) if isinstance(node, ast.Subscript)]
        return [*dict.fromkeys(k.value for k in slices if isinstance(k, ast.Constant) and isinstance(k.value, str))]

    # --- whole statements --------------------------------------------------------------------------------

    def _whole_statements(self) -> Iterator[Edit]:
        for statement in self._statements:
            if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr) and statement is not self._docstring:
                yield self._edit(statement, statement, "pass")
        for body in self._bodies():
            for first, second in itertools.pairwise(body):
                if isinstance(first, ast.Assign | ast.AugAssign) and isinstance(second, ast.Assign | ast.AugAssign):
                    yield self._spanning(first, second, [second, first])
            for loop in body:
                if isinstance(loop, ast.For | ast.While) and isinstance(loop.body[-1], ast.Return) and loop.body[1:]:
                    shorter = copy.copy(loop)
                    shorter.body = loop.body[:-1]
                    edit = self._spanning(loop, loop, [shorter, loop.body[-1]])
                    yield Edit(loop.body[-1].lineno, edit.text)

    def _spanning(self, first: ast.stmt, last: ast.stmt, replacement: Sequence[ast.stmt]) -> Edit:
        """The definition with neighbouring statements replaced by others, at their indentation."""
        assert last.end_lineno is not None
        whole = copy.copy(first)
        whole.end_lineno, whole.end_col_offset = last.end_lineno, last.end_col_offset
        indent = " " * first.col_offset
        text = f"\n{indent}".join(line for node in replacement for line in ast.unparse(node).splitlines())
        return self._edit(first, whole, text)

    def _bodies(self) -> Iterator[Sequence[ast.stmt]]:
        yield self._definition.body
        for statement in self._statements:
            for field in ("body", "orelse"):
                if body := getattr(statement, field, []):
                    yield body

    @property
    def _docstring(self) -> ast.stmt | None:
        return self._definition.body[0] if ast.get_docstring(self._definition, clean=False) is not None else None


def _operands(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.keyword | ast.comprehension):
            yield from _operands(child)


def _gives_sizes(value: ast.expr) -> bool:
    """Whether an expression gives sizes: `X.shape[0]`, `len(Y)`."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in ("shape", "size"))
        or (isinstance(node, ast.Call) and name_called(node.func) == "len")
        for node in ast.walk(value)
    )


def _bound(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                yield node.id


def _alike(a: str, b: str) -> int:
    """How many characters two names have in common at their ends."""
    return _common(a, b, lambda name: name) + _common(a, b, lambda name: name[::-1])


def _common(a: str, b: str, turned: Callable[[str], str]) -> int:
    count = 0
    for x, y in zip(turned(a), turned(b), strict=False):
        if x != y:
            break
        count += 1
    return count
