"""A function's text rewritten so that it reports what each of its expressions is worth.

The rewriting is done here, outside; in the cell the text calls a recorder (`inside.recording`) with a number for each
expression, assignment and statement, and only what the recorder saw comes out.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.sandbox import Seen
from grader.sandbox.inside.recording import NAME
from grader.submissions.trees import copied, walk

Definition = ast.FunctionDef | ast.AsyncFunctionDef

_NO_VALUES = {"np", "numpy", "math", "self", "cls", "range", "random", "xrange", "len", "print"}


@dataclass
class Watch:
    """Definitions that report their values; each expression, target and statement has a number.

    Attributes:
        nodes: the expressions by number, as they are in the definition that was given.
        targets: what is assigned to, with the statement.
        statements: where a statement begins.
        owners: the function that a number belongs to.
    """

    texts: dict[str, str] = field(default_factory=dict)
    nodes: dict[int, ast.expr] = field(default_factory=dict)
    homes: dict[int, ast.stmt] = field(default_factory=dict)
    targets: dict[int, tuple[ast.stmt, ast.expr]] = field(default_factory=dict)
    parameters: dict[int, str] = field(default_factory=dict)
    statements: dict[int, ast.stmt] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)

    def add(self, name: str, definition: Definition) -> None:
        """Have a function report as well."""
        self.texts[name] = ast.unparse(self.rewritten(name, definition))

    def rewritten(self, name: str, definition: Definition) -> Definition:
        """A copy of the definition that reports."""
        return _Rewriter(self, name).definition(definition)

    def number(self, name: str) -> int:
        number = len(self.owners)
        self.owners[number] = name
        return number


@dataclass(frozen=True)
class Run:
    """What one watched call showed."""

    watch: Watch
    seen: Mapping[int, Seen]

    def executed(self, name: str) -> set[int]:
        """Lines of the statements of a function that were run."""
        watch = self.watch
        return {watch.statements[n].lineno for n in self.seen if n in watch.statements and watch.owners[n] == name}

    def values(self, name: str) -> Iterator[tuple[ast.expr | str, ast.stmt | None, Seen]]:
        """Parameters (by name), expressions and targets of a function, with their statements, in the text's order."""
        watch = self.watch
        for number in sorted(self.seen):
            if watch.owners.get(number) != name:
                continue
            if number in watch.parameters:
                yield watch.parameters[number], None, self.seen[number]
            elif number in watch.targets:
                statement, target = watch.targets[number]
                yield target, statement, self.seen[number]
            elif number in watch.nodes:
                yield watch.nodes[number], watch.homes[number], self.seen[number]

    def last_statement(self) -> tuple[str, ast.stmt, int] | None:
        """The statement that was begun last: its function, itself, and when."""
        begun = [(self.seen[n].time, n) for n in self.seen if n in self.watch.statements]
        if not begun:
            return None
        time, number = max(begun)
        return self.watch.owners[number], self.watch.statements[number], time

    def unfinished(self, name: str) -> ast.stmt | None:
        """The assignment or the call that a function began last, if what it gives never came: it raised."""
        watch = self.watch
        begun = [(self.seen[n].time, n) for n in self.seen if n in watch.statements and watch.owners[n] == name]
        time, number = max(begun, default=(0, -1))
        statement = watch.statements.get(number)
        if isinstance(statement, ast.Expr):
            given = [n for n, node in watch.nodes.items() if node is statement.value]
        elif isinstance(statement, ast.Assign | ast.AugAssign):
            given = [n for n, (assignment, _) in watch.targets.items() if assignment is statement]
        else:
            return None
        return None if any(n in self.seen and self.seen[n].time > time for n in given) else statement

    def statement_that_called(self, function: str, before: int) -> tuple[str, ast.stmt, int] | None:
        """The statement of any other function that was begun last before some moment."""
        watch = self.watch
        begun = [(self.seen[n].time, n) for n in self.seen if n in watch.statements and watch.owners[n] != function]
        time, number = max((one for one in begun if one[0] < before), default=(0, -1))
        return (watch.owners[number], watch.statements[number], time) if number >= 0 else None


class _Rewriter:
    def __init__(self, watch: Watch, name: str) -> None:
        self._watch, self._name = watch, name
        self._statement: ast.stmt | None = None

    def definition(self, original: Definition) -> Definition:
        made = copied(original)
        has_text = ast.get_docstring(original, clean=False) is not None
        body, originals = made.body[has_text:], original.body[has_text:]
        reports = []
        for argument in (*original.args.posonlyargs, *original.args.args, *original.args.kwonlyargs):
            if argument.arg not in ("self", "cls"):
                number = self._watch.number(self._name)
                self._watch.parameters[number] = argument.arg
                reports.append(_report(number, ast.Name(argument.arg, ast.Load())))
        made.body = [*made.body[:has_text], *reports, *self._body(body, originals)]
        return ast.fix_missing_locations(made)

    def _body(self, body: Sequence[ast.stmt], originals: Sequence[ast.stmt]) -> list[ast.stmt]:
        return [new for made, original in zip(body, originals, strict=True) for new in self._reporting(made, original)]

    def _reporting(self, made: ast.stmt, original: ast.stmt) -> Iterator[ast.stmt]:
        if isinstance(made, Definition | ast.ClassDef):
            yield made
            return
        number = self._watch.number(self._name)
        self._watch.statements[number] = original
        yield _report(number)
        for fieldname in ("body", "orelse", "finalbody"):
            if inner := getattr(made, fieldname, None):
                setattr(made, fieldname, self._body(inner, getattr(original, fieldname)))
        for fieldname in ("handlers", "cases"):
            for branch, other in zip(getattr(made, fieldname, []), getattr(original, fieldname, []), strict=True):
                branch.body = self._body(branch.body, other.body)
        self._statement = original
        for fieldname, value in ast.iter_fields(made):
            if fieldname in ("body", "orelse", "finalbody", "handlers", "cases"):
                continue
            setattr(made, fieldname, self._read(value, getattr(original, fieldname)))
        yield made
        for target in targets_of(original):
            number = self._watch.number(self._name)
            self._watch.targets[number] = original, target
            yield _report(number, _loaded(target))

    def _read(self, made: Any, original: Any) -> Any:
        """A field of a node, its expressions reporting."""
        if isinstance(made, list):
            return [self._read(*pair) for pair in zip(made, original, strict=True)]
        if isinstance(made, ast.Lambda | ast.JoinedStr | ast.ListComp | ast.GeneratorExp | ast.DictComp | ast.SetComp):
            return self._wrapped(made, original)
        if isinstance(made, ast.Call):
            if isinstance(made.func, ast.Attribute):
                made.func.value = self._read(made.func.value, original.func.value)
            made.args = self._read(made.args, original.args)
            made.keywords = self._read(made.keywords, original.keywords)
            return self._wrapped(made, original)
        if isinstance(made, ast.AST):
            for fieldname, value in ast.iter_fields(made):
                setattr(made, fieldname, self._read(value, getattr(original, fieldname)))
            return self._wrapped(made, original) if isinstance(made, ast.expr) else made
        return made

    def _wrapped(self, made: ast.expr, original: ast.expr) -> ast.expr:
        is_read = isinstance(getattr(made, "ctx", ast.Load()), ast.Load)
        if not is_read or isinstance(made, ast.Constant | ast.Slice | ast.Starred | ast.Tuple | ast.List | ast.Dict):
            return made
        if isinstance(made, ast.JoinedStr | ast.Lambda | ast.GeneratorExp | ast.FormattedValue):
            return made
        if isinstance(made, ast.Name) and made.id in _NO_VALUES:
            return made
        number = self._watch.number(self._name)
        assert self._statement is not None
        self._watch.nodes[number], self._watch.homes[number] = original, self._statement
        return _call(number, made)


def _call(number: int, *value: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(NAME, ast.Load()), [ast.Constant(number), *value], [])


def _report(number: int, *value: ast.expr) -> ast.stmt:
    return ast.Expr(_call(number, *value))


def _loaded(target: ast.expr) -> ast.expr:
    made = copied(target)
    for node in walk(made):
        if hasattr(node, "ctx"):
            node.ctx = ast.Load()
    return made


def targets_of(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement assigns to, one by one."""
    waiting: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        waiting = [*statement.targets]
    elif isinstance(statement, ast.AugAssign | ast.AnnAssign) and statement.value is not None:
        waiting = [statement.target]
    while waiting:
        match waiting.pop(0):
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                waiting = [*elements, *waiting]
            case ast.Starred():
                pass
            case target:
                yield target
