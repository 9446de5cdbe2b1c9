"""What a function is called with, by what its parameters are called."""

import re

from grader.reading.runs.driver_choices import CHOICES
from grader.reading.runs.driver_functions import Function, is_called
from grader.reading.runs.driver_names import (
    EPOCHS,
    HIDDEN_COUNT,
    HIDDEN_LAYERS,
    HIDDEN_UNITS,
    INPUTS,
    LAYERS,
    OUTPUT_COUNT,
    PAIRS,
    PENALTY,
    ROUNDS,
    SIZES_OF_DATA,
    TARGETS,
    VALUES,
)
from grader.reading.runs.driver_words import in_english

A_NUMBER = "0.1"  # what is given for rates and penalties


def arguments(function: Function, known: dict[str, str] | None = None) -> str | None:
    """What to call a function with; None if a parameter cannot be guessed."""
    names = [in_english(parameter.name) for parameter in function.parameters]
    has_targets = any(is_called(TARGETS, name) for name in names)
    # beside a number of hidden units, `inputs` and `outputs` are numbers as well
    are_counts = function.name == "__init__" and any(is_called(HIDDEN_COUNT, name) for name in names)
    has_units = any(is_called(HIDDEN_UNITS, name) for name in names)
    unknown = [p.name for p, name in zip(function.parameters, names, strict=True) if p.is_size and not _is_known(name)]
    has_ends = all(any(is_called(pattern, name) for name in names) for pattern, _ in SIZES_OF_DATA)
    given = []
    for parameter in function.parameters:
        name = in_english(parameter.name)
        value = next((value for pattern, value in (known or {}).items() if is_called(pattern, name)), None)
        value = _of_keys(parameter.keys) if value is None and parameter.keys else value
        if value is None and has_units and not parameter.has_default and is_called(HIDDEN_LAYERS, name):
            value = "1"
        if value is None and are_counts and re.fullmatch("(in|out)puts?|inp?", name):
            value = SIZES_OF_DATA[name.startswith("out")][1]
        is_data = not (parameter.is_size and function.name == "__init__")  # else arrays are made so long
        if value is None and is_data and is_called(INPUTS, name) and (has_targets or not is_called(PAIRS, name)):
            value = "{x}"
        if value is None and is_data and is_called(TARGETS, name):
            value = "{y}"
        if value is None and is_called(PAIRS, name) and name != "batch":
            value = "{x}" if has_targets else "_pairs"
        if value is None and not parameter.has_default:
            value = next((value for pattern, value in VALUES if is_called(pattern, name)), None)
            value = ROUNDS if value is None and parameter.is_rounds else value
            value = f"{{choice {parameter.name}}}" if value is None and is_called(CHOICES, name) else value
            value = f"range({ROUNDS})" if value == ROUNDS and parameter.is_gone_through else value
            is_hidden = parameter.name in unknown and (has_ends or len(unknown) == 1)
            value = "16" if value in (None, A_NUMBER) and is_hidden else value  # a size that is of no end
            if value is None:
                return None
        if value is None and is_called(EPOCHS, name) and not parameter.is_fraction:
            value = ROUNDS  # epochs: the default may be many
        if value is None and is_called(PENALTY, name):
            value = "0.1"  # λ: the default is none at all, and the penalty would not be seen
        if value is None and parameter.count is not None and len(name) > 2:
            value = next((value for pattern, value in SIZES_OF_DATA if is_called(pattern, name)), None)
            value = None if value == OUTPUT_COUNT[1] and parameter.count == 1 else value  # one of two
        if value is None and parameter.sizes and is_called(SIZES_OF_DATA[0][0] + "|input_shape", name):
            value = {2: "(28, 28)", 3: "(1, 28, 28)"}.get(len(parameter.sizes))
        if value is None and parameter.sizes:
            first, *hidden, last = parameter.sizes
            value = str(type(parameter.sizes)([first, *[min(one, 16 - k) for k, one in enumerate(hidden)], last]))
            if name.startswith("hidden"):
                value = str(type(parameter.sizes)(min(one, 16 - k) for k, one in enumerate(parameter.sizes)))
        if value is not None:
            given.append(f"{parameter.name}={value}")
    if is_called(LAYERS, in_english(function.more)):  # `*layers`
        given = [one.split("=", 1)[1] for one in given] + ["*{sizes}"]
    return ", ".join(given)


def _of_keys(keys: tuple[str, ...]) -> str | None:
    """A dict of what is asked of it; None if one of its keys says nothing."""
    values = [next((v for pattern, v in VALUES if is_called(pattern, in_english(key))), None) for key in keys]
    named = [f"{key}={value}" for key, value in zip(keys, values, strict=True) if value and key.isidentifier()]
    return f"dict({', '.join(named)})" if len(named) == len(keys) else None


def _is_known(name: str) -> bool:
    """Whether a size is told by its name; `l1` may be a layer's, and stands for a penalty elsewhere."""
    counts = [pattern for pattern, value in VALUES if value != A_NUMBER]
    return any(is_called(pattern, name) for pattern in (INPUTS, TARGETS, PAIRS, *counts))
