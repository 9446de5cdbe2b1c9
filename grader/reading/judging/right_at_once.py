"""A difference of decisions that is 0 at once: nothing is changed then, and no rule can be read."""

from grader.reading.recorded.graph import ADDING, PRODUCTS, Graph

MANY = 4  # steps in which nothing is changed


def is_right_at_once(graph: Graph) -> bool:
    """Whether weights stay what they are because each difference that was seen is 0, and so is all that is added."""
    errors = {graph.values.scalar(event.result) for event in graph.events if event.op in ("Sub", "subtract")}
    multiplied = {operand for event in graph.events if event.op in PRODUCTS for operand in event.operands}
    added: dict[int, list[bool]] = {}  # place -> whether each array that is added is 0
    for event in graph.events if errors == {0.0} else ():
        if event.op in ADDING and len(event.operands) == 2 and event.operands[0] in multiplied:
            moved = graph.array(event.operands[1])
            added.setdefault(event.place, []).append(moved is not None and moved.size > 1 and not moved.any())
    return any(len(zeros) >= MANY and all(zeros) for zeros in added.values())
