"""The operation that raised in a function: the innermost one of a watched call that gave no value, and its operands."""

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.bench import Bench
from grader.sandbox import Seen

OF_AN_INDEX = ("IndexError", "KeyError")
OF_NAMES = ("NameError", "UnboundLocalError", "AttributeError")  # which tell the name that there is not
OPERATIONS = (ast.BinOp, ast.Call, ast.Subscript, ast.Compare, ast.UnaryOp, ast.Attribute, ast.Name)


@dataclass(frozen=True)
class Failure:
    """An operation that raised, with what it was given."""

    function: str
    statement: ast.stmt
    operation: ast.expr | None
    operands: tuple[tuple[str, Seen], ...]
    raised: str
    said: str


def failure_of(bench: Bench) -> Failure | None:
    """The operation that raised in the first failed call; None if none did, or it cannot be told."""
    for probe, run in sorted(bench.seen, key=lambda entry: bench.telling.index(entry[0])):
        observed = probe.call.found
        if observed.raised in (None, "None", "outputs", "timeout", "memory"):
            continue
        last = run.last_statement()
        if last is None:
            return None
        function, statement, begun = last
        raised = observed.raised or ""
        operation = _innermost(run, statement, begun, raised, observed.said)
        while operation is None and isinstance(statement, ast.Return):
            # That function came to its end, and what followed raised; nothing did where it is the one that was asked.
            is_asked = function == bench.written[0].function
            caller = run.statement_that_called(function, begun) if not is_asked else None
            if caller is None:
                return None
            function, statement, begun = caller
            operation = _innermost(run, statement, begun, raised, observed.said)
        operands = tuple(_operands(run, operation, begun)) if operation is not None else ()
        return Failure(function, statement, operation, operands, raised, observed.said)
    return None


def _innermost(run: Run, statement: ast.stmt, begun: int, raised: str, said: str) -> ast.expr | None:
    """The first operation of a statement that gave no value though its parts did."""
    is_about_a_name, named = raised in OF_NAMES[:2], re.findall(r"'(\w+)'", said)
    done = {
        id(run.watch.nodes[number])
        for number, seen in run.seen.items()
        if number in run.watch.nodes and run.watch.homes[number] is statement and seen.time > begun
    }
    known = {id(node) for number, node in run.watch.nodes.items() if run.watch.homes[number] is statement}
    is_added = isinstance(statement, ast.AugAssign) and not isinstance(statement.target, ast.Name)
    if is_added and not any(id(node) in done for node in ast.walk(statement.value)):  # type: ignore[attr-defined]
        target: ast.expr = statement.target  # type: ignore[attr-defined]  # it is read before what is added to it
        if raised not in OF_NAMES or _names(target) & {*re.findall(r"'(\w+)'", said)}:
            return target
    roots: list[ast.AST] = [statement]
    if isinstance(statement, ast.For):
        roots = [statement.iter]
    elif isinstance(statement, ast.If | ast.While):
        roots = [statement.test]
    elif isinstance(statement, ast.AugAssign) and raised in OF_AN_INDEX and not _is_begun(statement.value, known, done):
        roots = [statement.target]  # what it adds to is looked up before what is added
    elif isinstance(statement, ast.Assign | ast.AugAssign) and statement.value is not None:
        roots = [statement.value, statement]  # what is assigned is computed before the place that it is put into
    conditions = [node.test for root in roots for node in _inner_first(root) if isinstance(node, ast.IfExp)]
    if "truth value" in said and len(conditions) == 1 and id(conditions[0]) in done:
        return conditions[0]
    if "object is not iterable" in said:
        walked = [node.iter for root in roots for node in ast.walk(root) if isinstance(node, ast.comprehension)]
        walked += [statement.iter] if isinstance(statement, ast.For) else []
        if len(walked) == 1 and (id(walked[0]) in done or id(walked[0]) not in known):
            return walked[0]
    waiting = [node for root in roots for node in _inner_first(root) if id(node) in known and id(node) not in done]
    if raised == "AttributeError" and (method := _missing_method(waiting, said, done)) is not None:
        return method
    for node in waiting:
        if isinstance(node, OPERATIONS) and (not isinstance(node, ast.Name) or (is_about_a_name and node.id in named)):
            return node
    match statement:  # everything has a value: it is the assignment that failed
        case ast.AugAssign(target=ast.Subscript() as target) if roots == [target]:
            return target
        case ast.AugAssign(target=target, op=op, value=value):
            return ast.copy_location(ast.BinOp(target, op, value), statement)
        case ast.Assign(targets=[ast.Subscript() as target]):
            return target
        case ast.If(test=test) | ast.While(test=test) | ast.Assert(test=test, msg=None):
            return test
    return None


def _names(place: ast.expr) -> set[str]:
    """The names and attributes that a place is written with."""
    nodes = [*ast.walk(place)]
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def _missing_method(waiting: Sequence[ast.expr], said: str, done: Collection[int]) -> ast.expr | None:
    """The method that is asked of what has none of this name: it is looked for before the arguments are computed."""
    for node in waiting:
        match node:
            case ast.Call(func=ast.Attribute(attr=name) as method, args=arguments) if said.endswith(f"'{name}'"):
                if not any(id(inner) in done for one in arguments for inner in ast.walk(one)):
                    return method
    return None


def _is_begun(value: ast.expr, known: Collection[int], done: Collection[int]) -> bool:
    """Whether any part of an expression has given its value, or may have."""
    parts = {id(node) for node in ast.walk(value)} & {*known}
    return not parts or bool(parts & {*done})


def _inner_first(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt):
            yield from _inner_first(child)
    if isinstance(node, ast.expr):
        yield node


def _operands(run: Run, operation: ast.expr, begun: int) -> Iterator[tuple[str, Seen]]:
    parts: list[ast.expr] = []
    match operation:
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.Compare(left=left, comparators=rights):
            parts = [left, *rights]
        case ast.Call(func=function, args=arguments, keywords=keywords):
            owner = [function.value] if isinstance(function, ast.Attribute) else []
            parts = [*owner, *arguments, *(keyword.value for keyword in keywords)]
        case ast.Subscript(value=value, slice=index):
            indices = index.elts if isinstance(index, ast.Tuple) else [index]
            parts = [value, *(one for one in indices if not ast.unparse(one).endswith("newaxis"))]
        case ast.UnaryOp(operand=operand) | ast.Attribute(value=operand):
            parts = [operand]
    own: dict[int, Seen] = {}
    texts: dict[str, Seen] = {}
    for number, seen in run.seen.items():
        node = run.watch.nodes.get(number) or run.watch.targets.get(number, (None, None))[1]
        if node is None:
            continue
        own[id(node)] = seen
        text = ast.unparse(node)
        if text not in texts or texts[text].time < seen.time:  # in a loop the same text has had other values before
            texts[text] = seen
    for part in parts:
        text = ast.unparse(part)
        if id(part) in own and own[id(part)].time > begun:
            yield text, own[id(part)]
        elif text in texts:
            yield text, texts[text]
