"""An assignment's handout as HTML: written by an instructor, whom the service trusts; still nothing runs in it."""

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grader.assignments import Assignment
from grader.render.formula import to_mathml
from grader.render.markup import allowed_html

_FIRST_HEADING = re.compile(r"\A\s*# [^\n]*\n")
_PLACEHOLDER = "\ufff9{}\ufffb"


def handout(assignment: Assignment) -> Markup:
    """Without its title, which the page has already; empty when there is no README."""
    path = assignment.folder / "README.md"
    if not path.is_file():
        return Markup("")
    return to_page(path.read_text("utf-8"))


@lru_cache(maxsize=64)
def to_page(text: str) -> Markup:
    renderer = _Renderer(escape=False, exclude_anchor_links=True)
    html = allowed_html(MarkdownWithMath(renderer=renderer).render(_FIRST_HEADING.sub("", text)))
    for number, formula in enumerate(renderer.formulas):
        html = html.replace(_PLACEHOLDER.format(number), formula)
    return Markup(html)


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """Formulas are set aside, since what cleans the rest knows no MathML; headings go below the page's own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.formulas: list[str] = []

    def inline_math(self, body: str) -> str:
        return self._set_aside(to_mathml(body))

    def block_math(self, body: str) -> str:
        formula = to_mathml(" ".join(body.split())).replace("<math>", '<math display="block">', 1)
        return self._set_aside(f'<span class="display">{formula}</span>')

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        level = min(6, level + 1)
        return f"<h{level}>{text}</h{level}>\n"

    def _set_aside(self, formula: str) -> str:
        self.formulas.append(formula)
        return _PLACEHOLDER.format(len(self.formulas) - 1)
