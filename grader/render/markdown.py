"""The report as Markdown (CommonMark with the tables of its GitHub dialect)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from grader.render import circumstances, compared, curves, first_words, wording
from grader.render.cleaning import clipped, clipped_lines, harmless
from grader.render.words import code_block, code_span, escape_markdown, paragraphs, source_line, to_markdown
from grader.report import (
    CheckResult,
    Comparison,
    Diagnosis,
    Experiment,
    FunctionReport,
    Location,
    Report,
    StudentError,
    TrainingReport,
    WrittenAnswer,
)

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission

_OUTPUT_LINES = 40
_OUTPUT_CHARACTERS = 4_000
_CELLS_LISTED = 20


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The whole report as one Markdown document."""
    document = MarkdownReport(harmless(report), submission, audience)
    parts = [document.heading(), document.table()]
    parts.extend(f"## {document.function_title(f)}\n\n{document.function(f)}" for f in document.worth_a_section())
    parts.append(document.written())
    parts.extend(document.training())
    parts.append(document.circumstances())
    return "\n\n".join(part for part in parts if part) + "\n"


def read_by_a_person(written: Sequence[WrittenAnswer]) -> str:
    """A section on these answers."""
    lines = [f"- {to_markdown(wording.written_answer(answer))}" for answer in written]
    return "\n".join(["## Read by a person", "", *lines])


class MarkdownReport:
    """The parts of one harmless report as Markdown, each without the blank lines around it."""

    def __init__(
        self, report: Report, submission: "Submission | None" = None, audience: "Audience" = "student"
    ) -> None:
        self._report = report
        self._submission = submission
        self._for_instructor = audience == "instructor"

    def heading(self) -> str:
        """Title, score and what to do first."""
        report = self._report
        lines = [f"# {escape_markdown(report.assignment.title)}", code_span(report.submission.name)]
        if report.status == "graded":
            carried = f", of it {carried}" if (carried := wording.total_carried(report)) else ""
            lines.append(f"**{wording.number(report.score)} of {wording.number(report.max_score)} points{carried}.**")
        lines.extend(f"> ⚠ {to_markdown(warning)}" for warning in circumstances.warnings(report))
        lines.append(to_markdown(first_words.headline(report)))
        if report.status == "internal_error" and report.reason:
            lines.append(to_markdown(report.reason))
        if report.functions:
            lines.append(to_markdown(wording.tally(report)))
        return "\n\n".join(lines)

    def written(self) -> str:
        """The answers that a person reads."""
        return read_by_a_person(self._report.written) if self._report.written else ""

    def table(self) -> str:
        """A row per function: status, name, points, place."""
        if not self._report.functions:
            return ""
        rows = ["| | Function | Points | Defined at |", "|---|---|---:|---|"]
        for function in self._report.functions:
            status = wording.status_words(function)
            name = code_span(function.name).replace("|", "\\|")
            place = self._place_name(function.location)
            rows.append(f"| {status.symbol} {status.word} | {name} | {wording.function_points(function)} | {place} |")
        return "\n".join(rows)

    def worth_a_section(self) -> list[FunctionReport]:
        """The functions about which there is more to say than the table does."""
        return [f for f in self._report.functions if f.status != "passed" or f.diagnoses or f.remarks]

    @staticmethod
    def function_title(function: FunctionReport) -> str:
        status = wording.status_words(function)
        return f"{status.symbol} {code_span(function.name)}: {status.word}, {wording.function_points(function)} points"

    def function(self, function: FunctionReport) -> str:
        """What is right and wrong about one function: the diagnosis first."""
        parts = [part for diagnosis in function.diagnoses for part in self._diagnosis(diagnosis)]
        if function.smallest:
            parts.append(f"{wording.SMALLEST}:")
            parts.extend(_experiment(function.smallest))
        parts += [to_markdown(sentence) for sentence in (wording.carried(function), wording.follow_on(function))]
        if function.status == "missing":
            wanted = code_span(function.signature or function.name)
            if why := first_words.why_missing(function):
                parts.append(to_markdown(why))
            parts.append(f"Write {wanted}. {to_markdown(function.summary)}".rstrip())
        elif function.follows_from:
            parts.append("\n".join(_title_and_points(failure.check) for failure in wording.failures(function)))
        else:
            parts.extend(self._failure(failure) for failure in wording.failures(function))
        if passed := wording.passed_checks(function):
            titles = "; ".join(to_markdown(check.title) for check in passed)
            parts.append(f"Passed: {titles}.")
        if not_run := wording.not_run(function):
            parts.append(to_markdown(not_run))
        parts.extend(f"Remark: {to_markdown(remark)}" for remark in function.remarks)
        return "\n\n".join(part for part in parts if part)

    def training(self) -> Iterator[str]:
        """A section for each training run."""
        for run in self._report.training:
            yield f"## Training run of {code_span(run.function)}\n\n{self._training_run(run)}"

    def circumstances(self) -> str:
        """How the file ran, what it printed, with what it was graded."""
        return "\n\n".join(
            part for part in (*self._cells(), *self._remarks(), *self._output(), *self._made_with()) if part
        )

    def _place_name(self, location: Location | None) -> str:
        return escape_markdown(wording.where(self._report, location)) if location else ""

    def _diagnosis(self, diagnosis: Diagnosis) -> Iterator[str]:
        yield f"**{to_markdown(diagnosis.title)}**"
        yield from (to_markdown(part) for part in paragraphs(diagnosis.explanation))
        if note := wording.confidence_note(diagnosis):
            yield f"*{note}*"
        if diagnosis.location:
            line = source_line(self._submission, diagnosis.location)
            yield f"At {self._place_name(diagnosis.location)}" + (f":\n\n{code_block(line, 'python')}" if line else ".")
        yield from (to_markdown(part) for text in (diagnosis.symptom, diagnosis.why) for part in paragraphs(text))
        if diagnosis.experiment:
            yield "To see it, run"
            yield from _experiment(diagnosis.experiment)
        if hints := wording.hints_to_show(diagnosis, self._for_instructor):
            yield "\n".join(f"- Hint: {to_markdown(hint)}" for hint in hints)
        if self._for_instructor:
            yield f"Code: {' or '.join(map(code_span, wording.all_codes(diagnosis)))}"
            if diagnosis.evidence:
                yield f"Evidence: {code_span(clipped(str(diagnosis.evidence), 300))}"
        if diagnosis.url and wording.is_web_address(diagnosis.url):
            yield f"[More about this mistake](<{diagnosis.url}>)"

    def _failure(self, failure: wording.Failure) -> str:
        check = failure.check
        lines = [_title_and_points(check)]
        lines.extend(to_markdown(part) for part in paragraphs(wording.check_message(check)))
        lines.extend(_comparisons(check))
        if check.error:
            lines.append(self._error(check.error))
        if failure.also:
            titles = wording.listed([to_markdown(title) for title in failure.also])
            lines.append(f"The same stopped {wording.count(len(failure.also), 'other check')}: {titles}.")
        return "\n\n".join(lines).replace("\n", "\n  ")

    def _error(self, error: StudentError) -> str:
        lines = [wording.shown_error(error)]
        for frame in error.frames:
            lines.append(f"at {wording.where(self._report, frame.location)}, in {frame.function}")
            if frame.text:
                lines.append(f"    {frame.text}")
        return code_block("\n".join(lines))

    def _training_run(self, run: TrainingReport) -> str:
        parts = [f"Data: {to_markdown(run.dataset)}"]
        parts.extend(part for diagnosis in run.diagnoses for part in self._diagnosis(diagnosis))
        parts.append(wording.divergence(run))
        series = [("cost", line) for line in curves.costs(run)]
        series += [("accuracy", line) for line in curves.accuracies(run)]
        if series:
            rows = ["| | | first | last |", "|---|---|---:|---:|"]
            for quantity, line in series:
                first, last = (curves.measured(value, quantity == "accuracy") for value in (line.y[0], line.y[-1]))
                rows.append(f"| {quantity} | {line.name} | {first} | {last} |")
            parts.append("\n".join(rows))
        parts.extend(f"Remark: {to_markdown(remark)}" for remark in run.remarks)
        return "\n\n".join(part for part in parts if part)

    def _cells(self) -> Iterator[str]:
        troubled = circumstances.troubled_cells(self._report)
        if not troubled:
            return
        yield "## Running the file"
        items = [
            f"- {self._place_name(cell.location)}: {code_span(clipped(circumstances.cell_outcome(cell), 300))}"
            for cell in troubled[:_CELLS_LISTED]
        ]
        if len(troubled) > _CELLS_LISTED:
            items.append(f"- … and {len(troubled) - _CELLS_LISTED} more")
        yield "\n".join(items)

    def _remarks(self) -> Iterator[str]:
        if self._report.remarks:
            yield "## Remarks"
            yield "\n".join(f"- {to_markdown(remark)}" for remark in self._report.remarks)

    def _output(self) -> Iterator[str]:
        output = self._report.output
        for title, text in (("Output", output.stdout), ("Standard error", output.stderr)):
            if text.strip():
                yield f"## {title}"
                yield code_block(clipped_lines(clipped(text, _OUTPUT_CHARACTERS), _OUTPUT_LINES))
        if output.truncated:
            yield "It printed more than is kept."

    def _made_with(self) -> Iterator[str]:
        if sentence := circumstances.stand_ins(self._report):
            yield to_markdown(sentence)
        lines = [circumstances.provenance(self._report)]
        if self._for_instructor:
            lines += [f"sha256 {self._report.submission.sha256}", circumstances.timing(self._report)]
        yield "  \n".join(escape_markdown(line) for line in lines if line)


def _experiment(experiment: Experiment) -> Iterator[str]:
    yield code_block("\n".join(experiment.lines), "python")
    yield to_markdown(wording.outcome(experiment))
    if worked := wording.by_hand(experiment):
        yield escape_markdown(worked)


def _title_and_points(check: CheckResult) -> str:
    return f"- ✗ **{to_markdown(check.title)}** ({wording.number(check.score)} / {wording.number(check.max_score)})"


def _comparisons(check: CheckResult) -> Iterator[str]:
    others = [comparison for comparison in check.comparisons if comparison.verdict != "right"]
    if right := compared.right_labels(check):
        yield f"Right: {', '.join(map(code_span, right))}"
    if others:
        yield "\n".join(_comparison(comparison) for comparison in others)


def _comparison(comparison: Comparison) -> str:
    detail = to_markdown(compared.comparison_detail(comparison))
    dash = "" if detail.startswith("(") or not detail else "— "
    return f"- {comparison.verdict}: {code_span(comparison.label)} {dash}{detail}".rstrip()
