"""Explains a file: runs it in a cell, reads its network, judges it."""

import re
import time
import traceback
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np

from grader.reading.costs import COSTS, CostOption
from grader.reading.further import with_further
from grader.reading.judged import Judged, judged
from grader.reading.judging.finding import Finding
from grader.reading.judging.forward_faults import find_broadcast, find_broadcast_before_stop, find_dead_start
from grader.reading.judging.in_vain import find_in_vain
from grader.reading.judging.left_out_of_loop import find_left_out
from grader.reading.judging.never_used import find_never_used
from grader.reading.judging.single_step import find_single_step
from grader.reading.judging.standing_still import find_standing_still
from grader.reading.measured import units_as_measured
from grader.reading.perceptrons import find_perceptron
from grader.reading.probed.by_cost import judge_by_cost
from grader.reading.probed.probed_places import PROBED
from grader.reading.recorded.graph import PRODUCTS, Graph
from grader.reading.recorded.recording import Recording
from grader.reading.runs.driver import Driver, drivers, what_to_add
from grader.reading.runs.repeated import repeated
from grader.reading.runs.run import ADDED, Move, Run, again, is_of_data, noisy, of_fewer, record, to_the_end
from grader.reading.structure.layered import with_layers
from grader.reading.structure.loop_products import with_loop_products
from grader.reading.structure.negated import without_negated
from grader.reading.structure.network_read import Network
from grader.reading.structure.passes import NoNetwork
from grader.reading.structure.reader import read_network
from grader.reading.structure.single_weights import with_single_weights
from grader.reading.told.explanation import Explanation, Fault
from grader.reading.told.tell_by_cost import told_by_cost
from grader.reading.told.words import words_without_network
from grader.sandbox import Sandbox
from grader.sandbox.inside.sample_data.samples import UNKNOWN
from grader.sandbox.inside.standins import DISPLAY_MODULES
from grader.submissions import Submission, load_submission

_OF_ERRORS = re.compile(r"\b(Exception|[A-Z]\w*Error|Traceback)\b|\bError (at|in|:)")
MAX_FITTED = 6  # drivers that are tried again with data of another width
ONE_STEP = "one step of training was followed; what the next ones do with it was not judged"
FEW_EVENTS = 500  # as of loading data and a few trials
_TABLES = (".csv", ".txt", ".tsv", ".data", ".dat")
_OF_IMAGES = re.compile(r"78[45]|\b28\b|mnist|digit|pixel|image", re.IGNORECASE)


def explain(
    path: str | Path,
    *,
    cost: CostOption | None = None,
    sandbox: Literal["auto", "strict", "none"] = "auto",
    seed: int = 0,
) -> Explanation:
    """Run a script, notebook or folder that trains a network, and tell what the network is and what is wrong with it.

    Args:
        path: a module, a notebook, a folder or an archive, in the person's own interface.
        cost: which cost is meant, if the file computes none.
        sandbox: as for `grader.grade`.
        seed: of numpy's and Python's random generators before the run.

    Raises:
        SubmissionRejected: it cannot be read as Python.
        SandboxUnavailable: nothing was run.
        ValueError: there is no such cost.
    """
    if cost is not None and cost not in COSTS.values():
        accepted = " or ".join(f'"{option}"' for option in COSTS.values())
        raise ValueError(f"cost is {cost!r}; it may be {accepted}")
    submission = load_submission(path)
    with Sandbox(sandbox) as cells:
        return explain_submission(submission, cells, cost=cost, seed=seed)


def explain_submission(
    submission: Submission,
    sandbox: Sandbox,
    *,
    cost: CostOption | None = None,
    seed: int = 0,
    files: Mapping[str, Any] | None = None,
) -> Explanation:
    """As `explain`, for a submission that was read, in cells of a sandbox that runs."""
    started = time.perf_counter()
    run = record(submission, sandbox, seed=seed, files=files)
    with np.errstate(all="ignore"):
        explanation = explain_run(run, submission, cost)
        longer = to_the_end(run) if explanation.status == "unread" else None
        if longer is not None:
            run, explanation = longer, explain_run(longer, submission, cost)
        fewer = of_fewer(run) if explanation.status == "unread" else None
        if fewer is not None:
            found = explain_run(fewer, submission, cost)
            run, explanation = (fewer, found) if found.status != "unread" else (run, explanation)
        if explanation.status == "unread":
            run, explanation = _of_single_step(submission, sandbox, cost, seed, run, explanation)
        if explanation.status == "unread" and not _trains(run):
            run, explanation = _driven(submission, sandbox, cost, seed, run, explanation)
        elif explanation.status in ("right", "partly"):
            explanation = with_further(
                run,
                explanation,
                submission,
                lambda further, is_trial: explain_run(further, submission, cost, is_driven=is_trial),
            )
    no_python = _no_python(submission)
    if explanation.status == "unread":
        reason = f"{no_python}; {explanation.reason}" if no_python else explanation.reason
        explanation = explanation.model_copy(update={"reason": reason + _what_it_says(run) + _what_is_not_here(run)})
    elif no_python:
        explanation = explanation.model_copy(update={"notes": (no_python, *explanation.notes)})
    return explanation.model_copy(
        update={"data": run.served, "output": run.output[:20_000], "seconds": round(time.perf_counter() - started, 3)}
    )


def _no_python(submission: Submission) -> str:
    """What to say of text that Python does not read, and that the run was without."""
    for unit in (*submission.modules.values(), *submission.units):
        for fault in unit.faults:
            place = submission.locate(unit.filename, fault.line)
            return f"{place} is no Python ({fault.message}), so what it belongs to was left out"
    return ""


def _what_it_says(run: Run) -> str:
    """What to say of errors that a file catches and prints, and goes on."""
    if run.failure is not None:
        return ""
    line = next((line.strip() for line in run.output.split("\n") if _OF_ERRORS.search(line)), "")
    return f"; it prints “{line[:160]}”" if line else ""


def _what_is_not_here(run: Run) -> str:
    """What to say of modules that a file imports from beside it, and was given without."""
    names = [name for name in run.stand_ins if name not in DISPLAY_MODULES]
    if not names:
        return ""
    told = ", ".join(f"`{name[:40]}`" for name in names[:3])
    if len(names) == 1:
        return f"; it imports {told}, which is not here: if that is a file of yours, give the folder that holds both"
    return f"; it imports {told}, which are not here: if they are files of yours, give the folder that holds all"


def _trains(run: Run) -> bool:
    """Whether a file computes by itself what a driver would make it compute.

    It had to be stopped, or it broke off behind the first product of arrays.
    """
    if run.recording is None:
        return False
    is_stopped = run.recording.end != "finished" and len(run.recording.events) > FEW_EVENTS
    return is_stopped or (run.failure is not None and _multiplies(run.recording))


def _multiplies(recording: Recording) -> bool:
    return any(event.op in PRODUCTS for event in recording.events)


def _driven(
    submission: Submission, sandbox: Sandbox, cost: CostOption | None, seed: int, run: Run, explanation: Explanation
) -> tuple[Run, Explanation]:
    """A file that defines a network and does not train it: with the first driver that gives something to read."""
    sources = [unit.source for unit in (*submission.units, *submission.modules.values())]
    stops: Counter[str] = Counter()
    asked: dict[str, str] = {}
    hopeless: set[str] = set()  # lines that come to an error whatever the data are
    pending = deque(drivers(sources))
    fitted: set[Driver] = set()
    while pending:
        driver = pending.popleft()
        if hopeless & set(_without_numbers(driver.source).split("\n")):
            continue
        tried = record(submission, sandbox, seed=seed, seconds=2.0, added=driver.source)
        found = explain_run(tried, submission, cost, is_driven=True)
        told = "; ".join(driver.told.strip().replace("\n    ", " ").split("\n"))[:400]
        stopped_at = _line_without_data(tried, driver)
        if stopped_at:
            hopeless.add(_without_numbers(stopped_at))
        if found.status != "unread":
            given = () if driver.widths is None else (("data for them", driver.widths.in_words(tried.served)),)
            own = tried.served if driver.widths is None else run.served
            served = (*own, ("lines that train it", told), *given)
            return replace(tried, served=served), found
        other = driver.refitted(str(tried.failure)) if tried.failure is not None else None
        if other is not None and other not in fitted and len(fitted) < MAX_FITTED:
            fitted.add(other)
            pending.appendleft(other)
        is_its_own = bool(stopped_at) or _stops_by_itself(tried)
        if run.failure is None and run.recording and not _multiplies(run.recording) and is_its_own:
            stop = _reason(tried, "", submission)
            stops[stop] += 1
            asked.setdefault(stop, told)
    for stop, count in stops.most_common(1):
        if 2 * count > sum(stops.values()):
            reason = f"nothing in it trains a network. With lines that do (`{asked[stop]}`), {stop}"
            return run, explanation.model_copy(update={"reason": reason})
    reason = "" if run.recording is None or _multiplies(run.recording) else what_to_add(sources)
    if reason and (run.failure is None or getattr(run.failure, "type_name", "") == "SystemExit"):
        return run, explanation.model_copy(update={"reason": reason})
    return run, explanation


def _of_single_step(
    submission: Submission, sandbox: Sandbox, cost: CostOption | None, seed: int, run: Run, explanation: Explanation
) -> tuple[Run, Explanation]:
    """A script of one step, with the lines of that step repeated."""
    if run.recording is None or run.failure is not None or run.recording.end != "finished":
        return run, explanation
    sources = [(unit.filename, unit.source) for unit in submission.units]
    single = find_single_step(Graph(run.recording), sources)
    if single is None or single.ending is not None or not single.lines:
        return run, explanation
    more = repeated(submission, sandbox, single.filename, single.lines, seed=seed)
    if more is None:
        return run, explanation
    found = explain_run(more, submission, cost, is_driven=True)
    is_whole = found.status != "unread" and not any(fault.code == "never-updated" for fault in found.faults)
    return (more, found) if is_whole else (run, explanation)


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _line_without_data(run: Run, driver: Driver) -> str:
    """The line of a driver at which the file's own text came to an error, if it is given no data."""
    frames = run.failure.frames if run.failure is not None else ()
    if not frames or frames[0].filename != ADDED or frames[-1].filename == ADDED:
        return ""
    lines = driver.source.split("\n")
    line = lines[frames[0].line - 1] if 0 < frames[0].line <= len(lines) else ""
    return line if line.startswith("_net = ") and not driver.gives_data(line) else ""


def _stops_by_itself(run: Run) -> bool:
    """Whether lines that were added came to an error in the file's own text that no form of data can be blamed for."""
    failure = run.failure
    kinds = ("KeyError", "NameError", "AttributeError", "UnboundLocalError")
    if failure is None or getattr(failure, "type_name", "") not in kinds or not failure.frames:
        return False
    return failure.frames[0].filename == ADDED and failure.frames[-1].filename != ADDED


def explain_run(run: Run, submission: Submission, cost: CostOption | None, *, is_driven: bool = False) -> Explanation:
    """Read and judge what was recorded. A run that the reader did not expect is told as one that it could not read.

    With `is_driven`, data, rate and number of samples are not the person's: what comes of them is no fault.
    """
    try:
        return _explained(run, submission, cost, is_driven)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        told = f"{type(error).__name__}: {str(error)[:200]} ({where})"
        return _unread(submission, f"a fault of the grader while reading it, please report it: {told}")


def _explained(run: Run, submission: Submission, cost: CostOption | None, is_driven: bool) -> Explanation:
    if run.recording is None:
        return _unread(submission, _reason(run, "nothing was seen of its run", submission))
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    is_known = _is_known(run, sources)
    found = _of_units(run.recording, sources)
    if found is not None:
        of_units = judged(found, submission, cost, _never, is_driven=is_driven, is_known=is_known)
        if len(found.steps) == 1 and of_units.status == "right":  # gradients that pile up are right at first
            of_units = of_units.model_copy(update={"status": "partly", "notes": (*of_units.notes, ONE_STEP)})
        if is_driven:
            return of_units
        return units_as_measured(of_units, found, run.recording, partial(again, run), submission)
    try:
        network = read_network(without_negated(with_loop_products(run.recording)), sources)
    except NoNetwork as error:
        single = _of_single_weights(run.recording, sources)
        if single is not None:
            told = judged(single, submission, cost, _never, is_driven=is_driven, is_known=is_known)
            if told.faults or any(one.name[:1] in "δd" and one.status == "right" for one in told.chain):
                return told  # else it may be a part of what the single numbers are
        graph = Graph(run.recording)
        ended = None if is_driven else _ended_at_once(graph, sources, submission)
        if ended is not None and (ended.faults or run.failure is None):
            return ended
        fault = None if is_driven else find_broadcast(graph) or find_left_out(graph) or find_in_vain(graph)
        if fault is None and run.failure is not None and not is_driven:
            fault = find_broadcast_before_stop(graph, str(run.failure))
        fault = fault or (find_dead_start(graph) if is_known and not is_driven else None)
        if fault is not None:
            return _without_network(fault, run.recording, submission)
        perceptron = find_perceptron(graph, submission)
        if perceptron is not None:
            return perceptron
        still = None if is_driven else find_standing_still(graph)
        if still is not None:
            return _without_network(still, run.recording, submission)
        by_cost = None if is_driven else judge_by_cost(run.recording, partial(again, run))
        if by_cost is not None:
            told = told_by_cost(by_cost, submission)
            unused = find_never_used(graph) if not told.faults else None
            return told if unused is None else _with_unused(told, unused, run.recording, submission)
        return _unread(submission, _reason(run, str(error), submission))
    if len(network.steps) == 1 and not is_driven:
        ended = _ended_at_once(network.graph, sources, submission)
        if ended is not None and ended.faults:
            return ended
        left_out = find_left_out(network.graph)
        if left_out is not None:
            return _without_network(left_out, run.recording, submission)
    is_final = not run.served  # else it is looked at once more
    explanation = judged(
        network, submission, cost, partial(again, run), is_driven=is_driven, is_final=is_final, is_known=is_known
    )
    if not is_final and any(fault.code == PROBED for fault in explanation.faults):
        return _confirmed(explanation, run, submission, cost, is_driven)
    unused = find_never_used(network.graph) if explanation.status in ("right", "partly") and not is_driven else None
    return explanation if unused is None else _with_unused(explanation, unused, run.recording, submission)


def _ended_at_once(graph: Graph, sources: Sequence[tuple[str, str]], submission: Submission) -> Explanation | None:
    """What is told of a training of one step: that its loop ends in the first round, or that more are needed."""
    single = find_single_step(graph, sources)
    if single is None:
        return None
    if single.ending is None:
        where = submission.locate(single.filename, single.line)
        return _unread(submission, f"a single step of training was seen ({where}); some more are needed to read it")
    words = words_without_network(Finding("step", "loop-ends-at-once", single.event, 0))
    fault = Fault(
        quantity="step",
        code="loop-ends-at-once",
        title=words.title,
        explanation=words.explanation,
        effect=words.effect,
        location=submission.locate(single.filename, single.ending),
        text=submission.line_text(single.filename, single.ending).strip()[:200],
    )
    return Explanation(name=submission.name, status="fault", faults=(fault,))


def _is_known(run: Run, sources: Sequence[tuple[str, str]]) -> bool:
    """Whether the data are what the file says: a table that is only called `train.csv` may be anything."""
    says_digits = any(_OF_IMAGES.search(text) for _, text in sources)
    return not any(
        given.startswith(UNKNOWN) or (not says_digits and asked.endswith(_TABLES) and "images of" in given)
        for asked, given in run.served
    )


@dataclass(frozen=True)
class Followed:
    """What is read of a training whose inputs are nobody's choice, and the cost that its δ of the output belongs to."""

    explanation: Explanation
    used_cost: CostOption | None


def explain_recording(recording: Recording, submission: Submission, cost: CostOption | None) -> Followed | None:
    """Read and judge what was seen of calls that are made from outside; None where it is no network."""
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    try:
        network = _of_units(recording, sources) or read_network(without_negated(recording), sources)
    except NoNetwork:
        return None
    judged = Judged(network, cost, _never, is_driven=True)
    used = next((option for option in COSTS.values() if option == judged.judgement.used_cost), None)
    return Followed(judged.told(submission), used)


def _of_units(recording: Recording, sources: Sequence[tuple[str, str]]) -> Network | None:
    """The network of a script that goes through its units one by one."""
    best: Network | None = None
    for found in with_layers(recording):
        try:
            network = read_network(found, sources)
        except NoNetwork:
            continue
        network.is_of_units = True
        if len(network.steps) > 1:  # what explains one step is not sure
            return network
        best = best or network
    return best


def _of_single_weights(recording: Recording, sources: list[tuple[str, str]]) -> Network | None:
    """The network of a script whose weights are single numbers, each for a whole batch."""
    try:
        found = with_single_weights(recording)
        return None if found is None else read_network(found, sources)
    except NoNetwork:
        return None


def _never(moves: Sequence[Move], until: int) -> None:
    """Of what is put together of single numbers, or of calls that are made from outside, nothing is moved."""


def _confirmed(
    explanation: Explanation, run: Run, submission: Submission, cost: CostOption | None, is_driven: bool
) -> Explanation:
    """What was found by probing must be so as well where no two pieces of an image are alike."""
    second = noisy(run)
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    try:
        if second is not None and second.recording is not None:
            network = read_network(without_negated(second.recording), sources)
            is_known = _is_known(run, sources)
            return judged(network, submission, cost, partial(again, second), is_driven=is_driven, is_known=is_known)
    except NoNetwork:
        pass
    faults = tuple(fault for fault in explanation.faults if fault.code != PROBED)
    return explanation.model_copy(update={"status": "fault" if faults else "partly", "faults": faults})


def _unread(submission: Submission, reason: str) -> Explanation:
    return Explanation(name=submission.name, status="unread", reason=reason)


def _with_unused(told: Explanation, finding: Finding, recording: Recording, submission: Submission) -> Explanation:
    """What was told of a network, and what is changed beside it."""
    faults = _without_network(finding, recording, submission).faults
    return told.model_copy(update={"status": "fault", "faults": faults})


def _without_network(finding: Finding, recording: Recording, submission: Submission) -> Explanation:
    """A fault that can be told although the network could not be read."""
    place = recording.place_of(recording.events[finding.event or 0])
    value = finding.facts.get("value")
    names = [name for _, _, name, held in sorted(recording.named) if held == value]
    name = names[0][:60] if names else "the weights"
    words = words_without_network(finding, name=f"`{name}`" if names else name)
    fault = Fault(
        quantity=finding.quantity,
        code=finding.code,
        title=words.title,
        explanation=words.explanation,
        effect=words.effect,
        location=submission.locate(place.filename, place.line),
        text=submission.line_text(place.filename, place.line).strip()[:200],
    )
    return Explanation(name=submission.name, status="fault", faults=(fault,))


def _reason(run: Run, found: str, submission: Submission) -> str:
    failure = run.failure
    if failure is None:
        return found
    frame = failure.frames[-1] if failure.frames else None
    place = submission.locate(frame.filename, frame.line) if frame is not None else None
    where = f" ({place})" if place is not None else ""
    told = f"it stops before a step of training is complete: {failure}{where}"
    if not run.served or not is_of_data(failure):
        return told
    asked, given = run.served[-1]
    return (
        f"with what was given in the place of your data or answers ({given}, for {asked}), {told}. That may be due to "
        "their size or form, and not to the file: give the file together with its data"
    )
