"""Files by the SHA-256 of their content, in a folder or in S3-compatible storage."""

from grader.service.storage.documents import open_text, read_text
from grader.service.storage.folder import FolderStorage
from grader.service.storage.parts import begun, parts, parts_of
from grader.service.storage.select import open_storage

__all__ = [
    "FolderStorage",
    "begun",
    "open_storage",
    "open_text",
    "parts",
    "parts_of",
    "read_text",
]
