"""What the pages of a batch share: their templates, and filters for text from downloads and submissions."""

from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from grader.render import wording
from grader.render.cleaning import clipped, printable
from grader.render.pages import templates
from grader.render.words import to_html

_LINE_CHARACTERS = 200
_SENTENCE_CHARACTERS = 2000  # a comment that an instructor wrote


@cache
def template_file(name: str) -> str:
    """A style sheet or script beside the templates."""
    return files("grader.batch").joinpath("templates", name).read_text("utf-8")


@cache
def environment() -> Environment:
    """The templates' own."""
    environment = templates("grader.batch", keep_trailing_newline=True)
    environment.filters["line"] = _line
    environment.filters["sentence"] = lambda text: _line(text, _SENTENCE_CHARACTERS)
    environment.filters["words"] = lambda text: Markup(to_html(_line(text)))
    environment.filters["number"] = wording.number
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    environment.filters["address"] = lambda path: quote(path, safe="/~+")
    environment.globals.update(wording=wording)
    return environment


def _line(text: str, limit: int = _LINE_CHARACTERS) -> str:
    """Text from a download or a submission on one line, bounded, without what steers a display."""
    return clipped(" ".join(printable(text).split()), limit)
