"""A folder of submissions as one ZIP, in which `layouts` finds the same as in the folder."""

import stat
import time
import zipfile
from pathlib import Path

from grader.batch.errors import LayoutError
from grader.batch.source import FolderSource
from grader.submissions.limits import megabytes

_CHUNK = 1 << 20
_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # that a ZIP can tell


def pack_folder(folder: Path, target: Path, *, limit: int) -> None:
    """Pack a folder; the same files give the same ZIP. What is no file (a link, a device) is in it by name alone.

    Raises:
        LayoutError: it cannot be read, is empty, or gets larger than `limit` bytes.
    """
    listing = FolderSource(folder).listing
    if not listing.files:
        raise LayoutError(f"there are no files in {folder}")
    try:
        with target.open("wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in listing.files:
                entry = zipfile.ZipInfo(_name(file.path), _time(file.modified))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with (folder / file.stored).open("rb") as content, archive.open(entry, "w", force_zip64=True) as packed:
                    while chunk := content.read(_CHUNK):
                        packed.write(chunk)
                        if raw.tell() > limit:
                            raise LayoutError(f"{folder} is more than {megabytes(limit)} when it is packed")
            for path in listing.irregular:
                entry = zipfile.ZipInfo(_name(path))
                entry.external_attr = stat.S_IFLNK << 16
                archive.writestr(entry, "")
    except OSError as error:
        raise LayoutError(f"{error.filename or folder}: {error.strerror}") from error


def _name(path: str) -> str:
    """A ZIP from Windows has backslashes between folders, so that none can be in a name."""
    return path.replace("\\", "_")


def _time(modified: float) -> tuple[int, int, int, int, int, int]:
    """In UTC, as `ZipSource` reads it."""
    moment = time.gmtime(max(0.0, modified))
    if not _FIRST_YEAR <= moment.tm_year <= _LAST_YEAR:
        return (_FIRST_YEAR, 1, 1, 0, 0, 0)
    return (moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, moment.tm_sec)
