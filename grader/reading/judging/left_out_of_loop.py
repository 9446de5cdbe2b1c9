"""Updates that stand behind a loop: that of the training, or that of the batches, of which only the last one counts."""

import ast
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PRODUCTS, Graph
from grader.reading.recorded.recording import Event

LEAST = 5  # passes with the same weights and the same inputs
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
    for key, count in passes.most_common(8):
        if count < LEAST:
            return None
        for operand in key[1:]:
            weights, _ = graph.base(operand, latest[key])
            if weights not in graph.made_at_random or graph.size(weights) < 2:
                continue
            updates = [e for e in graph.users_after(weights, -1) if e.op in ADDING and e.operands[0] == weights]
            if len(updates) == 1 and updates[0].index > latest[key] and _is_of_products(graph, updates[0].index):
                return Finding("step", "update-behind-loop", updates[0].index, 0, {"passes": count})
    return None


def find_loop_without_update(graph: Graph, sources: Sequence[tuple[str, str]]) -> Finding | None:
    """A loop that was left for its time, and whose rounds all made the same of the same weights; None if none was.

    Where the lines that change the weights stand behind it, they are meant; else gradients that nobody takes.
    """
    products = [event for event in graph.events if event.op in PRODUCTS and len(event.operands) == 2]
    if graph.recording.end == "finished" or not products:
        return None
    rounds: dict[int, list[Event]] = {}
    for event in products:
        rounds.setdefault(event.place, []).append(event)
    for events in rounds.values():
        weights = next((o for o in events[-1].operands if o in graph.made_at_random and graph.size(o) > 1), None)
        same = [event for event in events[1:] if event.operands == events[-1].operands]
        if (
            weights is None
            or len(same) < MANY
            or any(_is_change(graph, weights, e) for e in graph.users_after(weights, -1))
        ):
            continue
        first, last = same[2].index, same[3].index  # names are kept of the first rounds
        if [(e.op, e.operands) for e in graph.events[first:last]] != [
            (e.op, e.operands) for e in graph.events[2 * first - last : first]
        ]:
            continue
        lines = {(p.filename, p.line) for p in map(graph.recording.place_of, graph.events[first:last])}
        places = graph.recording.places
        lines |= {(places[p].filename, places[p].line) for at, p, _, _ in graph.recording.named if first < at <= last}
        drawn = {
            o for e in graph.events[first:last] if e.op in PRODUCTS for o in e.operands if o in graph.made_at_random
        }
        names = {name for _, _, name, held in graph.recording.named if held in drawn}
        facts: dict[str, float | int | str] = {"value": weights, "passes": f"at least {len(same):,}"}
        for filename, source in sources:
            loop, update = _loop_and_update(source, {line for name, line in lines if name == filename}, names)
            if update is not None:
                facts |= {"filename": filename, "line": update}
                return Finding("step", "update-behind-loop", last, 0, facts)
            if loop is not None and _makes_gradient(graph, first, last, weights):
                facts |= {"filename": filename, "line": loop}
                return Finding("step", "loop-without-update", last, 0, facts)
    return None


def _is_change(graph: Graph, weights: int, event: Event) -> bool:
    return event.op in ADDING and graph.size(event.result) == graph.size(weights)


def _makes_gradient(graph: Graph, first: int, last: int, weights: int) -> bool:
    """Whether a round has a product that the weights have no part in, and that has their shape."""
    shape = sorted(graph.shape(weights))
    return any(
        event.op in PRODUCTS
        and sorted(graph.shape(event.result)) == shape
        and weights not in {graph.base(operand, event.index)[0] for operand in event.operands}
        for event in graph.events[first:last]
    )


def _loop_and_update(source: str, lines: set[int], names: set[str]) -> tuple[int | None, int | None]:
    """The line of the outermost loop around some lines, and that of the first change of a name behind it."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None, None
    for block in [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef)]:
        for position, node in enumerate(block):
            if not isinstance(node, ast.For | ast.While):
                continue
            if not any(node.lineno <= line <= (node.end_lineno or 0) for line in lines):
                continue
            changes = [one.lineno for one in block[position + 1 :] if _changed_name(one) in names]
            return node.lineno, next(iter(changes), None)
    return None, None


def _changed_name(node: ast.stmt) -> str:
    """What a statement changes by a sum: `w -= …`, `w = w - …`."""
    if isinstance(node, ast.AugAssign):
        return ast.unparse(node.target)
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp) and len(node.targets) == 1:
        target = ast.unparse(node.targets[0])
        return target if ast.unparse(node.value.left) == target else ""
    return ""


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
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return False
    loops = [(node.lineno, node.end_lineno or 0) for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
    around = [(first, last) for first, last in loops if first <= inner <= last]
    left = [(first, last) for first, last in around if last < outer]
    return len(left) == 1 and any(first <= outer <= last for first, last in around)


def _is_of_products(graph: Graph, update: int) -> bool:
    """Whether what changes the weights was made by a product, as a gradient is."""
    source = graph.sources[update][-1]
    return source >= 0 and any(graph.events[at].op in PRODUCTS for at in graph.ancestors(source))
