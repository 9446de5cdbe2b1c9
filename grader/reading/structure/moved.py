"""Parameters of which one number is moved, to see what the cost does, and put back."""

import numpy as np

from grader.reading.recorded.graph import ADDING, Graph
from grader.reading.recorded.recording import Event

SMALL_MOVE = 2e-3  # by which a numerical gradient is taken, at most
SETS_OF_MOVE = 3  # within which a number is put back that was moved for it


def is_moved(graph: Graph, event: Event, value: int) -> bool:
    """Whether an event moves one number of a version, and it is put back soon."""
    if not _is_near(graph, event.result, value):
        return False
    current = event
    for _ in range(SETS_OF_MOVE):
        users = graph.users_after(current.result, current.index)
        following = next((user for user in users if user.op == "Set" and user.operands[0] == current.result), None)
        if following is None:
            return False
        if following.result == value or is_as_before(graph, following.result, value):
            return True
        current = following
    return False


def is_tried(graph: Graph, event: Event, starts: set[int]) -> bool:
    """Whether an event gives a version with one number moved, beside it: the version itself is changed later."""
    return (
        event.operands[0] in starts
        and any(user.op in ADDING for user in graph.users_after(event.operands[0], event.index))
        and _is_near(graph, event.result, event.operands[0])
    )


def _is_near(graph: Graph, one: int, other: int) -> bool:
    """Whether two arrays differ in one number, and by little."""
    arrays = graph.array(one), graph.array(other)
    if arrays[0] is None or arrays[1] is None or arrays[0].shape != arrays[1].shape or arrays[0].dtype.kind != "f":
        return False
    differences = np.abs(arrays[0] - arrays[1])
    return bool(np.count_nonzero(differences) == 1 and differences.max() <= SMALL_MOVE)


def is_as_before(graph: Graph, one: int, other: int) -> bool:
    """Whether two arrays differ in one number, and there by no more than rounding."""
    arrays = graph.array(one), graph.array(other)
    if arrays[0] is None or arrays[1] is None or not _is_near(graph, one, other):
        return False
    return bool(np.allclose(arrays[0], arrays[1], rtol=1e-12, atol=1e-12))
