"""A fault that can be told although no network was read, or beside one that was."""

from collections.abc import Sequence

from grader.reading.judging.finding import Finding
from grader.reading.judging.single_step import find_single_step
from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Recording
from grader.reading.told.asked import where_asked
from grader.reading.told.explanation import Explanation
from grader.reading.told.placed import fault_of, placed
from grader.reading.told.unread import Reason, unread
from grader.reading.told.words import words_without_network
from grader.submissions import Submission


def without_network(finding: Finding, recording: Recording, submission: Submission) -> Explanation:
    """A fault that can be told although the network could not be read."""
    at = finding.event or 0
    place = recording.place_of(recording.events[at])
    if finding.code == "slope-of-data":
        place = where_asked(Graph(recording), at, or_used=True) or place
    filename, line = str(finding.facts.get("filename", place.filename)), int(finding.facts.get("line", place.line))
    value = finding.facts.get("value")
    names = [name for _, _, name, held in sorted(recording.named) if held == value]
    name = names[0][:60] if names else "the data" if finding.code == "slope-of-data" else "the weights"
    words = words_without_network(finding, name=f"`{name}`" if names else name)
    fault = fault_of(finding, words, placed(submission, filename, line))
    return Explanation(name=submission.name, status="fault", faults=(fault,))


def with_unused(told: Explanation, finding: Finding, recording: Recording, submission: Submission) -> Explanation:
    """What was told of a network, and what is changed beside it."""
    faults = without_network(finding, recording, submission).faults
    return told.model_copy(update={"status": "fault", "faults": faults})


def ended_at_once(graph: Graph, sources: Sequence[tuple[str, str]], submission: Submission) -> Explanation | None:
    """What is told of a training of one step: that its loop ends in the first round, or that more are needed."""
    single = find_single_step(graph, sources)
    if single is None or (single.ending is None and graph.recording.end != "finished"):
        return None  # where the run was left in the middle, more steps may come
    if single.ending is None:
        where = submission.locate(single.filename, single.line)
        return unread(submission, Reason("one-step", f"a single step of training was seen ({where})"))
    finding = Finding("step", "loop-ends-at-once", single.event, 0)
    fault = fault_of(finding, words_without_network(finding), placed(submission, single.filename, single.ending))
    return Explanation(name=submission.name, status="fault", faults=(fault,))
