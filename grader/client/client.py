"""`Client`: the service's operations as methods."""

import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from grader.client.connection import Connection, follow, is_passing
from grader.client.errors import ClientError
from grader.client.wire import BatchStatus, BatchTerms, Event, HeldChanges, Me, SubmissionStatus, Worksheet
from grader.closing import Closing
from grader.report import Report

_API = "/api/v1"
_PAGE = 200
_UPLOAD = httpx.Timeout(600.0, connect=10.0)


class Client(Closing):
    """A service at `url`, asked by whoever owns `token`; a context manager.

    Args:
        patience: for so many seconds it is tried to reach a service that does not answer.
        transport: instead of the network, for tests.

    Every method raises ClientError.
    """

    def __init__(
        self, url: str, token: str = "", *, patience: float = 60.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url.rstrip("/")
        self._connection = Connection(self.url, token, patience=patience, transport=transport)

    def me(self) -> Me:
        """The account behind the token."""
        return Me.model_validate_json(self._get("/me"))

    def submit(
        self, course: str, assignment: str, path: Path | str, *, idempotency_key: str | None = None
    ) -> SubmissionStatus:
        """Hand a file in; when this returns it is on disk and in the queue.

        Args:
            idempotency_key: the same key and file again are the same submission. One is made up without it, so that
                what this method itself tries again is one submission.
        """
        where = f"{_assignment(course, assignment)}/submissions"
        return SubmissionStatus.model_validate_json(self._upload(where, Path(path), idempotency_key))

    def status(self, submission: str) -> SubmissionStatus:
        """How far a submission is."""
        return SubmissionStatus.model_validate_json(self._get(f"/submissions/{submission}"))

    def submissions(self, course: str, assignment: str, **filters: str) -> Iterator[SubmissionStatus]:
        """One's own submissions, everybody's for instructors, the newest first; filters: student, state, batch."""
        where = f"{_assignment(course, assignment)}/submissions"
        offset = 0
        while True:
            page = self._connection.send("GET", _API + where, params={**filters, "limit": _PAGE, "offset": offset})
            items = page.json()["items"]
            yield from map(SubmissionStatus.model_validate, items)
            offset += len(items)
            if len(items) < _PAGE:
                return

    def watch(self, submission: str, *, after: int = 0) -> Iterator[Event]:
        """What happens to a submission from event `after` on, up to `end`, whatever breaks in between."""
        return follow(self._connection, f"{_API}/submissions/{submission}/events", after=after)

    def wait(self, submission: str, on_event: Callable[[Event], None] = lambda event: None) -> SubmissionStatus:
        """Return when nothing is going on with a submission any more."""
        for event in self.watch(submission):
            on_event(event)
        return self.status(submission)

    def report(self, submission: str) -> Report:
        """The report, as far as whoever asks may see it."""
        return Report.from_json(self._get(f"/submissions/{submission}/report"))

    def report_page(self, submission: str) -> str:
        """The report as one self-contained HTML page."""
        return self._get(f"/submissions/{submission}/report.html").decode()

    def original(self, submission: str) -> bytes:
        """The file that was handed in."""
        return self._get(f"/submissions/{submission}/file")

    def cancel(self, submission: str) -> SubmissionStatus:
        """Stop what waits or runs."""
        return SubmissionStatus.model_validate_json(self._act(f"/submissions/{submission}/cancel"))

    def regrade(self, submission: str) -> SubmissionStatus:
        """Grade again, with the assignment as it is now."""
        return SubmissionStatus.model_validate_json(self._act(f"/submissions/{submission}/regrade"))

    def submit_batch(
        self,
        course: str,
        assignment: str,
        path: Path | str,
        *,
        layout: str = "auto",
        terms: BatchTerms | None = None,
        only: Sequence[str] = (),
        idempotency_key: str | None = None,
    ) -> BatchStatus:
        """Upload a class's submissions, one ZIP; when this returns all of it is in the queue.

        Args:
            terms: the batch's own.
            only: students to grade, as `grade batch` takes them; the others are uploaded alone.
        """
        where = f"{_assignment(course, assignment)}/batches"
        told = (terms or BatchTerms()).told() | ({"only": list(only)} if only else {})
        more = {"data": {"terms": json.dumps(told)}} if told else {}
        answer = self._upload(where, Path(path), idempotency_key, params={"layout": layout}, **more)
        return BatchStatus.model_validate_json(answer)

    def change_batch(self, batch: str, terms: BatchTerms) -> BatchStatus:
        """Change a batch's own terms; with another seed, all of it is graded again."""
        answer = self._connection.send("PATCH", f"{_API}/batches/{batch}", json=terms.told())
        return BatchStatus.model_validate_json(answer.content)

    def regrade_batch(self, batch: str, only: Sequence[str] = (), *, hold: bool = False) -> int:
        """Grade some students of a batch again, or without `only` what has no grade; how many submissions that are.

        With `hold` nothing of it counts before it is handed back.
        """
        asked = {"only": list(only)} | ({"hold": True} if hold else {})
        answer = self._connection.send("POST", f"{_API}/batches/{batch}/regrade", json=asked)
        return int(answer.json()["regraded"])

    def changes(self, course: str, assignment: str) -> HeldChanges:
        """What a regrade with `hold` would change, before anything of it counts."""
        return HeldChanges.model_validate_json(self._get(f"{_assignment(course, assignment)}/changes"))

    def hand_back(self, course: str, assignment: str, submissions: Sequence[str] | None = None) -> int:
        """Let what waits count, of these submissions or of all; how many gradings that are."""
        return self._settle(course, assignment, "hand-back", submissions)

    def drop_changes(self, course: str, assignment: str, submissions: Sequence[str] | None = None) -> int:
        """Forget what waits, of these submissions or of all; how many gradings that are."""
        return self._settle(course, assignment, "drop", submissions)

    def _settle(self, course: str, assignment: str, how: str, submissions: Sequence[str] | None) -> int:
        chosen = None if submissions is None else list(submissions)
        where = f"{_API}{_assignment(course, assignment)}/changes/{how}"
        return int(self._connection.send("POST", where, json={"submissions": chosen}).json()["gradings"])

    def batch_notes(self, batch: str) -> list[str]:
        """What to know about a batch's gradebook."""
        return [str(note) for note in json.loads(self._get(f"/batches/{batch}/notes"))]

    def fill_worksheet(self, batch: str, worksheet: Path) -> Worksheet:
        """Moodle's grading worksheet with the scores of a batch."""
        return Worksheet.model_validate_json(self._upload(f"/batches/{batch}/worksheet", worksheet, None))

    def batch(self, batch: str) -> BatchStatus:
        """How far a batch is."""
        return BatchStatus.model_validate_json(self._get(f"/batches/{batch}"))

    def watch_batch(self, batch: str) -> Iterator[BatchStatus]:
        """How far a batch is, whenever that has changed; the last time when it is finished."""
        for event in follow(self._connection, f"{_API}/batches/{batch}/events"):
            yield BatchStatus.model_validate(event.data)

    def cancel_batch(self, batch: str) -> int:
        """Stop what waits or runs of a batch; how many gradings that were."""
        answer = self._connection.send("POST", f"{_API}/batches/{batch}/cancel")
        return int(answer.json()["cancelled"])

    def download_output(self, batch: str, target: Path, *, similarity: bool = False) -> None:
        """Save everything that came of a batch as a ZIP; with `similarity`, also which submissions share structure."""
        where = f"{_API}/batches/{batch}/output.zip"
        params = {"similarity": "true"} if similarity else {}
        patience = self._connection.patience()
        while True:
            try:
                with self._connection.open(where, params=params, timeout=_UPLOAD) as answer, target.open("wb") as file:
                    for chunk in answer.iter_bytes():
                        file.write(chunk)
                return
            except ClientError as error:
                if not is_passing(error):
                    raise
                patience.wait(error)

    def close(self) -> None:
        self._connection.close()

    def _get(self, path: str) -> bytes:
        return self._connection.send("GET", _API + path).content

    def _act(self, path: str) -> bytes:
        return self._connection.send("POST", _API + path, is_repeatable=False).content

    def _upload(self, where: str, path: Path, key: str | None, **more: Any) -> bytes:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        with path.open("rb") as file:

            def make() -> dict[str, Any]:
                file.seek(0)
                return {"files": {"file": (path.name, file)}, "headers": headers, "timeout": _UPLOAD, **more}

            return self._connection.send_made("POST", _API + where, make).content


def _assignment(course: str, assignment: str) -> str:
    return f"/courses/{quote(course, safe='')}/assignments/{quote(assignment, safe='')}"
