"""The statement that asks a helper for a value: the helper may be right, and what it is given wrong."""

from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Place

NEAR = 12  # events within which what a helper gives gets a name, or is used


def where_asked(graph: Graph, event: int, *, or_used: bool = False) -> Place | None:
    """Where what an event makes gets its first name, if that is in another function; None if it is in the same one.

    With `or_used`, a value without a name is asked for where it is used first.
    """
    recording, value = graph.recording, graph.events[event].result
    names = [where for at, where, _, held in sorted(recording.named) if held == value and event < at <= event + NEAR]
    users = [one.place for one in graph.events[event + 1 : event + NEAR] if event in graph.sources[one.index]]
    found = [*names[:1], *(users[:1] if or_used else [])]
    place = recording.places[found[0]] if found else None
    return None if place is None or place.function == recording.place_of(graph.events[event]).function else place
