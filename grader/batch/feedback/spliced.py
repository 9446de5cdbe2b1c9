"""An annotated notebook as its student gets it, made without reading the whole of it.

A stored notebook is as nbformat writes it: keys sorted, an entry a line. So its cells come first, no text in it holds
the end of a line, and what is to change is found by whole lines, however large the rest.
"""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from grader.batch.feedback.pages import statement_cell
from grader.batch.feedback.statement import Statement
from grader.render.notebook import ANSWERS, with_answers

_HEAD = b'{\n "cells": [\n'
_CELL_BEGINS, _CELL_ENDS = b"  {\n", (b"  },\n", b"  }\n")
_ANSWERS_BEGIN = f'    "{ANSWERS}": [\n'.encode()
_PART = 1 << 18
_MOST_OF_OURS = 1 << 20  # a longer cell is a student's


def spliced(stored: IO[bytes], statement: Statement | None, answers: Mapping[str, float]) -> Iterator[bytes]:
    """Parts of what `notebook_with` makes: the statement is the first cell, and answers have the points given for them.

    Without a statement the points alone, by question.  Raises ValueError: nbformat did not write this.
    """
    if stored.read(len(_HEAD)) != _HEAD:
        raise ValueError("the notebook does not begin as nbformat writes it")
    yield _HEAD
    if statement is not None:
        yield _written(statement_cell(statement)) + b",\n"
    if answers:
        yield from _gathered(_with_answers(stored, answers))
    else:
        while part := stored.read(_PART):
            yield part


def _with_answers(stored: IO[bytes], answers: Mapping[str, float]) -> Iterator[bytes]:
    lines = iter(lambda: stored.readline(_PART), b"")  # of long ones parts: none of them is a line that is looked for
    for line in lines:
        if line != _CELL_BEGINS:
            yield line
            continue
        held, size = [line], 0
        for line_of_cell in lines:
            held.append(line_of_cell)
            size += len(line_of_cell)
            if line_of_cell in _CELL_ENDS or size > _MOST_OF_OURS:
                break
        is_whole = held[-1] in _CELL_ENDS
        yield _answered(b"".join(held), answers) if is_whole and _ANSWERS_BEGIN in held else b"".join(held)


def _answered(cell: bytes, answers: Mapping[str, float]) -> bytes:
    bare = cell.rstrip(b",\n")
    notebook: dict[str, Any] = {"cells": [json.loads(bare)]}
    with_answers(notebook, answers)
    return _written(notebook["cells"][0]) + cell[len(bare) :]


def _written(cell: Mapping[str, Any]) -> bytes:
    """As it stands among the cells of a notebook."""
    text = json.dumps(cell, indent=1, sort_keys=True, ensure_ascii=False)
    return "\n".join(f"  {line}" for line in text.split("\n")).encode("utf-8", "replace")


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PART:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
