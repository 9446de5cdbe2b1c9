"""Whole statements: left out, exchanged, made later, and moved into a loop or out of it."""

import ast
import copy
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import NUMBER, begins, number_beside
from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.misspelt import unbound_names
from grader.diagnosis.repair.needed import is_needed
from grader.diagnosis.repair.nodes import in_brackets, said
from grader.diagnosis.repair.overwritten import overwrites
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.submissions.trees import copied, walk

FURTHEST = 8  # how many statements further down one is tried
TOGETHER = "lines together"
LONGEST_RUN = 6  # statements that are moved together
EXCHANGES = 10  # pairs of names that one statement assigns to
TARGETS = 2  # entries that a statement reads, to each of which its result may go

_Simple = (ast.Assign, ast.AugAssign)
_PLACES = (ast.Name, ast.Attribute, ast.Subscript)


def other_statements(written: Written) -> Iterator[Edit]:
    """A statement left out, exchanged with the next, made later; a branch that is always or never taken."""
    put_over = {id(later) for _, later in overwrites(written)}
    nameless = {id(statement) for places in unbound_names(written).values() for statement, _ in places}
    for place in written.places:
        statement, body, i = place.statement, place.body, place.index
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Assert | ast.Continue | ast.Break):
            kind = "assertion" if isinstance(statement, ast.Assert) else "deleted"
            if i and said(body[i - 1]) == said(statement):
                kind = "done-twice"
            elif id(statement) in put_over:
                kind = "put-over"
            # What an assertion with a name that nothing has demands is not known.
            is_unknown = kind == "assertion" and id(statement) in nameless
            if kind == "put-over" or not (is_unknown or is_needed(written, statement)):
                yield written.edit(statement, statement, "pass", kind)
        if isinstance(statement, _Simple):
            following = body[i + 1 : i + FURTHEST]
            if (
                following
                and isinstance(following[0], (*_Simple, ast.Expr))
                and _is_read_later(place, written, following[0])
                and not _would_be_lost(following[0], statement)
            ):
                yield written.spanning(statement, following[0], [following[0], statement], "swapped", statement)
            for k, last in enumerate(following[1:], start=2):
                if isinstance(following[k - 2], ast.Return) or isinstance(last, ast.Return):
                    break
                if any(_would_be_lost(one, statement) for one in following[:k]):
                    break
                is_of_use = place.loops or _is_read_below(written, statement, last)
                if not is_of_use or not _is_read_later(place, written, last):
                    break  # it would be no use there: rather it is too much
                yield written.spanning(statement, last, [*body[i + 1 : i + k + 1], statement], "later", statement)
        if isinstance(statement, ast.Expr) and _is_changed_below(place):
            yield written.spanning(statement, body[i + 1], [body[i + 1], statement], "swapped", statement)
        if isinstance(statement, ast.If):
            yield from branches(written, statement)


def _would_be_lost(statement: ast.stmt, other: ast.stmt) -> bool:
    """Whether nothing is left of a statement that stands before another one: rather than moved it is too much."""
    if not isinstance(other, ast.Assign) or not isinstance(statement, ast.Assign):
        return False
    put, targets = {*map(said, targets_of(statement))}, {*map(said, targets_of(other))}
    return put == targets and not any(said(node) in put for node in walk(other.value) if isinstance(node, _PLACES))


def _is_changed_below(place: Place) -> bool:
    """Whether a call is given what the next line gives another value: `found.append(d)` above `d = d * slope`."""
    following = place.body[place.index + 1] if place.index + 1 < len(place.body) else None
    if not isinstance(following, _Simple):
        return False
    changed = {said(target) for target in targets_of(following)}
    return any(said(node) in changed for node in walk(place.statement) if isinstance(node, _PLACES))


def added_up(written: Written) -> Iterator[Edit]:
    """`total = 0` before a loop and `total += part` in it, for a `total = part` of which the last one is left."""
    for place in written.places:
        statement = place.statement
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if place.loops and not begins(value):
                loop = place.loops[-1]
                stored = [node for node in walk(written.definition) if _is_stored(node, name)]
                if len(stored) == 1 and _is_read_below(written, statement, loop):
                    zero, part = ast.parse(f"{name} = 0\n{name} += {said(value)}").body
                    made = [zero, _with_replaced(loop, statement, part)]
                    edit = written.spanning(loop, loop, made, "added-up", statement)
                    yield replace(edit, after=said(part))


def repeated_numbers(written: Written, is_run: Callable[[ast.stmt], bool]) -> Iterator[Edit]:
    """A number that changes one value wherever it stands, `np.exp(z / 2) / np.sum(np.exp(z / 2))`."""
    found: dict[str, list[Edit]] = {}
    for statement, _, node in written.expressions:
        if (number := number_beside(node)) is not None and is_run(statement):
            assert isinstance(node, ast.BinOp)
            kept = node.left if number is node.right else node.right
            found.setdefault(said(node), []).append(written.edit(statement, node, said(kept), NUMBER))
    for edits in found.values():
        if len(edits) > 1:
            yield at_all(edits)


def _is_stored(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)


def _with_replaced(block: ast.stmt, old: ast.stmt, new: ast.stmt) -> ast.stmt:
    """A block with one of the statements in it replaced."""
    if block is old:
        return new
    made = copy.copy(block)
    for field in ("body", "orelse", "finalbody"):
        if inner := getattr(block, field, None):
            setattr(made, field, [_with_replaced(statement, old, new) for statement in inner])
    return made


def _is_read_below(written: Written, statement: ast.stmt, last: ast.stmt) -> bool:
    """Whether anything after another statement reads what a statement assigns to."""
    assigned = {node.id for target in targets_of(statement) for node in walk(target) if isinstance(node, ast.Name)}
    end = last.end_lineno or last.lineno
    return any(line > end and not assigned.isdisjoint(read) for line, read in written.reads)


def _is_read_later(place: Place, written: Written, last: ast.stmt) -> bool:
    """Whether anything reads what a statement assigns to, once it stands below another one.

    In a loop that is so in the next pass as well, unless it begins with another value; elsewhere the statement would
    be no use there, and rather is too much.
    """
    targets = [*targets_of(place.statement)]
    assigned = {target.id for target in targets if isinstance(target, ast.Name)}
    if len(assigned) < len(targets) or _is_read_below(written, place.statement, last):
        return True
    return any(not _is_set_before(name, loop, place.statement) for loop in place.loops for name in assigned)


def _is_of_use_below(written: Written, block: Place, index: int) -> bool:
    """Whether a statement of a block would do anything below it: what else it may be is not judged."""
    statements = block.statement.body  # type: ignore[attr-defined]
    moved = Place(statements[index], statements, index, block.loops)
    return not isinstance(moved.statement, _Simple) or _is_read_later(moved, written, block.statement)


def _is_set_before(name: str, loop: ast.stmt, statement: ast.stmt) -> bool:
    """Whether a pass of a loop gives a variable a value of its own before it comes to a statement."""
    for one in getattr(loop, "body", ()):
        if one is statement:
            return False
        if isinstance(one, ast.Assign) and name in {t.id for t in one.targets if isinstance(t, ast.Name)}:
            return all(getattr(node, "id", None) != name for node in walk(one.value))
        if any(getattr(node, "id", None) == name for node in walk(one)):
            return False
    return False


def other_targets(written: Written) -> Iterator[Edit]:
    """What is put under a name that nothing reads, put under one that is read; and one for what is no name.

    A name that is read and has no value gets that of another one which has two, or of the entry that is called so.
    """
    yield from _for_what_has_no_value(written)
    read = {
        node.id for node in walk(written.definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for place in written.places:
        yield from entries_put_over_others(written, place.statement)
        for target in targets_of(place.statement):
            if not isinstance(target, ast.Name) or target.id in read:
                continue
            names = [name for name in written.names if name in read]
            if not target.id.strip("_"):  # thrown away on purpose: rather what goes in has to come out again
                names = [name for name in names if place.loops and name in _given_to_calls(place.statement)]
            for name in names:
                made = _with_targets(place.statement, {target.id: name})
                edit = written.edit(place.statement, place.statement, made, "lost")
                yield replace(edit, before=target.id, after=name)


def entries_put_over_others(written: Written, statement: ast.stmt) -> Iterator[Edit]:
    """`s["db"] = b * s["db"] + …` for `s["dW"] = b * s["db"] + …`: what is made of an entry goes to that entry."""
    match statement:
        case ast.Assign(targets=[ast.Subscript(value=holder) as target], value=value):
            entries = [one for one in walk(value) if isinstance(one, ast.Subscript) and said(one.value) == said(holder)]
            others = dict.fromkeys(map(said, entries))
            if said(target) in others or any(isinstance(one, ast.Slice) for one in walk(statement)):
                return
            for other in [*others][:TARGETS]:
                edit = written.edit(statement, statement, f"{other} = {written.source(value)}", "entry-of-another")
                yield replace(edit, before=said(target), after=other)


def _for_what_has_no_value(written: Written) -> Iterator[Edit]:
    unbound = unbound_names(written)
    stored = [
        node.id for node in walk(written.definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                for name in unbound:
                    is_entry = isinstance(value, ast.Subscript) and said(value.slice).strip("'") == name
                    if stored.count(target) > 1 or is_entry:
                        made = _with_targets(place.statement, {target: name})
                        edit = written.edit(place.statement, place.statement, made, "name-of-another")
                        yield replace(edit, before=target, after=name)
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name), attr="T") as target], value=value):
                for text in (said(value), f"{in_brackets(said(value))}.T"):
                    edit = written.edit(place.statement, place.statement, f"{name} = {text}", "attribute-assigned")
                    yield replace(edit, before=said(target), after=f"{name} = {text}")


def _given_to_calls(statement: ast.stmt) -> set[str]:
    calls = [node for node in walk(statement) if isinstance(node, ast.Call)]
    return {one.id for call in calls for one in call.args if isinstance(one, ast.Name)}


def targets_exchanged(written: Written, statement: ast.stmt) -> Iterator[Edit]:
    """`a, c, b = …` for `a, b, c = …`, and `dx, grads["W"], grads["b"] = …` for what is the other way round."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=elements)], value=value) if all(
            isinstance(one, _PLACES) for one in elements
        ) and not (isinstance(value, ast.Attribute) and value.attr == "shape"):  # of sizes the wrong one is read
            if len({*map(said, elements)}) == len(elements):
                for a, b in itertools.islice(itertools.combinations(elements, 2), EXCHANGES):
                    made = ast.unparse(copy.deepcopy(statement, {id(a): b, id(b): a}))
                    yield replace(written.edit(statement, statement, made, "exchanged"), before=said(a), after=said(b))


def _with_targets(statement: ast.stmt, names: Mapping[str, str]) -> str:
    """A statement that assigns to other names, and reads what it did."""
    made = copied(statement)
    for node in walk(made):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in names:
            node.id = names[node.id]
    return ast.unparse(made)


def branches(written: Written, statement: ast.If) -> Iterator[Edit]:
    test = "if " + written.source(statement.test)
    always = written.spanning(statement, statement, statement.body, "always", statement)
    yield replace(always, before=test, after="")
    if statement.orelse:
        never = written.spanning(statement, statement, statement.orelse, "never", statement)
        yield replace(never, before=test, after="")


def moved_statements(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """A statement moved out of a loop or branch, before it, or into it; one that is missing at a loop's end."""
    for place in written.places:
        block = place.statement
        if not isinstance(block, ast.For | ast.While | ast.If):
            continue
        inner = block.body
        if len(inner) > 1:
            if _is_of_use_below(written, place, len(inner) - 1):
                rearranged = _rearranged(written, block, inner[:-1], [], [inner[-1]], inner[-1], "out-of-the-block")
                yield written.below(block, rearranged.kind) or rearranged
            yield _rearranged(written, block, inner[1:], [inner[0]], [], inner[0], "before-the-block")
        yield from _runs_moved(written, place)
        for k, one in enumerate(inner[1:-1], start=1):
            if isinstance(one, _Simple) and _is_of_use_below(written, place, k):
                rest = [*inner[:k], *inner[k + 1 :]]
                yield _rearranged(written, block, rest, [], [one], one, "out-of-the-block")
        yield from _neighbours_moved_in(written, place)
        if isinstance(block, ast.For | ast.While):
            yield from _carried_on(written, block, kinds)


def _runs_moved(written: Written, place: Place) -> Iterator[Edit]:
    """Several statements that belong together moved out of a loop, before it, or into it."""
    block, body, i = place.statement, place.body, place.index
    assert isinstance(block, ast.For | ast.While | ast.If)
    inner = block.body
    for length in range(2, LONGEST_RUN + 1):
        if _are_simple(tail := inner[-length:]) and length < len(inner):
            yield _of_run(_rearranged(written, block, inner[:-length], [], tail, tail[0], "out-of-the-block"), tail)
        if _are_simple(head := inner[:length]) and length < len(inner):
            yield _of_run(_rearranged(written, block, inner[length:], head, [], head[0], "before-the-block"), head)
        following = body[i + 1 : i + 1 + length]
        if _are_simple(following) and len(following) == length:
            made = [_with_body(block, [*inner, *following])]
            edit = written.spanning(block, following[-1], made, "into-the-block", following[0])
            yield _of_run(edit, following)
        before = body[max(i - length, 0) : i]
        if _are_simple(before) and len(before) == length:
            made = [_with_body(block, [*before, *inner])]
            yield _of_run(written.spanning(before[0], block, made, "into-the-block", before[0]), before)


def _are_simple(statements: Sequence[ast.stmt]) -> bool:
    return bool(statements) and all(isinstance(one, ast.Assign | ast.AugAssign | ast.Expr) for one in statements)


def _of_run(edit: Edit, statements: Sequence[ast.stmt]) -> Edit:
    lines = "; ".join(map(edit.written.source, statements))
    return replace(edit, before=lines, kind=f"{edit.kind}: {len(statements)} {TOGETHER}")


def _neighbours_moved_in(written: Written, place: Place) -> Iterator[Edit]:
    block, body, i = place.statement, place.body, place.index
    assert isinstance(block, ast.For | ast.While | ast.If)
    after = body[i + 1] if i + 1 < len(body) else None
    if isinstance(after, ast.If) and isinstance(block, ast.For | ast.While):  # `if i % 100 == 0: …`
        edit = written.spanning(block, after, [_with_body(block, [*block.body, after])], "into-the-block", after)
        yield replace(edit, before=f"if {said(after.test)}")
    if isinstance(after, ast.Assign | ast.AugAssign | ast.Expr | ast.For):
        yield written.spanning(block, after, [_with_body(block, [*block.body, after])], "into-the-block", after)
        if isinstance(after, _Simple):
            yield written.spanning(block, after, [after, block], "earlier", after)
        if isinstance(block, ast.If) and not block.orelse and not isinstance(after, ast.For):
            otherwise = copy.copy(block)
            otherwise.orelse = [after]
            yield written.spanning(block, after, [otherwise], "else-missing", after)
    elif isinstance(after, ast.If) and isinstance(block, ast.For) and _names_in(after.test) & _names_in(block.target):
        edit = written.spanning(block, after, [_with_body(block, [*block.body, after])], "into-the-block", after)
        yield replace(edit, before=f"if {written.source(after.test)}")
    if isinstance(block, ast.For | ast.While):
        yield from _begun_in_each_pass(written, block, body[:i])
    before = body[i - 1] if i > 0 else None
    if isinstance(before, _Simple):
        yield written.spanning(before, block, [_with_body(block, [before, *block.body])], "into-the-block", before)


def _begun_in_each_pass(written: Written, loop: ast.For | ast.While, above: Sequence[ast.stmt]) -> Iterator[Edit]:
    """What a sum begins with, set in each pass of a loop and not once, further above."""
    summed = {
        node.target.id for node in walk(loop) if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    for k, one in enumerate(above[:-1]):  # the last one is tried in any case
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if begins(value) and name in summed:
                made = [*above[k + 1 :], _with_body(loop, [one, *loop.body])]
                yield written.spanning(one, loop, made, "into-the-block", one)


def _carried_on(written: Written, loop: ast.For | ast.While, kinds: Kinds) -> Iterator[Edit]:
    """`w = new_w` at the end of a loop that computes `new_w` from `w`, and in each pass from the same one."""
    inside = [node for statement in loop.body for node in walk(statement) if isinstance(node, ast.Name)]
    stored = [node.id for node in inside if isinstance(node.ctx, ast.Store)]
    read = [node.id for node in inside if isinstance(node.ctx, ast.Load) and node.id in written.names]
    made_by: dict[str, ast.stmt] = {}  # what an inner loop counts with is made by no statement
    for node in (node for statement in loop.body for node in walk(statement) if isinstance(node, ast.stmt)):
        for new in sorted(_stored_by(node)):
            made_by.setdefault(new, node)
    pairs = []
    for old in dict.fromkeys(name for name in read if name not in stored):
        made = re.compile(rf"(\w+_|new|next)?{re.escape(old)}(_\w+|new|next)?", re.IGNORECASE)
        candidates = [new for new in dict.fromkeys(stored) if new in made_by and made.fullmatch(new)]
        pairs += [(old, new) for new in candidates if kinds.of(new).is_like(kinds.of(old))][:1]
    if not pairs:
        return
    statements = [ast.parse(f"{old} = {new}").body[0] for old, new in pairs]
    first = made_by[pairs[0][1]]
    edit = written.spanning(loop, loop, [_with_body(loop, [*loop.body, *statements])], "carried-on", first)
    yield replace(edit, before=pairs[0][0], after=pairs[0][1])


def _names_in(node: ast.expr) -> set[str]:
    return {one.id for one in walk(node) if isinstance(one, ast.Name)}


def _stored_by(statement: ast.stmt) -> set[str]:
    targets = targets_of(statement)
    return {node.id for target in targets for node in walk(target) if isinstance(node, ast.Name)}


def _rearranged(
    written: Written,
    block: ast.For | ast.While | ast.If,
    inner: Sequence[ast.stmt],
    before: Sequence[ast.stmt],
    after: Sequence[ast.stmt],
    moved: ast.stmt,
    kind: str,
) -> Edit:
    return written.spanning(block, block, [*before, _with_body(block, inner), *after], kind, moved)


def _with_body(block: ast.For | ast.While | ast.If, body: Sequence[ast.stmt]) -> ast.stmt:
    made = copy.copy(block)
    made.body = [*body]
    return made
