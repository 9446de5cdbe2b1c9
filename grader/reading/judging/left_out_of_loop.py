"""Updates that stand behind a loop: that of the training, or that of the batches, of which only the last one counts."""

import ast
from collections import Counter
from itertools import pairwise

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.recorded.graph import ADDING, PRODUCTS, Graph

LEAST = 5  # passes with the same weights and the same inputs


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
