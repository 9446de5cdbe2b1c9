"""Labels that the output never meets: one-hot rows are made of them elsewhere."""

from collections.abc import Sequence

import numpy as np

from grader.reading.recorded.graph import Graph
from grader.reading.structure.network import Pass
from grader.reading.structure.outputs import is_labels
from grader.reading.structure.passes import Flow


def find_labels_apart(graph: Graph, flow: Flow, passes: Sequence[Pass]) -> bool:
    """One-hot rows are sometimes built away from the output: a vector of labels for each pass, used last before it."""
    for one in passes:
        a = one.layers[-1].a
        assert a is not None
        if a.shape[1] < 2:
            return False
        for event in reversed(graph.events[max(0, one.first - 400) : one.first]):
            values = [
                o for o in (event.result, *event.operands) if graph.size(o) == len(a) and len(graph.shape(o)) == 1
            ]
            found = next((v for v in values if len(a) > 1 and is_labels(graph, v, a.shape[1])), None)
            if found is not None and not flow.parts[event.index]:
                array = graph.array(found)
                assert array is not None
                one.y, one.y_value = np.eye(a.shape[1])[array.astype(int)], found
                break
        else:
            return False
    return True
