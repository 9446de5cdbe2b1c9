"""What the operands of a failed operation are: their shapes in numbers, and in the contract's letters, `(N, D)`."""

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from grader.assignments import ContractFunction
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.kind import Kind, kind_of
from grader.diagnosis.written.failed_operation import Failure
from grader.sandbox import Seen

LONGEST = 90
OPERANDS = 3
SHAPES = re.compile(r"\(([A-Za-z_]\w*(?: ?, ?[A-Za-z_]\w*)*,?)\)")


def sizes_of(case: Case, bench: Bench, contract: Sequence[ContractFunction]) -> Mapping[int, str]:
    """What the contract calls each size in the failed call, where one size has one name."""
    function = next((entry for entry in contract if entry.name == case.function), None)
    probe = next((probe for probe in bench.telling if probe.call.found.raised is not None), None)
    if function is None or probe is None:
        return {}
    # A name is what its own function says it is: an `x` of another one may have other axes.
    text = "\n".join(entry.documentation or "" for entry in (function, *contract))
    found: dict[int, set[str]] = {}
    names = [name for name in function.parameters if name != "self"]
    if any(isinstance(value, np.ndarray) and value.ndim > 2 for value in probe.arguments):
        return {}  # of images the sizes of windows, and how many there are, are other ones' sizes by chance
    for name, value in zip(names, probe.arguments, strict=False):
        items = value.items() if isinstance(value, dict) else [(name, value)]
        for key, array in items:
            if not isinstance(array, np.ndarray) or not array.ndim:
                continue
            letters = _letters(text, str(key), array.ndim)
            for axis, size in enumerate(array.shape):
                found.setdefault(size, set()).add(letters[axis] if letters else f"{key}.shape[{axis}]")
    told = {}
    for size, words in found.items():
        letters_only = {word for word in words if ".shape" not in word} or words
        if len(letters_only) == 1 and size > 1:
            told[size] = next(iter(letters_only))
    return told


def operands_in_words(failure: Failure, sizes: Mapping[int, str]) -> str:
    kinds = [kind_of(seen.last) for _, seen in failure.operands[:OPERANDS]]
    shapes = [kind.shape for kind in kinds if kind.is_array]
    if "broadcast" in failure.said and not _can_fail(shapes, _shapes_in(failure.said)):
        return ""  # what was seen of them last is of another round of the loop
    parts = []
    for text, seen in failure.operands[:OPERANDS]:
        kind = kind_of(seen.last)
        if kind.is_array:  # which sizes the parameters of an object have is not known
            known = {size: said for size, said in sizes.items() if not said.startswith(f"{text}.shape")}
            known = {} if text.startswith("self.") else known
            parts.append(f"`{cut(text, LONGEST)}` has the shape {_shape(kind, known)}")
        elif isinstance(seen.last, str) and not seen.last.startswith(("module", "function", "builtin", "ufunc", "?")):
            parts.append(f"`{cut(text, LONGEST)}` is {_what(seen.last)}")
        elif isinstance(seen.last, int | float) and len(text) < LONGEST and text != str(seen.last):
            parts.append(f"`{cut(text, LONGEST)}` is {seen.last:g}")
    if not parts or not any("shape" in part or " is " in part for part in parts):
        return ""
    return f"Here {', '.join(parts[:-1]) + ' and ' if parts[1:] else ''}{parts[-1]}."


def _letters(text: str, name: str, rank: int) -> list[str] | None:
    """The letters of the shape that a text gives for a name: `X: (N, D)`, `W of shape (D, C)`."""
    for match in re.finditer(rf"(?<![\w]){re.escape(name)}\b`?[^()\n]{{0,60}}{SHAPES.pattern}", text):
        letters = [letter.strip() for letter in match[1].split(",") if letter.strip()]
        if len(letters) == rank:
            return letters
    return None


def _shape(kind: Kind, sizes: Mapping[int, str]) -> str:
    """A shape in numbers, and in letters where these tell each of its axes: two axes may be alike by chance."""
    numbers = ", ".join(map(str, kind.shape)) + ("," if kind.rank == 1 else "")
    named = [sizes.get(size, str(size)) for size in kind.shape]
    large = [size for size in kind.shape if size > 1]
    if not large or len({*large}) < len(large) or not {*large} <= sizes.keys():
        return f"({numbers})"
    return f"({', '.join(named)}{',' if kind.rank == 1 else ''}) = ({numbers})"


def _shapes_in(message: str) -> set[tuple[int, ...]]:
    """The shapes in what numpy says: `operands could not be broadcast together with shapes (5,3) (4,)`."""
    found = re.findall(r"\((\d+(?:,\d+)*),?\)", message)
    return {tuple(map(int, shape.split(","))) for shape in found}


def _can_fail(shapes: Sequence[tuple[int, ...]], said: Collection[tuple[int, ...]]) -> bool:
    """Whether numpy can mean these shapes, of which it says that they are no two that fit."""
    return {*shapes} <= {*said} and len({*shapes}) == len({*said}) if len(shapes) > 1 and said else True


def _what(words: str) -> str:
    name, _, count = words.partition(" ")
    return f"a {name} of {count}" if count else "None" if name == "NoneType" else f"a {name}"


def is_none(seen: Seen) -> bool:
    return isinstance(seen.last, str) and seen.last == "NoneType"
