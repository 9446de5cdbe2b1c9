"""Numbers in a text that are the sizes of data sets, for which fewer samples stand in.

`x_train.reshape(60000, 784)` stops at 1,500 images, and so does `x[np.random.randint(60000)]`. Only where a file has
stopped at its data are such numbers replaced, all of them together.
"""

import ast
import re
from collections.abc import Iterable, Mapping

from grader.sandbox.inside.sample_data.samples import ROWS
from grader.submissions.syntax import parse

PIXELS = 784
_NUMBER = re.compile(r"(?<![\w.])([1-9]\d{3,7})(?![\w.])")
_SIZE = re.compile(r"(?<![\w.])([1-9]\d{2,3})(?![\w.])")
_ANY_SIZE = re.compile(r"(?<![\w.])([1-9]\d{1,3})(?![\w.])")
_FIRST = re.compile(r"\[\s*\d*\s*:\s*(\d{3,4})\s*[\],]|reshape\(\s*\(?\s*(\d{3,4})\s*,")
_HOLDING = re.compile(r"(?:zeros|empty|ones)\(\s*\(?\s*(\d{3,4})\s*[,)]")
_PART = re.compile(r"(?m)\[\s*:?\s*(\d{3,4})\s*:?\s*[\],]|^\s*\w+\s*=\s*(\d{3,4})\s*(?:#.*)?$")
_HELD = re.compile(r"(?i)\b\w*(?:val|dev)(?:id|idation)?(?:size|num|samples|count)?\s*=\s*(\d{4,5})\b")
_ROUNDS = re.compile(r"\brange\(\s*(\d{3,6})\s*\)")
_BEYOND = re.compile(r"out of bounds for axis 0 with size (\d{2,6})\b")
_BATCH = re.compile(r"(?i)\b(?:mini_?)?batch_?size\s*[=:]\s*(\d+)")
MAX_ROWS = 5_000
MANY = 100  # samples that are made one by one
FEW = 12  # samples of a step where more have no room
_THOUSANDS = range(5_000, 70_001, 500)


def sizes_in(sources: Iterable[str], rows: tuple[int, int]) -> Mapping[int, int]:
    """Each size of the sets of digits that stands in the texts, and what it is where `rows` samples are given.

    Args:
        rows: training and test samples that are given.
    """
    texts = [source.replace("_", "") for source in sources]
    found = {int(number) for text in texts for number in _NUMBER.findall(text)}
    held = {int(number) for text in texts for number in _HELD.findall(text)}  # no smaller than all that are given
    train, test = rows
    known = {60_000: train, 10_000: test, 70_000: train + test, 42_000: train, 28_000: test}
    known[50_000] = train - test if 60_000 in found else train
    for size in _THOUSANDS:
        known.setdefault(size, round(size * train / 60_000))
    known |= {size * PIXELS: given * PIXELS for size, given in known.items()}
    if not found & {
        60_000,
        50_000,
        42_000,
        70_000,
        60_000 * PIXELS,
        10_000,
        10_000 * PIXELS,
        *(held & set(_THOUSANDS)),
    }:
        return {}
    return {size: known[size] for size in sorted(found & known.keys())}


def rows_in(sources: Iterable[str], rows: tuple[int, int]) -> tuple[int, int]:
    """As many training and test samples as the texts take of a larger set: `x_test[:1000]`.

    Args:
        rows: training and test samples that are given otherwise.
    """
    text = "\n".join(sources).replace("_", "")
    asked = [int(first or second) for first, second in _FIRST.findall(text)]
    most = max((number for number in asked if number <= MAX_ROWS), default=0)
    return max(rows[0], most), max(rows[1], most)


def table_rows_in(sources: Iterable[str], error: str) -> list[int]:
    """How many rows a table may have: what an error names, the size of an array that is filled, or what is taken of it.

    `data[1000:]` counts on some more than 1,000.
    """
    texts = list(sources)
    others = [number for number in _ANY_SIZE.findall(error) if int(number) != ROWS]  # than the one that was given
    named = _most(others if str(ROWS) in error else _SIZE.findall(error))
    held = _most(number for text in texts for number in _HOLDING.findall(text))
    taken = _most(number for text in texts for pair in _PART.findall(text) for number in pair)
    return [*dict.fromkeys(count for count in (named, held, taken * 5 // 4) if count)]


def _most(numbers: Iterable[str]) -> int:
    return max((int(number) for number in numbers if number and int(number) <= MAX_ROWS), default=0)


def ranges_in(sources: Iterable[str], error: str) -> Mapping[int, int]:
    """The numbers of rounds that lead beyond samples of which there are fewer, as an error tells, and that number."""
    found = _BEYOND.search(error)
    if found is None:
        return {}
    given = int(found[1])
    rounds = {int(number) for text in sources for number in _ROUNDS.findall(text.replace("_", ""))}
    return {number: given for number in sorted(rounds) if number > given}


def drawn_in(sources: Iterable[str]) -> Mapping[int, int]:
    """How many samples a text makes one by one, in a loop that puts them into a list, and fewer for each."""
    found: set[int] = set()
    for source in sources:
        for node in ast.walk(parse(source) or ast.Module([], [])):
            if not isinstance(node, ast.For) or not isinstance(node.iter, ast.Call):
                continue
            calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
            puts = any(isinstance(one, ast.Attribute) and one.attr == "append" for one in calls)
            numbers = [one.value for one in node.iter.args if isinstance(one, ast.Constant) and type(one.value) is int]
            if puts and ast.unparse(node.iter.func) == "range":
                found |= {number for number in numbers if number > MANY}
    return dict.fromkeys(found, MANY)


def batches_in(sources: Iterable[str]) -> Mapping[int, int]:
    """The numbers of samples that are called the size of a batch, and stand nowhere else, and fewer for each."""
    text = "\n".join(sources).replace("_", "")
    asked = {int(number) for number in _BATCH.findall(text)}
    return {size: FEW for size in asked if size > FEW and len(re.findall(rf"(?<![\w.]){size}(?![\w.])", text)) == 1}
