"""Files by the SHA-256 of their content, in a folder or in S3-compatible storage."""

from grader.service.storage.documents import keep_text, read_text
from grader.service.storage.folder import FolderStorage
from grader.service.storage.keys import key_of
from grader.service.storage.select import open_storage

__all__ = ["FolderStorage", "keep_text", "key_of", "open_storage", "read_text"]
