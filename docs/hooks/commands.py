"""The reference of the command line, from the commands themselves: the part `commands` of a page."""

import typer
from generated import replaced
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from typer.cli import get_docs_for_click
from typer.main import get_command

from grader.cli.app import app


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return refreshed(markdown)


def refreshed(markdown: str) -> str:
    return replaced(markdown, "commands", lambda part: _reference())


def _reference() -> str:
    command = get_command(app)
    return get_docs_for_click(obj=command, ctx=typer.Context(command), name="grade", indent=1)
