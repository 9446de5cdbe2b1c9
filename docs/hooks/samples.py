"""Reports on sample submissions.

Parts of a page named `report on mnist-mlp/examples/…`, or `first 20 lines of the report on mnist-mlp/examples/…`.
"""

import re
from functools import cache

from generated import replaced
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from grader import grade
from grader.assignments import library_folders
from grader.render import render
from grader.render.words import code_block
from grader.submissions import load_submission

_NAME = r"(?:first (?P<lines>\d+) lines of the )?report on (?P<assignment>[\w-]+)/(?P<file>\S+)"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return refreshed(markdown)


def refreshed(markdown: str) -> str:
    return replaced(markdown, _NAME, _sample)


def _sample(mark: re.Match[str]) -> str:
    report = _report(mark["assignment"], mark["file"])
    if mark["lines"]:
        report = "\n".join([*report.splitlines()[: int(mark["lines"])], "…"])
    return code_block(report)


@cache
def _report(assignment: str, file: str) -> str:
    submission = load_submission(library_folders()[assignment] / file)
    report = grade(assignment, submission)
    if report.status != "graded":
        raise PluginError(f"{assignment}/{file}: {report.status}, {report.reason}")
    return render(report, "text", submission=submission)
