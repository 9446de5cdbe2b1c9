"""Lines that repeat one function that is a whole step of training, and is given its weights one by one.

`def step(x, y, w1, b1, w2, b2, learning_rate)`: the weights are made, and what it gives back is given to it again.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from grader.reading.runs.driver_functions import Function
from grader.reading.runs.driver_words import in_english

_WEIGHT = re.compile(r"(?:w|weights?|theta|params?_?w)_?(\d)?")
_BIAS = re.compile(r"(?:b|bias(?:es)?|params?_?b)_?(\d)?")
_HIDDEN = (16, 14, 12)
MAX_LAYERS = 4
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
        if weights is not None and set(weights) <= set(function.returned):
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
    layers = sorted(weights)
    if not layers or layers != [*range(layers[0], layers[0] + len(layers))] or len(layers) > MAX_LAYERS:
        return None, []
    if biases and sorted(biases) != layers:
        return None, []
    return [weights[k] for k in layers], [biases[k] for k in sorted(biases)]


def _lines(function: Function, weights: Sequence[str], biases: Sequence[str], called: str) -> Iterator[str]:
    given = ", ".join(name if name in (*weights, *biases) else "_" for name in function.returned)
    sizes = [784, *_HIDDEN[: len(weights) - 1], 10]
    for x, y, shape, bias_shape in _LAYOUTS:
        lines = []
        for k, name in enumerate(weights):
            width = {"below": sizes[k], "above": sizes[k + 1]}
            lines.append(f"{name} = _np.random.randn({shape.format(**width)}) * 0.1\n")
            if biases:
                lines.append(f"{biases[k]} = _np.zeros({bias_shape.format(**width)})\n")
        call = called.replace("{x}", x).replace("{y}", y)
        yield f"{''.join(lines)}for _ in range(4):\n    {given} = {function.name}({call})\n"
