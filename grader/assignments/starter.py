"""The files a student starts from, generated from the contract: a notebook and a module with the same functions."""

import textwrap
from collections.abc import Mapping
from pathlib import Path

from grader.assignments.assignment import Assignment
from grader.assignments.contract import ContractFunction
from grader.assignments.errors import AssignmentError


def demand_empty(folder: Path) -> None:
    """Raises AssignmentError: there is something in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AssignmentError(f"{folder} is there already and not an empty folder; name another one")


def write_texts(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files into a folder, which is made if it is not there.  Raises AssignmentError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise AssignmentError(f"{folder} cannot be written: {error.strerror or error}") from error
    return [folder / name for name in texts]


_BODY = "    raise NotImplementedError"


def starter_module(assignment: Assignment) -> str:
    """`starter.py`: every function with its docstring, to be filled in; of a notebook, the code of its cells."""
    if assignment.notebook is not None:
        codes = [cell.student for cell in assignment.notebook.cells if cell.raw.cell_type == "code"]
        return "\n\n".join(code for code in codes if code) + "\n"
    header = f'"""{assignment.metadata.title}\n\n{assignment.metadata.summary}\n"""\n\nimport numpy as np\n'
    return "\n\n".join([header, *(f"{block}\n" for block in _blocks(assignment))])


def starter_notebook(assignment: Assignment) -> str:
    """`starter.ipynb`: the handout's title, then a heading and a code cell for each function or class.

    Raises:
        AssignmentError: the starter of a notebook would show a line of an answer.
    """
    if assignment.notebook is not None:
        from grader.assignments.notebooks import student_notebook

        return student_notebook(assignment.notebook)
    import nbformat
    from nbformat import v4

    cells = [
        v4.new_markdown_cell(f"# {assignment.metadata.title}\n\n{assignment.metadata.summary}"),
        v4.new_code_cell("import numpy as np"),
    ]
    for function, block in zip(_top_level(assignment), _blocks(assignment), strict=True):
        cells.append(v4.new_markdown_cell(f"## `{function.name}`\n\n{function.summary}"))
        cells.append(v4.new_code_cell(block))
    for number, cell in enumerate(cells):
        cell["id"] = f"starter-{number}"
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    notebook = v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return text + "\n"


def starter_files(assignment: Assignment) -> dict[str, str]:
    """Name -> text: both starters, the modules that may be imported, and the handout if there is one."""
    contents = {"starter.ipynb": starter_notebook(assignment)}
    if assignment.notebook is None:
        contents["starter.py"] = starter_module(assignment)
    contents |= {f"{name}.py": text for name, text in assignment.handed_out.items()}
    handout = assignment.folder / "README.md"
    if handout.is_file():
        contents["README.md"] = handout.read_text("utf-8")
    return contents


def write_starter(assignment: Assignment, folder: Path) -> list[Path]:
    """Write `starter_files` into a folder.

    Raises:
        AssignmentError: one of the files is there already (nothing is overwritten), or they cannot be written.
    """
    contents = starter_files(assignment)
    present = [name for name in contents if (folder / name).exists()]
    if present:
        raise AssignmentError(f"{folder} has {', '.join(present)} already; name another folder, or move it away")
    return write_texts(folder, contents)


def _top_level(assignment: Assignment) -> list[ContractFunction]:
    return [function for function in assignment.contract if function.kind != "method"]


def _blocks(assignment: Assignment) -> list[str]:
    return [_block(assignment, function) for function in _top_level(assignment)]


def _block(assignment: Assignment, function: ContractFunction) -> str:
    if function.script is not None:
        return textwrap.indent(function.documentation, "# ", lambda line: True).replace("# \n", "#\n")
    if function.kind == "function":
        return f"{function.source}\n{_BODY}"
    members = [f for f in assignment.contract if f.name.startswith(f"{function.name}.")]
    parts = [function.source, *(textwrap.indent(f"{member.source}\n{_BODY}", "    ") for member in members)]
    return "\n\n".join(parts)
