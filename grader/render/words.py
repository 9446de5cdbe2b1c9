"""The small markup of feedback sentences: `code` between backticks, formulas between dollar signs.

Titles, messages, explanations and hints are plain Unicode with these two additions. Anything else, whatever it
holds, is text: every function here escapes for its target.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from grader.render.cleaning import clipped, printable
from grader.render.formula import to_mathml, to_unicode
from grader.report import Location

if TYPE_CHECKING:
    from grader.submissions import Submission

_MARKED = re.compile(
    r"`(?P<code>[^`\n]{1,300})`"
    # as in pandoc: no space inside the dollars, no digit behind them, so that "$5 and $6" stays text
    r"|\$(?=\S)(?P<math>[^$\n]{1,500}?)(?<=\S)\$(?!\d)"
)


@dataclass(frozen=True)
class Span:
    kind: Literal["text", "code", "math"]
    text: str


def spans(text: str) -> tuple[Span, ...]:
    """The text cut into plain text, code and formulas."""
    found: list[Span] = []
    end = 0
    for match in _MARKED.finditer(text):
        if match.start() > end:
            found.append(Span("text", text[end : match.start()]))
        code, math = match.group("code", "math")
        found.append(Span("math", math) if code is None else Span("code", code))
        end = match.end()
    if end < len(text):
        found.append(Span("text", text[end:]))
    return tuple(found)


def paragraphs(text: str) -> list[str]:
    """The parts between blank lines, each without line breaks."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def to_plain(text: str) -> str:
    """Without marks, formulas in Unicode: for places that know no markup at all."""
    return "".join(to_unicode(span.text) if span.kind == "math" else span.text for span in spans(text))


def to_html(text: str) -> str:
    """Escaped, with `code` elements and MathML."""
    parts = []
    for span in spans(text):
        if span.kind == "math":
            parts.append(to_mathml(span.text))
        elif span.kind == "code":
            parts.append(f"<code>{escape(span.text)}</code>")
        else:
            parts.append(escape(span.text))
    return "".join(parts)


def to_markdown(text: str) -> str:
    """Escaped for CommonMark and its GitHub dialect, on one line, formulas in Unicode."""
    parts = []
    for span in spans(" ".join(text.split())):
        if span.kind == "code":
            parts.append(code_span(span.text))
        else:
            parts.append(escape_markdown(to_unicode(span.text) if span.kind == "math" else span.text))
    return "".join(parts)


_MARKDOWN_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$]")
_MARKDOWN_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no formula, no link that makes itself."""
    text = _MARKDOWN_SPECIAL.sub(r"\\\g<0>", text)
    text = re.sub("[&<>@]", lambda match: _MARKDOWN_ENTITIES[match.group()], text)
    text = text.replace("://", "&#58;//").replace("www.", "www&#46;")
    return _LINE_START.sub(lambda match: f"{match[1]}&#{ord(match[2][0])};{match[2][1:]}", text)


def code_span(text: str) -> str:
    """A code span that no backtick in the text can end."""
    text = " ".join(text.split()) or " "
    fence = "`" * (_longest_run(text) + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def code_block(text: str, language: str = "text") -> str:
    """A fenced block that no line of the text can end."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


_MAX_CHARACTERS = 300
_LOOKED_AT = 10_000  # of a line, which may be the whole file


def source_line(submission: "Submission | None", location: Location | None) -> str:
    """The line of the submission's source at a location, stripped; empty where it is not known."""
    if submission is None or location is None:
        return ""
    return clipped(printable(submission.line_at(location)[:_LOOKED_AT]).strip(), _MAX_CHARACTERS)
