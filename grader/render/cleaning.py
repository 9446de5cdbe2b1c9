"""Text of a submission made printable and bounded, before any renderer sees it.

A report carries names, messages and output as the submission wrote them. Here everything that steers a terminal or
reorders a line is taken out, and everything is cut to a size that fits a page. Escaping for HTML, Markdown or XML
is left to each renderer: it depends on where the text lands.
"""

import re
from operator import is_
from typing import Any, TypeVar

from pydantic import BaseModel

from grader.report import Report

_Model = TypeVar("_Model", bound=BaseModel)

_ESCAPE_SEQUENCES = re.compile(
    r"""
    (?:\x1b\[|\x9b) [0-?]* [ -/]* [@-~]?             # CSI: colours, cursor movement
    | (?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f]) [^\n\x07\x1b\x9c]* (?:\x07|\x1b\\|\x9c)?  # OSC, DCS, …: titles, links
    | \x1b [ -/]* [0-~]?                             # the rest
    """,
    re.VERBOSE,
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, all but tab and newline
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, bidirectional
    "\U000e0000-\U000e007f]"  # tag characters
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_COMBINING_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)

_MAX_CHARACTERS = 1_000
_MAX_CHARACTERS_OF = {"stdout": 20_000, "stderr": 20_000, "explanation": 4_000}
_MAX_CHARACTERS_OF_LINE = {
    "code": 200,
    "file": 200,
    "function": 200,
    "id": 200,
    "label": 200,
    "name": 200,
    "signature": 400,
    "text": 300,
    "title": 400,
    "type": 200,
}
_MAX_ITEMS = 100
_MAX_ITEMS_OF = {
    "error_picture": 24,
    "found": 24,
    "expected": 24,
    "frames": 8,
    "remarks": 20,
    "hints": 10,
    "diagnoses": 10,
    "alternatives": 10,
    "history": 2_000,
    "reference_history": 2_000,
    "step_costs": 50_000,
    "reference_step_costs": 50_000,
    "cells": 5_000,
}
_MAX_DEPTH = 24


def printable(text: str) -> str:
    """`text` without escape sequences, control, bidirectional and zero-width characters.

    A carriage return erases what stands before it on its line, as it does on a terminal, so that a progress bar
    leaves its last state and not a thousand.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _ESCAPE_SEQUENCES.sub("", text)
    text = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if "\r" in text:
        text = "\n".join(line.rpartition("\r")[2] for line in text.split("\n"))
    text = _INVISIBLE.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    return _COMBINING_FLOOD.sub(r"\1", text).expandtabs(4)


def clipped(text: str, limit: int) -> str:
    """At most about `limit` characters of `text`: its beginning and its end, with a note of what is between."""
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    tail = limit - head
    return f"{text[:head]} […{len(text) - limit:,} characters left out…] {text[-tail:]}"


def one_line(text: str, limit: int = 200) -> str:
    """Text from an upload or a person on one line, bounded, without what steers a display."""
    return clipped(" ".join(printable(text).split()), limit)


def clipped_lines(text: str, limit: int) -> str:
    """At most about `limit` lines of `text`, the first and the last ones."""
    lines = text.rstrip("\n").split("\n")
    if len(lines) <= limit:
        return "\n".join(lines)
    head = limit * 2 // 3
    tail = limit - head
    return "\n".join([*lines[:head], f"[… {len(lines) - limit:,} lines left out …]", *lines[-tail:]])


_latest: tuple[Report, Report] | None = None  # a report becomes several documents, one after the other


def harmless(report: Report) -> Report:
    """The report with every text printable and every text and list bounded."""
    global _latest
    latest = _latest
    if latest is None or latest[0] is not report:
        _latest = latest = report, _harmless_model(report)
    return latest[1]


def _harmless_model(model: _Model) -> _Model:
    fields = {name: _harmless(value, name, 0) for name, value in model.__dict__.items()}
    changed = {name: value for name, value in fields.items() if value is not model.__dict__[name]}
    return model.model_copy(update=changed) if changed else model


def _harmless_text(text: str, field: str) -> str:
    if field in _MAX_CHARACTERS_OF_LINE:
        return one_line(text, _MAX_CHARACTERS_OF_LINE[field])
    return clipped(printable(text), _MAX_CHARACTERS_OF.get(field, _MAX_CHARACTERS))


def _harmless(value: Any, field: str, depth: int) -> Any:
    if value is None or type(value) in (bool, int, float):
        return value
    if isinstance(value, BaseModel):
        return _harmless_model(value)
    if isinstance(value, str):
        return _harmless_text(value, field)
    if isinstance(value, tuple | list | dict) and depth == _MAX_DEPTH:
        return "…"
    limit = _MAX_ITEMS_OF.get(field, _MAX_ITEMS)
    if isinstance(value, tuple | list):
        items = tuple([_harmless(item, field, depth + 1) for item in value[:limit]])
        return value if len(items) == len(value) and all(map(is_, items, value)) else items
    if isinstance(value, dict):
        pairs = list(value.items())[:limit]
        return {_harmless(str(key), field, depth): _harmless(item, field, depth + 1) for key, item in pairs}
    return value
