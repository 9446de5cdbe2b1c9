"""`assignment.toml`: what an assignment is called, what submissions may use, and what counts."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.assignments.errors import AssignmentError
from grader.report import CarriedForwardTerms, HintPolicy

Demand = Literal["remark", "points", "ignore"]  # what is told, what costs the function's points, what nobody looks at


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class LimitSettings(_Settings):
    """What a submission may use."""

    load_seconds: float = Field(20.0, gt=0, description="running a notebook's cells or a module, in all")
    call_seconds: float = Field(10.0, gt=0, description="one call of one function")
    total_seconds: float = Field(120.0, gt=0, description="everything the submission does")
    memory_mb: int = Field(1024, ge=256)
    output_kb: int = Field(64, ge=1)
    result_mb: int = Field(8, ge=1, description="arrays of one result; what checks saw is kept for the diagnosis")


class DataFiles(_Settings):
    """Files of the assignment's folder; see `grader.datasets.tables` for what may be in them."""

    train: str
    test: str | None = Field(None, description="without it every fifth sample is for testing")
    label: str | int | None = Field(None, description="column of a table with the labels; the last one without it")
    sha256: Mapping[str, str] = {}


class DatasetSettings(_Settings):
    name: Literal["mnist", "digits", "iris", "fashion-mnist", "cifar-10"] = "mnist"
    train: int = Field(2000, ge=10)
    test: int = Field(1000, ge=10)
    files: DataFiles | None = Field(None, description="in place of a set with a name")


class HintSettings(_Settings):
    """How much of a diagnosis a student sees; instructors see all."""

    show: HintPolicy = "explanation"


class ImportSettings(_Settings):
    """Installed packages that a submission imports for real besides numpy; others are stand-ins."""

    allowed: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = Field({}, description="other names of modules in `provided/`")
    withheld: tuple[str, ...] = Field((), description="modules in `provided/` that starters come without")


class CompatibilitySettings(_Settings):
    """What becomes of a submission that only an older Python or numpy runs."""

    old_stack: Literal["accept", "refuse"] = Field(
        "accept", description="run it as its day's stack did, at no cost; or grade it as today's runs it"
    )
    former: Mapping[str, str] = Field(
        {}, description="functions of earlier versions of the course: what is told of them where today's are missing"
    )


class DemandSettings(_Settings):
    """Whether the thing itself is asked for where right numbers can be had otherwise."""

    derivatives: Demand = Field(
        "remark", description="a gradient by the chain rule, not by differences or a library that differentiates"
    )
    training: Demand = Field("remark", description="a training that learns from its data, not stored weights")
    ready_made: Demand = Field("remark", description="a softmax or sigmoid that is written, not one of `scipy.special`")


class ScoreSettings(_Settings):
    """What counts."""

    carried_forward: CarriedForwardTerms = Field(
        "full", description="what a check earns that fails only because of other functions: `full`, `half`, `none`"
    )


class Metadata(_Settings):
    """`assignment.toml`."""

    title: str
    summary: str
    version: str
    points: float = Field(gt=0, description="the total; the checks must add up to it")
    limits: LimitSettings = LimitSettings()
    dataset: DatasetSettings | None = None
    hints: HintSettings = HintSettings()
    imports: ImportSettings = ImportSettings()
    compatibility: CompatibilitySettings = CompatibilitySettings()
    demands: DemandSettings = DemandSettings()
    score: ScoreSettings = ScoreSettings()


def read_metadata(folder: Path) -> Metadata:
    """`assignment.toml`.  Raises AssignmentError: it is absent, or says what it cannot."""
    path = folder / "assignment.toml"
    if not path.is_file():
        raise AssignmentError(f"{folder} is no assignment: it has no assignment.toml (`grade new DIR` makes one)")
    try:
        return Metadata.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AssignmentError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise AssignmentError(f"{path}: {problems}") from error
