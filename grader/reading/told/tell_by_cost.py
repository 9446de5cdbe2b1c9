"""What is told of a network whose layers were not read, and whose gradients were measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from grader.reading.probed.looked_up import changed_beside
from grader.reading.probed.resting import resting
from grader.reading.probed.two_steps_of_cost import ByCost
from grader.reading.recorded.graph import ADDING, PRODUCTS
from grader.reading.told.explanation import Explanation, Fault, Quantity
from grader.reading.told.placed import Placed, fault_of, operand_as_written, placed
from grader.reading.told.words import words_without_network
from grader.submissions import Submission

RESTS = "no step that was seen changes it"


def told_by_cost(
    found: ByCost, submission: Submission, read: Explanation | None = None, left: Sequence[Quantity] = ()
) -> Explanation:
    """The explanation: each parameter with the line that makes its gradient.

    The picture, and what is right of the forward pass, are those of what was `read`, if layers were; `left` is what
    was not measured.
    """
    graph = found.graph

    def place(event: int | None, line: int = 0) -> Placed:
        if event is None:
            return None, ""
        where = graph.recording.place_of(graph.events[event])
        return placed(submission, where.filename, line or where.line)

    names: dict[int, str] = {}
    for _, _, name, value in sorted(graph.recording.named):
        if value not in names or "…" in names[value]:
            names[value] = name[:60]

    told_of = {*(one.origin for one, _ in found.right), *(one.origin for one in found.unsure)}
    if found.finding is not None and "value" in found.finding.facts:
        told_of.add(int(found.finding.facts["value"]))
    called = Counter(names.get(origin) for origin in told_of)
    for origin in (one for one in told_of if called[names.get(one)] > 1):
        # several objects of one class have one name for what they hold
        use = next(
            (graph.events[at] for at in graph.users.get(origin, ()) if graph.events[at].op in PRODUCTS | ADDING), None
        )
        if use is not None:
            where, position = graph.recording.place_of(use), use.operands.index(origin)
            names[origin] = operand_as_written(submission, where, position) or names.get(origin, "a parameter")

    def quantity(value: int, event: int, status: str) -> Quantity:
        location, text = place(event)
        name = names.get(value, "a parameter")
        return Quantity.model_validate({
            "name": name, "status": status, "own_name": name, "location": location, "text": text,
        })  # fmt: skip

    faults: tuple[Fault, ...] = ()
    if found.finding is not None:
        is_of_all = "value" not in found.finding.facts
        name = "step" if is_of_all else names.get(int(found.finding.facts["value"]), "a parameter")
        told = f"`{name}`" if name not in ("step", "a parameter") else name
        words = words_without_network(found.finding, name=told)
        title = words.title if name in words.title else f"{told}: {words.title}"
        where_wrong = place(found.finding.event, int(found.finding.facts.get("line", 0)))
        faults = (fault_of(replace(found.finding, quantity=name), words, where_wrong, title),)
    cost, _ = place(found.cost.event)
    line = f"line {cost.line}" if cost is not None else "the file"
    instead = "the layers were not read as one chain" if read is None else "not all of the way back was followed"
    of_it = "a cost of it" if found.cost.name == "error" else "it"
    note = (
        f"{instead}; each parameter was moved in a second run instead, and the "
        f"{found.cost.name} of {line} measured: what is ticked is a gradient of {of_it}"
        f"{', and the steps make it grow' * (found.is_growing and not found.finding)}"
    )
    learned = [*(one for one, _ in found.right), *found.unsure] if read is None else []
    sizes = list[str]()
    for one in learned:
        size = "×".join(map(str, graph.shape(one.value))) or "(a number)"
        sizes.append(f"{names.get(one.origin, 'a parameter')} {size}" + " (used several times)" * one.is_shared)
    notes = (f"what is learned in a step: {', '.join(sizes)}", note) if sizes else (note,)
    followed = () if read is None else tuple(one for one in read.chain if one.status == "right")
    unjudged = (*(quantity(one.origin, one.first, "unknown") for one in found.unsure), *left)
    layers = read.network.layers if read is not None and read.network is not None else ()
    own = {layer.names.get(one) for layer in layers for one in ("W", "b")}  # what is said of these stands in the chain
    listed = {one.own_name for one in unjudged} | own
    beside = (quantity(*one, "unknown") for one in changed_beside(graph, told_of))
    unjudged = (*unjudged, *(one for one in beside if one.own_name not in listed))
    if found.shown is not None and not faults:
        unjudged = (*unjudged, quantity(graph.events[found.shown].result, found.shown, "unknown"))
    if read is None and not faults:
        still = (quantity(*one, "unknown").model_copy(update={"own_name": RESTS}) for one in resting(graph, told_of))
        unjudged = (*unjudged, *still)
    return Explanation(
        name=submission.name,
        status="fault" if faults else "partly" if unjudged or found.is_growing else "right",
        network=read.network if read is not None else None,
        chain=(*followed, *(quantity(one.origin, event, "right") for one, event in found.right)),
        faults=faults,
        unjudged=unjudged,
        notes=(*(read.notes if read is not None else ()), *notes),
    )
