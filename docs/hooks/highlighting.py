"""The colours of code blocks, for a bright and for a dark page: `css/code.css`."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from pygments.formatters import HtmlFormatter


def on_files(files: Files, config: MkDocsConfig) -> Files:
    files.append(File.generated(config, "css/code.css", content=_style_sheet()))
    return files


def _style_sheet() -> str:
    bright = HtmlFormatter(style="default").get_style_defs(".codehilite")
    dark = HtmlFormatter(style="github-dark").get_style_defs('[data-bs-theme="dark"] .codehilite')
    return f"{bright}\n{dark}\n"
