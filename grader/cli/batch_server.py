"""`grade batch --server`: the same batch through a service, to the same files."""

import json
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from grader.cli.batch_words import complain_of, progress_bar, say_counts
from grader.cli.server import service_at
from grader.cli.terminal import BAD_INPUT, INTERRUPTED, OUR_FAULT, complain, say

if TYPE_CHECKING:
    from grader.batch.summary import ClassSummary
    from grader.client import BatchStatus, Client

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
) -> None:
    """Upload, follow, download."""
    from grader.batch import BatchError

    order = _order(output, Order(server, course, assignment, str(uuid.uuid4())), resume=resume)
    try:
        with service_at(server, token, token_file) as client:
            if not order.batch:
                order = _send(client, order, submissions, output, layout)
            status = _follow(client, order.batch)
            _fetch(client, order.batch, output)
    except BatchError as error:
        complain(str(error))
        raise typer.Exit(BAD_INPUT) from error
    except KeyboardInterrupt as interruption:
        complain("interrupted; what was sent goes on there, and the same command with --resume comes back to it")
        raise typer.Exit(INTERRUPTED) from interruption
    except (OSError, zipfile.BadZipFile) as error:
        complain(f"{output}: {error}")
        raise typer.Exit(BAD_INPUT) from error
    _tell(status, output)


def _order(output: Path, new: Order, *, resume: bool) -> Order:
    """The order that is in the output folder, or a new one."""
    memory, journal = output / _MEMORY, output / "journal.jsonl"
    known = memory.exists()
    if (known or (journal.exists() and journal.stat().st_size)) and not (known and resume):
        complain(f"{output} holds a batch already: --resume goes on with it; or choose another folder")
        raise typer.Exit(BAD_INPUT)
    if not known:
        output.mkdir(parents=True, exist_ok=True)
        _remember(output, new)
        return new
    try:
        found = Order(**json.loads(memory.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        complain(f"{memory} cannot be read; choose another folder")
        raise typer.Exit(BAD_INPUT) from error
    if (found.server, found.course, found.assignment) != (new.server, new.course, new.assignment):
        complain(f"{output} holds a batch of {found.assignment} in {found.course} at {found.server}")
        raise typer.Exit(BAD_INPUT)
    return found


def _remember(output: Path, order: Order) -> None:
    from grader.batch.files import write_atomically

    write_atomically(output / _MEMORY, json.dumps(asdict(order), indent=1).encode())


def _send(client: "Client", order: Order, submissions: Path, output: Path, layout: str) -> Order:
    with _as_zip(submissions) as packed:
        status = client.submit_batch(order.course, order.assignment, packed, layout=layout, idempotency_key=order.key)
    sent = Order(order.server, order.course, order.assignment, order.key, status.id)
    _remember(output, sent)
    return sent


@contextmanager
def _as_zip(submissions: Path) -> Iterator[Path]:
    from grader.batch.packing import pack_folder

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
            show(BatchProgress(status.done, status.total, status.ungraded))
    return status


def _fetch(client: "Client", batch: str, output: Path) -> None:
    with TemporaryDirectory(dir=output) as folder:
        packed = Path(folder) / "output.zip"
        client.download_output(batch, packed)
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(output)  # keeps every name inside


def _tell(status: "BatchStatus", output: Path) -> None:
    from grader.batch.summary import ClassSummary

    summary = ClassSummary.model_validate_json((output / "summary.json").read_bytes())
    say(f"students: {len(summary.students)} ({status.layout} layout), graded by the service: {status.done}")
    say_counts(summary.statuses, output)
    complain_of("belongs to no student:", status.unmatched)
    faults = _labels(summary, "internal_error")
    complain_of("the grader itself failed on", faults)
    complain_of("not graded:", _labels(summary, "not_graded"))
    if faults:
        raise typer.Exit(OUR_FAULT)


def _labels(summary: "ClassSummary", status: str) -> list[str]:
    return [student.name for student in summary.students if student.status == status]
