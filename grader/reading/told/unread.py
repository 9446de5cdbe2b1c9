"""What is told of a file that could not be read: the reason, its code, and what to do about it.

The advice follows from the code, and each holds for all files of its code: it is followed by people who do not know why
it is given.
"""

import re
from typing import NamedTuple

from grader.reading.runs.failed_operation import failed_operation
from grader.reading.runs.run import ADDED, Run, may_be_of_data, what_stops
from grader.reading.structure.passes import NoNetwork
from grader.reading.told.explanation import Explanation
from grader.sandbox.inside.standins import DISPLAY_MODULES
from grader.submissions import Submission

_OF_ERRORS = re.compile(r"\b(Exception|[A-Z]\w*Error|Traceback)\b|\bError (at|in|:)")
_WITHOUT_GRADIENT = (
    (r"hopfield|boltzmann|contrastive.?divergence", "stores patterns, or learns from what it gives by itself"),
    (r"kohonen|self.?organi[sz]ing|best.?matching.?unit|\bbmu\b", "moves the nearest unit to each sample"),
    (r"crossover|\bmutat(e|ion)\b|neuro.?evol|particle.?swarm", "draws new weights, and keeps those that do better"),
    (r"hebbian|\bhebb\b|spike.?timing|\bstdp\b", "changes weights by what is active at the same time"),
)
_NOT_OF_THE_FILE = frozenset(
    ["stops", "not-allowed-here", "module-missing", "data-missing", "data-stood-in", "fault-of-grader"]
)
FEW_EVENTS = 100  # of a run in which nothing is trained
_BY_COST = (
    "Of such a network each gradient is compared with a measured one, where each step computes the cost as one number."
)

ADVICE = {
    "stops": "Mend that first; from the first steps of training on, it can be explained.",
    "stops-as-added": (
        "Mend that first. If it lies in the lines that were added, add lines of your own that make data and a network "
        "and train it."
    ),
    "not-allowed-here": "Leave that out, or let plain calls train it: what they compute can be explained.",
    "data-missing": "Give the file in a folder or an archive that holds what it opens, under the same name.",
    "data-stood-in": "Give the file in a folder or an archive that holds its data, under the same names.",
    "module-missing": (
        "What is a file of yours can be given as well, in one folder with this one; of other modules leave out the "
        "lines that use them, or write these with numpy."
    ),
    "too-long": (
        "Where a step takes long, give it fewer samples, a smaller network, or data that are ready at once. Where it "
        "does not, see whether each round of the loop changes the weights: whether the update stands in it, and what "
        "is taken off is not 0."
    ),
    "nothing-trains": "Add the lines that make data and a network, and train it for some steps.",
    "one-step": (
        "Let the step run several times, in a loop, each with the weights that the one before has left under the same "
        "names."
    ),
    "no-weights": (
        "Weights are read best in numpy arrays, one matrix for each layer, with each layer written as one product, "
        "like `W @ x + b`, and a step that gives them back changed, under the same names."
    ),
    "no-gradient": "What is judged here are gradients of a cost: rules of learning that have none are not.",
    "recurrent": _BY_COST,
    "no-chain": _BY_COST,
    "in-turns": (
        "Layers of one cost are read where each step changes all of them; two networks with costs of their own are not "
        "judged."
    ),
    "no-step": (
        "What an update is made of is followed back to what the network gives. An `if` on the way, as in a hinge or a "
        "unit with a step, breaks that off. Where each step computes its cost as one number, every gradient is "
        "compared with a measured one instead."
    ),
    "right-at-once": (
        "See whether the error is made of the output. If it is, start from other weights, or give samples of which "
        "some are wrong at first."
    ),
    "too-large": "Give it smaller layers, or fewer inputs.",
    "no-targets": (
        "What can be read compares what the last layer gives with targets in each step, by a difference or a cost."
    ),
}


class Reason(NamedTuple):
    """Why a file was not read, as a code and as a sentence."""

    code: str
    text: str


def unread(submission: Submission, reason: Reason) -> Explanation:
    return of_reason(Explanation(name=submission.name, status="unread"), reason)


def of_reason(explanation: Explanation, reason: Reason) -> Explanation:
    """The explanation of a file that was not read, with this for its reason."""
    return explanation.model_copy(
        update={"reason": reason.text, "reason_code": reason.code, "advice": ADVICE.get(reason.code, "")}
    )


def without_gradient(explanation: Explanation, submission: Submission) -> Explanation:
    """What is told of a file that was not read, where its text speaks of a rule of learning that has no gradient."""
    text = "\n".join(unit.source for unit in (*submission.modules.values(), *submission.units))
    for pattern, what in _WITHOUT_GRADIENT:
        said = re.search(pattern, text, re.IGNORECASE)
        if said and explanation.reason_code not in _NOT_OF_THE_FILE:
            return of_reason(explanation, Reason("no-gradient", f"its text speaks of “{said[0]}”: a rule that {what}"))
    return explanation


def reason_of(run: Run, found: NoNetwork, submission: Submission) -> Reason:
    """Why a run gave nothing to read: what stopped it, that it took too long, or what `found` tells."""
    failure = run.failure
    if failure is None:
        is_short = run.recording is not None and run.recording.end in ("time", "memory", "events")
        if is_short and found.code in ("no-step", "no-weights"):
            return Reason("too-long", "in the time and memory that a run has, no whole step of training could be read")
        is_idle = run.recording is not None and len(run.recording.events) < FEW_EVENTS
        return Reason("nothing-trains" if is_idle and found.code == "no-weights" else found.code, str(found))
    frame = failure.frames[-1] if failure.frames else None
    place = submission.locate(frame.filename, frame.line) if frame is not None else None
    where = f" ({place})" if place is not None else ""
    why = failed_operation(run)
    told = f"it stops before its training could be read: {what_stops(failure)}{where}"
    kind = getattr(failure, "type_name", "")
    asked = re.fullmatch(r"AttributeError: (\w+)", str(failure))  # of Python's own kinds it says more
    if asked is not None:
        told = f"what stands in for a library here has no `{asked[1]}`, so it stops before its training is read{where}"
    if asked is not None or kind in ("StandInUsed", "ModuleNotFoundError", "ImportError"):
        return Reason("module-missing", told)
    if kind in ("PermissionError", "BlockingIOError") or "can't start new thread" in str(failure):
        asked_for = "a thread, a process, an event loop, a connection, or a place that is not its own"
        return Reason("not-allowed-here", f"a run here may not have what it asks for ({asked_for}){where}: {failure}")
    if kind in ("FileNotFoundError", "NotADirectoryError"):
        return Reason("data-missing", told)
    if failure.frames and failure.frames[0].filename == ADDED:
        return Reason("stops-as-added", f"{told}. {why}" if why else told)
    if not may_be_of_data(run):
        return Reason("stops", f"{told}. {why}" if why else told)
    given = {given for _, given in run.served}
    which = f" ({run.served[-1][1]}, for {run.served[-1][0]})" if len(run.served) == 1 else ""
    which = f" ({run.served[-1][1]})" if len(given) == 1 and not which else which
    text = (
        f"with what was given in the place of your data or answers{which}, {told}. That may be due to their size or "
        f"form, and not to the file{'. ' if why else ''}{why}"
    )
    return Reason("data-stood-in", text)


def what_is_no_python(submission: Submission) -> str:
    """What to say of text that Python does not read, and that the run was without."""
    for unit in (*submission.modules.values(), *submission.units):
        for fault in unit.faults:
            place = submission.locate(unit.filename, fault.line)
            return f"{place} is no Python ({fault.message}), so what it belongs to was left out"
    return ""


def what_it_says(run: Run) -> str:
    """What to say of errors that a file catches and prints, and goes on."""
    if run.failure is not None:
        return ""
    line = next((line.strip() for line in run.output.split("\n") if _OF_ERRORS.search(line)), "")
    return f"; it prints “{line[:160]}”" if line else ""


def what_is_not_here(run: Run, code: str) -> str:
    """What to say of modules that a file imports from beside it, and was given without; nothing if the advice does."""
    names = [name for name in run.stand_ins if name not in DISPLAY_MODULES]
    if not names or code == "module-missing":
        return ""
    told = ", ".join(f"`{name[:40]}`" for name in names[:3])
    what = "is not here: a file of yours" if len(names) == 1 else "are not here: files of yours"
    return f"; it imports {told}, which {what} can be given as well, in one folder with this one"
