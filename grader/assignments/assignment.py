"""An assignment: metadata, contract, solution, checks and known mistakes, read from a folder."""

import hashlib
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from grader.assignments.composition import Composition, inherited, read_uses
from grader.assignments.contract import ContractFunction
from grader.assignments.contract_file import read_contract
from grader.assignments.declarations import ByHand, Check, Convention, Mistake, Probe, QuantitiesHook, WrittenQuestion
from grader.assignments.errors import AssignmentError
from grader.assignments.modules import (
    callees,
    compile_file,
    compile_text,
    defined_functions,
    read_text,
    run_file,
    run_part,
    steps_behind_methods,
)
from grader.assignments.named import NamedMistake, read_named
from grader.assignments.result_names import ResultNames, names_in_code
from grader.assignments.settings import Metadata, read_metadata

if TYPE_CHECKING:
    from grader.assignments.notebooks import Derived, SourceNotebook

T = TypeVar("T")
NOTEBOOK = "assignment.ipynb"  # in the place of contract.py, solution.py and checks.py


@dataclass(frozen=True)
class Assignment:
    """What is graded, and against what. Only trusted code ever holds one."""

    id: str
    folder: Path
    metadata: Metadata
    contract: tuple[ContractFunction, ...]
    checks: tuple[Check, ...]
    mistakes: tuple[Mistake, ...] = ()
    conventions: tuple[Convention, ...] = ()
    probes: tuple[Probe, ...] = ()
    quantities: tuple[QuantitiesHook, ...] = ()
    by_hand: tuple[ByHand, ...] = ()
    named: tuple[NamedMistake, ...] = ()  # by an instructor, after a class had made them
    provided: Mapping[str, str] = field(default_factory=dict)  # texts of modules that submissions may import, by name
    written: tuple[WrittenQuestion, ...] = ()
    notebook: "SourceNotebook | None" = field(default=None, repr=False)  # the source of an assignment in one notebook
    solution_source: str = field(repr=False, kw_only=True)
    has_solution: bool = field(default=True, kw_only=True)  # a bundle for students has none
    composition: Composition | None = field(default=None, repr=False, kw_only=True)
    _solution_codes: tuple[CodeType, ...] = field(repr=False, kw_only=True)

    @property
    def points(self) -> float:
        """What the checks are worth; questions that a person reads come on top."""
        return self.metadata.points - self.written_points

    @property
    def written_points(self) -> float:
        return sum(question.points for question in self.written)

    @property
    def function_names(self) -> tuple[str, ...]:
        return tuple(function.name for function in self.contract)

    def in_order(self, names: Collection[str]) -> tuple[str, ...]:
        """The functions of these names, as the contract has them."""
        return tuple(name for name in self.function_names if name in names)

    @property
    def handed_out(self) -> Mapping[str, str]:
        """The provided modules that students get: none that answers another assignment."""
        withheld = self.metadata.imports.withheld
        return {name: text for name, text in self.provided.items() if name not in withheld}

    @property
    def test_files(self) -> tuple[Path, ...]:
        """Instructors' own pytest files."""
        return tuple(sorted(self.folder.glob("test_*.py")))

    def new_solution(self, replacements: Mapping[str, Any] | None = None) -> ModuleType:
        """A fresh module of the solution, some of its functions replaced (by a mistake, by a student's)."""
        module = run_file(self._solution_codes, f"grader_assignment_{self.id.replace('-', '_')}.solution")
        for name, replacement in (replacements or {}).items():
            owner, _, attribute = name.rpartition(".")
            setattr(getattr(module, owner) if owner else module, attribute, replacement)
        return module

    @cached_property
    def solution(self) -> ModuleType:
        return self.new_solution()

    @cached_property
    def reached_steps(self) -> Mapping[str, frozenset[str]]:
        """Every function of the solution -> the functions that its code reaches, itself included."""
        reached = callees(self.solution_source, defined_functions(self.solution_source))
        return {name: others | {name} for name, others in reached.items()}

    @cached_property
    def callees(self) -> Mapping[str, frozenset[str]]:
        """Which functions of the contract each function of the solution is built on."""
        return callees(self.solution_source, self.function_names)

    @cached_property
    def steps_behind_methods(self) -> Mapping[str, str]:
        """Methods of the contract that are another name for a function of the solution, and that function."""
        return steps_behind_methods(self.solution_source, self.function_names)

    @cached_property
    def importable(self) -> Mapping[str, str]:
        """The provided modules under each of the names by which submissions may import them."""
        aliases = {alias: name for name, others in self.metadata.imports.aliases.items() for alias in others}
        return {**{alias: f"from {name} import *\n" for alias, name in aliases.items()}, **self.provided}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file that a grade may depend on: all but the handout, the examples and hidden files."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            parts = path.relative_to(self.folder).parts
            hidden = any(part.startswith((".", "__pycache__")) for part in parts)
            if path.is_file() and not hidden and parts[0] not in ("README.md", "examples"):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{'/'.join(parts)}\0{content}\n".encode())
        if self.composition is not None:
            digest.update(self.composition.digest.encode())
        return digest.hexdigest()


# Python before 3.11.8 counts how deep a tree is for all threads together, and ends two that parse at once (gh-106905).
_READING = threading.RLock()


def read_assignment(folder: Path) -> Assignment:
    """Read an assignment folder; one thread at a time.

    Raises:
        AssignmentError: something is absent or inconsistent, in words for its author.
    """
    with _READING:
        return _read(folder.resolve())


def _read(folder: Path) -> Assignment:
    metadata = read_metadata(folder)
    name = f"grader_assignment_{folder.name.replace('-', '_')}"
    written = _read_notebook(folder) if (folder / NOTEBOOK).is_file() else None
    contract = written.contract if written else read_contract(folder / "contract.py")
    composition = _read_composition(folder, contract, written, f"{name}_composition", metadata)
    adds = composition is not None and not (written and composition.source.strip() == written.solution_text.strip())
    if adds or written is None:
        source = composition.source if composition else read_text(folder / "solution.py")
        codes: tuple[CodeType, ...] = (compile_text(source, folder / "solution.py"),)
    else:
        source, codes = written.solution_text, written.solution_codes
    solution = run_file(codes, f"{name}.solution")
    checks = run_part(folder, "checks", f"{name}_checks")
    mistakes = run_part(folder, "mistakes", f"{name}_mistakes")
    known = _Declarations(solution, composition, checks, mistakes)
    all_checks = (*(written.checks if written else ()), *known.of(Check))
    if not all_checks and not (written and written.written):
        raise AssignmentError(
            f"{folder.name}: there is no checks.py, nor a folder checks/ (`grade new DIR` shows what is in one)"
        )
    assignment = Assignment(
        folder.name,
        folder,
        metadata,
        _with_names(contract, source),
        _in_order_of_contract(all_checks, contract),
        mistakes=known.of(Mistake),
        conventions=known.of(Convention),
        probes=known.of(Probe),
        quantities=known.of(QuantitiesHook),
        by_hand=known.of(ByHand),
        named=read_named(folder),
        provided=_read_provided(folder),
        written=written.written if written else (),
        notebook=written.notebook if written else None,
        solution_source=source,
        composition=composition,
        _solution_codes=codes,
    )
    _demand_consistency(assignment)
    return assignment


def _read_notebook(folder: Path) -> "Derived":
    from grader.assignments.notebooks import Derived, read_source  # with YAML and doctest: only where one is read

    if files := [name for name in ("contract.py", "solution.py") if (folder / name).is_file()]:
        raise AssignmentError(f"{folder.name}: there are both {NOTEBOOK} and {files[0]}; keep one or the other")
    return Derived(read_source(folder / NOTEBOOK))


def _read_composition(
    folder: Path, contract: tuple[ContractFunction, ...], written: "Derived | None", name: str, metadata: Metadata
) -> Composition | None:
    modules = run_part(folder, "composition", name)
    if not modules:
        return None
    path = folder / "solution.py"
    own = written.solution_text if written else read_text(path) if path.is_file() else ""
    uses, layers = read_uses(modules, folder.name)
    composition = Composition(inherited(uses), own, contract, has_data=metadata.dataset is not None, layers=layers)
    composition.demand_targets()
    return composition


class _Declarations:
    """What operations and an assignment's own files declare; its own replace an operation's of the same name."""

    def __init__(
        self,
        solution: ModuleType,
        composition: Composition | None,
        checks: Sequence[ModuleType],
        mistakes: Sequence[ModuleType],
    ) -> None:
        self._solution = solution
        self._from_operations = tuple(composition.declarations()) if composition else ()
        self._checks, self._mistakes = checks, mistakes

    def of(self, kind: type[T]) -> tuple[T, ...]:
        own = _declared(self._checks if kind is Check else self._mistakes, kind)
        names = {_name_of(declaration) for declaration in own}
        return (
            *(
                declaration
                for declaration in self._from_operations
                if type(declaration) is kind
                and _name_of(declaration) not in names
                and (not isinstance(declaration, Mistake) or _has_step(self._solution, declaration.step))
            ),
            *own,
        )


def _name_of(declaration: object) -> object:
    match declaration:
        case Check():
            return declaration.id
        case Mistake():
            return declaration.code
        case QuantitiesHook():
            return declaration.function
    return id(declaration)


def _read_provided(folder: Path) -> Mapping[str, str]:
    texts = {}
    for path in sorted((folder / "provided").glob("*.py")):
        compile_file(path)
        texts[path.stem] = path.read_text("utf-8")
    return texts


def _with_names(contract: Sequence[ContractFunction], solution: str | bytes) -> tuple[ContractFunction, ...]:
    """The contract, with the solution's names for results where its docstrings have none."""
    returned = names_in_code(solution, [function.name for function in contract])
    return tuple(
        replace(
            function,
            results=function.results.or_else(returned.get(function.name, ResultNames())).followed_by(function.updates),
        )
        for function in contract
    )


def _in_order_of_contract(checks: Sequence[Check], contract: Sequence[ContractFunction]) -> tuple[Check, ...]:
    places = {function.name: place for place, function in enumerate(contract)}
    return tuple(sorted(checks, key=lambda check: places.get(check.function, len(places))))


def _declared(modules: Sequence[ModuleType], kind: type[T]) -> tuple[T, ...]:
    """What modules declare of one kind, in their order; what one imports from another is not declared twice."""
    found = [getattr(value, "declaration", None) for module in modules for value in vars(module).values()]
    return tuple({id(declaration): declaration for declaration in found if type(declaration) is kind}.values())


def _demand_consistency(assignment: Assignment) -> None:
    names = set(assignment.function_names)
    where = assignment.folder.name
    for check in assignment.checks:
        if check.function not in names:
            raise AssignmentError(
                f"{where}: check {check.run.__name__!r} is about {check.function!r}, "
                f"which the contract does not declare (it has {', '.join(sorted(names))})"
            )
    ids = [check.id for check in assignment.checks]
    if doubled := {id for id in ids if ids.count(id) > 1}:
        raise AssignmentError(f"{where}: two checks have the id {', '.join(sorted(doubled))}")
    total = sum(check.points for check in assignment.checks)
    if not assignment.test_files and not abs(total - assignment.points) <= 1e-6:
        written = f" and the questions for a person to {assignment.written_points:g}" if assignment.written else ""
        raise AssignmentError(
            f"{where}: the checks add up to {total:g} points{written}, assignment.toml says "
            f"{assignment.metadata.points:g}; "
            "change the one or the other"
        )
    for function in assignment.contract:
        if not _has_step(assignment.solution, function.name):
            raise AssignmentError(f"{where}: solution.py has no {function.name}, which the contract declares")
    if absent := {*assignment.metadata.imports.aliases, *assignment.metadata.imports.withheld} - {*assignment.provided}:
        raise AssignmentError(
            f"{where}: aliases and withheld are for modules in provided/, which has no {', '.join(sorted(absent))}.py"
        )
    _demand_sound_mistakes(assignment)


_OTHER_CODES = """; let those of one use begin otherwise, `operation.use(codes={"cost": "loss"})`, or with a prefix"""


def _demand_sound_mistakes(assignment: Assignment) -> None:
    replacements = (*assignment.mistakes, *assignment.conventions)
    codes = [replacement.code for replacement in replacements]
    if doubled := {code for code in codes if codes.count(code) > 1}:
        codes_of = {r.operation: r.code for r in replacements if isinstance(r, Mistake) and r.code in doubled}
        raise AssignmentError(
            f"{assignment.folder.name}: two mistakes have the code {', '.join(sorted(doubled))}"
            + (f"; they are of {' and '.join(sorted(codes_of))}" if len(codes_of) > 1 else "")
            + (_OTHER_CODES if any(codes_of) else "")
        )
    for replacement in replacements:
        if not _has_step(assignment.solution, replacement.step):
            raise AssignmentError(
                f"{assignment.folder.name}: the {type(replacement).__name__.lower()} {replacement.code} replaces "
                f"{replacement.step}, "
                "which solution.py does not have"
            )


def _has_step(solution: ModuleType, step: str) -> bool:
    owner, _, attribute = step.rpartition(".")
    return hasattr(getattr(solution, owner, None) if owner else solution, attribute)
