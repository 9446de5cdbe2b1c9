"""The service's settings, from their declaration: `{{ settings }}` on a page."""

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from grader.service.settings import Settings

_MARK = "{{ settings }}"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return markdown.replace(_MARK, "\n".join(_reference())) if _MARK in markdown else markdown


def _reference() -> Iterator[str]:
    yield "| variable | without it | meaning |\n|---|---|---|"
    for variable, default, meaning in Settings.described():
        yield f"| `{variable}` | `{default}` | {meaning.replace('|', chr(92) + '|')} |"
