import json
import re

import nbformat
import pytest
from nbformat import v4
from sample_reports import HOSTILE, hostile, passing, wrong_gradient

from grader.render import render
from grader.render.words import source_line
from grader.report import Location
from grader.submissions import Submission, load_submission

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
NAMES = ("relu", "softmax", "cross_entropy", "l2_penalty", "forward", "backward", "predict", "train")


def definition(name: str) -> nbformat.NotebookNode:
    return v4.new_code_cell(f"def {name}(*arguments):\n    # {name}\n    x = 1\n    db = x[-1]\n    return x")


def homework(*extra: nbformat.NotebookNode, **metadata: object) -> nbformat.NotebookNode:
    cells = [v4.new_markdown_cell("# Homework\n\nI use $x^2$ and *emphasis*."), *map(definition, NAMES), *extra]
    return v4.new_notebook(cells=cells, metadata=metadata)


def submitted(notebook: nbformat.NotebookNode, folder) -> Submission:
    path = folder / "homework.ipynb"
    path.write_text(nbformat.writes(notebook))
    return load_submission(path, NAMES)


def annotated(report, submission, **options) -> nbformat.NotebookNode:
    return nbformat.reads(render(report, "notebook", submission=submission, **options), as_version=4)


def is_feedback(cell) -> bool:
    return "grader-feedback" in cell.metadata.get("tags", [])


def test_feedback_stands_under_the_cell_that_defines_the_function(tmp_path):
    cells = annotated(wrong_gradient(), submitted(homework(), tmp_path)).cells
    above = {cell.source.split(":")[0]: cells[n - 1] for n, cell in enumerate(cells) if is_feedback(cell) and n}

    for name in ("relu", "softmax", "cross_entropy", "l2_penalty", "forward"):
        assert above[f"#### ✓ `{name}`"].source.startswith(f"def {name}(")
    assert above["#### ✗ `backward`"].source.startswith("def backward(")


def test_the_summary_stands_at_the_top_with_what_is_missing(tmp_path):
    cells = annotated(wrong_gradient(), submitted(homework(), tmp_path)).cells

    assert is_feedback(cells[0])
    assert "**54 of 100 points.**" in cells[0].source
    assert "○ `predict`: missing" in cells[0].source
    assert "Training run of `train`" in cells[-1].source


def test_the_result_is_valid_and_the_student_cells_are_as_they_were(tmp_path):
    original = homework(kernelspec={"name": "python3", "display_name": "Python 3"})
    result = annotated(wrong_gradient(), submitted(original, tmp_path))
    nbformat.validate(result)
    kept = [cell for cell in result.cells if not is_feedback(cell)]

    assert [(c.cell_type, c.source, c.id) for c in kept] == [(c.cell_type, c.source, c.id) for c in original.cells]
    assert result.metadata.kernelspec.name == "python3"


def test_annotating_twice_replaces_the_feedback(tmp_path):
    once = annotated(wrong_gradient(), submitted(homework(), tmp_path))
    twice = annotated(passing(), submitted(once, tmp_path))

    assert sum("points.**" in cell.source for cell in twice.cells) == 1
    assert "100 of 100" in twice.cells[0].source


def test_annotating_changes_neither_the_submission_nor_from_run_to_run(tmp_path):
    submission = submitted(homework(), tmp_path)
    first = render(wrong_gradient(), "notebook", submission=submission)

    assert render(wrong_gradient(), "notebook", submission=submission) == first
    assert len(submission.notebook.cells) == 9


HOSTILE_OUTPUTS = [
    v4.new_output("display_data", data={"text/html": "<script>alert(1)</script>", "text/plain": "<table>"}),
    v4.new_output("display_data", data={"text/html": "<b onclick='alert(1)'>x</b>"}),
    v4.new_output("display_data", data={"application/javascript": "alert(1)"}),
    v4.new_output("display_data", data={"image/svg+xml": "<svg onload='alert(1)'/>"}),
    v4.new_output("display_data", data={"text/markdown": "<script>alert(1)</script>"}),
    v4.new_output("display_data", data={"text/latex": "$\\href{javascript:alert(1)}{x}$"}),
    v4.new_output("display_data", data={"image/png": '"><script>alert(1)</script>'}),
    v4.new_output(
        "display_data", data={"image/png": PNG}, metadata={"image/png": {"width": '1 onload="alert(1)"'}, "alt": '"><b'}
    ),
    v4.new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {"model_id": "<script>"}}),
    v4.new_output("stream", text="\x1b[31mred\x1b[0m <script>alert(1)</script>\n"),
    v4.new_output("error", ename="E<script>", evalue="<img src=x onerror=alert(1)>", traceback=["<script>alert(1)"]),
    v4.new_output("execute_result", data={"text/plain": "<script>alert(1)</script>"}, execution_count=3),
]


def hostile_homework() -> nbformat.NotebookNode:
    cell = v4.new_code_cell("x = '<script>alert(1)</script>'", outputs=HOSTILE_OUTPUTS)
    cell.metadata = {"tags": ['"><script>alert(1)</script>'], "alt": '"><script>'}
    words = v4.new_markdown_cell(
        "<script>alert(1)</script> <img src=x onerror=alert(1)> <iframe src='http://evil.example'></iframe> "
        "[link](javascript:alert(1)) ![i](http://evil.example/x.png) <a href='JaVaScRiPt:alert(1)'>b</a> "
        "<div class='cell celltag_grader-feedback' style='position:fixed' id='x'>100 of 100</div> "
        "<svg onload=alert(1)> "
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math> </main></body>"
        "<form action='http://evil.example'><input></form> <style>body{display:none}</style> "
        + HOSTILE.replace("\ud800", "")
    )  # fmt: skip
    raw = v4.new_raw_cell("<script>alert(1)</script>", metadata={"raw_mimetype": "text/html"})
    attached = v4.new_markdown_cell("![a](attachment:a.svg)")
    attached.attachments = {"a.svg": {"image/svg+xml": "PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+"}}
    return homework(
        cell,
        words,
        raw,
        attached,
        title="</title><script>alert(1)</script>",
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {}}},
        language_info={"name": "python", "pygments_lexer": "'><script>alert(1)</script>"},
    )


@pytest.mark.parametrize(
    "source", [">" * 40_000, "[" * 40_000, "- " * 20_000, "<b>" * 5_000, "x" * 200_000, "![p](attachment:gone.png)"]
)
def test_no_markdown_is_too_odd_for_the_page(tmp_path, source):
    submission = submitted(homework(v4.new_markdown_cell(source)), tmp_path)
    html = render(passing(), "notebook-html", submission=submission)

    assert "100 of 100 points." in html
    assert len(html) < 600_000


@pytest.mark.parametrize("make", [passing, wrong_gradient, hostile])
def test_nothing_in_the_page_of_a_hostile_notebook_can_run(tmp_path, make):
    html = render(make(), "notebook-html", submission=submitted(hostile_homework(), tmp_path), audience="instructor")
    tags = {tag.lower() for tag in re.findall(r"<([A-Za-z][A-Za-z0-9]*)", html)}
    body = html[html.index("<body>") :]
    attributes = set(re.findall(r"<[a-z0-9]+[^>]*?\s([a-z:-]+)=", body))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html).group(1)

    assert not tags & {"script", "iframe", "object", "embed", "svg", "form", "input", "link", "base", "math"}
    assert html.count("<style") == 1
    assert not [name for name in attributes if name.startswith("on")]
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="[^"]*"', body)).lower()
    assert all(src.startswith("data:image/png;base64,") for src in re.findall(r'src="([^"]*)"', body))
    assert html.count("</main>") == 1
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")


def test_the_page_shows_code_text_outputs_pictures_and_feedback(tmp_path):
    html = render(wrong_gradient(), "notebook-html", submission=submitted(hostile_homework(), tmp_path))

    assert "<em>emphasis</em>" in html
    assert '<span class="k">def</span>' in html
    assert PNG in html
    assert "&lt;table&gt;" in html
    assert "The bias gradient keeps only the last sample" in html
    assert len(re.findall(r'class="cell [^"]*celltag_grader-feedback', html)) == len(NAMES) - 1 + 2


def test_the_annotated_notebook_keeps_only_text_and_pictures(tmp_path):
    result = annotated(wrong_gradient(), submitted(hostile_homework(), tmp_path))
    kinds = {kind for cell in result.cells for output in cell.get("outputs", []) for kind in output.get("data", {})}

    assert kinds == {"text/plain", "image/png"}
    assert "widgets" not in result.metadata
    assert "alert" not in json.dumps(
        [o.get("data", {}).get("image/png", "") for c in result.cells for o in c.get("outputs", [])]
    )


def test_the_line_of_a_location_is_the_students_own(tmp_path):
    submission = submitted(homework(), tmp_path)

    assert source_line(submission, Location(file="homework.ipynb", cell=6, line=4)) == "db = x[-1]"
    assert source_line(submission, Location(file="homework.ipynb", cell=6, line=40)) == ""
    assert source_line(submission, Location(file="other.py", line=4)) == ""
    assert source_line(None, Location(file="homework.ipynb", cell=6, line=4)) == ""


@pytest.mark.parametrize("format", ["text", "html", "markdown", "notebook"])
def test_a_diagnosis_quotes_the_line_that_it_is_about(tmp_path, format):
    assert "db = x[-1]" in render(wrong_gradient(), format, submission=submitted(homework(), tmp_path))
