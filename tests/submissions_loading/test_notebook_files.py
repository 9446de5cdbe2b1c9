"""Notebook files of every version; whatever is in them, there is a submission or a rejection."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import Submission, SubmissionRejected, load_bytes
from tests.submissions_loading.notebooks import notebook_json

Write = Callable[[str, str | bytes], Path]


def read(data: bytes | str, name: str = "homework.ipynb") -> Submission:
    return load_bytes(data if isinstance(data, bytes) else data.encode(), name)


def outcome(data: bytes, name: str) -> Submission | None:
    """The submission, or None if it was rejected in a line that can be shown."""
    rejections = []
    try:
        return read(data, name)
    except SubmissionRejected as rejection:
        rejections.append(rejection.reason)
    assert rejections[0].isprintable()
    return None


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_of_version_4(minor: int) -> None:
    submission = read(notebook_json("x = 1", "", "def f():\n    return x", minor=minor))
    assert submission.kind == "notebook"
    assert [(unit.filename, unit.cell, unit.source) for unit in submission.units] == [
        ("homework.ipynb:cell 1", 1, "x = 1"),
        ("homework.ipynb:cell 3", 3, "def f():\n    return x"),
    ]
    notebook = submission.notebook
    assert notebook is not None
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells] == ["x = 1", "", "def f():\n    return x"]


def test_version_3_is_upgraded() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Title"]},
        {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python", "metadata": {}, "outputs": []},
        {"cell_type": "code", "input": "c = 3", "language": "python", "metadata": {}, "outputs": []},
    ]
    worksheets = [{"cells": cells, "metadata": {}}]
    submission = read(
        json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": worksheets})
    )
    assert [unit.source for unit in submission.units] == ["a = 1\nb = 2", "c = 3"]
    assert submission.definitions()["b"].model_dump() == {"file": "homework.ipynb", "cell": 1, "line": 2}
    assert submission.notebook is not None
    assert submission.notebook.cells[0].cell_type == "markdown"


def test_cells_read_directly_are_those_that_nbformat_reads(samples: Path) -> None:
    found = sorted(samples.rglob("*.ipynb"))
    assert len(found) >= 5
    for path in found:
        expected = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        document = read(path.read_bytes()).document
        assert document is not None
        assert list(document.code) == expected


def test_markdown_and_raw_cells_are_no_code() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "x = 1"},
        {"cell_type": "raw", "metadata": {}, "source": "x = 2"},
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": ["x = 3\n", "y = 4"]},
    ]
    submission = read(json.dumps({"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": cells}))
    assert [(unit.cell, unit.source) for unit in submission.units] == [(1, "x = 3\ny = 4")]


def test_a_broken_cell_stays_and_the_others_are_read() -> None:
    submission = read(notebook_json("def f(:", "def g(): pass"))
    assert len(submission.units) == 2
    assert set(submission.definitions()) == {"g"}


def test_places_lead_back_to_the_cell_and_the_line() -> None:
    submission = read(notebook_json("x = 1", "\n!pip install a\ndef f():\n    return 1 / 0"))
    location = submission.locate("homework.ipynb:cell 2", 4)
    assert location is not None
    assert str(location) == "homework.ipynb, cell 2, line 4"
    assert submission.line_text("homework.ipynb:cell 2", 2) == "!pip install a"
    assert submission.line_text("homework.ipynb:cell 2", 99) == ""
    assert submission.line_text("elsewhere.py", 1) == ""
    assert submission.locate("/usr/lib/python3/numpy/core.py", 1) is None
    assert submission.remarks == ("cell 2, line 2: `!pip install a` was not run",)


def test_the_last_definition_wins_and_the_main_guard_defines_nothing() -> None:
    submission = read(
        notebook_json(
            "def f(): pass\ng = h = 1\n(a, [b, *c]) = 1, [2]",
            "try:\n    def f(): pass\nexcept ValueError:\n    e = 1\n"
            "if __name__ == '__main__':\n    main = 1\nelse:\n    o = 2",
            "class K:\n    inner = 1\nz: int = 3\nunset: int",
        )
    )
    found = {name: (place.cell, place.line) for name, place in submission.definitions().items()}
    assert found == {
        "g": (1, 2),
        "h": (1, 2),
        "a": (1, 3),
        "b": (1, 3),
        "c": (1, 3),
        "f": (2, 2),
        "e": (2, 4),
        "o": (2, 8),
        "K": (3, 1),
        "z": (3, 3),
    }


def test_a_written_module_is_importable_and_located() -> None:
    submission = read(
        notebook_json("x = 1", "%%writefile net/layers.py\ndef relu(z):\n    return z", "from net.layers import *")
    )
    assert submission.modules.keys() == {"net", "net.layers"}
    assert str(submission.locate(submission.modules["net.layers"].filename, 3)) == "homework.ipynb, cell 2, line 3"
    assert str(submission.definitions()["relu"]) == "homework.ipynb, cell 2, line 2"


def test_the_notebook_survives_outputs_that_nbformat_refuses() -> None:
    cells = [
        {"cell_type": "code", "source": "x = 1", "outputs": "not a list", "metadata": 7},
        {"cell_type": "markdown", "source": "text"},
        "not a cell",
        {"cell_type": "code", "source": ["y = 2"]},
    ]
    submission = read(json.dumps({"nbformat": 4, "cells": cells, "metadata": []}))
    assert [unit.source for unit in submission.units] == ["x = 1", "y = 2"]
    notebook = submission.notebook
    assert notebook is not None
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code"] == ["x = 1", "y = 2"]


def test_the_upgraded_notebook_is_the_same_every_time_and_warns_of_nothing() -> None:
    text = notebook_json("x = 1", "y = 2", minor=3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(text).notebook == read(text).notebook
        without_ids = json.loads(text) | {"nbformat_minor": 5}
        assert read(json.dumps(without_ids)).notebook is not None


def test_lone_surrogates_are_made_fit_for_utf8() -> None:
    submission = read(notebook_json("s = '\ud800'"))
    assert submission.units[0].source == "s = '?'"
    assert submission.notebook is not None


def test_a_notebook_under_another_name_is_recognised() -> None:
    assert read(notebook_json("x = 1"), "homework.py").kind == "notebook"
    assert read(notebook_json("x = 1"), "homework.ipynb.txt").kind == "notebook"


def test_encodings_of_the_json() -> None:
    text = notebook_json("s = 'é'").replace("\\u00e9", "é")
    assert "é" in text
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), text.encode("latin-1")):
        assert read(data).units[0].source == "s = 'é'"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("x = 1", "not valid JSON"),
        ('{"cells": [', "not valid JSON"),
        ("<<<<<<< HEAD\n{}", "web page"),
        ('{"a": 1,\n<<<<<<< HEAD\n}', "merge conflict"),
        ("<!DOCTYPE html>", "web page"),
        ("[1, 2]", "not a notebook"),
        ('{"a": 1}', "not a notebook"),
        ("null", "not a notebook"),
        ('{"cells": [], "nbformat": 4}', "no code cell"),
        (notebook_json("", "  \n"), "2 code cells are all empty"),
        (notebook_json("x", nbformat=5), "versions 3 and 4"),
        (notebook_json("x", nbformat=2), "versions 3 and 4"),
        (notebook_json("x", nbformat="4"), "versions 3 and 4"),
        ('{"worksheets": [], "nbformat": 4}', "no list of cells"),
        ('{"worksheets": [{"cells": [1]}], "nbformat": 3}', "damaged"),
        (notebook_json("x", metadata={"kernelspec": {"language": "R"}}), "a notebook in R"),
        (notebook_json(*["x"] * 10_001), "10,001 cells"),
        (json.dumps({"nbformat": 3, "worksheets": [{"cells": [0] * 10_001}]}), "10,001 cells"),
        (notebook_json("x" * 1_000_001), "1 MB of code"),
        (notebook_json("x", extra=[0] * 1_000_001), "1,000,000 values"),
        ('{"cells": ' + "[" * 100_000, "nested too deeply"),
        ('{"cells": ' + "9" * 5_000 + "}", "too long a number"),
        ("{" + " " * 20_000_000 + "}", "20 MB"),
    ],
    ids=lambda value: value[:24],
)
def test_rejections_say_what_was_found(text: str, found: str) -> None:
    with pytest.raises(SubmissionRejected, match=found) as rejection:
        read(text)
    assert "\n" not in rejection.value.reason
    assert len(rejection.value.reason) < 400


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_cell = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | _json,
        "source": st.text(max_size=30) | st.lists(st.text(max_size=10), max_size=3) | _json,
        "input": st.text(max_size=30) | _json,
        "outputs": _json,
        "metadata": _json,
    },
)
_notebook = st.fixed_dictionaries(
    {},
    optional={
        "nbformat": st.sampled_from([3, 4]) | _json,
        "nbformat_minor": st.integers(0, 5) | _json,
        "metadata": st.dictionaries(st.sampled_from(["kernelspec", "language_info"]), _json) | _json,
        "cells": st.lists(_cell | _json, max_size=4),
        "worksheets": st.lists(
            st.fixed_dictionaries({"cells": st.lists(_cell, max_size=3) | _json}) | _json, max_size=2
        ),
    },
)


@given(_notebook | _json)
def test_any_json_gives_a_submission_or_a_rejection(document: object) -> None:
    submission = outcome(json.dumps(document).encode(), "homework.ipynb")
    if submission is None:
        return
    assert all(unit.source.count("\n") == unit.original.count("\n") for unit in submission.units)
    submission.definitions()
    notebook = submission.notebook
    assert notebook is not None
    nbformat.validate(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert all(unit.cell is not None and code[unit.cell - 1].strip() for unit in submission.units)


@given(st.binary(max_size=200), st.sampled_from(["homework.ipynb", "homework.py", "homework.zip", "homework", "a.tgz"]))
def test_any_bytes_give_a_submission_or_a_rejection(data: bytes, name: str) -> None:
    submission = outcome(data, name)
    assert submission is None or submission.definitions() is not None
