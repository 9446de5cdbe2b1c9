"""Files by the SHA-256 of their content, in a folder or in S3-compatible storage."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from grader.service.errors import Unavailable
from grader.service.ports import Storage
from grader.service.settings import Settings
from grader.service.storage.documents import begun, open_text, parts, parts_of, read_text
from grader.service.storage.folder import FolderStorage

__all__ = ["FolderStorage", "begun", "open_storage", "open_text", "parts", "parts_of", "read_text"]


def open_storage(settings: Settings) -> Storage:
    """Raises Unavailable: what S3 needs is not installed, or the folder cannot be made."""
    url = settings.storage_url
    if url.startswith("s3://"):
        try:
            from grader.service.storage.objects import ObjectStorage
        except ImportError as error:
            raise Unavailable("storage on S3 needs more: pip install 'numpy-grader[service,s3]'") from error
        return ObjectStorage(url, cache=settings.folder / "cache")
    folder = Path(unquote(urlsplit(url).path)) if url else settings.folder / "files"
    try:
        return FolderStorage(folder)
    except OSError as error:
        raise Unavailable(f"the storage's folder {folder} cannot be made: {error.strerror}") from error
