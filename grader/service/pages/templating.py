"""Templates and what they can call."""

from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from grader.render import wording
from grader.render.cleaning import one_line
from grader.render.pages import templates
from grader.render.words import to_html
from grader.report import Fault
from grader.service.data import GradingState, Role
from grader.service.pages import links
from grader.service.pages.assets import address
from grader.submissions.limits import megabytes

STATE_WORDS = {
    GradingState.QUEUED: "waiting",
    GradingState.RUNNING: "being graded",
    GradingState.DONE: "graded",
    GradingState.FAILED: "failed, by no fault of the work",
    GradingState.CANCELLED: "cancelled",
}


FAULT_WORDS: dict[Fault, str] = {"grader": "fault of the grader", "assignment": "fault of the assignment"}


def render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = templates("grader.service.pages")
    environment.filters |= {
        "number": wording.number,
        "line": lambda text: one_line(str(text)),
        "words": lambda text: Markup(to_html(one_line(str(text)))),
        "time": _time,
        "field": lambda time: f"{time:%Y-%m-%dT%H:%M}" if time else "",
        "bytes": megabytes,
    }
    environment.globals.update(
        asset=address,
        link=links,
        wording=wording,
        states=GradingState,
        state_words=STATE_WORDS,
        fault_words=FAULT_WORDS,
        roles=Role,
    )
    return environment


def _time(time: datetime | None) -> Markup:
    """A point in time in UTC; the script on the page says it by the reader's own clock."""
    if time is None:
        return Markup("–")
    return Markup('<time datetime="{}">{} UTC</time>').format(time.isoformat(), f"{time:%Y-%m-%d %H:%M}")
