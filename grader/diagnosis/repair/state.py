"""What goes on from call to call: counters that never count, entries that are never put, means that begin at 0."""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.kind import OTHER
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import in_brackets, said
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

STEPS = re.compile(r"(?<![a-z])(t|step|steps|n_steps|num_steps|iteration|iterations)(?![a-z])")  # counts of updates
SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)
ENTRIES, VALUES = 6, 8  # entries that are tried, and variables that are put into one


def not_kept(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`config["v"] = v` before the return, and `config["t"] += 1` before what reads it, where neither is done."""
    top = [place for place in written.places if place.body is written.definition.body]
    if not top or not isinstance(top[-1].statement, ast.Return):
        return
    for entry in _only_read(written)[:ENTRIES]:
        reading = next((place for place in top if _reads(place.statement, entry)), None)
        if reading is not None and isinstance(reading.statement, SIMPLE) and kinds.of(entry).sort == "int":
            yield _put(written, reading, f"{entry} += 1", "never-counted")
        yield from (_put(written, top[-1], f"{entry} = {name}", "not-kept") for name in _values(written, kinds, entry))


def not_corrected(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`m / (1 - beta ** t)` where a mean that begins at 0 and goes on from call to call is read; or that power."""
    running, decays, steps = _running_means(written), kinds.decays(), kinds.counts(STEPS)
    factors = [f"(1 - {decay} ** {step})" for decay in decays for step in steps]
    divided: set[int] = set()  # running means that are divided by something of a decay already
    for statement, parent, node in written.expressions:
        text = said(node)
        match node:
            case ast.BinOp(left=left, op=ast.Div(), right=right) if said(left) in running and _names_any(right, decays):
                divided.add(id(left))
                yield from (written.edit(statement, right, factor[1:-1], "divided-by") for factor in factors)
        if text in decays and isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Sub):
            yield from (written.edit(statement, node, f"{text} ** {step}", "power") for step in steps)
        match node:
            case ast.Call(func=ast.Attribute(attr="power"), args=[base, ast.Constant()]) if said(base) in decays:
                for step in steps:
                    yield written.edit(statement, node, f"{said(node.func)}({said(base)}, {step})", "power")
            case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant()) if said(base) in decays:
                yield from (written.edit(statement, node, f"{said(base)} ** {step}", "power") for step in steps)
        own = {said(target) for target in targets_of(statement)}
        is_read = text in running and text not in own and isinstance(node.ctx, ast.Load)  # type: ignore[attr-defined]
        if is_read and id(node) not in divided:
            yield from (written.edit(statement, node, f"{text} / {factor}", "bias-correction") for factor in factors)


def _names_any(node: ast.expr, texts: Collection[str]) -> bool:
    return any(said(one) in texts for one in walk(node) if isinstance(one, ast.Name | ast.Attribute | ast.Subscript))


def not_weighted(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`m = beta * m + (1 - beta) * g` for `m = beta * m + g`."""
    decays = kinds.decays()
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[target], value=ast.BinOp(left=left, op=ast.Add(), right=right)):
                for kept, new in ((left, right), (right, left)):
                    sides = (kept.left, kept.right) if isinstance(kept, ast.BinOp) else ()
                    means = [side for side in sides if said(side) not in decays and _may_be_kept(side, target)]
                    for decay in decays:
                        if len(means) == 1 and decay in map(said, sides):
                            weighted = f"(1 - {decay}) * {in_brackets(said(new))}"
                            yield written.edit(place.statement, new, weighted, "running-mean")


def not_squared(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """`s = beta2 * s + (1 - beta2) * g ** 2` where two running means are made of the same `g`."""
    decays, means = kinds.decays(), _running_means(written)
    made: dict[str, list[tuple[str, ast.stmt, ast.expr]]] = {}
    for statement, parent, node in written.expressions:
        own = [text for target in targets_of(statement) if (text := said(target)) in means and text != said(node)]
        is_factor = isinstance(node, ast.Name | ast.Subscript | ast.Attribute) and isinstance(parent, ast.BinOp)
        if own and is_factor and not _names_any(node, decays):
            made.setdefault(said(node), []).append((own[0].partition("[")[0], statement, node))
    for text, uses in made.items():
        if len({name for name, *_ in uses}) > 1:
            yield from (written.edit(one, node, f"{in_brackets(text)} ** 2", "square") for _, one, node in uses)


def _may_be_kept(mean: ast.expr, target: ast.expr) -> bool:
    """Whether something may be what a running mean was before: the target itself, or an entry that it is put into."""
    return said(mean) == said(target) or (isinstance(target, ast.Name) and isinstance(mean, ast.Subscript))


def _running_means(written: Written) -> set[str]:
    """What is assigned a sum in which it is itself multiplied, `m = beta * m + ...`."""
    found = set()
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name() | ast.Subscript() as target], value=ast.BinOp(op=ast.Add()) as value):
                factors = [n for n in walk(value) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Mult)]
                if any(said(side) == said(target) for n in factors for side in (n.left, n.right)):
                    found.add(said(target))
    return found


def _put(written: Written, before: Place, text: str, kind: str) -> Edit:
    """A statement put in before another one, in its line: the lines below stay where they are."""
    edit = written.edit(before.statement, before.statement, f"{text}; {written.source(before.statement)}", kind)
    entry, _, value = text.partition(" = ")
    return replace(edit, before=entry.removesuffix(" += 1"), after=value or text)


def _only_read(written: Written) -> list[str]:
    """Entries of dicts among the parameters, and attributes, that are read and nowhere assigned to."""
    read: dict[str, None] = {}
    stored: set[str] = set()
    for node in walk(written.definition):
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str())) if name in written.parameters:
                if isinstance(node.ctx, ast.Load):
                    read.setdefault(said(node))
                else:
                    stored.add(said(node))
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="get" | "pop"), args=[ast.Constant(value=str(key)), *_]
            ) if name in written.parameters:
                read.setdefault(f"{name}[{key!r}]")
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="update"), args=arguments, keywords=keywords
            ):
                given = [key.value for one in arguments if isinstance(one, ast.Dict) for key in one.keys
                         if isinstance(key, ast.Constant)]  # fmt: skip
                stored.update(f"{name}[{key!r}]" for key in (*given, *(one.arg for one in keywords)))
            case ast.Attribute(value=ast.Name(id="self")) if isinstance(node.ctx, ast.Store):
                stored.add(said(node))
            case ast.AugAssign(target=ast.Subscript() | ast.Attribute() as target):
                stored.add(said(target))
    return [entry for entry in read if entry not in stored]


def _reads(statement: ast.stmt, entry: str) -> bool:
    nodes = (node for node in walk(statement) if isinstance(node, ast.Subscript))
    return any(isinstance(node.ctx, ast.Load) and said(node) == entry for node in nodes)


def _values(written: Written, kinds: Kinds, entry: str) -> list[str]:
    """Local variables that may belong into an entry: those of its kind, or any array if it is not known."""
    kind = kinds.of(entry)
    local = [name for name in written.names if name not in written.parameters]
    if kind == OTHER:
        return [name for name in local if kinds.of(name).is_array][:VALUES]
    return [name for name in local if kinds.of(name).is_like(kind)][:VALUES]
