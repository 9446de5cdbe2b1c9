"""A cost that was measured and whose gradients are right, but that grows in each step: the steps are too long."""

from itertools import pairwise

import numpy as np

from grader.reading.probed.two_steps_of_cost import ByCost
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Event

LEAST = 6  # costs, each larger than the one before: by chance one time in 720
TIMES = 3.0  # what the cost has grown to, at least


def growth(found: ByCost) -> dict[str, float | int | str] | None:
    """The facts of a finding where a cost has grown several times and never fell; None if it did not."""
    graph = found.graph
    if found.cost.kind:
        return None
    place = graph.events[found.cost.event].place
    numbers = [(event, graph.values.scalar(event.result)) for event in graph.events if event.place == place]
    seen = [(event, float(number)) for event, number in numbers if number is not None]
    distinct = [seen[0][1], *[later for (_, one), (_, later) in pairwise(seen) if later != one]] if seen else []
    is_rising = all(later > one > 0 for one, later in pairwise(distinct))
    if len(distinct) < LEAST or not is_rising or not np.isfinite(distinct).all() or distinct[-1] < TIMES * distinct[0]:
        return None
    updates = {graph.events[one.update].place for one in (*(one for one, _ in found.right), *found.unsure)}
    if any(_goes_on(graph, one, later, updates) for (one, _), (later, _) in pairwise(seen[: LEAST + 1])):
        return None
    return {"first": f"{distinct[0]:.3g}", "last": f"{distinct[-1]:.3g}", "steps": len(distinct) - 1}


def _goes_on(graph: Graph, one: Event, later: Event, updates: set[int]) -> bool:
    """Whether a cost is made of a number of the one before, as a sum that runs on from step to step is.

    `updates` are the places that change parameters, of which a bias may be a single number.
    """
    earlier = graph.ancestors(one.index, max(-1, one.index - 400))
    made_of_others = {at for at in earlier if max(graph.sources[at], default=-1) >= 0}  # no bias that begins as 0
    numbers = {at for at in made_of_others if graph.size(graph.events[at].result) == 1}
    running = {at for at in numbers if graph.events[at].place not in updates}
    made = {source for at in graph.ancestors(later.index, one.index) for source in graph.sources[at]}
    return bool(made & running)
