"""The public door: formats, lazy imports, errors."""

import subprocess
import sys

import pytest
from sample_reports import passing, wrong_gradient

from grader.render import FORMATS, UnknownFormatError, UnsuitableSubmissionError, render
from grader.report import Report

WITHOUT_NOTEBOOK = [name for name in FORMATS if not name.startswith("notebook")]


@pytest.mark.parametrize("format", WITHOUT_NOTEBOOK)
@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_every_format_shows_every_report_in_valid_text(format, audience, sample):
    shown = render(sample, format, audience=audience)

    assert shown.endswith("\n")
    assert shown.encode("utf-8")


@pytest.mark.parametrize("format", WITHOUT_NOTEBOOK)
def test_rendering_is_deterministic(format):
    assert render(wrong_gradient(), format) == render(wrong_gradient(), format)


@pytest.mark.parametrize("format", [name for name in WITHOUT_NOTEBOOK if name != "json"])
def test_no_report_is_longer_than_a_reader_can_take(format, sample):
    assert len(render(sample, format)) < 600_000


def test_json_reads_back_as_the_same_report():
    assert Report.from_json(render(wrong_gradient(), "json")) == wrong_gradient()


def test_an_unknown_format_is_named_with_those_there_are():
    with pytest.raises(UnknownFormatError, match=r"'pdf'.*text, json, html"):
        render(passing(), "pdf")


@pytest.mark.parametrize("format", ["notebook", "notebook-html"])
def test_a_notebook_format_needs_a_notebook(format):
    with pytest.raises(UnsuitableSubmissionError, match="only a notebook can be annotated"):
        render(passing(), format)


def test_importing_the_package_imports_no_library():
    program = (
        "import sys, grader.render; "
        "print([m for m in ('pydantic', 'rich', 'jinja2', 'nbformat', 'nbconvert', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip() == "[]"
