"""`grade batch --server`: the same batch through a service, to the same files."""

import json
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from grader.cli.batch_words import complain_of, complain_of_ungraded, complain_of_unreadable, progress_bar, say_counts
from grader.cli.server import service_at
from grader.cli.terminal import INTERRUPTED, NEEDS_A_LOOK, OUR_FAULT, complain, refusal, say

if TYPE_CHECKING:
    from grader.batch.summary import ClassSummary
    from grader.client import BatchStatus, BatchTerms, Client

_MOST_BYTES = 2_000_000_000  # the service's own limit comes on top
_MEMORY = "server.json"


@dataclass(frozen=True)
class Order:
    """What was asked of which service; kept in the output folder, so that a batch can be come back to.

    Attributes:
        key: makes an upload that is sent twice one batch.
        batch: its id; "" as long as the upload has not been acknowledged.
    """

    server: str
    course: str
    assignment: str
    key: str
    batch: str = ""


def grade_on_server(
    assignment: str,
    submissions: Path,
    output: Path,
    *,
    server: str,
    course: str,
    token: str,
    token_file: Path | None,
    layout: str,
    resume: bool,
    only: Sequence[str] = (),
    seed: int | None = None,
    policy: Path | None = None,
    moodle_worksheet: Path | None = None,
    similarity: bool = False,
) -> None:
    """Upload, follow, download."""
    from grader.batch import BatchError

    try:
        terms = _terms(seed, policy)
        if moodle_worksheet is not None:
            moodle_worksheet.open("rb").close()  # a wrong path is told before anything is sent
        order = _order(output, Order(server, course, assignment, str(uuid.uuid4())), resume=resume or bool(only))
        with service_at(server, token, token_file) as client:
            if order.batch:
                _go_on(client, order.batch, terms, only)
            else:
                order = _send(client, order, submissions, output, layout, terms, only)
            status = _follow(client, order.batch)
            notes = _fetch(client, order.batch, output, moodle_worksheet, similarity=similarity)
    except BatchError as error:
        raise refusal(str(error)) from error
    except KeyboardInterrupt as interruption:
        raise refusal(
            "interrupted; what was sent goes on there, and the same command with --resume comes back to it", INTERRUPTED
        ) from interruption
    except OSError as error:
        raise refusal(f"{error.filename or output}: {error.strerror or error}") from error
    except zipfile.BadZipFile as error:
        raise refusal(
            f"what the service sent is no ZIP ({error}); the same command with --resume asks again", OUR_FAULT
        ) from error
    _tell(status, output, notes)


def _terms(seed: int | None, policy: Path | None) -> "BatchTerms":
    """Raises PolicyError."""
    from grader.batch.adjustments import adjustments_of
    from grader.batch.policy import read_policy
    from grader.client import BatchTerms

    if policy is None:
        return BatchTerms(seed=seed)
    rules = read_policy(policy)
    return BatchTerms(
        seed=seed,
        policy=rules.model_dump(mode="json", exclude={"adjustments"}),
        adjustments={student: asdict(found) for student, found in adjustments_of(rules, policy).items()},
    )


def _order(output: Path, new: Order, *, resume: bool) -> Order:
    """The order that is in the output folder, or a new one."""
    memory, journal = output / _MEMORY, output / "journal.jsonl"
    known = memory.exists()
    if (known or (journal.exists() and journal.stat().st_size)) and not (known and resume):
        raise refusal(f"{output} holds a batch already: --resume goes on with it; or choose another folder")
    if not known:
        output.mkdir(parents=True, exist_ok=True)
        _remember(output, new)
        return new
    try:
        found = Order(**json.loads(memory.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise refusal(f"{memory} cannot be read; choose another folder") from error
    if (found.server, found.course, found.assignment) != (new.server, new.course, new.assignment):
        raise refusal(f"{output} holds a batch of {found.assignment} in {found.course} at {found.server}")
    return found


def _remember(output: Path, order: Order) -> None:
    from grader.batch.files import write_atomically

    write_atomically(output / _MEMORY, json.dumps(asdict(order), indent=1).encode())


def _send(
    client: "Client",
    order: Order,
    submissions: Path,
    output: Path,
    layout: str,
    terms: "BatchTerms",
    only: Sequence[str],
) -> Order:
    with _as_zip(submissions) as packed:
        status = client.submit_batch(
            order.course, order.assignment, packed, layout=layout, terms=terms, only=only, idempotency_key=order.key
        )
    sent = Order(order.server, order.course, order.assignment, order.key, status.id)
    _remember(output, sent)
    return sent


def _go_on(client: "Client", batch: str, terms: "BatchTerms", only: Sequence[str]) -> None:
    """Come back to a batch: on other terms, if there are any, and with what is to be graded now."""
    if terms.told():
        client.change_batch(batch, terms)
    client.regrade_batch(batch, only)


@contextmanager
def _as_zip(submissions: Path) -> Iterator[Path]:
    from grader.batch.source import pack_folder

    if not submissions.is_dir():
        yield submissions
        return
    with TemporaryDirectory() as folder:
        packed = Path(folder) / f"{submissions.resolve().name}.zip"
        pack_folder(submissions, packed, limit=_MOST_BYTES)
        yield packed


def _follow(client: "Client", batch: str) -> "BatchStatus":
    from grader.batch import BatchProgress

    status = client.batch(batch)
    with progress_bar() as show:
        for status in client.watch_batch(batch):
            left_out = status.left_out
            show(BatchProgress(status.done - left_out, status.total - left_out, status.ungraded - left_out))
    return status


def _fetch(client: "Client", batch: str, output: Path, worksheet: Path | None, *, similarity: bool) -> tuple[str, ...]:
    """Save what came of it; what to know about it."""
    from grader.batch.files import write_atomically
    from grader.batch.similarity import remove_pages

    notes = tuple(client.batch_notes(batch))
    kept = output / "terms" / "worksheet.csv"
    if worksheet is None and kept.exists():
        worksheet = kept
    (output / "moodle.csv").unlink(missing_ok=True)  # one with the grades of before must not stay beside these
    with TemporaryDirectory(dir=output) as folder:
        packed = Path(folder) / "output.zip"
        client.download_output(batch, packed, similarity=similarity)
        remove_pages(output)
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(output)  # keeps every name inside
    if worksheet is None:
        return notes
    filled = client.fill_worksheet(batch, worksheet)
    write_atomically(output / "moodle.csv", filled.content.encode())
    if worksheet != kept:
        kept.parent.mkdir(exist_ok=True)
        write_atomically(kept, worksheet.read_bytes())
    return notes + filled.notes


def _tell(status: "BatchStatus", output: Path, notes: Sequence[str]) -> None:
    from grader.batch.summary import ClassSummary

    summary = ClassSummary.model_validate_json((output / "summary.json").read_bytes())
    graded = status.done - status.left_out
    say(f"students: {len(summary.students)} ({status.layout} layout), graded by the service: {graded}")
    say_counts(summary.statuses, output)
    unreadable = [(student.name, student.is_given) for student in summary.students if student.status == "rejected"]
    complain_of_unreadable(unreadable, summary.unreadable)
    complain_of("belongs to no student:", status.unmatched)
    faults = _labels(summary, "internal_error")
    complain_of("the grader itself failed on", faults)
    complain_of_ungraded(len(_labels(summary, "not_graded")))
    for note in notes:
        complain(note)
    if faults:
        raise typer.Exit(OUR_FAULT)
    if status.unmatched:
        raise typer.Exit(NEEDS_A_LOOK)


def _labels(summary: "ClassSummary", status: str) -> list[str]:
    return [student.name for student in summary.students if student.status == status]
