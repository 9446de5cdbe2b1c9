"""On which terms a batch is graded and counted, as its output folder remembers them.

A batch that is gone on with keeps its seed, layout, policy, adjustments and worksheet until others are given: whoever
types the command once more does not lose every late penalty by leaving `--policy` out. What is remembered is what the
files said; a file that says something else since is told, not taken.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_serializer, model_validator

from grader.batch.adjustments import adjustments_of
from grader.batch.errors import OutputError
from grader.batch.files import write_atomically
from grader.batch.layouts import LayoutName
from grader.batch.policy import Adjustment, Policy, read_policy
from grader.report import CarriedForwardTerms

NO_POLICY = Policy()
_FOLDER = "terms"
_FILES = ("worksheet", "roster")


class OwnFile(BaseModel):
    """A file that was given: its name, by which the terms tell it, and its content, which lies beside them."""

    model_config = ConfigDict(frozen=True)

    name: str
    content: bytes = b""

    @model_validator(mode="before")
    @classmethod
    def _of_name(cls, told: object) -> object:
        return {"name": told} if isinstance(told, str) else told

    @model_serializer
    def _as_name(self) -> str:
        return self.name

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises OSError."""
        return cls(name=path.name, content=path.read_bytes())


# Terms of older batches tell "" for no file.
_Given = Annotated[OwnFile | None, BeforeValidator(lambda told: told or None)]


class Terms(BaseModel):
    """What a batch goes by.

    Attributes:
        assignment: its id; an output folder holds one assignment's grades.
        seed: of the random inputs; None: they follow from the folder's secret.
        sources: path -> SHA-256 of the files that policy and adjustments were read from.
        worksheet, roster: the platform's own files, if they were given.
        folder: what nbgrader calls the assignment, where that is not its id.
        carried_forward: what counts of errors carried forward, in the place of the assignment's own terms.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    assignment: str
    seed: int | None = None
    layout: LayoutName = "auto"
    policy: Policy = NO_POLICY
    adjustments: dict[str, Adjustment] = {}
    sources: dict[str, str] = {}
    worksheet: _Given = None
    roster: _Given = None
    folder: str = ""
    carried_forward: CarriedForwardTerms | None = None

    def remember(self, output: Path) -> None:
        """Write them into an output folder."""
        folder = output / _FOLDER
        folder.mkdir(exist_ok=True)
        for what in _FILES:
            file, path = getattr(self, what), folder / f"{what}.csv"
            if file is None:
                path.unlink(missing_ok=True)
            else:
                write_atomically(path, file.content)
        write_atomically(folder / "terms.json", self.model_dump_json(indent=1).encode())


def remembered(output: Path) -> Terms | None:
    """What an output folder remembers; None: nothing.  Raises OutputError: what it remembers cannot be read."""
    folder = output / _FOLDER
    path = folder / "terms.json"
    if not path.exists():
        return None
    try:
        found = Terms.model_validate_json(path.read_bytes())
        given = [what for what in _FILES if getattr(found, what) is not None]
        files = {
            what: OwnFile(name=getattr(found, what).name, content=(folder / f"{what}.csv").read_bytes())
            for what in given
        }
    except (OSError, ValidationError) as error:
        raise OutputError(
            f"what {output} was graded by cannot be read from {path}: give --policy, --seed and --layout, and take "
            "that folder away"
        ) from error
    return found.model_copy(update=files)


def policy_from(path: Path) -> tuple[Policy, Mapping[str, Adjustment], Mapping[str, str]]:
    """A policy file, the adjustments that it names, and what was read with its SHA-256.  Raises PolicyError."""
    policy = read_policy(path)
    adjustments = adjustments_of(policy, path)
    read = [path, *([path.parent / policy.adjustments] if policy.adjustments else [])]
    return policy, adjustments, {str(file.absolute()): _digest(file) for file in read}


def with_given(
    terms: Terms,
    policy: Policy | Path | None,
    adjustments: Mapping[str, Adjustment] | None,
    worksheet: Path | None,
    roster: Path | None,
    **others: object,
) -> Terms:
    """The terms with what was given; None was not.  Raises PolicyError, or OSError: the worksheet cannot be read."""
    given = {name: value for name, value in others.items() if value is not None}
    if isinstance(policy, Path):
        read, found, sources = policy_from(policy)
        given |= {"policy": read, "adjustments": dict(found), "sources": dict(sources)}
    elif policy is not None:
        given |= {"policy": policy, "adjustments": dict(adjustments or {}), "sources": {}}
    elif adjustments is not None:
        given["adjustments"] = dict(adjustments)
    given |= {what: OwnFile.read(path) for what, path in zip(_FILES, (worksheet, roster), strict=True) if path}
    return terms.model_copy(update=given)


def taken_over(terms: Terms, given: Mapping[str, object | None]) -> list[str]:
    """What holds as before because nothing else was given, a sentence each; `given` is by the names of `Terms`."""
    told = []
    if given["policy"] is None and (terms.policy != NO_POLICY or terms.adjustments):
        names = ", ".join(Path(path).name for path in terms.sources)
        told.append(f"the policy holds as before{f' ({names})' if names else ''}")
        told += [
            f"{path} says something else since; give --policy to have it read again"
            for path, digest in terms.sources.items()
            if Path(path).exists() and _digest(Path(path)) != digest
        ]
    if given["seed"] is None and terms.seed is not None:
        told.append(f"the seed is {terms.seed}, as before")
    if given["carried_forward"] is None and terms.carried_forward is not None:
        told.append(f"errors carried forward count: {terms.carried_forward}, as before")
    for what in _FILES:
        file = getattr(terms, what)
        if given[what] is None and file is not None:
            told.append(f"the {what} is {file.name}, as it was before")
    return told


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
