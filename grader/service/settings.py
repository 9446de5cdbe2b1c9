"""What can be set about the service; every setting is an environment variable, `GRADER_` and its name in capitals."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from grader.submissions.limits import MAX_ARCHIVE_BYTES


class Settings(BaseSettings):
    """The service's settings.  Raises pydantic's ValidationError, which names the variable."""

    model_config = SettingsConfigDict(env_prefix="GRADER_", frozen=True, extra="ignore", env_ignore_empty=True)

    folder: Path = Field(Path("grader-service"), description="where the database and the files are by default")
    database_url: str = Field("", description="postgresql://…; a SQLite file in the folder without it")
    storage_url: str = Field("", description="s3://bucket/prefix; a folder in the folder without it")
    assignments: Path | None = Field(None, description="a folder of assignments besides those of the library")

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on")
    public_url: str = Field("", description="where browsers find the service; https:// makes cookies secure")
    workers: int | None = Field(None, ge=0, description="processes that grade; one per core without it, 0: none here")
    sandbox: Literal["auto", "strict"] = Field("auto", description="strict: both layers of isolation or none")

    max_upload_mb: float = Field(20, gt=0, le=MAX_ARCHIVE_BYTES / 1e6, description="one submission")
    max_batch_mb: float = Field(500, gt=0, description="one ZIP of a class")
    uploads_per_minute: int = Field(10, ge=1, description="of one student")
    session_hours: float = Field(72, gt=0, description="until a browser must sign in again")

    lease_seconds: float = Field(15, ge=1, description="a worker that is silent for so long is taken for dead")
    tries: int = Field(3, ge=1, description="of one grading that ends its worker, or fails by the grader's fault")
    ageing_seconds: float = Field(120, ge=0, description="of what waited so long, one goes first per three graded")
    drain_seconds: float = Field(60, ge=0, description="a worker that is told to stop may finish for so long")

    open_metrics: bool = Field(False, description="/metrics for everybody, not only this machine and admins")
    keep_days: float | None = Field(None, gt=0, description="submissions older than this are deleted; None: never")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="what is logged at least")
    log_format: Literal["json", "text"] = Field("text", description="a line of JSON each, or of text")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("expected sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
        return url

    @field_validator("storage_url")
    @classmethod
    def _known_storage(cls, url: str) -> str:
        if url and not url.startswith(("s3://", "file:///")):
            raise ValueError("expected s3://BUCKET/PREFIX or file:///FOLDER")
        return url

    @cached_property
    def database(self) -> str:
        """The URL of the database in use."""
        return self.database_url or f"sqlite:///{self.folder.absolute() / 'grader.db'}"

    @property
    def max_upload_bytes(self) -> int:
        return int(self.max_upload_mb * 1e6)

    @property
    def max_batch_bytes(self) -> int:
        return int(self.max_batch_mb * 1e6)

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    def environment(self) -> dict[str, str]:
        """The variables that give another process the same settings."""
        return {_variable(name): str(value) for name, value in self if value is not None}

    @classmethod
    def described(cls) -> Iterator[tuple[str, str, str]]:
        """Variable, default and meaning of every setting."""
        for name, field in cls.model_fields.items():
            choices = "|".join(get_args(field.annotation)) if get_origin(field.annotation) is Literal else ""
            default = "none" if field.default in (None, "") else str(field.default)
            yield _variable(name), default, ", ".join(filter(None, (choices, field.description)))


def _variable(name: str) -> str:
    return f"GRADER_{name.upper()}"
