"""The service's settings, from their declaration: the part `settings` of a page."""

from collections.abc import Iterator

from generated import replaced
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from grader.service.settings import Settings


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return refreshed(markdown)


def refreshed(markdown: str) -> str:
    return replaced(markdown, "settings", lambda part: "\n".join(_reference()))


def _reference() -> Iterator[str]:
    yield "| variable | without it | meaning |\n|---|---|---|"
    for variable, default, meaning in Settings.described():
        yield f"| `{variable}` | `{default}` | {meaning.replace('|', chr(92) + '|')} |"
