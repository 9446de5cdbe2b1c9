"""On which terms a batch is graded and counted, as its output folder remembers them.

A batch that is gone on with keeps its seed, layout, policy, adjustments and worksheet until others are given: whoever
types the command once more does not lose every late penalty by leaving `--policy` out. What is remembered is what the
files said; a file that says something else since is told, not taken.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from grader.batch.adjustments import adjustments_of
from grader.batch.errors import OutputError
from grader.batch.files import write_atomically
from grader.batch.layouts import LayoutName
from grader.batch.policy import Adjustment, Policy, read_policy
from grader.report import CarriedForwardTerms

NO_POLICY = Policy()
_FOLDER = "terms"


@dataclass(frozen=True)
class OwnFile:
    """A file that was given: its name and content."""

    name: str
    content: bytes

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises OSError."""
        return cls(path.name, path.read_bytes())


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    assignment: str
    seed: int | None
    layout: LayoutName
    policy: Policy
    adjustments: dict[str, Adjustment]
    folder: str = ""
    carried_forward: CarriedForwardTerms | None = None
    sources: dict[str, str] = {}  # paths of what the policy was read from, with their SHA-256
    worksheet: str = ""
    roster: str = ""


@dataclass(frozen=True)
class Terms:
    """What a batch goes by.

    Attributes:
        assignment: its id; an output folder holds one assignment's grades.
        seed: of the random inputs; None: they follow from the folder's secret.
        sources: path -> SHA-256 of the files that policy and adjustments were read from.
        worksheet, roster: the platform's own files, if they were given.
        folder: what nbgrader calls the assignment, where that is not its id.
        carried_forward: what counts of errors carried forward, in the place of the assignment's own terms.
    """

    assignment: str
    seed: int | None = None
    layout: LayoutName = "auto"
    policy: Policy = NO_POLICY
    adjustments: Mapping[str, Adjustment] | None = None
    sources: Mapping[str, str] | None = None
    worksheet: OwnFile | None = None
    roster: OwnFile | None = None
    folder: str = ""
    carried_forward: CarriedForwardTerms | None = None

    def remember(self, output: Path) -> None:
        """Write them into an output folder."""
        folder = output / _FOLDER
        folder.mkdir(exist_ok=True)
        for name, file in (("worksheet.csv", self.worksheet), ("roster.csv", self.roster)):
            if file is None:
                (folder / name).unlink(missing_ok=True)
            else:
                write_atomically(folder / name, file.content)
        written = _Written(
            assignment=self.assignment,
            seed=self.seed,
            layout=self.layout,
            policy=self.policy,
            adjustments=dict(self.adjustments or {}),
            sources=dict(self.sources or {}),
            worksheet=self.worksheet.name if self.worksheet else "",
            roster=self.roster.name if self.roster else "",
            folder=self.folder,
            carried_forward=self.carried_forward,
        )
        write_atomically(folder / "terms.json", written.model_dump_json(indent=1).encode())


def remembered(output: Path) -> Terms | None:
    """What an output folder remembers; None: nothing.  Raises OutputError: what it remembers cannot be read."""
    folder = output / _FOLDER
    path = folder / "terms.json"
    if not path.exists():
        return None
    try:
        found = _Written.model_validate_json(path.read_bytes())
        worksheet = OwnFile(found.worksheet, (folder / "worksheet.csv").read_bytes()) if found.worksheet else None
        roster = OwnFile(found.roster, (folder / "roster.csv").read_bytes()) if found.roster else None
    except (OSError, ValidationError) as error:
        raise OutputError(
            f"what {output} was graded by cannot be read from {path}: give --policy, --seed and --layout, and take "
            "that folder away"
        ) from error
    return Terms(
        found.assignment,
        found.seed,
        found.layout,
        found.policy,
        found.adjustments,
        found.sources,
        worksheet,
        roster,
        folder=found.folder,
        carried_forward=found.carried_forward,
    )


def policy_from(path: Path) -> tuple[Policy, Mapping[str, Adjustment], Mapping[str, str]]:
    """A policy file, the adjustments that it names, and what was read with its SHA-256.  Raises PolicyError."""
    policy = read_policy(path)
    adjustments = adjustments_of(policy, path)
    read = [path, *([path.parent / policy.adjustments] if policy.adjustments else [])]
    return policy, adjustments, {str(file.absolute()): _digest(file) for file in read}


def with_given(
    terms: Terms,
    seed: int | None,
    layout: LayoutName | None,
    policy: Policy | Path | None,
    adjustments: Mapping[str, Adjustment] | None,
    worksheet: Path | None,
    roster: Path | None,
) -> Terms:
    """The terms with what was given.  Raises PolicyError, or OSError: the worksheet cannot be read."""
    if seed is not None:
        terms = replace(terms, seed=seed)
    if layout is not None:
        terms = replace(terms, layout=layout)
    if isinstance(policy, Path):
        read, found, sources = policy_from(policy)
        terms = replace(terms, policy=read, adjustments=found, sources=sources)
    elif policy is not None:
        terms = replace(terms, policy=policy, adjustments=adjustments or {}, sources=None)
    elif adjustments is not None:
        terms = replace(terms, adjustments=adjustments)
    if worksheet is not None:
        terms = replace(terms, worksheet=OwnFile.read(worksheet))
    if roster is not None:
        terms = replace(terms, roster=OwnFile.read(roster))
    return terms


def taken_over(terms: Terms, given: Mapping[str, object | None]) -> list[str]:
    """What holds as before because nothing else was given, a sentence each; `given` is by the names of `Terms`."""
    told = []
    if given["policy"] is None and (terms.policy != NO_POLICY or terms.adjustments):
        names = ", ".join(Path(path).name for path in terms.sources or ())
        told.append(f"the policy holds as before{f' ({names})' if names else ''}")
        told += [
            f"{path} says something else since; give --policy to have it read again"
            for path, digest in (terms.sources or {}).items()
            if Path(path).exists() and _digest(Path(path)) != digest
        ]
    if given["seed"] is None and terms.seed is not None:
        told.append(f"the seed is {terms.seed}, as before")
    if given["carried_forward"] is None and terms.carried_forward is not None:
        told.append(f"errors carried forward count: {terms.carried_forward}, as before")
    for what in ("worksheet", "roster"):
        file = getattr(terms, what)
        if given[what] is None and file is not None:
            told.append(f"the {what} is {file.name}, as it was before")
    return told


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
