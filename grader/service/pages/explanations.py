"""Rules and outcomes in words."""

from datetime import datetime, timedelta

from grader.batch.policy import Lateness, Policy
from grader.render import wording
from grader.service.data.base import utc_now

_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def late_rule(policy: Policy) -> str:
    """What handing in late costs; empty where nothing can be late."""
    late = policy.late
    if late.due is None:
        return ""
    grace = (
        f" Up to {_span(timedelta(minutes=late.grace_minutes))} after it counts as in time."
        if late.grace_minutes
        else ""
    )
    if not late.penalty:
        return f"Handing in later costs no points, but is marked as late.{grace}"
    cap = f", at most {late.cap:g} % in all" if late.cap < 100 else ""
    base = "the score" if late.of == "score" else "the maximum"
    return f"Handing in later costs {late.penalty:g} % of {base} for every {late.per} begun{cap}.{grace}"


def attempts_rule(policy: Policy) -> str:
    return "Your best attempt counts." if policy.attempts.count == "best" else "Your last graded attempt counts."


def lateness(late: Lateness) -> str:
    """`2 hours late`, `late`; empty when in time."""
    if not late.is_late:
        return ""
    return f"{_span(late.by)} late" if late.by is not None else "late"


def from_now(time: datetime) -> str:
    """`in 3 days`, `2 hours ago`."""
    away = time - utc_now()
    return f"in {_span(away)}" if away > timedelta(0) else f"{_span(-away)} ago"


def _span(span: timedelta) -> str:
    seconds = span.total_seconds()
    for unit, name in _UNITS:
        if seconds >= unit:
            return wording.count(int(seconds // unit), name)
    return "less than a minute"
