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
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, "") else f"`{field.default}`"
        yield f"| `GRADER_{name.upper()}` | {default} | {(field.description or '').replace('|', chr(92) + '|')} |"
