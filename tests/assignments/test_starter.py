"""Starters: generated from the contract, complete, and never over a student's work."""

import ast

import nbformat
import pytest

from grader.assignments import AssignmentError, library_folders, read_assignment
from grader.assignments.starter import starter_module, starter_notebook, write_starter
from tests import library

IDS = sorted(library_folders())


def defined(tree: ast.Module) -> dict[str, str]:
    """Function and method names with their docstrings."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = ast.get_docstring(node)
        elif isinstance(node, ast.ClassDef):
            found[node.name] = ast.get_docstring(node)
            methods = [member for member in node.body if isinstance(member, ast.FunctionDef)]
            found |= {f"{node.name}.{method.name}": ast.get_docstring(method) for method in methods}
    return found


@pytest.mark.parametrize("name", IDS)
def test_the_module_has_every_function_with_its_documentation(name):
    assignment = library.assignment(name)
    found = defined(ast.parse(starter_module(assignment)))
    for function in assignment.contract:
        if function.script is None:
            assert found[function.name] == function.documentation


@pytest.mark.parametrize("name", IDS)
def test_the_notebook_has_the_same_in_cells_that_can_be_read(name):
    assignment = library.assignment(name)
    notebook = nbformat.reads(starter_notebook(assignment), as_version=4)
    nbformat.validate(notebook)
    code = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert defined(ast.parse(code)) == defined(ast.parse(starter_module(assignment)))
    headings = [cell.source.partition("\n")[0] for cell in notebook.cells if cell.cell_type == "markdown"]
    assert headings[0] == f"# {assignment.metadata.title}"
    assert headings[1:] == [f"## `{f.name}`" for f in assignment.contract if f.kind != "method"]


def test_a_starter_is_the_same_every_time(folder):
    assignment = read_assignment(folder.path)
    assert starter_notebook(assignment) == starter_notebook(read_assignment(folder.path))


def test_stubs_are_not_implemented(folder):
    namespace = {}
    exec(starter_module(read_assignment(folder.path)), namespace)
    with pytest.raises(NotImplementedError):
        namespace["predict"](1, 2, 3)


def test_the_files_are_written_with_the_handout(folder, tmp_path):
    written = write_starter(read_assignment(folder.path), tmp_path / "course" / "week 1")
    assert [path.name for path in written] == ["starter.ipynb", "starter.py", "README.md"]
    assert written[2].read_text("utf-8") == (folder.path / "README.md").read_text("utf-8")


def test_nothing_is_overwritten(folder, tmp_path):
    (tmp_path / "starter.py").write_text("my work")
    with pytest.raises(AssignmentError, match=r"has starter\.py already; name another folder, or move it away"):
        write_starter(read_assignment(folder.path), tmp_path)
    assert (tmp_path / "starter.py").read_text() == "my work"
    assert not (tmp_path / "starter.ipynb").exists()


def test_a_folder_that_is_a_file(folder, tmp_path):
    (tmp_path / "week1").write_text("")
    with pytest.raises(AssignmentError, match="week1 cannot be written"):
        write_starter(read_assignment(folder.path), tmp_path / "week1")
