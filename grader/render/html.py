"""The report as one self-contained HTML page: no script, nothing loaded, one style sheet named by its hash."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup, escape

from grader.render import circumstances, compared, curves, first_words, wording
from grader.render.charts import caption, curve_chart, heat_map
from grader.render.cleaning import clipped, clipped_lines, harmless
from grader.render.pages import templates
from grader.render.words import paragraphs, source_line, to_html, to_plain
from grader.report import Comparison, Location, Report, TrainingReport

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission

_OUTPUT_LINES = 200
# Text of a report is escaped, so that these are the page's own.
_BEGIN, _END = "<!--statement-->", "<!--/statement-->"
_ANSWER = re.compile(r"<!--answer (?P<maximum>\S+) (?P<question>.*?)-->.*?<!--/answer-->", re.DOTALL)


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The page. It needs no other file and holds its own Content-Security-Policy."""
    return _rendered(
        "report.html.j2",
        report,
        submission,
        audience,
        style=Markup(stylesheet()),
        policy=content_security_policy(stylesheet()),
    )


def fragment(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The report as an element of another page, which has `stylesheet()` and its own heading."""
    return _rendered("report_fragment.html.j2", report, submission, audience)


def page(fragment: str, *, assignment: str, name: str) -> str:
    """A page of its own around what `fragment` made; as safe as `render`'s."""
    return (
        _environment()
        .get_template("report_page.html.j2")
        .render(
            fragment=Markup(fragment),
            assignment=assignment,
            name=name,
            style=Markup(stylesheet()),
            policy=content_security_policy(stylesheet()),
        )
    )


def with_answers(page: str, given: Mapping[str, float]) -> str:
    """A page that says of each written answer what points a person has given, by question; others wait for one."""

    def read(found: re.Match[str]) -> str:
        question, maximum = unescape(found["question"]), float(found["maximum"])
        return str(_read(question, given.get(question), maximum))

    return _ANSWER.sub(read, page)


def _read(question: str, score: float | None, maximum: float) -> Markup:
    """Between comments that hold what a later hand needs; a name can end none."""
    named = escape(question).replace("-", Markup("&#45;"))
    begin = Markup("<!--answer {} {}-->").format(Markup(f"{maximum:.9g}"), named)
    return Markup("{}{}<!--/answer-->").format(begin, wording.read(score, maximum))


def with_statement(page: str, statement: str) -> str:
    """A page with a piece of HTML in its head, in the place of what stood there; the same page without one for ""."""
    before, _, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    return f"{before}{_BEGIN}{statement}{_END}{after}" if end else page


def _rendered(
    template: str, report: Report, submission: "Submission | None", audience: "Audience", **more: object
) -> str:
    report = harmless(report)

    def excerpt(location: Location | None) -> str:
        return source_line(submission, location)

    def where(location: Location) -> str:
        return wording.where(report, location)

    return (
        _environment()
        .get_template(template)
        .render(
            report=report,
            for_instructor=audience == "instructor",
            excerpt=excerpt,
            where=where,
            graded=report.status == "graded",
            **more,
        )
    )


@cache
def stylesheet() -> str:
    """The style sheet of the page: the colours, which other pages share, and the report's own look."""
    folder = files("grader.render").joinpath("templates")
    return "".join(folder.joinpath(name).read_text("utf-8") for name in ("tokens.css", "report.css"))


def content_security_policy(style: str) -> str:
    """The policy of a page that loads nothing: its one style sheet by hash, pictures in the page, nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    environment = templates("grader.render", keep_trailing_newline=True)
    environment.filters["words"] = lambda text: Markup(to_html(text))
    environment.filters["plain"] = to_plain
    environment.filters["paragraphs"] = paragraphs
    environment.filters["number"] = wording.number
    environment.filters["bounded"] = lambda text: clipped_lines(text, _OUTPUT_LINES)
    environment.filters["one_line"] = lambda value: clipped(str(value), 300)
    environment.globals.update(
        read=lambda answer: _read(answer.question, answer.score, answer.max_score),
        wording=wording,
        compared=compared,
        first_words=first_words,
        circumstances=circumstances,
        charts=_charts,
        picture=_picture,
        score_bar=_score_bar,
        measured=curves.measured,
        caption=caption,
    )
    return environment


def _charts(run: TrainingReport) -> list[Markup]:
    """The charts of a training run: cost, accuracy, and the cost per step where it was measured."""
    drawn = [
        curve_chart("Cost", curves.costs(run), x_label="epoch"),
        curve_chart("Accuracy", curves.accuracies(run), x_label="epoch", as_percent=True),
        curve_chart("Cost per step", curves.steps(run), x_label="step", marked_x=run.first_divergent_step),
    ]
    return [Markup(chart) for chart in drawn if chart]


def _picture(comparison: Comparison) -> Markup:
    return Markup(heat_map(comparison))


def _score_bar(report: Report) -> Markup:
    """A segment per function, as wide as its points, filled as far as it scored."""
    total = sum(function.max_score for function in report.functions)
    if total <= 0:
        return Markup("")
    parts, x = [], 0.0
    gap = 4.0 if len(report.functions) < 40 else 0.0
    for function in report.functions:
        width = 1000 * function.max_score / total
        share = min(1.0, max(0.0, function.score / function.max_score)) if function.max_score > 0 else 0.0
        title = Markup("{}: {} of {} points").format(
            function.name, wording.number(function.score), wording.number(function.max_score)
        )
        parts.append(
            Markup('<g><title>{}</title><rect class="seat {}" x="{:.1f}" width="{:.1f}" height="14"/>').format(
                title, function.status, x, max(0.0, width - gap)
            )
            + Markup('<rect class="filled" x="{:.1f}" width="{:.1f}" height="14"/></g>').format(
                x, max(0.0, (width - gap) * share)
            )
        )
        x += width
    label = f"{wording.number(report.score)} of {wording.number(report.max_score)} points; a segment for each function"
    return Markup(
        '<svg class="score-bar" viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(label, Markup("").join(parts))
