"""Lines that repeat one function that is a whole step of training, and is given its weights one by one.

`def step(x, y, w1, b1, w2, b2, learning_rate)`: the weights are made, and what it gives back is given to it again.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from grader.reading.runs.driver_functions import Function
from grader.reading.runs.driver_words import in_english

_WEIGHT = re.compile(r"(?:w|weights?|theta|params?_?w)_?(\d)?")
_BIAS = re.compile(r"(?:b|bias(?:es)?|params?_?b)_?(\d)?")
_LAYER = r"(?:in(?:puts?)?|i|h(?:id(?:den)?)?\d?|o(?:ut(?:puts?)?)?)"
_BETWEEN = re.compile(
    rf"(?:w|weights?|theta|syn(?:apses?)?)_?{_LAYER}_?(?:to_?)?{_LAYER}|{_LAYER}_?{_LAYER}_?(?:w|weights?)"
)
_BIAS_OF = re.compile(rf"(?:b|bias(?:es)?)_?{_LAYER}|{_LAYER}_?bias(?:es)?")
_HIDDEN = (16, 14, 12)
MAX_LAYERS = 4
_ANY = ("{x}", "{y}")  # any form of samples
_ONE_UNIT = {"w": "_np.random.randn(784) * 0.1", "b": "0.0"}  # weights as a vector, and a bias
#: in which form the samples come, and the shapes of a weight and a bias for them
_LAYOUTS = (
    ("_rows", "_one_hot", "{above}, {below}", "({above},)"),
    ("_rows", "_one_hot", "{below}, {above}", "(1, {above})"),
    ("_rows.T", "_one_hot.T", "{above}, {below}", "({above}, 1)"),
)


def of_steps(functions: Sequence[Function], arguments: Callable[[Function, dict[str, str]], str | None]) -> list[str]:
    """The lines for the first such function, in every layout of its weights; `arguments` is what it is called with."""
    for function in functions:
        weights, biases = _parameters(function)
        if weights is not None and (function.repeats or set(weights) <= set(function.returned)):
            known = {re.escape(in_english(name)): name for name in (*weights, *biases)}
            called = arguments(function, known)
            if called is not None and "{x}" in called and "{y}" in called:
                return list(_lines(function, weights, biases, called))
    return []


def _parameters(function: Function) -> tuple[list[str] | None, list[str]]:
    """The parameters that are weights, by layers, and those that are biases; None if they are not told by number."""
    found: list[dict[int, str]] = [{}, {}]
    for parameter in function.parameters:
        for kind, pattern in zip(found, (_WEIGHT, _BIAS), strict=True):
            match = pattern.fullmatch(in_english(parameter.name))
            if match and not parameter.has_default:
                kind[int(match[1] or 1)] = parameter.name
    weights, biases = found
    if not weights:
        return _by_ends(function)
    layers = sorted(weights)
    if not layers or layers != [*range(layers[0], layers[0] + len(layers))] or len(layers) > MAX_LAYERS:
        return None, []
    if biases and sorted(biases) != layers:
        return None, []
    return [weights[k] for k in layers], [biases[k] for k in sorted(biases)]


def _by_ends(function: Function) -> tuple[list[str] | None, list[str]]:
    """The same of weights that are called by the layers between which they stand: `weights_input_hidden`, `w_ho`."""
    names = [one.name for one in function.parameters if not one.has_default]
    weights = [name for name in names if _BETWEEN.fullmatch(in_english(name))]
    biases = [name for name in names if _BIAS_OF.fullmatch(in_english(name))]
    if not 2 <= len(weights) <= MAX_LAYERS or len(biases) not in (0, len(weights)):
        return None, []
    return weights, biases


def _lines(function: Function, weights: Sequence[str], biases: Sequence[str], called: str) -> Iterator[str]:
    given = ", ".join(name if name in (*weights, *biases) else "_" for name in function.returned)
    for x, y, lines in _made(weights, biases):
        call = called.replace("{x}", x).replace("{y}", y)
        if function.repeats:  # it is a whole training
            yield f"{lines}{function.name}({call})\n"
            continue
        yield f"{lines}for _ in range(4):\n    {given} = {function.name}({call})\n"


def _made(weights: Sequence[str], biases: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The form of the samples, and the lines that make weights and biases for it."""
    sizes = [784, *_HIDDEN[: len(weights) - 1], 10]
    for x, y, shape, bias_shape in _LAYOUTS:
        lines = []
        for k, name in enumerate(weights):
            width = {"below": sizes[k], "above": sizes[k + 1]}
            lines.append(f"{name} = _np.random.randn({shape.format(**width)}) * 0.1\n")
            if biases:
                lines.append(f"{biases[k]} = _np.zeros({bias_shape.format(**width)})\n")
        yield x, y, "".join(lines)


def weights_of(function: Function) -> bool:
    """Whether a function is given weights, as `__init__(self, w1, b1, w2, b2)` is."""
    return bool(_parameters(function)[0])


def weights_made(function: Function) -> Iterator[tuple[str, dict[str, str], tuple[str, str]]]:
    """Lines that make the weights that a function is given, what they are called in its call, and X and y for them."""
    weights, biases = _parameters(function)
    if not weights:
        return
    known = {re.escape(in_english(name)): f"_{name}" for name in (*weights, *biases)}
    if len(weights) == 1:  # first as of one unit
        yield "", {re.escape(in_english(n)): one_unit("w" if n in weights else "b") for n in (*weights, *biases)}, _ANY
    for x, y, lines in _made([f"_{name}" for name in weights], [f"_{name}" for name in biases]):
        yield lines, known, (x, y)


def one_unit(name: str) -> str:
    """What a weight or a bias of one unit is; empty if a name is neither's."""
    kinds = {"w": _WEIGHT, "b": _BIAS}
    return next((_ONE_UNIT[kind] for kind, pattern in kinds.items() if pattern.fullmatch(name)), "")
