"""The statement that asks a helper for a value: the helper may be right, and what it is given wrong."""

from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Place, Recording

NEAR = 12  # events within which what a helper gives gets a name


def where_asked(recording: Recording, event: int) -> Place | None:
    """Where what an event makes gets its first name, if that is in another function; None if it is in the same one."""
    own, value = recording.place_of(recording.events[event]), recording.events[event].result
    for at, where, _, held in sorted(recording.named):
        if held == value and event < at <= event + NEAR:
            place = recording.places[where]
            return None if place.function == own.function else place
    return None


def where_used(graph: Graph, event: int) -> Place | None:
    """The same of a value without a name: where another function uses it first."""
    recording, near = graph.recording, graph.events[event + 1 : event + NEAR]
    own = recording.place_of(graph.events[event])
    user = next((one for one in near if event in graph.sources[one.index]), None)
    place = None if user is None else recording.place_of(user)
    return None if place is None or place.function == own.function else place
