"""What a student handed in, as it was: the uploaded file, or their part of a batch's ZIP."""

import io
import zipfile
from collections.abc import Collection

from grader.batch.source import ZipSource
from grader.batch.work import load_work
from grader.service.batch_entries import work_from_json
from grader.service.context import Context
from grader.service.data import Submission
from grader.service.errors import NotFound
from grader.submissions import Submission as Loaded
from grader.submissions import SubmissionRejected
from grader.submissions.load import load_bytes


def read(context: Context, submission: Submission) -> tuple[str, bytes]:
    """Name and content; several files of a batch as one ZIP.  Raises NotFound: the file is gone, or was never there."""
    if submission.work is None:
        return submission.filename, context.storage.read(submission.blob)
    work = work_from_json(submission.work)
    if not work.files:
        raise NotFound("No file was handed in.")
    with context.storage.local(submission.blob) as path, ZipSource(path) as source:
        try:
            if len(work.files) == 1:
                return work.name, source.read(work.files[0].stored)
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:  # the web process compresses nothing
                for file in work.files:
                    archive.writestr(file.name, source.read(file.stored))
        except SubmissionRejected as rejection:
            raise NotFound(f"The file can't be unpacked: {rejection.reason}") from rejection
    return f"{work.name.removesuffix('.zip')}.zip", packed.getvalue()


def load(context: Context, submission: Submission, names: Collection[str]) -> Loaded | None:
    """Read without running any of it, so that reports can quote it; None for what can't be read or is gone."""
    try:
        if submission.work is None:
            return load_bytes(context.storage.read(submission.blob), submission.filename, names)
        with context.storage.local(submission.blob) as path, ZipSource(path) as source:
            return load_work(work_from_json(submission.work), source, names)
    except (SubmissionRejected, NotFound):
        return None
