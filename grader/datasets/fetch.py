"""Fetching MNIST from public mirrors: content is verified, an interrupted transfer is taken up again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.datasets.errors import DatasetError, FetchAttempt, FetchError
from grader.datasets.files import DATA_DIR_VARIABLE, MNIST_FILES, PublishedFile, cache_directory, sha256_of

if TYPE_CHECKING:
    import httpx

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0


@dataclass(frozen=True)
class FetchProgress:
    """How far one file is: ``received`` of ``size`` bytes. ``url`` is None if the file was there already."""

    filename: str
    url: str | None
    received: int
    size: int


class _UndeliveredError(Exception):
    """A mirror did not deliver; the message is the reason."""


def fetch_mnist(
    directory: Path | None = None,
    *,
    progress: Callable[[FetchProgress], None] | None = None,
    mirrors: Sequence[str] = MIRRORS,
    files: Sequence[PublishedFile] = MNIST_FILES,
) -> Path:
    """Fetch the files that are missing or differ from the published ones.

    The mirrors are tried in turn for every file. A file appears under its name only when complete and of the
    right SHA-256; until then its bytes are kept as ``NAME.part``, and a later call, or the next mirror,
    goes on from there.

    Args:
        directory: where to keep the files; the user's cache folder if None. Created if absent.
        progress: called for every piece received, and once for a file that was there already.
        mirrors: addresses of folders that hold the files.
        files: what to fetch.

    Returns:
        The folder that now holds the files.

    Raises:
        FetchError: no mirror delivered a file.
        DatasetError: the folder cannot be written.
    """
    import httpx  # takes 50 ms, which only those who fetch should pay

    folder = cache_directory() if directory is None else directory
    report = progress or (lambda _: None)
    timeout = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with httpx.Client(timeout=timeout, follow_redirects=True) as client:
            for file in files:
                _fetch_file(client, file, folder, mirrors, report)
    except OSError as error:
        raise DatasetError(f"cannot store MNIST in {folder}: {error.strerror or error}") from error
    return folder


def _fetch_file(
    client: "httpx.Client",
    file: PublishedFile,
    folder: Path,
    mirrors: Sequence[str],
    report: Callable[[FetchProgress], None],
) -> None:
    target = folder / file.filename
    if target.is_file() and sha256_of(target) == file.sha256:
        report(FetchProgress(file.filename, None, file.size, file.size))
        return
    part = folder / f"{file.filename}.part"
    attempts = []
    for mirror in mirrors:
        url = mirror.rstrip("/") + "/" + file.filename
        try:
            _complete(client, url, file, part, report)
        except _UndeliveredError as failure:
            attempts.append(FetchAttempt(url, str(failure)))
        else:
            part.replace(target)
            return
    remedy = (
        f"Is this machine online? Otherwise copy {file.filename} into {folder}, or name a folder that has "
        f"the files of MNIST in {DATA_DIR_VARIABLE}."
    )
    raise FetchError(file.filename, tuple(attempts), remedy)


def _complete(
    client: "httpx.Client",
    url: str,
    file: PublishedFile,
    part: Path,
    report: Callable[[FetchProgress], None],
) -> None:
    """Bring ``part`` to the published content, or raise `_UndeliveredError`."""
    resumed = part.is_file() and part.stat().st_size > 0
    try:
        _transfer(client, url, file, part, report)
    except _WrongContentError:
        part.unlink()
        if not resumed:
            raise
        # The bytes that were already there may be to blame: this mirror gets a chance of its own.
        _complete(client, url, file, part, report)


class _WrongContentError(_UndeliveredError):
    """The bytes received are not those published."""


def _transfer(
    client: "httpx.Client",
    url: str,
    file: PublishedFile,
    part: Path,
    report: Callable[[FetchProgress], None],
) -> None:
    """Append to ``part`` what it lacks and verify it."""
    import httpx

    have = part.stat().st_size if part.is_file() else 0
    if have > file.size:
        raise _WrongContentError("more bytes than published")
    # Without compression on the way, so that bytes received are bytes of the file.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    if have < file.size:
        try:
            with client.stream("GET", url, headers=headers) as response:
                _receive(response, url, file, part, have, report)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _UndeliveredError(str(error) or type(error).__name__) from error
    if part.stat().st_size < file.size:
        raise _UndeliveredError(f"the transfer ended after {part.stat().st_size:,} of {file.size:,} bytes")
    if sha256_of(part) != file.sha256:
        raise _WrongContentError("wrong checksum: this is not the published file")


def _receive(
    response: "httpx.Response",
    url: str,
    file: PublishedFile,
    part: Path,
    have: int,
    report: Callable[[FetchProgress], None],
) -> None:
    content_range = response.headers.get("Content-Range", "")
    continues = response.status_code == 206 and content_range.startswith(f"bytes {have}-")
    if response.status_code != 200 and not continues:
        raise _UndeliveredError(f"answered {response.status_code} {response.reason_phrase}".rstrip())
    received = have if continues else 0
    with part.open("ab" if continues else "wb") as out:
        for piece in response.iter_raw():
            received += len(piece)
            if received > file.size:
                break
            out.write(piece)
            report(FetchProgress(file.filename, url, received, file.size))
    if received > file.size:
        raise _WrongContentError(f"more than the published {file.size:,} bytes")
