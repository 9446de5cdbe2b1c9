"""Which statements of a function a part of its result is computed by, as its text shows it.

A statement that only what is wrong is computed by is where a mistake is, or what is missing belongs: one that something
right is computed by as well would have spoilt that. Names are followed through assignments; entries under fixed keys
and attributes are variables of their own.
"""

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.diagnosis.cases.leaves import Path
from grader.diagnosis.cases.parts import Part, Parts
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.nodes import is_passed_on, name_called
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

_Piece = tuple[int, str]  # a statement's position; of a return the expression that is computed in it
Variable = tuple[str, ...]  # `("dW",)`, `("grads", "W1")`, `("self", "dW")`

NOTHING_COMPUTED = {"zeros", "zeros_like", "empty", "empty_like", "dict", "list", "setdefault", "get", "copy"}


@dataclass(frozen=True, eq=False)
class _Step:
    """A statement: what it defines as a whole, what it changes a part of, and what it reads."""

    place: Place
    position: int
    defines: frozenset[Variable]
    changes: frozenset[Variable]
    reads: frozenset[Variable]


class Slices:
    """The statements of one function, and what each part of its result is computed by."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self._known: dict[tuple[str, Path], frozenset[_Piece]] = {}

    def alone_in(self, of_wrong: Sequence[Part], of_right: Sequence[Part]) -> list[ast.stmt]:
        """The statements that every wrong part is computed by, and no right one; any wrong one, if these are plain."""
        wrong = [self._of(part) for part in of_wrong]
        right = [self._of(part) for part in of_right]
        if not wrong or not right or not all(wrong):
            return []
        beside = frozenset[_Piece]().union(*right)
        found: list[ast.stmt] = []
        for chosen in (frozenset.intersection(*wrong) - beside, frozenset[_Piece]().union(*wrong) - beside):
            positions = {position for position, _ in chosen}
            found = [step.place.statement for step in self._steps if step.position in positions]
            if not all(map(is_plain, found)):
                break
        return found

    def last(self, part: Part) -> ast.stmt | None:
        """The statement behind all loops that computes a part last; None if there is none."""
        positions = {position for position, _ in self._of(part)}
        own = [step.place for step in self._steps if step.position in positions and not is_plain(step.place.statement)]
        return own[-1].statement if own and not own[-1].loops else None

    def have_one_source(self, some: Sequence[Part], others: Sequence[Part]) -> bool:
        """Whether anything is computed that parts of both are computed from; False where that cannot be told."""
        first, second = ([self._of(part) for part in parts] for parts in (some, others))
        common = frozenset[_Piece]().union(*first) & frozenset[_Piece]().union(*second)
        positions = {position for position, _ in common}
        return any(step.position in positions and not is_plain(step.place.statement) for step in self._steps)

    def may_hold(self, parts: Parts, line: int) -> bool:
        """Whether anything that is wrong is computed by a line of the function; of other functions' any may be."""
        at = [step for step in self._steps if self.written.line(step.place.statement) == line]
        found = [self._of(part) for part in parts.wrong]
        if not at or not found or not all(found):
            return True
        positions = {position for one in found for position, _ in one}
        return any(step.position in positions and not is_plain(step.place.statement) for step in at)

    def _of(self, part: Part) -> frozenset[_Piece]:
        """The statements that a part is computed by, with what of a return is for it; none if that cannot be told."""
        if (part.holder, part.path) not in self._known:
            self._known[part.holder, part.path] = self._computing(part)
        return self._known[part.holder, part.path]

    def _computing(self, part: Part) -> frozenset[_Piece]:
        if " " not in part.holder:
            return self._reached({("self", part.holder, *_keys(part.path))}, len(self._steps))
        returns = [step for step in self._steps if isinstance(step.place.statement, ast.Return)]
        if not returns or returns[-1].place.statement.value is None:  # type: ignore[attr-defined]
            return frozenset()
        last = returns[-1]
        value: ast.expr = last.place.statement.value  # type: ignore[attr-defined]
        path = part.path
        if isinstance(value, ast.Tuple) and path and isinstance(path[0], int):
            if path[0] >= len(value.elts):  # an argument that is changed in its place
                given = {(name, *_keys(path[1:])) for name in self.written.parameters}
                return self._reached(given, len(self._steps))
            value, path = value.elts[path[0]], path[1:]
        if path and isinstance(path[0], str):
            for key, entry in _entries(value):
                if _may_be_one(key, path[0]):
                    value, path = entry, path[1:]
                    break
        if (own := _variable(value)) is not None:
            return self._reached({(*own, *_keys(path))}, last.position)
        return self._reached({*_read_in(value)}, last.position) | {(last.position, ast.unparse(value))}

    def _reached(self, wanted: set[Variable], position: int) -> frozenset[_Piece]:
        found: set[_Piece] = set()
        waiting = [(variable, position) for variable in wanted]
        seen = {*waiting}
        while waiting:
            variable, before = waiting.pop()
            for step in self._definitions(variable, before):
                found.add((step.position, ""))
                further = {(read, step.position) for read in _reads_for(step, variable)} - seen
                seen |= further
                waiting += further
        return frozenset(found)

    def _definitions(self, variable: Variable, position: int) -> Iterator[_Step]:
        """The statements that may have given a variable the value that it has before a statement."""
        loops = self._steps[position].place.loops if position < len(self._steps) else ()
        again = [step for step in self._steps[position:] if loops and loops[0] in step.place.loops]
        yield from (step for step in again if _touches(step, variable))
        for step in reversed(self._steps[:position]):
            if _touches(step, variable):
                yield step
                if _replaces(step, variable) and self._is_always_run(step, position):
                    return

    def _is_always_run(self, step: _Step, position: int) -> bool:
        """Whether a statement is run whenever one that stands below it is: it stands in one of the blocks around it."""
        if position >= len(self._steps):
            return not step.place.loops and step.place.body is self.written.definition.body
        return id(step.place.body) in self._blocks_around[id(self._steps[position].place.statement)]

    @cached_property
    def _blocks_around(self) -> dict[int, set[int]]:
        """The lists of statements that each statement stands in, or in a block in them."""
        found: dict[int, set[int]] = {}
        for place in self.written.places:
            for node in walk(place.statement):
                if isinstance(node, ast.stmt):
                    found.setdefault(id(node), set()).add(id(place.body))
        return found

    @cached_property
    def _steps(self) -> Sequence[_Step]:
        steps = []
        for position, place in enumerate(self.written.places):
            steps.append(_step(place, position, self._aliases, self._conditions))
        return steps

    @cached_property
    def _conditions(self) -> dict[int, set[Variable]]:
        """What the conditions and loops around each statement read."""
        found: dict[int, set[Variable]] = {}
        for place in self.written.places:
            block = place.statement
            heads: list[ast.expr] = []
            if isinstance(block, ast.If | ast.While):
                heads = [block.test]
            elif isinstance(block, ast.For):
                heads = [block.iter]
            for inner in walk(block) if heads else ():
                if isinstance(inner, ast.stmt) and inner is not block:
                    found.setdefault(id(inner), set()).update(v for head in heads for v in _read_in(head))
        return found

    @cached_property
    def _aliases(self) -> dict[str, set[Variable]]:
        """Names that stand for an array that has another one as well, or for a part of it."""
        found: dict[str, set[Variable]] = {}
        for place in self.written.places:
            match place.statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if isinstance(
                    value, ast.Name | ast.Attribute | ast.Subscript
                ):
                    if (other := _variable(_base(value))) is not None:
                        found.setdefault(name, set()).add(other)
        return found


def _step(
    place: Place, position: int, aliases: dict[str, set[Variable]], conditions: dict[int, set[Variable]]
) -> _Step:
    statement = place.statement
    defines: set[Variable] = set()
    changes: set[Variable] = set()
    reads = {*conditions.get(id(statement), ())}
    for target in [*targets_of(statement), *(_loop_targets(statement))]:
        own = _variable(target)
        if own is not None and not isinstance(statement, ast.AugAssign):
            defines.add(own)
        elif (base := own or _variable(_base(target))) is not None:
            changes |= {base, *aliases.get(base[0], ())}
        if isinstance(target, ast.Subscript):
            reads |= {*_read_in(target.slice)}
    holder, entries = _put_into(statement)
    defines |= {(*holder, key) for key, _ in entries}
    for part in _heads(statement):
        reads |= {*_read_in(part)}
        for node in walk(part) if not holder else ():
            if isinstance(node, ast.Call) and isinstance(statement, ast.Expr):  # `np.add.at(dW, x, dout)`
                given = [*node.args[:1], *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
                changes |= {base for one in given if (base := _variable(_base(one))) is not None}
    return _Step(place, position, frozenset(defines), frozenset(changes), frozenset(reads))


def _reads_for(step: _Step, variable: Variable) -> Collection[Variable]:
    """What a statement reads to give a variable its value: of several that it defines, what is for this one."""
    match step.place.statement:
        case ast.Assign(targets=[target], value=value):
            own = _part_for(target, value, variable)
            if own is not value:
                inside = {*_read_in(value)}
                return {*_read_in(own), *(read for read in step.reads if read not in inside)}
        case ast.Expr() as statement:
            holder, entries = _put_into(statement)
            found = [entry for key, entry in entries if _overlap((*holder, key), variable)]
            return {read for entry in found for read in _read_in(entry)} if found else step.reads
    return step.reads


def _put_into(statement: ast.stmt) -> tuple[Variable, Sequence[tuple[str, ast.expr]]]:
    """The dict that a statement puts entries into, and these: `grads.update({"dW": dW})`; nothing of any other."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=value, attr="update"), args=[ast.Dict() as added])):
            entries = [*_entries(added)]
            if (holder := _variable(value)) is not None and len(entries) == len(added.keys):
                return holder, entries
    return (), ()


def _part_for(target: ast.expr, value: ast.expr, variable: Variable) -> ast.expr:
    """The part of what is assigned that a variable gets: of `a, b = x, y` the second for `b`, and a dict's entry."""
    match target, value:
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, part in zip(targets, values, strict=True):
                if (own := _variable(one)) is not None and _overlap(own, variable):
                    return _part_for(one, part, variable)
    own = _variable(target)
    if own is not None and len(variable) > len(own):
        for key, entry in _entries(value):
            if _may_be_one(key, variable[len(own)]):
                return entry
    return value


def _entries(value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match value:
        case ast.Dict(keys=keys, values=values):
            for key, entry in zip(keys, values, strict=True):
                if key is not None and (text := _key(key)) is not None:
                    yield text, entry
        case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
            yield from ((one.arg, one.value) for one in keywords if one.arg is not None)


def _loop_targets(statement: ast.stmt) -> Iterator[ast.expr]:
    if isinstance(statement, ast.For):
        waiting = [statement.target]
        while waiting:
            one = waiting.pop()
            if isinstance(one, ast.Tuple | ast.List):
                waiting += one.elts
            else:
                yield one


def _heads(statement: ast.stmt) -> list[ast.expr]:
    """What a statement reads itself, without the statements in it."""
    match statement:
        case ast.For(iter=iterated):
            return [iterated]
        case ast.If(test=test) | ast.While(test=test):
            return [test]
        case ast.Assign(value=value) | ast.AugAssign(value=value) | ast.Expr(value=value):
            return [value]
        case ast.AnnAssign(value=ast.expr() as value) | ast.Return(value=ast.expr() as value):
            return [value]
    return []


def _read_in(node: ast.expr) -> Iterator[Variable]:
    """The variables that an expression reads: the longest ones, `grads["W1"]` rather than `grads`."""
    waiting: list[ast.AST] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.expr) and (variable := _variable(one)) is not None:
            yield variable
        else:
            waiting += ast.iter_child_nodes(one)


def _variable(node: ast.expr) -> Variable | None:
    """A name, an attribute of one, or an entry under a fixed key."""
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Attribute(value=value, attr=attribute):
            holder = _variable(value)
            is_view = attribute in ("T", "shape") and holder != ("self",)  # a layer keeps `self.shape`, of its inputs
            return (*holder, attribute) if holder is not None and not is_view else holder
        case ast.Subscript(value=value, slice=index) if (key := _key(index)) is not None:
            holder = _variable(value)
            return (*holder, key) if holder is not None else None
    return None


def _key(index: ast.expr) -> str | None:
    """A fixed key; of `"W" + str(layer)` what it begins with, and a star for the number of the layer."""
    match index:
        case ast.Constant(value=str(key)):
            return key
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return f"{start}*"
        case ast.BinOp(left=ast.Constant(value=str(start)), op=ast.Add() | ast.Mod()):
            return f"{start.partition('%')[0]}*"
    return None


def _base(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Subscript) and _variable(node) is None:
        node = node.value
    return node


def _keys(path: Path) -> tuple[str, ...]:
    """The keys that a path begins with; positions in lists are not told apart."""
    keys = []
    for one in path:
        if not isinstance(one, str):
            break
        keys.append(one)
    return tuple(keys)


def _touches(step: _Step, variable: Variable) -> bool:
    """Whether a statement gives a variable, a part of it, or what it is a part of, another value."""
    return any(_overlap(one, variable) for one in (*step.defines, *step.changes))


def _replaces(step: _Step, variable: Variable) -> bool:
    return any(variable[: len(one)] == one for one in step.defines if not any(key.endswith("*") for key in one))


def _overlap(a: Variable, b: Variable) -> bool:
    return all(map(_may_be_one, a, b))


def _may_be_one(a: str, b: str) -> bool:
    """Whether two keys are the same, or may be: `W*` is any of `W1`, `W2` …"""
    if a.endswith("*") and b.endswith("*"):
        return a == b
    if a.endswith("*"):
        a, b = b, a
    return a == b or (b.endswith("*") and a.startswith(b[:-1]) and a[len(b) - 1 :].isdigit())


def is_plain(statement: ast.stmt) -> bool:
    """Whether a statement computes nothing: it sets something up, or gives another name to what is there."""
    match statement:
        case ast.Assign(targets=[ast.Subscript() as target]) if _variable(target) is None:
            return False  # some places of an array
        case ast.Assign(value=ast.Call() as value) | ast.Return(value=ast.Call() as value):
            return name_called(value.func) in NOTHING_COMPUTED or is_passed_on(value)
        case ast.Assign(value=value):
            if isinstance(value, ast.Tuple | ast.List):
                return all(
                    isinstance(one, ast.Name | ast.Constant | ast.Attribute) or _is_an_entry(one) for one in value.elts
                )
            return isinstance(value, ast.Name | ast.Constant | ast.Attribute | ast.Dict) or _is_an_entry(value)
        case ast.AugAssign() | ast.Expr() | ast.Return():
            return False
    return True


def _is_an_entry(value: ast.expr) -> bool:
    """Whether a value is taken out of a list or dict as it is, `cache[0]`; a slice is computed: `x[:, pad:-pad]`."""
    return isinstance(value, ast.Subscript) and not any(
        isinstance(node, ast.Slice | ast.BinOp) for node in walk(value.slice)
    )
