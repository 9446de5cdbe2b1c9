"""Updates that stand behind a loop: that of the training, or that of the batches, of which only the last one counts."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PRODUCTS, Graph
from grader.reading.recorded.recording import Event
from grader.submissions.syntax import parse

LEAST = 5  # passes with the same weights and the same inputs
LAST = 40  # events of a run, among which a change behind all loops is
MANY = 50  # of a loop that was left before its end


def find_left_out(graph: Graph) -> Finding | None:
    """The only update of weights that were multiplied with the same inputs many times before; None if there is none."""
    if graph.recording.end != "finished":
        return None  # more updates may be to come
    passes: Counter[tuple[int, int, int]] = Counter()
    latest: dict[tuple[int, int, int], int] = {}
    for event in graph.events:
        if event.op in PRODUCTS and len(event.operands) == 2:
            key = (event.place, *event.operands)
            passes[key] += 1
            latest[key] = event.index
    found: list[Finding] = []
    for key, count in passes.most_common(8):
        for operand in key[1:] if count >= LEAST else ():
            weights, _ = graph.base(operand, latest[key])
            if weights not in graph.made_at_random or graph.size(weights) < 2:
                continue
            updates = [e for e in graph.users_after(weights, -1) if e.op in ADDING and e.operands[0] == weights]
            if len(updates) == 1 and updates[0].index > latest[key] and _is_of_products(graph, updates[0].index):
                found.append(Finding("step", "update-behind-loop", updates[0].index, 0, {"passes": count}))
    if found:
        return min(found, key=lambda one: one.event or 0)
    return _of_numbers(graph)


def _of_numbers(graph: Graph) -> Finding | None:
    """The same of a weight that is a single number: its name holds another one at the end, and not before."""
    held: dict[str, set[int]] = {}
    for _, _, name, value in graph.recording.named:
        held.setdefault(name, set()).add(value)
    places = Counter(event.place for event in graph.events)
    for event in graph.events[-LAST:]:
        is_number = event.op in ADDING and len(event.operands) == 2 and graph.size(event.result) == 1
        if not is_number or places[event.place] > 1:
            continue
        weight, made = event.operands[0], graph.ancestors(event.index)
        uses: Counter[tuple[int, float | None]] = Counter()
        for use in (graph.events[at] for at in graph.users.get(weight, ()) if at < event.index):
            if use.op in ("Mult", "multiply") and len(set(use.operands)) == 2 and places[use.place] >= LEAST:
                other = next(operand for operand in use.operands if operand != weight)
                uses[use.place, graph.values.scalar(other)] += 1
        is_renamed = any(event.result in values and weight in values for values in held.values())
        count = min(uses.values(), default=0)
        if is_renamed and count >= LEAST and {graph.events[at].place for at in made} & {place for place, _ in uses}:
            return Finding("step", "update-behind-loop", event.index, 0, {"passes": count})
    return None


def find_loop_without_update(graph: Graph, sources: Sequence[tuple[str, str]]) -> Finding | None:
    """A loop in whose rounds nothing changes: weights change behind it, as it was left for its time, or nowhere."""
    rounds: dict[int, list[Event]] = {}
    is_left = graph.recording.end != "finished"
    for event in graph.events:
        if event.op in PRODUCTS and any(o in graph.made_at_random and graph.size(o) > 1 for o in event.operands):
            rounds.setdefault(event.place, []).append(event)
    for events in rounds.values():
        same = [event for event in events if event.operands == events[-1].operands]
        if len(same) < max(MANY, len(events) - 1):
            continue
        first, last = same[2].index, same[3].index  # names are kept of the first rounds
        span, before = graph.events[first:last], graph.events[2 * first - last : first]
        if [(one.op, one.operands) for one in span] != [(one.op, one.operands) for one in before]:
            continue
        named = [(p, name, held) for at, p, name, held in graph.recording.named if at <= last]
        places = [*map(graph.recording.place_of, span), *[graph.recording.places[p] for p, _, _ in named]]
        drawn = {o for one in span if one.op in PRODUCTS for o in one.operands if o in graph.made_at_random}
        names = {name for _, name, held in named if held in drawn}
        for filename, source in sources if is_left else ():
            line = _change_behind(source, {p.line for p in places if p.filename == filename}, names)
            if line is not None:
                facts: dict[str, float | int | str] = {
                    "passes": f"at least {len(same):,}", "filename": filename, "line": line,
                }  # fmt: skip
                return Finding("step", "update-behind-loop", last, 0, facts)
    return None


def _change_behind(source: str, lines: set[int], names: set[str]) -> int | None:
    """The line of the first change of a name behind the outermost loop around some lines: `w -= …`, `w = w - …`."""
    tree = parse(source)
    for node in ast.walk(tree) if tree is not None else ():
        block = node.body if isinstance(node, ast.Module | ast.FunctionDef) else []
        loops = [at for at, one in enumerate(block) if isinstance(one, ast.For | ast.While)]
        around = [at for at in loops if any(block[at].lineno <= line <= (block[at].end_lineno or 0) for line in lines)]
        for one in block[around[0] + 1 :] if around else ():
            call = one.value if isinstance(one, ast.Expr | ast.Assign) and isinstance(one.value, ast.Call) else None
            called = call.func.attr if call is not None and isinstance(call.func, ast.Attribute) else ""
            if any(_changed(inner) in names for inner in (one, *_methods(tree, called))):
                return one.lineno
    return None


def _changed(node: ast.AST) -> str:
    """What is changed where it is: `w` of `w -= …` and `w = w - …`."""
    if isinstance(node, ast.AugAssign):
        return ast.unparse(node.target)
    is_sum = isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp)
    target = ast.unparse(node.targets[0]) if is_sum else ""  # type: ignore[attr-defined]
    return target if is_sum and target == ast.unparse(node.value.left) else ""  # type: ignore[attr-defined]


def _methods(tree: ast.Module | None, name: str) -> Iterator[ast.AST]:
    """All that stands in methods of a name."""
    for node in ast.walk(tree) if tree is not None and name else ():
        if isinstance(node, ast.FunctionDef) and node.name == name:
            yield from ast.walk(node)


def find_last_batch(judgement: Judgement) -> Finding | None:
    """An update that stands behind the loop of the batches, and takes what was left of the last of them."""
    network, graph = judgement.network, judgement.network.graph
    top = network.depth - 1
    updates = network.chain[top].updates
    product = network.passes[0].layers[top].product
    place = graph.events[product].place
    where, stands = (
        graph.recording.places[place],
        graph.recording.place_of(graph.events[updates[0]]) if updates else None,
    )
    if stands is None or (where.filename, where.function) != (stands.filename, stands.function):
        return None
    passes = [event for event in graph.events if event.place == place]
    lost: list[int] = []
    for before, update in pairwise(updates[:3]):
        own = [event for event in passes if before < event.index < update]
        made = graph.ancestors(update, before)
        if len({event.operands for event in own}) < len(own) or len(own) < 2:
            return None  # the same again: it is looked at, not learned from
        if any(event.index in made for event in own[:-1]) or own[-1].index not in made:
            return None
        lost.append(len(own))
    source = "\n".join(network.texts.lines.get(stands.filename, []))
    if len(lost) < 2 or not _is_behind_inner_loop(source, where.line, stands.line):
        return None
    return Finding("step", "last-batch-only", updates[0], top, {"passes": lost[0]})


def _is_behind_inner_loop(source: str, inner: int, outer: int) -> bool:
    """Whether a line is in a loop that another one is not in, though it is in one around that."""
    nodes = ast.walk(parse(source) or ast.Module([], []))
    loops = [(node.lineno, node.end_lineno or 0) for node in nodes if isinstance(node, ast.For | ast.While)]
    around = [(first, last) for first, last in loops if first <= inner <= last]
    left = [(first, last) for first, last in around if last < outer]
    return len(left) == 1 and any(first <= outer <= last for first, last in around)


def _is_of_products(graph: Graph, update: int) -> bool:
    """Whether what changes the weights was made by a product, as a gradient is."""
    source = graph.sources[update][-1]
    return source in graph.of_products
