"""What a student handed in, as it was: the uploaded file, or their part of a batch's ZIP."""

import tempfile
import zipfile
from collections.abc import Collection, Iterator
from typing import IO

from grader.batch.source import ZipSource
from grader.batch.work import Work, load_work, work_from_json
from grader.service.context import Context
from grader.service.data import Submission
from grader.service.errors import NotFound
from grader.service.storage import begun, parts, parts_of
from grader.submissions import Submission as Loaded
from grader.submissions import SubmissionRejected
from grader.submissions.load import load_bytes


def read(context: Context, submission: Submission) -> tuple[str, Iterator[bytes]]:
    """Name and content, part by part; several files of a batch as one ZIP.

    Raises NotFound, at once: the file is gone, or was never there.
    """
    if submission.work is None:
        return submission.filename, parts_of(context.storage, submission.blob)
    work = work_from_json(submission.work)
    if not work.files:
        raise NotFound("No file was handed in.")
    name = work.name if len(work.files) == 1 else f"{work.name.removesuffix('.zip')}.zip"
    return name, begun(_unpacked(context, submission, work))


def _unpacked(context: Context, submission: Submission, work: Work) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as content:
        try:
            with context.storage.local(submission.blob) as path, ZipSource(path) as source:
                if len(work.files) == 1:
                    source.copy(work.files[0].stored, content)
                else:
                    _pack(work, source, content)
        except SubmissionRejected as rejection:
            raise NotFound(f"The file can't be unpacked: {rejection.reason}") from rejection
        content.seek(0)
        yield from parts(content)


def _pack(work: Work, source: ZipSource, to: IO[bytes]) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:  # the web process compresses nothing
        for file in work.files:
            with archive.open(file.name, "w", force_zip64=True) as packed:
                source.copy(file.stored, packed)


def load(context: Context, submission: Submission, names: Collection[str]) -> Loaded | None:
    """Read without running any of it, so that reports can quote it; None for what can't be read or is gone."""
    try:
        if submission.work is None:
            return load_bytes(context.storage.read(submission.blob), submission.filename, names)
        with context.storage.local(submission.blob) as path, ZipSource(path) as source:
            return load_work(work_from_json(submission.work), source, names)
    except (SubmissionRejected, NotFound):
        return None
