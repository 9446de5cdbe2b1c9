"""The annotated notebook as one self-contained HTML page, safe to open whatever the notebook holds.

nbconvert turns the cells into HTML. Nothing of the student's can run there: outputs are text and pictures only, all
metadata and attachments are gone, Markdown passes a list of allowed tags, and the page's Content-Security-Policy
allows no script and loads nothing.
"""

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from grader.render.cleaning import clipped, printable
from grader.render.html import content_security_policy
from grader.render.markup import allowed_html, code_colours
from grader.render.notebook import FEEDBACK_TAG, annotated
from grader.render.pages import templates
from grader.report import Report

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission

_MAX_MARKDOWN = 50_000


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """The page. Raises UnsuitableSubmissionError if the submission holds no notebook."""
    notebook = annotated(report, submission, audience)
    exporter = HTMLExporter(template_name="basic", sanitize_html=True)
    exporter.register_filter("markdown2html", _markdown)
    exporter.register_filter("strip_files_prefix", _unchanged)
    exporter.register_filter("clean_html", allowed_html)
    body, _ = exporter.from_notebook_node(_bare(notebook))
    style = _stylesheet()
    return (
        _environment()
        .get_template("notebook.html.j2")
        .render(
            title=f"{report.assignment.title}: {printable(report.submission.name)[:200]}",
            policy=content_security_policy(style),
            style=Markup(style),
            body=Markup(body),
        )
    )


def _bare(notebook: NotebookNode) -> NotebookNode:
    """The notebook without metadata and attachments, which nbconvert's templates put into attributes."""
    notebook.metadata = NotebookNode(language_info=NotebookNode(name="python"))
    for cell in notebook.cells:
        ours = FEEDBACK_TAG in cell.metadata.get("tags", [])
        cell.metadata = NotebookNode(tags=[FEEDBACK_TAG] if ours else [])
        cell.pop("attachments", None)
        if not ours:
            cell.source = printable(cell.source)
    return notebook


class _TextRenderer(IPythonRenderer):  # type: ignore[misc]
    """Markdown to HTML with the words for a picture in its place: nothing is loaded, no attachment looked up."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"[{escape(text or 'picture')}]"


def _markdown(source: str) -> str:
    """A Markdown cell as HTML, not yet clean; a cell that the converter cannot take is shown as it is written."""
    if len(source) <= _MAX_MARKDOWN:
        try:
            return str(MarkdownWithMath(renderer=_TextRenderer(escape=False, exclude_anchor_links=True)).render(source))
        except Exception:  # the text is a stranger's, and nesting alone can exhaust the converter's stack
            pass
    return f"<pre>{escape(clipped(source, _MAX_MARKDOWN))}</pre>"


def _unchanged(html: str) -> str:
    """In place of nbconvert's rewriting of old `files/` links, whose time grows with the square of the text."""
    return html


@cache
def _stylesheet() -> str:
    page = files("grader.render").joinpath("templates/notebook.css").read_text("utf-8")
    return f"{code_colours()}\n{page}"


@cache
def _environment() -> Environment:
    return templates("grader.render", keep_trailing_newline=True, trim_blocks=False, lstrip_blocks=False)
