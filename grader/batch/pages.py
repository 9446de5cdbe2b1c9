"""What the pages of a batch share: their templates, and filters for text from downloads and submissions."""

from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from grader.render import wording
from grader.render.cleaning import one_line
from grader.render.pages import templates
from grader.render.words import to_html

_SENTENCE_CHARACTERS = 2000  # a comment that an instructor wrote


@cache
def template_file(name: str) -> str:
    """A style sheet or script beside the templates."""
    return files("grader.batch").joinpath("templates", name).read_text("utf-8")


@cache
def environment() -> Environment:
    """The templates' own."""
    environment = templates("grader.batch", keep_trailing_newline=True)
    environment.filters["line"] = one_line
    environment.filters["sentence"] = lambda text: one_line(text, _SENTENCE_CHARACTERS)
    environment.filters["words"] = lambda text: Markup(to_html(one_line(text)))
    environment.filters["number"] = wording.number
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    environment.filters["address"] = lambda path: quote(path, safe="/~+")
    environment.globals.update(wording=wording)
    return environment
