"""Fetching data sets from public mirrors: content is verified, an interrupted transfer is taken up again.

What an installed scikit-learn has is copied from there.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.datasets.dataset import DatasetError, FetchAttempt, FetchError
from grader.datasets.files import DATA_DIR_VARIABLE, SETS, PublishedFile, PublishedSet, cache_directory, sha256_of
from grader.datasets.named import scikit_learn_data

if TYPE_CHECKING:
    import httpx

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


def fetch_set(
    name: str,
    directory: Path | None = None,
    *,
    progress: Callable[[FetchProgress], None] | None = None,
    published: PublishedSet | None = None,
) -> Path:
    """Fetch the files of a set that are missing or differ from the published ones.

    The mirrors are tried in turn for every file. A file appears under its name only when complete and of the
    right SHA-256; until then its bytes are kept as ``NAME.part``, and a later call, or the next mirror,
    goes on from there.

    Args:
        name: one of `SETS`.
        directory: where to keep data sets; the user's cache folder if None. Created if absent. MNIST is in it, every
            other set in a folder of its name.
        progress: called for every piece received, and once for a file that was there already.
        published: what to fetch in the place of the set of this name.

    Returns:
        The folder that now holds the files.

    Raises:
        FetchError: no mirror delivered a file.
        DatasetError: there is no such set, or the folder cannot be written.
    """
    import httpx  # takes 50 ms, which only those who fetch should pay

    if published is None and name not in SETS:
        raise DatasetError(f"no data set {name!r} is known; there are {', '.join(SETS)}")
    wanted = published or SETS[name]
    folder = cache_directory() if directory is None else directory
    folder = folder if name == "mnist" else folder / name
    report = progress or (lambda _: None)
    timeout = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if wanted.members and all((folder / member).is_file() for member in wanted.members):
            return folder
        with httpx.Client(timeout=timeout, follow_redirects=True) as client:
            for file in wanted.files:
                if not (wanted.is_in_scikit_learn and _is_copied(file, folder)):
                    _fetch_file(client, file, folder, wanted, report)
        if wanted.members:
            _unpack(folder / wanted.files[0].filename, wanted.members)
    except OSError as error:
        raise DatasetError(f"cannot store {wanted.title} in {folder}: {error.strerror or error}") from error
    return folder


def _is_copied(file: PublishedFile, folder: Path) -> bool:
    """Whether an installed scikit-learn has the very file, which is in the folder then."""
    for place in scikit_learn_data():
        if (place / file.filename).is_file() and sha256_of(place / file.filename) == file.sha256:
            (folder / file.filename).write_bytes((place / file.filename).read_bytes())
            return True
    return False


def _unpack(archive: Path, members: Sequence[str]) -> None:
    """The members of an archive beside it, in its place; each appears under its name when it is whole."""
    import tarfile

    with tarfile.open(archive) as packed:
        for entry in packed:
            name = entry.name.rpartition("/")[2]
            source = packed.extractfile(entry) if entry.isfile() and name in members else None
            if source is not None:
                part = archive.with_name(f"{name}.part")
                with part.open("wb") as target:
                    shutil.copyfileobj(source, target)
                part.replace(archive.with_name(name))
    archive.unlink()


def _fetch_file(
    client: "httpx.Client",
    file: PublishedFile,
    folder: Path,
    wanted: PublishedSet,
    report: Callable[[FetchProgress], None],
) -> None:
    target = folder / file.filename
    if target.is_file() and sha256_of(target) == file.sha256:
        report(FetchProgress(file.filename, None, file.size, file.size))
        return
    part = folder / f"{file.filename}.part"
    attempts = []
    for mirror in wanted.mirrors:
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
        f"the files of {wanted.title} in {DATA_DIR_VARIABLE}."
    )
    raise FetchError(file.filename, tuple(attempts), remedy)


def _complete(
    client: "httpx.Client", url: str, file: PublishedFile, part: Path, report: Callable[[FetchProgress], None]
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
    client: "httpx.Client", url: str, file: PublishedFile, part: Path, report: Callable[[FetchProgress], None]
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
