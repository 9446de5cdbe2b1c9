"""Files to keep: always saved, never opened as a page of ours, whatever is in them."""

from collections.abc import Iterator
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

ANY_FILE = "application/octet-stream"


def download(content: bytes, name: str, media_type: str = ANY_FILE) -> Response:
    return Response(content, media_type=media_type, headers=_disposition(name))


def streamed(content: Iterator[bytes], name: str, media_type: str = "application/zip") -> Response:
    """Part by part, so that no more than a part of it is in memory."""
    return StreamingResponse(content, media_type=media_type, headers=_disposition(name))


def _disposition(name: str) -> dict[str, str]:
    """The header that has a browser save what it gets, under this name."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-()") else "_" for c in name) or "download"
    exact = quote(name.encode("utf-8", "replace"), safe="")
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}"}
