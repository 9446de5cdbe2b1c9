"""What a step remembers of the gradients grows by itself: `m += beta * m + (1 - beta) * g`, where `m =` was meant."""

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.recorded.graph import ADDING, Graph

LEAST = 1.01  # times what it was in the step before; a sum of all gradients has 1
EXACT = 1e-9


def find_growing_memory(graph: Graph, gradient: int, update: int, value: int) -> Finding | None:
    """The event that makes more than what was remembered and a share of the gradient; None if there is none.

    Args:
        gradient: the event that makes the gradient of the parameter `value`, which the event `update` changes.
    """
    g = graph.array(graph.events[gradient].result)
    for at in sorted(graph.ancestors(update, gradient) - {update}):
        event = graph.events[at]
        grown = graph.array(event.result)
        if event.op not in ADDING or g is None or grown is None or grown.size != g.size or g.size < 3:
            continue
        if not any(user.place == event.place for user in graph.users_after(event.result, at)):
            continue  # the next step does not go on from it
        for source, operand in zip(graph.sources[at], event.operands, strict=True):
            m = graph.array(operand)
            if source >= gradient or operand == value or m is None or m.shape != grown.shape or not m.any():
                continue
            terms = np.array([m.ravel(), g.ravel()]).T
            with np.errstate(all="ignore"):
                (kept, share), _, rank, _ = np.linalg.lstsq(terms, grown.ravel(), rcond=1e-6)
                rest = np.abs(terms @ [kept, share] - grown.ravel()).max()
            if rank == 2 and kept > LEAST and share and rest <= EXACT * np.abs(grown).max():
                return Finding("step", "memory-grows", at, facts={"times": f"{kept:.3g}"})
    return None
