"""The report in a terminal, written to be read from top to bottom, or aloud.

Colour only repeats what a word and a symbol say already, so nothing is lost under NO_COLOR, in a dumb terminal or
in a log. What the encoding of the terminal cannot show is spelled out (`λ` becomes `lambda`).
"""

import io
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from grader.render import circumstances, compared, curves, first_words, wording
from grader.render.cleaning import clipped, clipped_lines, harmless
from grader.render.formula import to_unicode
from grader.render.spelling import spelled_out
from grader.render.words import paragraphs, source_line, spans
from grader.report import (
    CheckResult,
    Comparison,
    Diagnosis,
    Experiment,
    FunctionReport,
    FunctionStatus,
    Location,
    Report,
    StudentError,
    TrainingReport,
)

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission

_WIDTH = 80
_WIDEST = 100
_STYLES: dict[FunctionStatus, str] = {
    "passed": "green",
    "carried": "green",
    "partial": "yellow",
    "failed": "red",
    "missing": "yellow",
    "error": "red",
    "timeout": "red",
}
_BAR_WIDTH = 24
_OUTPUT_LINES = 12
_OUTPUT_CHARACTERS = 1_000
_CELLS_LISTED = 8


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The report as plain text of 80 columns, without colour."""
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    return _shown(console, _TextReport(harmless(report), submission, audience))


def write(
    report: Report,
    file: IO[str],
    *,
    submission: "Submission | None" = None,
    audience: "Audience" = "student",
    at_length: bool = False,
) -> None:
    """Write the report to a stream, in colour and at its width if it is a terminal that has them.

    `at_length` tells of each mistake what it does to the network and what lies behind it, too.
    """
    console = Console(file=file)
    console.width = min(console.width, _WIDEST)
    text = _shown(console, _TextReport(harmless(report), submission, audience, at_length))
    encoding = getattr(file, "encoding", None) or "utf-8"
    file.write(spelled_out(text, encoding))


def _shown(console: Console, report: "_TextReport") -> str:
    with console.capture() as captured:
        console.print(Group(*report.parts()), highlight=False, markup=False, emoji=False)
    lines = "\n".join(line.rstrip() for line in captured.get().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).rstrip("\n") + "\n"


class _TextReport:
    """The parts of one report, top to bottom, as rich renderables."""

    def __init__(
        self, report: Report, submission: "Submission | None", audience: "Audience", at_length: bool = False
    ) -> None:
        self._at_length = at_length
        self._report = report
        self._submission = submission
        self._for_instructor = audience == "instructor"

    def parts(self) -> Iterator[RenderableType]:
        yield from self._heading()
        if self._report.functions:
            yield Text()
        name_width = max((len(f.name) for f in self._report.functions), default=0)
        for function in self._report.functions:
            yield self._function_line(function, name_width)
            if body := list(self._function_body(function)):
                yield Padding(Group(*body), (0, 0, 1, 4))
        written = (
            _sentence(f"{'○' if answer.score is None else '●'} {wording.written_answer(answer)}")
            for answer in self._report.written
        )
        yield from self._section("Read by a person", written)
        for run in self._report.training:
            yield from self._section(f"Training run of {run.function}", self._training(run))
        yield from self._section("Running the file", self._cells())
        yield from self._section("Remarks", (_sentence(f"• {remark}") for remark in self._report.remarks))
        yield from self._section("Output", self._output())
        yield from self._environment()

    @staticmethod
    def _section(title: str, body: Iterator[RenderableType]) -> Iterator[RenderableType]:
        parts = list(body)
        if parts:
            yield Text()
            yield Rule(Text(title, style="bold"), align="left", characters="─", style="dim")
            yield from parts

    def _heading(self) -> Iterator[RenderableType]:
        report = self._report
        yield Text(f"{report.assignment.title} · {report.submission.name}", style="bold")
        if report.status == "graded":
            score = Text(f"{wording.number(report.score)} of {wording.number(report.max_score)} points", style="bold")
            carried = f"  {carried}" if (carried := wording.total_carried(report)) else ""
            yield Text.assemble(score, "  ", _bar(report.score, report.max_score), (carried, "dim"))
        yield Text()
        for warning in circumstances.warnings(report):
            yield Text(warning, style="bold yellow")
            yield Text()
        yield _sentence(first_words.headline(report), style="bold")
        if report.status == "internal_error" and report.reason:
            yield Text(report.reason)
        if report.functions:
            yield _sentence(wording.tally(report))

    def _function_line(self, function: FunctionReport, name_width: int) -> Text:
        status = wording.status_words(function)
        label = Text(f"{status.symbol} {status.word}".ljust(17), style=_STYLES[function.status])
        points = wording.function_points(function)
        begins = function.location if function.status != "passed" else None
        place = f"   defined at {wording.where(self._report, begins)}" if begins else ""
        return Text.assemble(
            label, " ", (function.name.ljust(min(name_width, 28)), "bold"), f"  {points:>9}", (place, "dim")
        )

    def _function_body(self, function: FunctionReport) -> Iterator[RenderableType]:
        for diagnosis in function.diagnoses:
            yield from self._diagnosis(diagnosis)
        if function.smallest:
            yield _sentence(f"{wording.SMALLEST}:")
            yield Padding(Group(*_experiment(function.smallest)), (0, 0, 0, 2))
        for sentence in filter(None, (wording.carried(function), wording.follow_on(function))):
            yield _sentence(sentence)
        if function.status == "missing":
            if why := first_words.why_missing(function):
                yield _sentence(why)
            yield _sentence(f"Write {wording.code(function.signature or function.name)}. {function.summary}")
        elif function.follows_from or (function.diagnoses and not self._for_instructor):
            yield from self._failures_in_short(function)
        else:
            for failure in wording.failures(function):
                yield from self._failure(failure)
        if not_run := wording.not_run(function):
            yield _sentence(not_run)
        for remark in function.remarks:
            yield _sentence(f"Remark: {remark}")

    def _failures_in_short(self, function: FunctionReport) -> Iterator[RenderableType]:
        """The titles of the failed checks; of a fault of its own, the first thing that is wrong as well."""
        for number, failure in enumerate(wording.failures(function)):
            yield _marked("✗", _title_and_points(failure.check))
            if number == 0 and not function.follows_from and (first := compared.first_wrong(failure.check)):
                yield Padding(_sentence(clipped(first, 300)), (0, 0, 0, 2))

    def _diagnosis(self, diagnosis: Diagnosis) -> Iterator[RenderableType]:
        yield _marked("→", diagnosis.title, style="bold")
        body: list[RenderableType] = [_sentence(part) for part in paragraphs(diagnosis.explanation)]
        if note := wording.confidence_note(diagnosis):
            body.append(_sentence(note, style="italic"))
        body.extend(self._place(diagnosis.location))
        if self._at_length:
            body.extend(_sentence(part) for text in (diagnosis.symptom, diagnosis.why) for part in paragraphs(text))
        if diagnosis.experiment:
            body.append(Text("To see it, run"))
            body.extend(_experiment(diagnosis.experiment))
        for position, hint in enumerate(wording.hints_to_show(diagnosis, self._for_instructor), start=1):
            label = "Hint" if len(diagnosis.hints) == 1 else f"Hint {position}"
            body.append(_sentence(f"{label}: {hint}"))
        if self._for_instructor:
            body.append(Text(f"code: {' or '.join(wording.all_codes(diagnosis))}", style="dim"))
            if diagnosis.evidence:
                body.append(Text(f"evidence: {clipped(str(diagnosis.evidence), 300)}", style="dim"))
        if diagnosis.url and wording.is_web_address(diagnosis.url):
            body.append(Text(f"More: {diagnosis.url}", style="dim"))
        yield Padding(Group(*body), (0, 0, 0, 2))

    def _place(self, location: Location | None) -> Iterator[RenderableType]:
        if location is None:
            return
        line = source_line(self._submission, location)
        yield Text(f"At {wording.where(self._report, location)}{':' if line else ''}", style="dim")
        if line:
            yield Padding(Text(line, style="cyan"), (0, 0, 0, 4))

    def _failure(self, failure: wording.Failure) -> Iterator[RenderableType]:
        check = failure.check
        yield _marked("✗", _title_and_points(check))
        body: list[RenderableType] = [_sentence(part) for part in paragraphs(wording.check_message(check))]
        body.extend(_comparisons(check))
        if check.error:
            body.extend(self._error(check.error))
        if failure.also:
            body.append(
                _sentence(
                    f"The same stopped {wording.count(len(failure.also), 'other check')}: "
                    f"{wording.listed(failure.also)}."
                )
            )
        yield Padding(Group(*body), (0, 0, 0, 2))

    def _error(self, error: StudentError) -> Iterator[RenderableType]:
        yield Text(wording.shown_error(error), style="red")
        for frame in error.frames:
            yield Text(f"at {wording.where(self._report, frame.location)}, in {frame.function}", style="dim")
            if frame.text:
                yield Padding(Text(frame.text, style="cyan"), (0, 0, 0, 4))

    def _training(self, run: TrainingReport) -> Iterator[RenderableType]:
        yield _sentence(f"Data: {run.dataset}", style="dim")
        for diagnosis in run.diagnoses:
            yield from self._diagnosis(diagnosis)
        if sentence := wording.divergence(run):
            yield Text(sentence)
        for title, series in (
            ("cost", curves.costs(run)),
            ("accuracy", curves.accuracies(run)),
            ("cost per step", curves.steps(run)),
        ):
            if series:
                yield Text()
                yield _curve_table(title, series)
        for remark in run.remarks:
            yield _sentence(f"Remark: {remark}")

    def _cells(self) -> Iterator[RenderableType]:
        troubled = circumstances.troubled_cells(self._report)
        for cell in troubled[:_CELLS_LISTED]:
            place = wording.where(self._report, cell.location)
            yield _sentence(f"{place}: {clipped(circumstances.cell_outcome(cell), 300)}")
        if len(troubled) > _CELLS_LISTED:
            yield Text(f"… and {len(troubled) - _CELLS_LISTED} more", style="dim")
        stopped = [cell for cell in troubled if cell.status in ("error", "timeout")]
        if stopped and any(function.status != "missing" for function in self._report.functions):
            others = "The other cells ran" if stopped[0].location.cell is not None else "Definitions below ran"
            yield Text(f"{others} all the same; a function counts if its definition ran.", style="dim")

    def _output(self) -> Iterator[RenderableType]:
        for name, text in (("", self._report.output.stdout), ("stderr:", self._report.output.stderr)):
            if text.strip():
                if name:
                    yield Text(name, style="dim")
                yield Text(clipped_lines(clipped(text, _OUTPUT_CHARACTERS), _OUTPUT_LINES))
        if self._report.output.truncated:
            yield Text("It printed more than is kept.", style="dim")

    def _environment(self) -> Iterator[RenderableType]:
        lines = [circumstances.provenance(self._report)]
        if self._for_instructor:
            lines.append(f"sha256 {self._report.submission.sha256}")
            lines.append(circumstances.timing(self._report))
        if sentence := circumstances.stand_ins(self._report):
            yield Text()
            yield _sentence(sentence)
        if any(lines):
            yield Text()
            yield Text("\n".join(line for line in lines if line), style="dim")


def _sentence(text: str, style: str = "") -> Text:
    """A sentence of ours: code in colour, formulas in Unicode."""
    line = Text(style=style)
    for span in spans(text):
        if span.kind == "code":
            line.append(f"`{span.text}`", style="cyan")
        else:
            line.append(to_unicode(span.text) if span.kind == "math" else span.text)
    return line


def _marked(mark: str, text: str, style: str = "") -> Table:
    """A sentence behind its mark, with later lines below its first word."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text(mark, style=style), _sentence(text, style=style))
    return grid


def _experiment(experiment: Experiment) -> Iterator[RenderableType]:
    """Lines to run, and what comes of them."""
    for line in experiment.lines:
        yield Padding(Text(line, style="cyan"), (0, 0, 0, 4))
    yield _sentence(wording.outcome(experiment))
    if worked := wording.by_hand(experiment):
        yield Text(worked)


def _title_and_points(check: CheckResult) -> str:
    return f"{check.title} ({wording.number(check.score)} / {wording.number(check.max_score)})"


def _bar(score: float, max_score: float) -> Text:
    full = round(_BAR_WIDTH * min(1.0, max(0.0, score / max_score))) if max_score > 0 else 0
    return Text.assemble(("█" * full, "green"), ("░" * (_BAR_WIDTH - full), "dim"))


def _comparisons(check: CheckResult) -> Iterator[RenderableType]:
    """Which values are right, in one line, and what is wrong with each of the others."""
    if right := compared.right_labels(check):
        yield Text(f"right: {', '.join(right)}", style="green")
    for comparison in check.comparisons:
        if comparison.verdict != "right":
            yield _comparison(comparison)


def _comparison(comparison: Comparison) -> RenderableType:
    style = "red" if comparison.verdict == "wrong" else "yellow"
    detail = compared.comparison_detail(comparison)
    return Text.assemble(
        (f"{comparison.verdict}: {comparison.label}", style),
        " " if detail.startswith("(") else " — " if detail else "",
        _sentence(detail),
    )


def _curve_table(title: str, series: list[curves.Series]) -> Table:
    """A row per curve: its name, its shape, its first and last value."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(title)
    table.add_column("")
    table.add_column("first", justify="right")
    table.add_column("last", justify="right")
    fraction = curves.scale(curves.drawable(value for line in series for value in line.y))
    as_percent = title == "accuracy"
    for line in series:
        shape = curves.sparkline(line.y, fraction)
        table.add_row(line.name, shape, curves.measured(line.y[0], as_percent), curves.measured(line.y[-1], as_percent))
    return table
