"""A batch from the download to the gradebook: `grade_batch(assignment, submissions, output)`."""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import grader
from grader.assignments import Assignment, load_assignment
from grader.batch.changes import FILE as CHANGES
from grader.batch.changes import Change, changes, changes_csv, grades_before
from grader.batch.errors import BatchError, OutputError
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, make_gradebook, waiting_notes
from grader.batch.jobs import Copy, Job, Setup
from grader.batch.journal import Basis, Journal
from grader.batch.known_students import with_roster
from grader.batch.layouts import LayoutName, discover
from grader.batch.layouts.folder import doubts
from grader.batch.names import kept_secret, pseudonyms, report_name
from grader.batch.output import write_gradebook
from grader.batch.policy import Adjustment, Policy, penalty_notes, stray_notes
from grader.batch.pool import WorkerPool
from grader.batch.records import Records, Task
from grader.batch.roster import EXPECTED, Discovery, HandedInFile, is_meant
from grader.batch.roster_file import read_roster
from grader.batch.similarity import remove_pages, write_similarity
from grader.batch.sound_terms import above_maximum_notes, demand_sound_terms
from grader.batch.source import Source, open_source
from grader.batch.spreadsheet import BYTE_ORDER_MARK
from grader.batch.summary import SimilaritySummary
from grader.batch.terms import Terms, remembered, taken_over, with_given
from grader.batch.work import fingerprint, work_of
from grader.closing import Closing
from grader.draws import digest_of, key_of_secret, key_of_seed
from grader.grading import SandboxMode
from grader.report import CarriedForwardTerms, Fault
from grader.report_parts import assignment_info
from grader.submissions import SubmissionRejected

# A job may take so many times what its submission is allowed, and so many seconds more, before it counts as hanging.
_PATIENCE, _PATIENCE_SECONDS = 2.0, 120.0


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
    if goes_on and before is None and policy is None:
        _demand_nothing_graded(output)
    given = {
        "seed": seed,
        "layout": layout,
        "policy": policy,
        "worksheet": moodle_worksheet,
        "roster": roster,
        "carried_forward": carried_forward,
    }
    terms = before or Terms(assignment=assignment.id)
    if terms.assignment != assignment.id:
        raise OutputError(f"{output} holds grades of {terms.assignment}, not of {assignment.id}: choose another folder")
    kept = taken_over(terms, given)
    others = {"seed": seed, "layout": layout, "folder": folder or None, "carried_forward": carried_forward}
    terms = with_given(terms, policy, adjustments, moodle_worksheet, roster, **others)
    demand_sound_terms(assignment, terms.policy, terms.adjustments)
    with _Batch(assignment, submissions, output, resume=goes_on, terms=terms) as batch:
        batch.find(only)
        terms.model_copy(update={"worksheet": before.worksheet if before else None}).remember(output)
        batch.grade(jobs or os.cpu_count() or 1, sandbox, on_progress)
        if similarity:
            on_progress(BatchProgress(batch.graded, batch.graded, batch.failures, "comparing structures"))
        result = batch.conclude(similarity=similarity)
        terms.remember(output)  # the worksheet as well, now that it is known to be one
        return replace(result, kept_terms=tuple(kept))


def _demand_nothing_graded(output: Path) -> None:
    """Raises OutputError: on which terms the grades in it were made is not known any more."""
    journal = output / "journal.jsonl"
    if journal.exists() and journal.stat().st_size:
        raise OutputError(
            f"{output} holds a batch, but its folder `terms`, which says by which policy and seed it was graded, is "
            "gone: give --policy, an empty file if there was none, or choose another folder"
        )


class _Batch(Closing):
    """One batch on its way; holds the journal open."""

    def __init__(self, assignment: Assignment, submissions: Path, output: Path, *, resume: bool, terms: Terms) -> None:
        self.assignment, self.submissions, self.output, self.terms = assignment, submissions, output, terms
        path = output / "journal.jsonl"
        if not resume and path.exists() and path.stat().st_size:
            raise OutputError(f"{output} holds a batch already: --resume goes on with it; or choose another folder")
        (output / "reports").mkdir(parents=True, exist_ok=True)
        journal = Journal(path)
        self.draws = key_of_secret(kept_secret(output / "draws.key")) if terms.seed is None else key_of_seed(terms.seed)
        self.carried_forward = terms.carried_forward or assignment.metadata.score.carried_forward
        basis = Basis(
            assignment=assignment.id,
            version=assignment.metadata.version,
            digest=assignment.digest,
            seed=terms.seed or 0,
            draws=digest_of(self.draws),
            carried_forward=self.carried_forward,
            grader=grader.__version__,
        )
        self.records = Records(journal, basis, assignment, output)
        self.discovery = Discovery("", ())
        self.notes: list[str] = []
        self.tasks: list[Task] = []
        self.pending: list[Task] = []
        self.graded = self.failures = 0

    def find(self, only: Collection[str]) -> None:
        """Look through the download, and tell what has to be graded."""
        anonymous = self.terms.policy.reports.anonymous
        name_of = pseudonyms(self.output) if anonymous else report_name
        with open_source(self.submissions) as source:
            self.discovery = discover(source, self.terms.layout, self.terms.folder or self.assignment.id)
            if self.terms.roster is not None:
                self.discovery, self.notes = with_roster(self.discovery, read_roster(self.terms.roster.content))
            self.notes += doubts(self.discovery)
            for entry in self.discovery.entries:
                work, remarks = work_of(entry, anonymous=anonymous)
                copy = Copy(name_of(*entry.key), (*entry.remarks, *remarks))
                self.tasks.append(Task(entry, work, fingerprint(work, source), copy))
        selected = _selected(self.tasks, only)
        self.pending = selected if only else [task for task in self.tasks if not self.records.is_done(task)]

    def grade(self, size: int, sandbox: SandboxMode, on_progress: OnBatchProgress) -> None:
        """Grade what is pending; equal work once."""
        shared: dict[str, list[Task]] = defaultdict(list)
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
                self.records.record(group, outcome)
                self.graded += len(group)
                self.failures += len(group) * (outcome.report.status != "graded")
                on_progress(BatchProgress(self.graded, len(self.pending), self.failures, group[0].entry.student.label))

    def conclude(self, *, similarity: bool) -> BatchResult:
        """Write the gradebook and its exports."""
        policy, adjustments, worksheet = self.terms.policy, self.terms.adjustments, self.terms.worksheet
        latest = {task.entry.key: self.records.graded(task) for task in self.tasks}
        counting = {task.entry.key: graded for task in self.tasks if (graded := self.records.counting(task))}
        gradebook = make_gradebook(self.assignment, self.discovery.entries, counting, policy, adjustments)
        notes = [*self.notes, *stray_notes(adjustments, self.discovery)]
        remove_pages(self.output)
        shared = self._compared(gradebook, anonymous=policy.reports.anonymous) if similarity else None
        notes += penalty_notes(policy.late, self.discovery)
        notes += [*waiting_notes(gradebook), *above_maximum_notes(gradebook)]
        changed = changes(grades_before(self.output), gradebook, self.records.reasons)
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

    def close(self) -> None:
        self.records.journal.close()


def _read_original(source: Source, file: HandedInFile) -> bytes | None:
    try:
        return source.read(file.stored)
    except (SubmissionRejected, KeyError):  # a ZIP has no such member
        return None


def _selected(tasks: Sequence[Task], only: Collection[str]) -> list[Task]:
    """The tasks of the students that were asked for.  Raises BatchError for a pattern that fits nobody."""
    chosen: dict[tuple[str, int], Task] = {}
    for pattern in only:
        found = [task for task in tasks if is_meant(task.entry.student, pattern)]
        if not found:
            raise BatchError(f"no student is {pattern!r}; {EXPECTED}")
        chosen |= {task.entry.key: task for task in found}
    return list(chosen.values())
