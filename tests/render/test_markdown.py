import pytest
from markdown_it import MarkdownIt
from sample_reports import hostile, internal_error, unprotected, wrong_gradient

from grader.render import render


def tokens_of(markdown: str) -> list[tuple[str, str]]:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [(t.type, t.content) for block in parser.parse(markdown) for t in [block, *(block.children or [])]]


def headings_of(markdown: str) -> list[str]:
    tokens = tokens_of(markdown)
    return [tokens[n + 1][1] for n, (kind, _) in enumerate(tokens) if kind == "heading_open"]


def test_sections_in_order():
    assert headings_of(render(wrong_gradient(), "markdown")) == [
        "A multi-layer perceptron for MNIST",
        "✗ `backward`: wrong, 14 / 40 points",
        "○ `predict`: missing, 0 / 5 points",
        "· `train`: not judged, 0 / 15 points",
        "Training run of `train`",
        "Running the file",
        "Output",
        "Standard error",
    ]


def test_every_function_has_a_row_in_the_table():
    rows = [line for line in render(wrong_gradient(), "markdown").splitlines() if line.startswith("| ")]

    assert "| ✓ right | `relu` | 5 / 5 | cell 1, line 2 |" in rows
    assert "| ○ missing | `predict` | 0 / 5 |  |" in rows


def test_the_diagnosis_comes_before_the_evidence():
    shown = render(wrong_gradient(), "markdown", audience="instructor")
    story = ["**The bias gradient", "- Hint: Compare", "Right: `dW1`, `dW3`", "- wrong: `db1`", "Passed: One gradient"]
    positions = [shown.find(part) for part in story]

    assert -1 not in positions
    assert positions == sorted(positions)


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_hostile_text_makes_no_markup(audience):
    tokens = tokens_of(render(hostile(), "markdown", audience=audience))
    kinds = {kind for kind, _ in tokens}

    assert not kinds & {"html_inline", "html_block", "link_open", "image", "s_open"}
    assert headings_of(render(hostile(), "markdown"))[0] == "A multi-layer perceptron for MNIST"
    assert len(headings_of(render(hostile(), "markdown"))) <= 7


def test_warnings_and_faults_are_said():
    assert "> ⚠ NO SANDBOX" in render(unprotected(), "markdown")
    assert "The grader failed, not your work" in render(internal_error(), "markdown")
