"""Source notebooks of Otter Assign: raw cells tell what the cells between them are for, comments what students lose."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from grader.assignments.errors import AssignmentError
from grader.assignments.notebooks.cells import Cell, RawCell, SourceNotebook, joined

_BOUNDARY = re.compile(r"#\s+(begin|end)\s+(question|prompt|solution|tests)\s*", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"#\s+assignment\s+config\s*", re.IGNORECASE)
_IGNORE = re.compile(r"(##\s*ignore\s*##|#\s*ignore)\s*", re.IGNORECASE)
_TEST_CONFIG = re.compile(
    r'(?:\w\s*=\s*)?"""\s*#\s*BEGIN\s+TEST\s+CONFIG.*?"""\s*#\s*END\s+TEST\s+CONFIG[^\n]*\n?', re.S | re.I
)
_HIDDEN = re.compile(r"\s*#.*\bhidden\b", re.IGNORECASE)
_BEGIN_SOLUTION = re.compile(r"(?P<indent>\s*)#\s*BEGIN SOLUTION(?P<silent> NO PROMPT)?\s*$", re.IGNORECASE)
_END_SOLUTION = re.compile(r"\s*#\s*END SOLUTION\s*$", re.IGNORECASE)
_BEGIN_PROMPT = re.compile(r'\s*(?:"""|\'\'\')\s*#\s*BEGIN PROMPT\s*$', re.IGNORECASE)
_END_PROMPT = re.compile(r'\s*(?:"""|\'\'\');?\s*#\s*END PROMPT\s*$', re.IGNORECASE)
_LINE = re.compile(r"(?P<indent>\s*)(?P<code>.*?)\s*#\s*SOLUTION(?P<silent> NO PROMPT)?\s*$", re.IGNORECASE)
_ASSIGNED = re.compile(r"(?P<target>[\w\s.,\[\]'\"]+?)\s*=(?!=)")
TEXT_STUB = "_Type your answer here, replacing this text._"


@dataclass(frozen=True)
class _Test:
    raw: RawCell
    source: str  # the configuration's lines left empty
    hidden: bool
    points: float | None
    on_failure: str


@dataclass
class _Question:
    name: str
    points: Any
    manual: bool
    place: str
    prompt: list[str] = field(default_factory=list)
    tests: list["_Test"] = field(default_factory=list)
    has_prompt: bool = False


def is_otter(cells: Sequence[RawCell]) -> bool:
    return any(cell.cell_type == "raw" and re.match(r"#\s+begin\s+question", cell.source, re.I) for cell in cells)


def read_otter(path: Path, raw: Sequence[RawCell], metadata: Mapping[str, Any]) -> SourceNotebook:
    """The notebook's cells with their purposes.

    Raises:
        AssignmentError: blocks do not match, or a configuration says what none can.
    """
    reader = _Reader(path)
    cells = [made for cell in raw for made in reader.read(cell)]
    if reader.question is not None:
        raise AssignmentError(f"{path}, {reader.question.place}: the question {reader.question.name} does not end")
    known_as = {**metadata, **reader.metadata}
    return SourceNotebook(path, "otter", tuple(_with_rubrics(cells)), known_as, tuple(reader.remarks))


def _with_rubrics(cells: Sequence[Cell]) -> Iterator[Cell]:
    """A written answer that students have a prompt for goes by the solution that stands in a cell of its own."""
    rubrics = {cell.name: cell.rubric for cell in cells if cell.kind == "left-out" and cell.rubric}
    for cell in cells:
        if cell.kind == "written" and not cell.rubric and cell.name in rubrics:
            cell = replace(cell, rubric=rubrics[cell.name])
        yield cell


class _Reader:
    """Reads cell after cell, and knows in which block it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.question: _Question | None = None
        self.block = ""
        self.remarks: list[str] = []
        self.metadata: dict[str, Any] = {}  # by which otter itself knows a student's notebook

    def read(self, raw: RawCell) -> Iterator[Cell]:
        first = raw.source.split("\n", 1)[0]
        if raw.cell_type == "raw" and (boundary := _BOUNDARY.match(first)):
            yield from self._boundary(raw, boundary[1].lower(), boundary[2].lower())
        elif raw.cell_type == "raw" and _ASSIGNMENT.match(first):
            self._assignment(raw)
            yield Cell(raw, "left-out", raw.source, None)
        elif _IGNORE.match(first):
            yield Cell(raw, "left-out", raw.source, None)
        elif self.question is None:
            yield self._outside(raw)
        else:
            yield from self._inside(raw, self.question)

    def _where(self, raw: RawCell) -> str:
        return f"{self.path}, {raw.place}"

    def _boundary(self, raw: RawCell, side: str, block: str) -> Iterator[Cell]:
        where = self._where(raw)
        yield Cell(raw, "left-out", raw.source, None)
        if block == "question":
            if side == "begin":
                if self.question is not None:
                    raise AssignmentError(f"{where}: a question begins inside the question {self.question.name}")
                self.question = self._configured(raw)
            else:
                if self.question is None or self.block:
                    raise AssignmentError(f"{where}: END QUESTION {'inside ' + self.block if self.block else 'alone'}")
                yield from self._tests(self.question)
                self.question = None
            return
        if self.question is None or (self.block != "" if side == "begin" else self.block != block):
            raise AssignmentError(f"{where}: {side.upper()} {block.upper()} stands where none can")
        self.block = block if side == "begin" else ""
        if block == "prompt":
            self.question.has_prompt = True

    def _configured(self, raw: RawCell) -> _Question:
        settings = _yaml(raw.source, self._where(raw))
        if not settings.get("name"):
            raise AssignmentError(
                f"{self._where(raw)}: the question has no name; write `name: q1` below BEGIN QUESTION"
            )
        return _Question(str(settings["name"]), settings.get("points"), bool(settings.get("manual")), raw.place)

    def _assignment(self, raw: RawCell) -> None:
        settings = _yaml(raw.source, self._where(raw))
        if settings.get("name"):
            self.metadata = {"otter": {"assignment_name": str(settings["name"])}}
        for key in sorted(settings.keys() & {"files", "requirements", "environment", "plugins", "variables"}):
            self.remarks.append(f"{raw.place}: `{key}` of the assignment's configuration is not taken over")

    def _outside(self, raw: RawCell) -> Cell:
        return _given(raw)

    def _inside(self, raw: RawCell, question: _Question) -> Iterator[Cell]:
        if self.block == "tests":
            if raw.cell_type == "code" and raw.source.strip():
                question.tests.append(self._test(raw))
        elif self.block == "solution":
            yield self._solution(raw, question)
        elif self.block == "prompt":
            if raw.cell_type == "code":
                yield Cell(raw, "left-out", raw.source, raw.source, question.name)
            elif question.manual and raw.cell_type == "markdown":
                yield self._written(raw, question, raw.source, raw.source)
            else:
                yield _given(raw)
        else:
            if raw.cell_type == "markdown":
                question.prompt.append(raw.source)
            yield _given(raw)

    def _solution(self, raw: RawCell, question: _Question) -> Cell:
        if raw.cell_type != "code":
            shown = None if question.has_prompt else TEXT_STUB
            if question.manual and not question.has_prompt:
                return self._written(raw, question, shown, raw.source)
            everything = frozenset(range(1, raw.source.count("\n") + 2))
            return Cell(raw, "left-out", raw.source, None, question.name, secret=everything, rubric=raw.source)
        shown, secret = stripped(raw.source, self._where(raw))
        if not secret or question.has_prompt:
            shown = shown if secret else "..."
            secret = frozenset(range(1, raw.source.count("\n") + 2))
        student = None if question.has_prompt else shown
        if question.manual:
            return Cell(
                raw, "written", raw.source, student, question.name, _manual_points(question, self.path), secret,
                rubric=raw.source, prompt="\n\n".join(question.prompt),
            )  # fmt: skip
        return Cell(raw, "answer", raw.source, student, question.name, secret=secret)

    def _written(self, raw: RawCell, question: _Question, shown: str | None, answer: str) -> Cell:
        secret = frozenset() if shown == answer else frozenset(range(1, raw.source.count("\n") + 2))
        return Cell(
            raw, "written", raw.source, shown, question.name, _manual_points(question, self.path), secret,
            rubric=answer if secret else "", prompt="\n\n".join(question.prompt),
        )  # fmt: skip

    def _test(self, raw: RawCell) -> _Test:
        hidden, points, on_failure = bool(_HIDDEN.match(raw.source.split("\n", 1)[0])), None, ""
        source = raw.source
        if found := _TEST_CONFIG.match(source):
            lines = found[0].split("\n")
            settings = _yaml("\n".join(lines[1:-1] if lines[-1].strip() else lines[1:-2]), self._where(raw))
            hidden, points = bool(settings.get("hidden", hidden)), settings.get("points")
            on_failure = str(settings.get("failure_message") or "")
            source = "\n" * found[0].count("\n") + source[found.end() :]
        if points is not None and (not isinstance(points, int | float) or points < 0):
            raise AssignmentError(f"{self._where(raw)}: {points!r} is no number of points")
        return _Test(raw, source, hidden, points, on_failure)

    def _tests(self, question: _Question) -> Iterator[Cell]:
        worth = shared_points(
            question.points, [test.points for test in question.tests], f"{self.path}: {question.name}"
        )
        for number, (test, points) in enumerate(zip(question.tests, worth, strict=True), start=1):
            everything = frozenset(range(1, test.raw.source.count("\n") + 2)) if test.hidden else frozenset()
            shown = None if test.hidden else test.source.lstrip("\n")
            name, expected = f"{question.name} - {number}", shown_by(test.raw.outputs)
            yield Cell(
                test.raw, "test", test.source, shown, name, points, everything, expected, on_failure=test.on_failure
            )


def _given(raw: RawCell) -> Cell:
    return Cell(raw, "given" if raw.cell_type == "code" else "text", raw.source, raw.source)


def _yaml(source: str, where: str) -> dict[str, Any]:
    try:
        settings = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise AssignmentError(f"{where}: its configuration is not YAML: {error}") from error
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        raise AssignmentError(f"{where}: its configuration is {settings!r}; write `key: value`")
    return settings


def _manual_points(question: _Question, path: Path) -> float:
    points = 1.0 if question.points is None else question.points
    if isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
        raise AssignmentError(f"{path}, {question.place}: {points!r} is no number of points for {question.name}")
    return float(points)


def shared_points(total: Any, given: Sequence[float | None], where: str) -> list[float]:
    """What each test of a question is worth: those that do not say share what is left of the question's points."""
    if not given:
        return []
    if isinstance(total, dict):
        total = float(total.get("each", 1)) * len(given)
    if isinstance(total, list):
        if len(total) != len(given):
            raise AssignmentError(f"{where}: `points` has {len(total)} entries for {len(given)} tests")
        given, total = total, None
    stated = sum(points for points in given if points is not None)
    silent = sum(points is None for points in given)
    if total is None:
        share = 1.0 / len(given) if silent == len(given) else 0.0
    else:
        if stated > total + 1e-9 or (not silent and abs(stated - total) > 1e-9):
            raise AssignmentError(f"{where}: its tests are worth {stated:g} points, the question {total}")
        share = (float(total) - stated) / silent if silent else 0.0
    return [share if points is None else float(points) for points in given]


def shown_by(outputs: Sequence[Mapping[str, Any]]) -> str:
    """What a cell's stored outputs show as text."""
    texts = []
    for output in outputs:
        texts.append(joined(output.get("text", "")))
        data = output.get("data")
        texts.append(joined(data.get("text/plain", "")) if isinstance(data, dict) else "")
    return "".join(texts)


def stripped(source: str, where: str) -> tuple[str, frozenset[int]]:
    """What students see of a solution, and the numbers of the lines that they do not.

    Raises:
        AssignmentError: a part does not end, or ends without having begun.
    """
    shown: list[str] = []
    secret: set[int] = set()
    begun, in_prompt = 0, False
    for number, line in enumerate(source.split("\n"), start=1):
        if _BEGIN_PROMPT.match(line) or _END_PROMPT.match(line):
            in_prompt = _BEGIN_PROMPT.match(line) is not None
        elif in_prompt:
            shown.append(line)
        elif _END_SOLUTION.match(line):
            if not begun:
                raise AssignmentError(f"{where}, line {number}: END SOLUTION without BEGIN SOLUTION")
            begun = 0
        elif found := _BEGIN_SOLUTION.match(line):
            if begun:
                raise AssignmentError(f"{where}, line {number}: BEGIN SOLUTION inside another one (line {begun})")
            begun = number
            shown += [] if found["silent"] else [f"{found['indent']}..."]
        elif begun:
            secret.add(number)
        elif found := _LINE.match(line):
            secret.add(number)
            assigned = _ASSIGNED.match(found["code"])
            prompt = f"{assigned['target']} = ..." if assigned else "..."
            shown += [] if found["silent"] else [found["indent"] + prompt]
        else:
            shown.append(line)
    if begun:
        raise AssignmentError(f"{where}, line {begun}: BEGIN SOLUTION without END SOLUTION")
    return "\n".join(shown), frozenset(secret)
