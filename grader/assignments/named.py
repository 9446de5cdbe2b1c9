"""Mistakes that an instructor named after a class had made them: `named.toml` in an assignment's folder.

Each is known by its fingerprint (`grader.fingerprint`), as the class page shows it, and is told from then on in the
instructor's words.
"""

import json
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.assignments.errors import AssignmentError

NAMED = "named.toml"


class NamedMistake(BaseModel):
    """One entry, `[[mistake]]`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    function: str
    fingerprint: str = Field(pattern=r"^[0-9a-f]{10}$")
    title: str = Field(min_length=1)
    explain: str = ""
    hints: tuple[str, ...] = ()


class _Named(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    mistake: tuple[NamedMistake, ...] = ()


def read_named(folder: Path) -> tuple[NamedMistake, ...]:
    """The mistakes that were named; none without the file.

    Raises:
        AssignmentError: the file is no TOML, or says what it cannot.
    """
    path = folder / NAMED
    if not path.is_file():
        return ()
    try:
        return _Named.model_validate(tomllib.loads(path.read_text("utf-8"))).mistake
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AssignmentError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise AssignmentError(f"{path}: {problems}") from error


def add_named(folder: Path, mistake: NamedMistake) -> Path:
    """Write a mistake below the others, and tell where.

    Raises:
        AssignmentError: this one has a name already.
    """
    if any((one.function, one.fingerprint) == (mistake.function, mistake.fingerprint) for one in read_named(folder)):
        raise AssignmentError(f"{folder / NAMED} has a name for {mistake.fingerprint} already; change it there")
    lines = ["", "[[mistake]]"]
    for key, value in mistake.model_dump(mode="json").items():
        if value:
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    path = folder / NAMED
    before = path.read_text("utf-8") if path.is_file() else "# Mistakes of this course, named by `grade name`.\n"
    path.write_text(before + "\n".join(lines) + "\n", "utf-8")
    return path
