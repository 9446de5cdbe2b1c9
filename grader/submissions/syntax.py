"""What the grader reads off Python source without running it.

Submissions are hostile: `ast.parse` may raise RecursionError, MemoryError or ValueError as well as SyntaxError, and all
of them mean the same here: the text does not parse.
"""

import ast
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from grader.submissions.limits import MAX_PARSED_CHARACTERS
from grader.submissions.misplaced import in_words, misplaced
from grader.submissions.trees import children

Value = TypeVar("Value")

_TRIES = 3
MAX_DEPTH = 120  # of a statement's tree; `ast.unparse` takes up to seven frames of Python's thousand for each level
_warning_filters = threading.Lock()  # catch_warnings swaps process-wide state


def parse(source: str) -> ast.Module | None:
    """The syntax tree of `source`, or None if it has none (or is too long to look into).

    Several readers ask for the same tree, one after the other; none may change it.
    """
    if len(source) > MAX_PARSED_CHARACTERS:
        return None
    with _warning_filters:
        if source not in _trees:
            _trees[source] = _parsed(source)
            while sum(map(len, _trees)) > MAX_PARSED_CHARACTERS:
                del _trees[next(iter(_trees))]
        return _trees[source]


def _parsed(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\d" in a student's string is not our warning
        for _ in range(_TRIES):
            try:
                tree = _without_depths(ast.parse(source))
                return tree if misplaced(tree) is None else None
            except SystemError:  # CPython 3.11 miscounts the depth of a tree now and then (gh-106905)
                continue
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                break
    return None


def _without_depths(tree: ast.Module) -> ast.Module:
    """The tree without top-level statements that are nested deeper than anybody writes by hand.

    Whoever reads a tree, or writes it as text, does so by recursion. What is left out runs in the cell all the same.
    """
    tree.body = [statement for statement in tree.body if not _is_deep(statement)]
    return tree


def _is_deep(statement: ast.stmt) -> bool:
    level: list[ast.AST] = [statement]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in children(node)]
        if not level:
            return False
    return True


_trees: dict[str, ast.Module | None] = {}  # the latest ones, as many as take the memory of one of the largest


@dataclass(frozen=True)
class SyntaxFault:
    """What is wrong with a text, as Python says it, and on which line."""

    message: str
    line: int


def fault_of(source: str) -> SyntaxFault | None:
    """What `ast.parse` says against a text."""
    with _warning_filters, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = misplaced(ast.parse(source))
            return SyntaxFault(*found) if found is not None else None
        except SyntaxError as error:
            line = error.lineno or 1
            return SyntaxFault(in_words(str(error.msg), source, line), line)
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxFault(str(error) or type(error).__name__, 1)


@dataclass(frozen=True)
class Import:
    """One `import module` (no names) or `from module import name as bound_name`; `level` counts the leading dots."""

    module: str
    names: tuple[tuple[str, str], ...]
    level: int = 0

    def bound(self, there: Mapping[str, Value]) -> dict[str, Value]:
        """Of the names that the module has, those that the import binds, under their new names; methods come along."""
        if ("*", "*") in self.names:
            return {name: value for name, value in there.items() if not name.startswith("_")}
        renamed = dict(self.names)
        found = {}
        for name, value in there.items():
            owner, dot, member = name.partition(".")
            if owner in renamed:
                found[renamed[owner] + dot + member] = value
        return found


@dataclass(frozen=True)
class TopLevel:
    """What running a text binds in its namespace: names (`Class.method` too) with their last line, and its imports.

    `data` are the names that are bound last to what can be no function.
    """

    definitions: Mapping[str, int]
    imports: tuple[Import, ...]
    data: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def top_level(source: str) -> TopLevel:
    """Definitions and imports of `source` at module level, blocks of `if`, `for`, `with`, `try` included."""
    definitions: dict[str, int] = {}
    imports: list[Import] = []
    data: dict[str, bool] = {}
    tree = parse(source)
    for statement in module_level(tree.body if tree else []):
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                definitions[statement.name] = statement.lineno
                data[statement.name] = False
            case ast.ClassDef():
                definitions[statement.name] = statement.lineno
                data[statement.name] = False
                definitions.update(_methods(statement))
            case ast.Assign():
                for target in statement.targets:
                    definitions.update((name, statement.lineno) for name in _assigned(target))
                    if isinstance(target, ast.Name):
                        data[target.id] = _is_data(statement.value)
            case ast.AnnAssign() if statement.value is not None:
                definitions.update((name, statement.lineno) for name in _assigned(statement.target))
            case ast.Import():
                imports += [Import(alias.name, ()) for alias in statement.names]
            case ast.ImportFrom():
                names = tuple((alias.name, alias.asname or alias.name) for alias in statement.names)
                imports.append(Import(statement.module or "", names, statement.level))
    return TopLevel(definitions, tuple(imports), frozenset(name for name, is_data in data.items() if is_data))


_DATA = (
    *(ast.Constant, ast.JoinedStr, ast.BinOp, ast.UnaryOp, ast.Compare),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp),
)
_OF_ARRAYS = ("T", "shape", "size", "ndim", "dtype", "values", "data")


def _is_data(value: ast.expr) -> bool:
    """Whether an expression can give no function."""
    if isinstance(value, ast.Attribute):
        return value.attr in _OF_ARRAYS
    if isinstance(value, ast.Subscript):
        return isinstance(value.slice, ast.Slice | ast.Tuple)  # of a dict of functions it is one
    return isinstance(value, _DATA)


def module_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run at module level, in order of the text; the body of `if __name__ == "__main__"` does not."""
    pending: list[ast.AST] = [*reversed(body)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            yield node
        if isinstance(node, ast.If) and _is_main_guard(node.test):
            pending += reversed(node.orelse)
        elif isinstance(node, _BLOCKS):
            pending += reversed([*children(node)])


_BLOCKS = (
    *(ast.If, ast.For, ast.While, ast.With, ast.Try, ast.TryStar, ast.ExceptHandler),
    *(ast.Match, ast.match_case),
)


def _is_main_guard(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
    return False


def _methods(statement: ast.ClassDef) -> Iterator[tuple[str, int]]:
    """`Class.method` with its line, for what the body of a class defines."""
    for member in statement.body:
        if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{statement.name}.{member.name}", member.lineno


def _assigned(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name():
            yield target.id
        case ast.Tuple() | ast.List():
            for element in target.elts:
                yield from _assigned(element)
        case ast.Starred():
            yield from _assigned(target.value)


def is_definition(statement: ast.stmt) -> bool:
    """Imports, functions, classes, and constants that these may use."""
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return True
    return isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant | ast.Lambda)


def is_text(statement: ast.stmt) -> bool:
    """Whether a statement is nothing but a constant, as a docstring is."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def definitions_below(source: str, line: int) -> str:
    """What `source` defines below the top-level statement at `line`, on its own lines; "" if there is no function."""
    tree = parse(source)
    below = [node for node in tree.body if node.lineno > line and is_definition(node)] if tree else []
    if not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in below):
        return ""
    lines = source.split("\n")
    kept = [""] * len(lines)
    for node in below:
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        kept[first : node.end_lineno] = lines[first : node.end_lineno]
    return "\n".join(kept) + "\n"


Edit = tuple[ast.expr | ast.stmt, Callable[[str], str]]


def edit(source: str, edits: Iterable[Edit]) -> str:
    """`source` with the text of each node (none inside another) rewritten; the number of lines stays what it was."""
    lines = [line.encode() for line in source.split("\n")]  # the columns of a tree count bytes
    for node, rewrite in sorted(edits, key=lambda item: (item[0].lineno, item[0].col_offset), reverse=True):
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        before, after = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        covered = b"\n".join([*lines[first:last], lines[last][: node.end_col_offset]])[node.col_offset :]
        text = rewrite(covered.decode())
        # What follows on the last line still belongs to the statement, unless it is nothing or a comment.
        line_end = "\n" if after.lstrip()[:1] in (b"", b"#") else " \\\n"
        text += line_end * (last - first - text.count("\n"))
        lines[first : last + 1] = (before + text.encode() + after).split(b"\n")
    return b"\n".join(lines).decode()
