"""What an assignment asks for, read without running anything of it: its title, contract, and modules' names."""

from dataclasses import dataclass
from pathlib import Path

from grader.assignments.assignment import NOTEBOOK
from grader.assignments.contract import ContractFunction
from grader.assignments.contract_file import read_contract
from grader.assignments.settings import read_metadata


@dataclass(frozen=True)
class Outline:
    """What is asked for.

    Attributes:
        modules: names by which submissions import what the course hands out.
    """

    id: str
    title: str
    contract: tuple[ContractFunction, ...]
    modules: frozenset[str]


def read_outline(folder: Path) -> Outline:
    """The outline of an assignment's folder.

    Raises:
        AssignmentError: something is absent or inconsistent, in words for its author.
    """
    metadata = read_metadata(folder)
    notebook = folder / NOTEBOOK
    contract = read_contract(folder / "contract.py") if not notebook.is_file() else _contract_of(notebook)
    own = {path.stem for path in (folder / "provided").glob("*.py")}
    others = {alias for aliases in metadata.imports.aliases.values() for alias in aliases}
    return Outline(folder.name, metadata.title, contract, frozenset(own | others))


def _contract_of(notebook: Path) -> tuple[ContractFunction, ...]:
    from grader.assignments.notebooks import Derived, read_source  # with YAML and doctest: only where one is read

    return Derived(read_source(notebook)).contract
