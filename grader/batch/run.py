"""A batch from the download to the gradebook: `grade_batch(assignment, submissions, output)`."""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Self

from pydantic import ValidationError

import grader
from grader.assignments import Assignment, load_assignment
from grader.batch.changes import FILE as CHANGES
from grader.batch.changes import Change, between, changes, changes_csv, grades_before
from grader.batch.errors import BatchError, OutputError
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, make_gradebook, waiting_notes
from grader.batch.jobs import Copy, Job, Outcome, Setup
from grader.batch.journal import REMARKS, Basis, Graded, Journal, document_digest, function_grades, has_documents
from grader.batch.known_students import with_roster
from grader.batch.layouts import LayoutName, discover
from grader.batch.names import kept_secret, pseudonyms, report_name
from grader.batch.output import BYTE_ORDER_MARK, write_gradebook
from grader.batch.policy import (
    Adjustment,
    Policy,
    demand_known_functions,
    demand_known_questions,
    penalty_notes,
    stray_notes,
)
from grader.batch.pool import WorkerPool
from grader.batch.roster import Discovery, Entry, HandedInFile
from grader.batch.roster_file import read_roster
from grader.batch.selection import EXPECTED, is_meant
from grader.batch.similarity import remove_pages, write_similarity
from grader.batch.source import Source, open_source
from grader.batch.summary import SimilaritySummary
from grader.batch.terms import OwnFile, Terms, policy_from, remembered, taken_over
from grader.batch.work import Work, fingerprint, work_of
from grader.draws import digest_of, key_of_secret, key_of_seed
from grader.grading import SandboxMode
from grader.grading_run import assignment_info
from grader.report import CarriedForwardTerms, Fault, Report, ReportStatus
from grader.submissions import SubmissionRejected

# A job may take so many times what its submission is allowed, and so many seconds more, before it counts as hanging.
_PATIENCE, _PATIENCE_SECONDS = 2.0, 120.0
_UNGRADED = "+ungraded"  # of a report whose student has an earlier one with a grade


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is: submissions finished, of how many to grade now, and those without a grade among them."""

    done: int
    total: int
    failures: int
    latest: str = ""


@dataclass(frozen=True)
class Failed:
    """Whose work was not graded, by a fault of the grader or of the assignment."""

    label: str
    fault: Fault
    reason: str


@dataclass(frozen=True)
class BatchResult:
    """A finished batch.

    Attributes:
        graded: how many submissions were graded now; the others are from the journal.
        waiting: how many are not graded yet, also those whose student has an earlier grade.
        faults: whose work could not be graded by no fault of theirs, also where an earlier grade counts.
        notes: what the instructor should know: adjustments of unknown students, rows missing in a worksheet.
        changes: whose score is another one than in the gradebook before.
        kept_terms: what holds as before because the command said nothing else.
    """

    output: Path
    discovery: Discovery
    gradebook: Gradebook
    graded: int
    waiting: int
    faults: tuple[Failed, ...]
    notes: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    kept_terms: tuple[str, ...] = ()


OnBatchProgress = Callable[[BatchProgress], None]


@dataclass(frozen=True)
class _Task:
    """An entry with all that decides whether it must be graded."""

    entry: Entry
    work: Work
    fingerprint: str
    copy: Copy


def grade_batch(
    assignment: Assignment | str | Path,
    submissions: Path,
    output: Path,
    *,
    jobs: int | None = None,
    resume: bool = False,
    layout: LayoutName | None = None,
    only: Collection[str] = (),
    seed: int | None = None,
    policy: Policy | Path | None = None,
    adjustments: Mapping[str, Adjustment] | None = None,
    moodle_worksheet: Path | None = None,
    roster: Path | None = None,
    folder: str = "",
    similarity: bool = False,
    sandbox: SandboxMode = "auto",
    carried_forward: CarriedForwardTerms | None = None,
    on_progress: OnBatchProgress = lambda progress: None,
) -> BatchResult:
    """Grade every submission of a download.

    Args:
        submissions: a folder or a ZIP, as the platform packs it.
        output: reports, gradebook and the journal go there.
        jobs: how many submissions at a time; as many as there are cores if None.
        resume: go on with the batch in `output`; what is unchanged isn't graded again.
        seed: of the random inputs, with which any machine gives the same grades; without it they follow from a secret
            that is kept in `output`. Either way every submission has its own, and the same when it is graded again.
        only: students to grade, again if need be, by key, name or e-mail address, or a pattern with `*`.
        layout, seed, policy, moodle_worksheet, carried_forward: as the batch in `output` had them, if that is gone on
            with; otherwise `"auto"`, a secret's, none and the assignment's own.
        policy: a file brings its adjustments along.
        carried_forward: what counts of errors carried forward, in the place of the assignment's own terms.
        adjustments: the instructor's own, by student; they belong to a policy.
        moodle_worksheet: to be filled in.
        roster: who the students are, as a platform exports it: names, addresses, what Canvas calls them.
        folder: what nbgrader calls the assignment, where a course has several and none by its id.
        similarity: compare the structure of the submissions, too.

    Raises:
        BatchError: the batch as a whole cannot go on.
        AssignmentError: the assignment is faulty.
        SandboxUnavailable: this machine cannot hold a submission safely, and the mode demands it.
        KeyboardInterrupt: what was graded so far is in the journal.
    """
    if not isinstance(assignment, Assignment):
        assignment = load_assignment(assignment)
    goes_on = resume or bool(only)
    before = remembered(output) if goes_on else None
    given = {
        "seed": seed,
        "layout": layout,
        "policy": policy,
        "worksheet": moodle_worksheet,
        "roster": roster,
        "carried_forward": carried_forward,
    }
    terms = before or Terms(assignment.id)
    if terms.assignment != assignment.id:
        raise OutputError(f"{output} holds grades of {terms.assignment}, not of {assignment.id}: choose another folder")
    kept = taken_over(terms, given)
    terms = _with(terms, seed, layout, policy, adjustments, moodle_worksheet, roster)
    terms = replace(terms, folder=folder or terms.folder, carried_forward=carried_forward or terms.carried_forward)
    demand_known_functions(terms.policy, assignment.function_names)
    demand_known_questions(terms.adjustments or {}, {one.name: one.points for one in assignment.written})
    with _Batch(assignment, submissions, output, resume=goes_on, terms=terms) as batch:
        batch.find(only)
        replace(terms, worksheet=before.worksheet if before else None).remember(output)
        batch.grade(jobs or os.cpu_count() or 1, sandbox, on_progress)
        if similarity:
            on_progress(BatchProgress(batch.graded, batch.graded, batch.failures, "comparing structures"))
        result = batch.conclude(similarity=similarity)
        terms.remember(output)  # the worksheet as well, now that it is known to be one
        return replace(result, kept_terms=tuple(kept))


def _with(
    terms: Terms,
    seed: int | None,
    layout: LayoutName | None,
    policy: Policy | Path | None,
    adjustments: Mapping[str, Adjustment] | None,
    worksheet: Path | None,
    roster: Path | None,
) -> Terms:
    """The terms with what was given.  Raises PolicyError, or OSError: the worksheet cannot be read."""
    if seed is not None:
        terms = replace(terms, seed=seed)
    if layout is not None:
        terms = replace(terms, layout=layout)
    if isinstance(policy, Path):
        read, found, sources = policy_from(policy)
        terms = replace(terms, policy=read, adjustments=found, sources=sources)
    elif policy is not None:
        terms = replace(terms, policy=policy, adjustments=adjustments or {}, sources=None)
    elif adjustments is not None:
        terms = replace(terms, adjustments=adjustments)
    if worksheet is not None:
        terms = replace(terms, worksheet=OwnFile.read(worksheet))
    if roster is not None:
        terms = replace(terms, roster=OwnFile.read(roster))
    return terms


class _Batch:
    """One batch on its way; holds the journal."""

    def __init__(self, assignment: Assignment, submissions: Path, output: Path, *, resume: bool, terms: Terms) -> None:
        self.assignment, self.submissions, self.output, self.terms = assignment, submissions, output, terms
        path = output / "journal.jsonl"
        if not resume and path.exists() and path.stat().st_size:
            raise OutputError(f"{output} holds a batch already: --resume goes on with it; or choose another folder")
        for folder in ("reports",):
            (output / folder).mkdir(parents=True, exist_ok=True)
        self.journal = Journal(path)
        self.draws = key_of_secret(kept_secret(output / "draws.key")) if terms.seed is None else key_of_seed(terms.seed)
        self.carried_forward = terms.carried_forward or assignment.metadata.score.carried_forward
        self.basis = Basis(
            assignment=assignment.id,
            version=assignment.metadata.version,
            digest=assignment.digest,
            seed=terms.seed or 0,
            draws=digest_of(self.draws),
            carried_forward=self.carried_forward,
            grader=grader.__version__,
        )
        self.discovery = Discovery("", ())
        self.notes: list[str] = []
        self.reasons: dict[str, list[str]] = {}  # why somebody who was graded again has another grade
        self.tasks: list[_Task] = []
        self.pending: list[_Task] = []
        self.graded = self.failures = 0

    def find(self, only: Collection[str]) -> None:
        """Look through the download, and tell what has to be graded."""
        anonymous = self.terms.policy.reports.anonymous
        name_of = pseudonyms(self.output) if anonymous else report_name
        with open_source(self.submissions) as source:
            self.discovery = discover(source, self.terms.layout, self.terms.folder or self.assignment.id)
            if self.terms.roster is not None:
                self.discovery, self.notes = with_roster(self.discovery, read_roster(self.terms.roster.content))
            for entry in self.discovery.entries:
                work, remarks = work_of(entry, anonymous=anonymous)
                copy = Copy(name_of(*entry.key), (*entry.remarks, *remarks))
                self.tasks.append(_Task(entry, work, fingerprint(work, source), copy))
        selected = _selected(self.tasks, only)
        self.pending = selected if only else [task for task in self.tasks if not self._is_done(task)]

    def grade(self, size: int, sandbox: SandboxMode, on_progress: OnBatchProgress) -> None:
        """Grade what is pending; equal work once."""
        shared: dict[str, list[_Task]] = defaultdict(list)
        for task in self.pending:
            shared[task.fingerprint].append(task)
        groups = list(shared.values())
        jobs = [Job(i, group[0].work, tuple(task.copy for task in group)) for i, group in enumerate(groups)]
        setup = Setup(self.assignment.folder, self.submissions.resolve(), sandbox, self.draws, self.carried_forward)
        limits = self.assignment.metadata.limits
        on_progress(BatchProgress(0, len(self.pending), 0))
        with WorkerPool(
            setup,
            size,
            job_seconds=_PATIENCE * (limits.load_seconds + limits.total_seconds) + _PATIENCE_SECONDS,
            info=assignment_info(self.assignment, self.carried_forward),
            max_score=self.assignment.points,
        ) as pool:
            for outcome in pool.outcomes(jobs):
                group = groups[outcome.job.number]
                self._record(group, outcome)
                self.graded += len(group)
                self.failures += len(group) * (outcome.report.status != "graded")
                on_progress(BatchProgress(self.graded, len(self.pending), self.failures, group[0].entry.student.label))

    def conclude(self, *, similarity: bool) -> BatchResult:
        """Write the gradebook and its exports."""
        policy, adjustments, worksheet = self.terms.policy, self.terms.adjustments or {}, self.terms.worksheet
        latest = {task.entry.key: self._graded(task) for task in self.tasks}
        counting = {task.entry.key: graded for task in self.tasks if (graded := self._counting(task))}
        gradebook = make_gradebook(self.assignment, self.discovery.entries, counting, policy, adjustments)
        notes = [*self.notes, *stray_notes(adjustments, self.discovery)]
        remove_pages(self.output)
        shared = self._compared(gradebook, anonymous=policy.reports.anonymous) if similarity else None
        notes += penalty_notes(policy.late, self.discovery)
        notes += waiting_notes(gradebook)
        changed = changes(grades_before(self.output), gradebook, self.reasons)
        (self.output / CHANGES).unlink(missing_ok=True)
        if changed:
            write_atomically(
                self.output / CHANGES, f"{BYTE_ORDER_MARK}{changes_csv(changed)}".encode("utf-8", "replace")
            )
        with open_source(self.submissions) as source:
            notes += write_gradebook(
                self.output,
                gradebook,
                self.discovery,
                policy,
                worksheet=worksheet.content if worksheet else None,
                similarity=shared,
                read_original=partial(_read_original, source),
            )
        return BatchResult(
            self.output,
            self.discovery,
            gradebook,
            self.graded,
            waiting=sum(graded is None for graded in latest.values()),
            faults=tuple(
                Failed(entry.student.label, graded.fault, graded.reason)
                for entry in self.discovery.entries
                if (graded := latest[entry.key]) and graded.status == "internal_error"
            ),
            notes=tuple(notes),
            changes=tuple(changed),
        )

    def _compared(self, gradebook: Gradebook, *, anonymous: bool) -> SimilaritySummary:
        """What the submissions that count share, with pages that show it."""
        work = {task.entry.key: task.work for task in self.tasks}
        handed_in = [(row, work[row.student.key, row.attempt]) for row in gradebook.rows]
        with open_source(self.submissions) as source:
            return write_similarity(self.output, self.assignment, handed_in, source, anonymous=anonymous)

    def _graded(self, task: _Task) -> Graded | None:
        """The journal's record of this very work under the present assignment and seed."""
        graded = self.journal.entries.get(task.entry.key)
        if graded is None or (graded.fingerprint, graded.basis) != (task.fingerprint, self.basis):
            return None
        return graded

    def _counting(self, task: _Task) -> Graded | None:
        """The record that the gradebook has of a task: its last grade, for what has none since takes none away.

        That may be of the file before, or of the assignment as it was; then the record says so.
        """
        latest, grade = self._graded(task), self._grade_before(task)
        if grade is None or (latest is not None and latest.status == "graded"):
            return latest
        fits = grade.basis.assignment == self.assignment.id and grade.max_score == self.assignment.points
        if not fits or not has_documents(grade, self.output):
            return latest
        if grade.fingerprint == task.fingerprint:
            why = "this grade is from before the last change of the assignment or the seed"
        else:
            why = "this grade is of the file that was handed in before"
        if latest is not None:
            outcome = "could not be read" if latest.status == "rejected" else "made the grader fail"
            why = f"what was handed in last {outcome}: {why}"
        return grade.model_copy(update={"superseded": why})

    def _is_done(self, task: _Task) -> bool:
        """Whether it need not be graded; a fault of the grader is tried again."""
        graded = self._graded(task)
        return (
            graded is not None
            and graded.status != "internal_error"
            and f"reports/{self._report_name(task, graded.status)}.html" in graded.documents
            and has_documents(graded, self.output)
        )

    def _record(self, group: Sequence[_Task], outcome: Outcome) -> None:
        """First the documents, then the lines that vouch for them."""
        report = outcome.report
        functions = function_grades(report)
        records = []
        obsolete: set[str] = set()
        for task, documents in zip(group, outcome.documents, strict=True):
            student, attempt = task.entry.key
            before, grade = self.journal.entries.get(task.entry.key), self.journal.grades.get(task.entry.key)
            if before is not None:
                self.reasons.setdefault(student, []).extend(self._reasons(before, task, report))
            obsolete |= set(before.documents) - set(documents) if before else set()
            grade = self.journal.grades.get(task.entry.key)
            name = self._report_name(task, report.status)
            if name != task.copy.name:  # the report of the grade that counts stays where it is
                documents = {path.replace(f"/{task.copy.name}", f"/{name}", 1): t for path, t in documents.items()}
                obsolete -= set(grade.documents) if grade else set()
            else:
                obsolete |= set(grade.documents) - set(documents) if grade else set()
            records.append(
                Graded(
                    student=student,
                    attempt=attempt,
                    fingerprint=task.fingerprint,
                    basis=self.basis,
                    status=report.status,
                    reason=report.reason,
                    fault=report.fault,
                    score=report.score,
                    max_score=report.max_score,
                    functions=functions,
                    remarks=(*task.copy.remarks, *report.remarks)[:REMARKS],
                    documents=self._written(documents),
                )
            )
        self.journal.append(records)
        for path in obsolete:  # under a name that reports no longer have, such as one that is not anonymous
            (self.output / path).unlink(missing_ok=True)
            with suppress(OSError):  # others are in it
                (self.output / path).parent.rmdir()

    def _reasons(self, before: Graded, task: _Task, report: Report) -> list[str]:
        """Why a new report differs from the one that the output folder still has."""
        if before.fingerprint != task.fingerprint:
            return ["another file was handed in"]
        path = next((p for p in before.documents if p.endswith(".json") and not p.endswith(".results.json")), "")
        try:
            return between(Report.from_json((self.output / path).read_bytes()), report)
        except (OSError, ValidationError):  # taken away, or of another version of the grader
            return ["it was graded again"]

    def _report_name(self, task: _Task, status: ReportStatus) -> str:
        """Where the report goes; one without a grade goes beside that of the grade before it."""
        if status == "graded" or self._grade_before(task) is None:
            return task.copy.name
        return f"{task.copy.name}{_UNGRADED}"

    def _grade_before(self, task: _Task) -> Graded | None:
        """The last grade of this attempt whose report goes by the name that reports have now."""
        grade = self.journal.grades.get(task.entry.key)
        return grade if grade and f"reports/{task.copy.name}.html" in grade.documents else None

    def _written(self, documents: Mapping[str, str]) -> dict[str, str]:
        digests = {}
        for path, text in documents.items():
            data = text.encode("utf-8", "replace")
            target = self.output / path
            target.parent.mkdir(exist_ok=True)
            write_atomically(target, data, force=False)  # one that a power cut takes is missed by its digest
            digests[path] = document_digest(data)
        return digests

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.journal.close()


def _read_original(source: Source, file: HandedInFile) -> bytes | None:
    try:
        return source.read(file.stored)
    except (SubmissionRejected, KeyError):  # a ZIP has no such member
        return None


def _selected(tasks: Sequence[_Task], only: Collection[str]) -> list[_Task]:
    """The tasks of the students that were asked for.  Raises BatchError for a pattern that fits nobody."""
    chosen: dict[tuple[str, int], _Task] = {}
    for pattern in only:
        found = [task for task in tasks if is_meant(task.entry.student, pattern)]
        if not found:
            raise BatchError(f"no student is {pattern!r}; {EXPECTED}")
        chosen |= {task.entry.key: task for task in found}
    return list(chosen.values())
