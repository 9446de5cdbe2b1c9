"""What is said about a report: the sentences and orders that all renderers share.

Sentences use the markup of `grader.render.words`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.report import (
    CheckResult,
    Diagnosis,
    Experiment,
    FunctionReport,
    FunctionStatus,
    Location,
    Report,
    StudentError,
    TrainingReport,
    WrittenAnswer,
)


@dataclass(frozen=True)
class StatusWord:
    """A status for the eye and the ear."""

    symbol: str
    word: str


STATUS_WORDS: dict[FunctionStatus, StatusWord] = {
    "passed": StatusWord("✓", "right"),
    "carried": StatusWord("✓", "right, given"),
    "partial": StatusWord("◐", "partly right"),
    "failed": StatusWord("✗", "wrong"),
    "missing": StatusWord("○", "missing"),
    "error": StatusWord("‼", "raises an error"),
    "timeout": StatusWord("⧗", "too slow"),
}

NOT_JUDGED = StatusWord("·", "not judged")  # of what fails for others: nobody knows yet how it is itself

_OURS = ("CellCrashed", "CellTimeout", "CellMemoryExceeded", "ResultRejected")  # of cells: the message says it all

CONFIDENCE_NOTES = {
    "certain": "",
    "likely": "This is likely, not certain: it fits what could be compared.",
    "one-of": "The same numbers would also come from another mistake.",
}


def status_words(function: FunctionReport) -> StatusWord:
    """How a function is, in a word: one that is not seen to be wrong, as it fails for others, is not called so."""
    return NOT_JUDGED if _waits(function) else STATUS_WORDS[function.status]


def _waits(function: FunctionReport) -> bool:
    return function.status in ("failed", "error") and bool(function.follows_from) and not function.diagnoses


def number(value: float) -> str:
    """Points or a measured value with no more digits than it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if math.isfinite(value) else str(value)


def count(quantity: int, noun: str) -> str:
    """`1 function`, `3 functions`."""
    return f"{quantity} {noun}" if quantity == 1 else f"{quantity} {noun}s"


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def listed_names(names: Sequence[str]) -> str:
    """`a` and `b`, as code."""
    return listed([code(name) for name in names])


def code(name: str) -> str:
    """A name in backticks, so that it reads as code wherever the sentence lands."""
    return "`" + name.replace("`", "'") + "`"


def unfinished(report: Report) -> list[FunctionReport]:
    """The functions that are not wholly right."""
    return [function for function in report.functions if function.status != "passed"]


@dataclass(frozen=True)
class LookAt:
    """A line of the overview: a mistake with its name, or a function that has none; and where it is."""

    function: FunctionReport
    diagnosis: Diagnosis | None
    location: Location | None

    @property
    def words(self) -> str:
        if self.diagnosis:
            return self.diagnosis.title
        if self.function.status == "carried":
            return f"right, given its {listed_names(given(self.function))}"
        if causes := self.function.follows_from:
            return f"follows from {listed([code(name) for name in causes])}"
        return status_words(self.function).word


def to_look_at(report: Report) -> list[LookAt]:
    """Every mistake of the functions, and every function that is not right without one, in the report's order."""
    found = []
    for function in report.functions:
        found += [LookAt(function, named, named.location) for named in function.diagnoses]
        if not function.diagnoses and function.status != "passed":
            found.append(LookAt(function, None, None))  # where it begins is no place of what is wrong with it
    return found


def asked(answer: WrittenAnswer) -> str:
    """A question that a person reads, and whether there is anything to read."""
    place = f" ({answer.location})" if answer.location else ""
    return f"{code(answer.question)}{place}{'' if answer.answer else ', where nothing is written yet'}"


def read(score: float | None, maximum: float) -> str:
    """What has become of an answer that a person reads; a score that is no number is nobody's alone to be told."""
    if score is None:
        return f"waiting for a person, up to {count_points(maximum)}"
    if math.isnan(score):
        return "read by a person; your own page tells its points"
    return f"{number(score)} of {count_points(maximum)}, given by a person"


def written_answer(answer: WrittenAnswer) -> str:
    """An answer that a person reads, in one line."""
    return f"{asked(answer)}: {read(answer.score, answer.max_score)}"


def count_points(points: float) -> str:
    return f"{number(points)} point{'' if points == 1 else 's'}"


def tally(report: Report) -> str:
    """How many functions are how: `5 functions are right, 1 is wrong, 2 are missing`."""
    parts: list[str] = []
    for words in (*STATUS_WORDS.values(), NOT_JUDGED):
        quantity = sum(status_words(f) == words for f in report.functions)
        if quantity:
            is_error = words is STATUS_WORDS["error"]
            verb = "" if is_error else "is " if quantity == 1 else "are "
            word = "raise an error" if is_error and quantity > 1 else words.word
            if words is STATUS_WORDS["carried"]:
                word = f"right, given {_helpers(report)}"
            noun = "" if parts else " function" if quantity == 1 else " functions"
            parts.append(f"{quantity}{noun} {verb}{word}")
    return ", ".join(parts) + "." if parts else ""


def _helpers(report: Report) -> str:
    """The functions given which others are right."""
    names = [name for f in report.functions if f.status == "carried" for name in given(f)]
    return listed_names([*dict.fromkeys(names)]) if names else "others"


def given(function: FunctionReport) -> tuple[str, ...]:
    """The functions given which one is right, as far as it is."""
    return tuple(dict.fromkeys(name for check in function.checks for name in check.given))


def carried_checks(function: FunctionReport) -> list[CheckResult]:
    return [check for check in function.checks if check.status == "carried"]


def carried(function: FunctionReport) -> str:
    """What is said of the checks that fail only because of other functions; empty where there are none."""
    checks = carried_checks(function)
    if not checks:
        return ""
    names, lost = listed_names(given(function)), sum(check.max_score for check in checks)
    earlier = sum(check.score - check.carried for check in checks)
    if function.carried >= lost - earlier - 1e-9:
        points = f"{count_points(function.carried)} carried forward"
    elif function.carried:
        points = f"{number(function.carried)} of {count_points(lost - earlier)} carried forward"
    else:
        points = "no points are carried forward here"
    if function.status != "carried":
        titles = "; ".join(check.title for check in checks)  # titles have commas
        return f"Right, given its {names}: {titles} ({points})."
    verb = "is" if len(given(function)) == 1 else "are"
    return f"Right, given its {names}: {points}. No mistake of its own: it passes once {names} {verb} right."


def total_carried(report: Report) -> str:
    """How much of the points is carried forward: `40 carried forward`; empty if nothing is."""
    return f"{number(report.carried)} carried forward" if report.carried else ""


def function_points(function: FunctionReport) -> str:
    """`12 / 14`."""
    return f"{number(function.score)} / {number(function.max_score)}"


def follow_on(function: FunctionReport) -> str:
    """What is said of a function that fails only because another one does; empty for a fault of its own."""
    if not function.follows_from or function.status in ("carried", "missing"):
        return ""
    causes = listed([code(name) for name in function.follows_from])
    verb = "is" if len(function.follows_from) == 1 else "are"
    if function.diagnoses:
        return f"What else is right or wrong in it shows once {causes} {verb} right."
    if {check.status for check in function.checks} <= {"passed", "error", "skipped"}:
        return f"What stops it comes from {causes}: whether it is right itself shows once {causes} {verb} right."
    return f"Whether it has a mistake of its own could not be judged: that shows once {causes} {verb} right."


def confidence_note(diagnosis: Diagnosis) -> str:
    """How sure the diagnosis is, where that needs saying."""
    return CONFIDENCE_NOTES[diagnosis.confidence]


@dataclass
class Failure:
    """A failed check, with the titles of the others that failed for the very same reason."""

    check: CheckResult
    also: list[str] = field(default_factory=list)


def failures(function: FunctionReport) -> list[Failure]:
    """The checks that did not pass; those stopped by one and the same error are told once."""
    found: dict[object, Failure] = {}
    for check in function.checks:
        is_hidden = function.status == "carried" and not check.max_score  # it informs, and of a right function only
        if is_hidden or check.status in ("passed", "carried", "skipped"):
            continue
        reason: object = check.id
        if not check.comparisons and (check.error or check.message):
            reason = (check.status, check.error, check.message)
        if reason in found:
            found[reason].also.append(check.title)
        else:
            found[reason] = Failure(check)
    return list(found.values())


def passed_checks(function: FunctionReport) -> list[CheckResult]:
    return [check for check in function.checks if check.status == "passed"]


def not_run(function: FunctionReport) -> str:
    """How many checks could not be run, and what for; empty if all could, or nothing was there to be run."""
    skipped = [check for check in function.checks if check.status == "skipped"]
    if not skipped or function.status == "missing":
        return ""
    reasons = [reason for reason in dict.fromkeys(check.outline or check.message for check in skipped) if reason]
    return f"{count(len(skipped), 'check')} could not be run{''.join(f': {one}' for one in reasons[:1])}."


def shown_error(error: StudentError) -> str:
    """The last line of a traceback: `ValueError: message`; what ended a process has no name that students know."""
    if error.type in _OURS:
        return error.message
    return f"{error.type}: {error.message}" if error.message else error.type


def check_message(check: CheckResult) -> str:
    """The message of a check, unless its comparisons say the same one by one."""
    told = [comparison.message for comparison in check.comparisons if comparison.verdict != "right"]
    repeated = bool(told) and all(message and message.rstrip(".") in check.message for message in told)
    return "" if repeated or _begins_with(told, check.message) else check.message


def _begins_with(messages: Sequence[str], text: str) -> bool:
    """Whether a text is the first of some messages and nothing more: a check tells no more than a few."""
    for message in messages:
        if not text:
            return True
        if not message or not text.startswith(message):
            return False
        text = text[len(message) :].lstrip("; ")
    return not text and bool(messages)


def where(report: Report, location: Location) -> str:
    """A location without the name of the file where there is only one file it can mean."""
    one_file = location.cell is not None or location.file == report.submission.name
    parts = [] if one_file else [location.file]
    if location.cell is not None:
        parts.append(f"cell {location.cell}")
    if location.line is not None:
        parts.append(f"line {location.line}")
    return ", ".join(parts) or location.file


def divergence(run: TrainingReport) -> str:
    """Where the grader-driven run leaves the reference; empty if it does not."""
    step = run.first_divergent_step
    if step is None:
        return ""
    if step == 0:
        return "The cost differs from the reference's from the very first step on."
    if run.step_costs and step >= len(run.step_costs):
        return f"The cost agrees with the reference's for {count(step, 'step')}; then the training ends."
    return f"The cost agrees with the reference's for {count(step, 'step')}, then leaves it."


def all_codes(diagnosis: Diagnosis) -> list[str]:
    """The code of a diagnosis, with the alternatives that the same numbers fit."""
    return list(dict.fromkeys((diagnosis.code, *diagnosis.alternatives)))


def is_web_address(url: str) -> bool:
    """Whether a link may be made of it: a plain http(s) address, nothing that runs or hides."""
    return re.fullmatch(r"https?://[\w.~:/?#@!$&'()*+,;=%-]{1,500}", url, re.ASCII) is not None


def outcome(experiment: Experiment) -> str:
    """What an experiment gives, and what it should."""
    return f"It gives {code(experiment.found)}; right is {code(experiment.expected)}."


def by_hand(experiment: Experiment) -> str:
    """A number worked out, in a sentence; "" where it is not."""
    joint = ", " if experiment.by_hand.startswith("at ") else ": "
    return f"By hand{joint}{experiment.by_hand}" if experiment.by_hand else ""


SMALLEST = "The smallest case found that fails"


def hints_to_show(diagnosis: Diagnosis, for_instructor: bool) -> tuple[str, ...]:
    """The hints, unless the explanation that they lead to is there already."""
    return diagnosis.hints if for_instructor or not diagnosis.explanation else ()
