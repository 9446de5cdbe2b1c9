"""The service's log on standard error: lines of text or of JSON, each saying whose work it is about."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from grader.service.settings import Settings

_fields: ContextVar[dict[str, object]] = ContextVar("fields of the log", default={})  # noqa: B039 - never changed
_process: dict[str, object] = {}
_QUIET = ("dbos", "alembic", "uvicorn.error", "sqlalchemy")  # libraries that say more than anybody wants to know


def configure_logs(settings: Settings, **process: object) -> None:
    """Log to standard error from now on; `process` is in every line."""
    _process.update(process)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if settings.log_format == "json" else _TextLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for name in _QUIET:
        library = logging.getLogger(name)
        library.handlers = [logging.NullHandler()]  # or it makes one of its own
        library.propagate = True
        library.setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))


@contextmanager
def log_fields(**fields: object) -> Iterator[None]:
    """Whatever is logged inside, in this thread or task, is about this."""
    token = _fields.set({**_fields.get(), **fields})
    try:
        yield
    finally:
        _fields.reset(token)


class _Lines(logging.Formatter):
    def fields(self) -> dict[str, object]:
        return {**_process, **_fields.get()}

    def message(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        return f"{text}\n{self.formatException(record.exc_info)}" if record.exc_info else text


class _JsonLines(_Lines):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.message(record),
            **self.fields(),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class _TextLines(_Lines):
    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        fields = "".join(f" {name}={value}" for name, value in self.fields().items())
        return f"{time} {record.levelname:8} {self.message(record)}{fields}"
