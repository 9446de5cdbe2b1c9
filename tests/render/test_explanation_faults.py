"""One mistake in several layers is told once, with all its places; different ones and unnamed ones stay apart."""

from pathlib import Path

import nbformat

from grader.reading.told.explanation import Explanation, Fault
from grader.render.explanation import explanation_notebook
from grader.render.explanation_html import explanation_html
from grader.render.explanation_text import explanation_text
from grader.report import Location
from grader.submissions import load_submission


def biases(layer: int, line: int | None, code: str = "one-number", cell: int | None = None) -> Fault:
    return Fault(
        quantity=f"db{layer}",
        code=code,
        title=f"db{layer}: one number for all biases of layer {layer}",
        explanation="The sum runs over the samples.",
        location=Location(file="net.py", cell=cell, line=line),
        text=f"db{layer} = np.sum(dz{layer})  # {'<b>' * (layer == 1)}",
    )


def explained(*faults: Fault) -> Explanation:
    return Explanation(name="net.py", status="fault", faults=faults)


def test_the_same_mistake_in_other_lines_is_told_with_these_lines() -> None:
    text = explanation_text(explained(biases(2, 60), biases(1, 63)))
    assert "2 quantities are wrong, both in the same way." in text
    assert text.count("The sum runs over the samples.") == 1
    assert "So it is with db₁, line 63:\n       db1 = np.sum(dz1)" in text


def test_the_same_line_for_several_layers_is_told_once() -> None:
    text = explanation_text(explained(*(biases(k, 9) for k in (4, 3, 2))))
    assert "3 quantities are wrong, all in the same way." in text
    assert "So it is with db₃ and db₂." in text
    assert text.count("line 9") == 1


def test_another_mistake_keeps_a_number_of_its_own() -> None:
    other = Fault(quantity="dW1", code="no-mean", title="dW1 is no mean", explanation="It is a sum.")
    text = explanation_text(explained(biases(2, 60), other, biases(1, 63)))
    assert "3 quantities are wrong in 2 ways; the first is where to begin." in text
    assert text.index("So it is with db₁") < text.index("2. dW₁ is no mean")


def test_what_has_no_name_stays_apart() -> None:
    text = explanation_text(explained(biases(2, 60, "unexplained"), biases(1, 63, "unexplained")))
    assert "1. db₂" in text
    assert "2. db₁" in text


def test_the_page_tells_it_once_and_shows_the_other_line_as_text() -> None:
    page = explanation_html(explained(biases(2, 60), biases(1, 63)))
    assert page.count('<article class="card failed">') == 1
    assert "So it is with db₁, line 63:" in page
    assert "db1 = np.sum(dz1)  # &lt;b&gt;" in page


def test_a_notebook_is_told_below_each_cell_of_its_own(tmp_path: Path) -> None:
    cells = [nbformat.v4.new_code_cell("db2 = 1\ndb1 = 2"), nbformat.v4.new_code_cell("db3 = 3")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    path = tmp_path / "net.ipynb"
    path.write_text(nbformat.writes(notebook), "utf-8")
    faults = (biases(3, 1, cell=2), biases(2, 1, cell=1), biases(1, 2, cell=1))
    told = nbformat.reads(explanation_notebook(explained(*faults), load_submission(path, ())), as_version=4)
    sources = [cell.source for cell in told.cells[1:]]
    assert "one number for all biases of layer 2" in sources[1]
    assert "So it is with db₁, line 2:" in sources[1]
    assert "one number for all biases of layer 3" in sources[3]
    assert "So it is" not in sources[3]
