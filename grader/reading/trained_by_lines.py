"""A file that does not train its network: lines that do are added, or those of its one step are repeated."""

import ast
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from grader.reading.costs import CostOption
from grader.reading.explained_run import explain_run
from grader.reading.judging.finding import Finding
from grader.reading.judging.single_step import find_single_step
from grader.reading.recorded.graph import PRODUCTS, Graph
from grader.reading.recorded.recording import Recording
from grader.reading.runs.driver import Driver, drivers, what_is_defined
from grader.reading.runs.driver_arguments import A_NUMBER
from grader.reading.runs.driver_functions import calls_training
from grader.reading.runs.missing_names import (
    function_for_class,
    misnamed_constructor,
    of_constructor,
    of_function,
)
from grader.reading.runs.passed_stop import Stop, stop_of
from grader.reading.runs.repeated import Step, repeated, rounds_not_made, steps_in
from grader.reading.runs.run import ADDED, Run, may_be_of_data, record
from grader.reading.structure.passes import NoNetwork
from grader.reading.told.explanation import DATA_OF_LINES, LINES_ADDED, Explanation, Fault, Quantity
from grader.reading.told.placed import fault_of, placed
from grader.reading.told.stopped import with_stop
from grader.reading.told.unread import Reason, of_reason, reason_of
from grader.reading.told.words import words_without_network
from grader.reading.told.words_of_faults import Words
from grader.sandbox import Sandbox
from grader.submissions import Submission
from grader.submissions.syntax import parse

Told = tuple[Run, Explanation]
MAX_FITTED = 6  # drivers that are tried again with data of another width
MOST_REPEATED = 4  # ways to repeat a step that are tried
MOST_TOLD = 400  # characters of the lines that were added
ENOUGH_OPEN = 5  # drivers with which layers are read, and not all is judged
ENOUGH = 6  # drivers that come to one and the same error of the file's own
AS_ADDED = "no training could be read in what it does by itself. With lines that train (`{}`), {}"
AS_DRIVEN = "Nothing in the file trains it by itself; so it stops with lines that do: `{}`."
_BEYOND = re.compile(r"axis (\d) is out of bounds for array of dimension (\d)")
_OF_MORE_AXES = re.compile(r"(?i)conv|rnn|lstm|gru|recurrent|seq|time|atten|channel|pool|shape\[2\]|newaxis|einsum")
MANY_EVENTS = 2_000  # as of a training of single numbers
FEW_EVENTS = 500  # as of loading data and a few trials


def _shortened(lines: str) -> str:
    """Lines that were added, as many as a note bears."""
    return lines if len(lines) <= MOST_TOLD else f"{lines[: MOST_TOLD - 1].rpartition(' ')[0]} …"


def trains_itself(run: Run, submission: Submission) -> bool:
    """Whether a file computes by itself what a driver would make it compute.

    It had to be stopped, or it broke off behind the first product of arrays, or it has called what trains.
    """
    if run.recording is None:
        return False
    end = run.recording.end
    is_stopped = end != "finished" and len(run.recording.events) > FEW_EVENTS
    sources = (unit.source for unit in submission.units)
    if end == "finished" and len(run.recording.events) > MANY_EVENTS and any(map(calls_training, sources)):
        return True
    return is_stopped or end == "steps" or (run.failure is not None and _multiplies(run.recording))


def _multiplies(recording: Recording) -> bool:
    return any(event.op in PRODUCTS for event in recording.events)


def driven(
    submission: Submission,
    sandbox: Sandbox,
    cost: CostOption | None,
    seed: int,
    run: Run,
    explanation: Explanation,
    sources: Sequence[str] = (),
) -> Told:
    """A file that defines a network and does not train it: with the first driver that gives something to read.

    Args:
        sources: texts of the file of which the lines are to train something; all, if none are given.
    """
    misnamed = _misnamed(submission) if run.failure is None else None
    if misnamed is not None:
        return run, misnamed
    sources = sources or [unit.source for unit in (*submission.units, *submission.modules.values())]
    furthest, how_far = "", 0
    open_ones: list[tuple[Run, Explanation]] = []  # of which not all was judged
    stops: Counter[Reason] = Counter()
    asked: dict[Reason, str] = {}
    surely: dict[Reason, Stop] = {}  # of these, what no lines that are added can be blamed for
    hopeless: set[str] = set()  # lines that come to an error whatever the data are
    pending = deque(drivers(sources))
    fitted: set[Driver] = set()
    while pending:
        driver = pending.popleft()
        if hopeless & set(_without_numbers(driver.source).split("\n")):
            continue
        if run.budget is not None and not run.budget.allows_run:
            break
        tried = record(submission, sandbox, seed=seed, seconds=2.0, added=driver.source, budget=run.budget)
        found = explain_run(tried, submission, cost, is_driven=True)
        told = _shortened("; ".join(driver.told.strip().replace("\n    ", " ").split("\n")).replace(":; ", ": "))
        stopped_at = _line_without_data(tried, driver)
        if stopped_at:
            hopeless.add(_without_numbers(stopped_at))
        if found.status != "unread":
            given = () if driver.widths is None else ((DATA_OF_LINES, driver.widths.in_words(tried.served)),)
            own = tried.served if driver.widths is None else run.served
            served = (*own, (LINES_ADDED, told), *given)
            found = _without_given_rate(found, driver.lines)
            of_driver = replace(tried, served=served), _without_its_own(found, run, submission)
            if found.status != "partly":
                return of_driver
            open_ones.append(of_driver)  # data in another form may be what is asked for
            few = driver.smaller()
            if len(open_ones) >= ENOUGH_OPEN or (found.has_gradient and few is None):
                break
            if few is not None:
                pending.appendleft(few)
        other = driver.refitted(str(tried.failure)) if tried.failure is not None else None
        if other is not None and other not in fitted and len(fitted) < MAX_FITTED:
            fitted.add(other)
            pending.appendleft(other)
        if (far := _how_far(tried)) > how_far:
            furthest, how_far = AS_ADDED.format(told, reason_of(tried, NoNetwork(""), submission).text), far
        is_its_own = bool(stopped_at) or _stops_by_itself(tried) or _is_sure(tried)
        if run.failure is None and run.recording and not _multiplies(run.recording) and is_its_own:
            stop = reason_of(tried, NoNetwork(""), submission)
            stops[stop] += 1
            asked.setdefault(stop, told)
            sure = stop_of(tried, is_driven=True) if _is_sure(tried) else None
            if sure is not None and sure.in_words:
                surely[stop] = replace(sure, is_own=True)
            if stops[stop] >= ENOUGH and len(stops) == 1:
                break
    if open_ones:
        return max(open_ones, key=lambda one: one[1].has_gradient)
    for stop, count in stops.most_common(1):
        if stop in surely and 2 * count > sum(stops.values()):
            blank = Explanation(name=submission.name, status="fault")
            return run, with_stop(blank, surely[stop], submission, AS_DRIVEN.format(asked[stop]))
        if 2 * count > sum(stops.values()):
            return run, of_reason(explanation, Reason(stop.code, AS_ADDED.format(asked[stop], stop.text)))
    reason = "" if run.recording is None or _multiplies(run.recording) else what_is_defined(sources)
    if reason and (run.failure is None or getattr(run.failure, "type_name", "") == "SystemExit"):
        return run, of_reason(explanation, Reason("nothing-trains", reason))
    if furthest and run.failure is None:
        return run, of_reason(explanation, Reason("stops-as-added", furthest))
    return run, explanation


def _misnamed(submission: Submission) -> Explanation | None:
    """What is told of a class whose constructor is none, or that is written as a function; None if there is none."""
    for unit in (*submission.modules.values(), *submission.units):
        tree = parse(unit.source) or ast.Module([], [])
        found, function = misnamed_constructor(tree), function_for_class(tree)
        if found is not None:
            code, line = "constructor-misnamed", found[1].lineno
            words = Words(f"`{found[1].name}` is no constructor", of_constructor(*found))
        elif function is not None:
            code, line = "function-for-class", function.lineno
            words = Words(f"`{function.name}` is a function, and was to be a class", of_function(function))
        else:
            continue
        fault = fault_of(Finding("run", code, None), words, placed(submission, unit.filename, line))
        return Explanation(name=submission.name, status="fault", faults=(fault,))
    return None


def _how_far(run: Run) -> int:
    """How many operations lines that were added came to before an error in the file's own text; 0 if they did not."""
    frames = run.failure.frames if run.failure is not None else ()
    if not frames or frames[-1].filename == ADDED or run.recording is None or not _multiplies(run.recording):
        return 0
    return len(run.recording.events)


def _without_given_rate(found: Explanation, lines: str) -> Explanation:
    """The explanation without a rate that is none of the file's."""
    if found.network is None or not re.search(rf"\w={A_NUMBER}\b|- {A_NUMBER} \*|-= {A_NUMBER} \*", lines):
        return found
    return found.model_copy(update={"network": found.network.model_copy(update={"rate": None})})


def _without_its_own(found: Explanation, run: Run, submission: Submission) -> Explanation:
    """What is told with lines that were added, of a file that has lines of its own, which stop before a training."""
    frames = run.failure.frames if run.failure is not None else ()
    if found.status != "right" or not frames or getattr(run.failure, "type_name", "") == "SystemExit":
        return found
    location = submission.locate(frames[0].filename, frames[0].line)
    text = submission.line_text(frames[0].filename, frames[0].line).strip()[:200]
    stops = "with the data that were given they stop here" if may_be_of_data(run) else "they stop here"
    left = Quantity(name="its own lines", status="unknown", own_name=stops, location=location, text=text)
    return found.model_copy(update={"status": "partly", "unjudged": (*found.unjudged, left)})


def of_single_step(run: Run, explanation: Explanation, submission: Submission, cost: CostOption | None) -> Told:
    """A script of one step, with the lines of that step repeated."""
    if run.recording is None or run.failure is not None or run.recording.end != "finished":
        return run, explanation
    sources = [(unit.filename, unit.source) for unit in (*submission.units, *submission.modules.values())]
    single = find_single_step(Graph(run.recording), sources)
    if single is None or single.ending is not None or not single.places:
        return run, explanation
    run, explanation = _of_its_step(run, explanation, submission, cost, steps_in(sources, single.places))
    missing = rounds_not_made(sources)
    if missing is None:
        return run, explanation
    name, count, filename, line = missing
    finding = Finding("step", "loop-missing", None, facts={"count": f"{count:,}"})
    fault = fault_of(finding, words_without_network(finding, name), placed(submission, filename, line))
    if explanation.status == "unread":
        return run, Explanation(name=submission.name, status="fault", faults=(fault,))
    return run, explanation.model_copy(update={"status": "fault", "faults": (*explanation.faults, fault)})


def _of_its_step(
    run: Run, explanation: Explanation, submission: Submission, cost: CostOption | None, steps: Iterator[Step]
) -> Told:
    """With the lines of its step repeated, in the first of these ways that gives something to read."""
    first_alone: Told | None = None
    for step in islice(steps, MOST_REPEATED):
        if run.budget is not None and not run.budget.allows_run:
            break
        more = repeated(run, step)
        found = explain_run(more, submission, cost, is_driven=True)
        if found.status != "unread" and not any(map(_is_of_repeating, found.faults)):
            return more, found
        of_repeating = {fault.quantity for fault in found.faults if _is_of_repeating(fault)}
        faults = tuple(fault for fault in found.faults if not _is_of_repeating(fault))
        is_between = bool(found.faults) and all(map(_is_between_steps, found.faults))
        if first_alone is None and (faults or is_between):
            chain = tuple(one for one in found.chain if one.name not in of_repeating)
            status = "fault" if faults else "partly"
            first_alone = more, found.model_copy(update={"faults": faults, "status": status, "chain": chain})
    return first_alone or (run, explanation)


def _is_of_repeating(fault: Fault) -> bool:
    """Whether it may come of lines that stand in no loop in the file: of a step that is lost, or of what it keeps."""
    return fault.code == "never-updated" or _is_between_steps(fault)


def _is_between_steps(fault: Fault) -> bool:
    return fault.quantity.startswith("step") and fault.code != "uphill"


def _is_sure(run: Run) -> bool:
    """Whether what stops the file's own text comes of no lines that call it: a name that nothing has, and its like."""
    kind, said = getattr(run.failure, "type_name", ""), str(run.failure)
    beyond = _BEYOND.search(said)  # of samples in a table there are two axes, whatever stands in it
    sources = [unit.source for unit in run.way.submission.units] if run.way is not None else []
    if run.recording is None or not _multiplies(run.recording) or any(map(_OF_MORE_AXES.search, sources)):
        beyond = None
    is_sure = kind in ("NameError", "UnboundLocalError") or (kind == "TypeError" and "as a data type" in said)
    return (is_sure or (beyond is not None and beyond[1] == beyond[2] == "2")) and _is_in_its_text(run)


def _is_in_its_text(run: Run) -> bool:
    """Whether lines that were added came to an error in the file's own text."""
    frames = run.failure.frames if run.failure is not None else ()
    return bool(frames) and frames[0].filename == ADDED and frames[-1].filename != ADDED


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
    kind = getattr(failure, "type_name", "")
    is_of_nothing = kind == "TypeError" and "NoneType" in str(failure)  # what a function was to give, or to keep
    if not (kind in kinds or is_of_nothing) or "'list' object has no" in str(failure):  # that may be the data's form
        return False
    return _is_in_its_text(run)
