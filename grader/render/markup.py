"""HTML made of somebody's Markdown: reduced to what is harmless, and how its code is coloured."""

import re

import bleach
from pygments.formatters import HtmlFormatter

_TAGS = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "div", "span"),
        *("a", "abbr", "b", "code", "del", "em", "i", "s", "strong", "sub", "sup"),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    }
)
_HIGHLIGHT_CLASS = re.compile(r"highlight( hl-\w+)?|[a-z][a-z0-9]{0,2}")
_PROTOCOLS = frozenset(["http", "https", "mailto"])


def allowed_html(html: object) -> str:
    """HTML reduced to the tags of ordinary text; everything else is dropped, its words stay."""
    return str(bleach.clean(str(html), tags=_TAGS, attributes=_is_allowed, protocols=_PROTOCOLS, strip=True))


def _is_allowed(tag: str, attribute: str, value: str) -> bool:
    """Addresses of links, and the classes by which code is coloured; no class that could pass for feedback."""
    if attribute == "class":
        return _HIGHLIGHT_CLASS.fullmatch(value) is not None
    return attribute == "title" or (tag == "a" and attribute == "href")


def code_colours() -> str:
    """The style sheet of coloured code, on light and on dark ground."""
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"
