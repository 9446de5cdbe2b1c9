"""What of an entry is graded: which of its files, under which fingerprint, read into a submission."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import TypeAdapter

from grader.batch.roster import Entry, HandedInFile
from grader.batch.source import Source
from grader.submissions import Submission, SubmissionRejected, load_bytes
from grader.submissions.errors import display_name, first_of, printable
from grader.submissions.limits import MAX_FILES, MAX_KEPT_BYTES, MAX_NOTEBOOK_BYTES, megabytes
from grader.submissions.package import submission_from_tree
from grader.submissions.tree import StoredFile, is_ignored, is_source, make_tree

_ARCHIVE_ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz")


@dataclass(frozen=True)
class Work:
    """The files of an entry that are graded; equal work gets equal reports.

    Attributes:
        name: of the submission, as reports show it.
        files: several are one submission that imports its own modules.
        left_out: names of files handed in besides.
    """

    name: str
    files: tuple[HandedInFile, ...]
    left_out: tuple[str, ...] = ()


_WORK = TypeAdapter(Work)


def work_from_json(work: Mapping[str, object]) -> Work:
    """Of `dataclasses.asdict`, by way of JSON."""
    return _WORK.validate_python(work)


def work_of(entry: Entry, *, anonymous: bool) -> tuple[Work, tuple[str, ...]]:
    """What to grade, with remarks on what was chosen. Anonymous work doesn't go by the student's own file name."""
    wanted = [file for file in entry.files if not is_ignored(file.name)]
    sources = [file for file in wanted if is_source(file.name)]
    if len(sources) > 1:
        left_out = tuple(sorted(file.name for file in wanted if file not in sources))
        return Work("submission", tuple(sources), left_out), ()
    archives = [file for file in wanted if file.name.lower().endswith(_ARCHIVE_ENDINGS)]
    candidates = sources or archives or wanted
    if not candidates:
        return Work("nothing", ()), ()
    chosen = max(candidates, key=lambda file: (file.order, file.name))
    others = [printable(file.name, 60) for file in wanted if file is not chosen]
    remarks = (f"graded: {printable(chosen.name, 60)}, not {first_of(others)}",) if others else ()
    name = PurePosixPath(chosen.name).name
    return Work(f"submission{PurePosixPath(name).suffix}" if anonymous else name, (chosen,)), remarks


def fingerprint(work: Work, source: Source) -> str:
    """SHA-256 over all that a report depends on: names, contents, and of several files their order in time."""
    digest = hashlib.sha256()
    several = len(work.files) > 1
    parts = [work.name, *work.left_out]
    by_age = sorted(work.files, key=lambda file: (file.order, file.name))
    for file in by_age:
        try:
            content = hashlib.sha256(source.read(file.stored)).hexdigest()
        except SubmissionRejected as rejection:
            content = f"unreadable: {rejection.reason}"
        parts += [file.name if several else "", content]
    for part in parts:
        data = part.encode("utf-8", "backslashreplace")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def load_work(work: Work, source: Source, contract_names: Collection[str]) -> Submission:
    """Read the submission.

    Raises:
        SubmissionRejected: it cannot be graded; the message says why.
    """
    if not work.files:
        raise SubmissionRejected("No file was handed in.")
    if len(work.files) == 1:
        return load_bytes(source.read(work.files[0].stored), work.name, contract_names)
    if len(work.files) > MAX_FILES:
        raise SubmissionRejected(f"{len(work.files):,} files were handed in; at most {MAX_FILES:,} are read.")
    tree = make_tree(display_name(work.name), _stored_files(work.files, source), list(work.left_out))
    return submission_from_tree(tree, contract_names, tree.sha256)


def _stored_files(files: Sequence[HandedInFile], source: Source) -> dict[str, StoredFile]:
    stored: dict[str, StoredFile] = {}
    kept = 0
    # Ages by rank: the same files packed at another hour are the same work.
    for age, file in enumerate(sorted(files, key=lambda file: (file.order, file.name))):
        data = source.read(file.stored)
        kept += len(data)
        if len(data) > MAX_NOTEBOOK_BYTES or kept > MAX_KEPT_BYTES:
            raise SubmissionRejected(
                f"The files are too large: with {printable(file.name)} they pass {megabytes(MAX_KEPT_BYTES)} "
                f"(or that file alone {megabytes(MAX_NOTEBOOK_BYTES)}). Submit only the notebook or the modules."
            )
        stored[file.name] = StoredFile(file.name, data, float(age))
    return stored
