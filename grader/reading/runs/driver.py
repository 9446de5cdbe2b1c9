"""Lines that train a network whose file only defines it, found by what its functions and parameters are called."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.reading.runs.asked_columns import says_images
from grader.reading.runs.driver_choices import CHOICES, Choices
from grader.reading.runs.driver_data import AS_TABLES, DIGITS, FEW, Widths, refitted
from grader.reading.runs.driver_functions import Function, function_of, is_called, rank
from grader.reading.runs.driver_names import (
    BACKWARD,
    EPOCHS,
    FORWARD,
    HIDDEN_COUNT,
    HIDDEN_LAYERS,
    HIDDEN_UNITS,
    INPUTS,
    KNOWN,
    LAYERS,
    LISTS,
    OUTPUT_COUNT,
    PAIRS,
    PENALTY,
    SIZES_OF_DATA,
    TARGETS,
    TRAINERS,
    UPDATE,
    VALUES,
)
from grader.reading.runs.driver_steps import of_steps, one_unit, weights_made, weights_of
from grader.reading.runs.driver_words import in_english

MAX_DRIVERS = 16
MAX_SMALLER = 8  # of these that are tried with small numbers as well
_OF_TABLES = re.compile(r"\w\.(to_numpy\(|values\b(?!\())")
_MULTIPLIES = re.compile(r"dot\(|matmul\(|einsum\(|\s@\s|matrix\(|inner\(")
_TIMES = re.compile(r"\w\s*\*\s*\w")
_FEWER = {"784": "6", "16": "5", "10": "3"}
#: a file may be written for one hidden layer or for two
_SIZES = ("[784, 16, {outputs}]", "[784, 16, 16, {outputs}]")
#: in which forms X and y are tried
_FORMS = (
    ("_rows", "_one_hot"),
    ("_rows.T", "_one_hot.T"),
    ("_rows", "_labels"),
    ("_rows.T", "_labels"),
    ("_rows", "_one_of_two"),
    ("_rows.T", "_one_of_two.T"),
)
#: of a unit with a step, which knows two kinds
_OF_UNIT = re.compile(r"(?i)perceptron|adaline|heaviside|\bsign\(")
_OF_SIGNS = re.compile(r"sign\(|[,\s(]-\s?1(\.0?)?\s*(\)|$|if\b|else\b|\n)")
_INIT = r"init|create|make_(net|param)|setup"
_NETWORK = {next(iter(KNOWN)): "_p"}  # what is made before, and given to what trains it
_A_NUMBER = "0.1"  # what is given for rates and penalties
_HELD = re.compile(r"^_[a-z_]+")
_OF_ONE = ("_one_of_two", "_one_of_two.T", "_kinds", "_signs")  # of one output


@dataclass(frozen=True)
class Driver:
    """Lines to run after the file.

    Attributes:
        lines: those that do what `told` says.
        widths: of the data that they are given; None if the file has its own.
        before: lines between the data and these.
    """

    lines: str
    told: str
    widths: Widths | None
    before: str = ""

    @property
    def source(self) -> str:
        """All lines."""
        return self.lines if self.widths is None else self.widths.lines() + self.before + self.lines

    def refitted(self, error: str) -> "Driver | None":
        """The same with data of another width, if an error says so."""
        widths = None if self.widths is None else refitted(self.widths, error)
        return None if widths is None else replace(self, widths=widths)

    def smaller(self) -> "Driver | None":
        """The same with few and small numbers in the place of images: what is saturated by many may not be by few."""
        if self.widths is not DIGITS:
            return None
        return replace(self, lines=_of_few(self.lines), told=_of_few(self.told), widths=FEW)

    def gives_data(self, line: str) -> bool:
        """Whether data are given in a line, whose form may be another in the next driver."""
        return re.search(r"\b_(rows|labels|one_hot|one_of_two|kinds|signs|pairs|flat_pairs|x|y)\b", line) is not None


def drivers(sources: Sequence[str]) -> list[Driver]:
    """The drivers to try, the likeliest first."""
    functions: list[Function] = []
    classes: dict[str, list[Function]] = {}
    trees: list[ast.Module] = []
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        trees.append(tree)
        functions += [function_of(node) for node in tree.body if isinstance(node, ast.FunctionDef)]
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                classes[node.name] = [
                    function_of(inner, 1, node) for inner in node.body if isinstance(inner, ast.FunctionDef)
                ]
    text_of_all = "\n".join(sources)
    is_small = not _MULTIPLIES.search(text_of_all) and _TIMES.search(text_of_all) is not None
    ways = [*_of_classes(classes), *_of_trainers(functions, classes), *_of_parts(functions)]
    ways += of_steps(functions, _arguments)
    choices = Choices(trees)
    ways = [filled for way in ways if (filled := choices.filled(way)) is not None]
    ways += [re.sub(r"=_pairs\b", "=_flat_pairs", way) for way in ways if "=_pairs" in way]
    texts = [
        way.replace("{x}", x)
        .replace("{y}", y)
        .replace("{held x}", _HELD.sub(r"\g<0>[:20]", x))
        .replace("{held y}", _HELD.sub(r"\g<0>[:20]", y))
        .replace("{sizes}", sizes)
        .replace("{outputs}", "1" if y in _OF_ONE else "10")
        for number, (x, y) in enumerate(_forms(text_of_all))
        for sizes in _SIZES
        for way in ways
        if not ((number and "{y}" not in way) or (sizes != _SIZES[0] and "{sizes}" not in way))
    ][:MAX_DRIVERS]
    as_tables = AS_TABLES if _OF_TABLES.search(text_of_all) else ""
    found = [Driver(f"{f.name}()\n", f"{f.name}()", None) for f in functions if f.is_run]
    found += [] if is_small else [Driver(text, _told(text), DIGITS, as_tables) for text in texts]
    if is_small or not says_images(sources):
        few = [_of_few(text) for text in texts]
        found += [Driver(text, _told(text), FEW, as_tables) for text in (few if is_small else few[:MAX_SMALLER])]
    return found


def _forms(text: str) -> Sequence[tuple[str, str]]:
    """The forms of X and y to try: of a unit with a step, those of two kinds as it may tell them come first."""
    if not _OF_UNIT.search(text):
        return _FORMS
    return (("_rows", "_signs" if _OF_SIGNS.search(text) else "_kinds"), *_FORMS)


def _of_few(text: str) -> str:
    return re.sub(r"\b(784|16|10)\b", lambda found: _FEWER[found[0]], text)


def _told(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if "_cache = " not in line)


def what_is_defined(sources: Sequence[str]) -> str:
    """What is told of a file that defines classes and functions alone.

    Empty if it defines neither, or uses what it defines: then it may train a network that was not seen.
    """
    classes: list[str] = []
    functions: list[str] = []
    called: set[str] = set()
    for source in sources:
        try:
            body = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError):
            continue
        run = [node for node in body if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        called |= {
            inner.func.id
            for node in run
            for inner in ast.walk(node)
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name)
        }
        functions += [node.name for node in body if isinstance(node, ast.FunctionDef)]
        classes += [node.name for node in body if isinstance(node, ast.ClassDef)]
    names = classes or functions
    if not names or called & {*classes, *functions}:
        return ""
    told = ", ".join(f"`{name[:40]}`" for name in names[:4]) + (" …" if len(names) > 4 else "")
    return f"it defines {told}, but nothing in it trains a network when it is run"


def _arguments(function: Function, known: dict[str, str] | None = None) -> str | None:
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
        if value is None and has_units and not parameter.has_default and is_called(HIDDEN_LAYERS, name):
            value = "1"
        if value is None and are_counts and re.fullmatch("(in|out)puts?", name):
            value = next(count for pattern, count in SIZES_OF_DATA if is_called(pattern, name))
        if value is None and is_called(INPUTS, name) and (has_targets or not is_called(PAIRS, name)):
            value = "{x}"
        if value is None and is_called(TARGETS, name):
            value = "{y}"
        if value is None and is_called(PAIRS, name) and name != "batch":
            value = "{x}" if has_targets else "_pairs"
        if value is None and not parameter.has_default:
            value = next((value for pattern, value in VALUES if is_called(pattern, name)), None)
            value = "3" if value is None and parameter.is_rounds else value
            value = f"{{choice {parameter.name}}}" if value is None and is_called(CHOICES, name) else value
            is_hidden = parameter.name in unknown and (has_ends or len(unknown) == 1)
            value = "16" if value in (None, _A_NUMBER) and is_hidden else value  # a size that is of no end
            if value is None:
                return None
        if value is None and is_called(EPOCHS, name) and not parameter.is_fraction:
            value = "3"  # epochs: the default may be many
        if value is None and is_called(PENALTY, name):
            value = "0.1"  # λ: the default is none at all, and the penalty would not be seen
        if value is None and parameter.count is not None and len(name) > 2:
            value = next((value for pattern, value in SIZES_OF_DATA if is_called(pattern, name)), None)
            value = None if value == OUTPUT_COUNT[1] and parameter.count == 1 else value  # one of two
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


def _is_known(name: str) -> bool:
    """Whether a size is told by its name; `l1` may be a layer's, and stands for a penalty elsewhere."""
    counts = [pattern for pattern, value in VALUES if value != _A_NUMBER]
    return any(is_called(pattern, name) for pattern in (INPUTS, TARGETS, PAIRS, *counts))


def _of_classes(classes: dict[str, list[Function]]) -> Iterator[str]:
    for name, methods in classes.items():
        for start, made, (x, y) in _starts(name, methods):
            for way in (*_of_trained(start, made, methods), *_of_methods(start, methods)):
                yield way.replace("{x}", x).replace("{y}", y)


def _starts(name: str, methods: list[Function]) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """The lines that make a network of a class (and its weights, if these are given), its arguments, X and y for it."""
    init = next((method for method in methods if method.name == "__init__"), Function("__init__", ()))
    for lines, known, form in weights_made(init) if weights_of(init) else [("", {}, ("{x}", "{y}"))]:
        made = _arguments(init, known)
        if made is not None:
            yield f"{lines}_net = {name}({made})\n{_prepared(methods)}", made, form


def _prepared(methods: list[Function]) -> str:
    """Calls of what gives a network its weights or a rate from outside: `set_weights(w)`."""
    lines = ""
    for method in methods:
        if not re.match("set(_|[A-Z])", method.name) or len(method.parameters) != 1:
            continue
        called = in_english(re.sub("^set_?", "", method.name)).strip("_")
        made = one_unit(called)
        value = made or next((value for pattern, value in VALUES if is_called(pattern, called)), "")
        if value and "{" not in value:
            lines += f"_net.{method.name}({value})\n"
    return lines


def _of_trained(start: str, made: str, methods: list[Function]) -> Iterator[str]:
    for trainer in _trainers(methods):
        called = _arguments(trainer)
        if called is not None and "{x}" in made and "{x}" not in called:
            yield f"{start}_net.{trainer.name}({called})\n"
        if called is None or not ("{x}" in called or "_pairs" in called):
            continue
        if "{x}" in called and not any(is_called(EPOCHS, in_english(p.name)) for p in trainer.parameters):
            if trainer.repeats:  # and may begin anew with each call
                yield f"{start}_net.{trainer.name}({called})\n"
            few = called.replace("{x}", "_rows[_k : _k + 6]").replace("{y}", "_one_hot[_k : _k + 6]")
            yield f"{start}for _k in range(0, 30, 6):\n    _net.{trainer.name}({few})\n"
            one = called.replace("{x}", "_x").replace("{y}", "_y")
            yield f"{start}for _x, _y in zip(_rows, _one_hot):\n    _net.{trainer.name}({one})\n"
            yield f"{start}for _ in range(4):\n    _net.{trainer.name}({called})\n"
        else:
            yield f"{start}_net.{trainer.name}({called})\n"


def _of_methods(start: str, methods: list[Function]) -> Iterator[str]:
    """Forward and backward, and an update if there is one: of all samples, or of one after another in columns."""
    forward, backward, update = (
        next((m for m in methods if re.match(pattern, in_english(m.name).strip("_"))), None)
        for pattern in (FORWARD, BACKWARD, UPDATE)
    )
    if forward is None or backward is None:
        return
    calls = [_arguments(part, KNOWN) for part in (forward, backward, *([update] if update else []))]
    if any(call is None for call in calls):
        return
    lines = (
        f"    _made = _net.{forward.name}({calls[0]})\n"
        "    _out, _cache = _made if isinstance(_made, tuple) and len(_made) == 2 else (_made, _made)\n"
        "    if isinstance(_out, dict): _out, _cache = _cache, _out\n"
        f"    _g = _net.{backward.name}({calls[1]})\n" + (f"    _net.{update.name}({calls[2]})\n" if update else "")
    )
    yield f"{start}for _ in range(4):\n{lines}"
    for samples in ("_pairs", "zip(_rows, _one_hot)"):
        yield f"{start}for _x, _y in {samples}:\n" + lines.replace("{x}", "_x").replace("{y}", "_y")


def _trainers(functions: Sequence[Function]) -> list[Function]:
    ranks = {id(f): rank(f.name) for f in functions}
    known = sorted([f for f in functions if ranks[id(f)] < len(TRAINERS)], key=lambda f: ranks[id(f)])
    others = [f for f in functions if f not in known and f.repeats and not f.name.startswith("_") and _takes_samples(f)]
    return [*known, *others]


def _takes_samples(function: Function) -> bool:
    names = [in_english(parameter.name) for parameter in function.parameters]
    return any(is_called(INPUTS, name) for name in names) and any(is_called(TARGETS, name) for name in names)


def _first(functions: Sequence[Function], pattern: str) -> Function | None:
    return next((f for f in functions if re.match(pattern, in_english(f.name))), None)


def _of_trainers(functions: Sequence[Function], classes: dict[str, list[Function]]) -> Iterator[str]:
    init = _first(functions, _INIT)
    made_by_function = None if init is None else _arguments(init)
    networks = [f"_p = {init.name}({made_by_function})\n"] if init and made_by_function is not None else []
    for name, methods in classes.items():
        if _first(methods, FORWARD) is not None:
            networks += [re.sub(r"\b_net\b", "_p", start) for start, *_ in _starts(name, methods)]
    for trainer in _trainers(functions):
        called = _arguments(trainer)
        if called is not None and ("{x}" in called or "_pairs" in called):
            yield f"{trainer.name}({called})\n"
            continue
        called = _arguments(trainer, _NETWORK)
        if called is not None and networks and ("{x}" in called or "_pairs" in called):
            yield from (f"{made}{trainer.name}({called})\n" for made in networks)
            continue
        called = _arguments(trainer, {r"w(eights?)?|ws|theta": "_w", r"b(ias(es)?)?|bs": "_b"})
        if called is not None and "{x}" in called:
            yield f"{LISTS}{trainer.name}({called})\n"


def _of_parts(functions: Sequence[Function]) -> Iterator[str]:
    """Initialise, forward, backward, update, put together by what their parameters are called."""
    init, forward, backward, update = [_first(functions, one) for one in (_INIT, FORWARD, BACKWARD, UPDATE)]
    if init is None or forward is None or backward is None:
        return
    yield from _of_names(init, forward, backward, update)
    if update is None:
        return
    calls = [_arguments(part, KNOWN) for part in (init, forward, backward, update)]
    if any(call is None for call in calls):
        return
    yield (
        f"_p = {init.name}({calls[0]})\n"
        "for _ in range(4):\n"
        f"    _made = {forward.name}({calls[1]})\n"
        "    _out, _cache = _made if isinstance(_made, tuple) and len(_made) == 2 else (_made, _made)\n"
        "    if isinstance(_out, dict): _out, _cache = _cache, _out\n"
        f"    _g = {backward.name}({calls[2]})\n"
        f"    _new = {update.name}({calls[3]})\n"
        "    _p = _p if _new is None else _new\n"
    )


def _of_names(init: Function, forward: Function, backward: Function, update: Function | None) -> Iterator[str]:
    """The same where the parts hand one another single arrays: `W1, b1, W2, b2 = init()`, `forward(W1, b1, …)`.

    Without an update each array takes a step down the one that is called its gradient: `W1` and `dW1`, or `grad_W1`.
    """
    if len(init.returned) < 2 or not forward.returned or len(backward.returned) < 2:
        return
    steps = _steps_down(init.returned, backward.returned) if update is None else []
    if update is None and not steps:
        return
    lines: list[str] = []
    known: dict[str, str] = {}
    for part in (init, forward, backward, *([update] if update else [])):
        call = _arguments(part, known)
        given = part.returned or (init.returned if part is update else ())
        if call is None or not given:
            return
        lines.append(f"{', '.join(given)} = {part.name}({call})\n")
        known |= {re.escape(in_english(name)): name for name in given}
    start, *repeated = lines
    yield start + "for _ in range(4):\n" + "".join(f"    {line}" for line in (*repeated, *steps))


def _steps_down(names: Sequence[str], gradients: Sequence[str]) -> list[str]:
    """`w1 = w1 - 0.1 * dW1` of every array that has a gradient; nothing if one has none."""
    found = {re.sub(r"^(d|grad(ient)?|delta)_?|_?grad(ient)?s?$", "", one.lower()): one for one in gradients}
    missing = [name for name in names if name.lower() not in found]
    return [] if missing else [f"{name} = {name} - 0.1 * {found[name.lower()]}\n" for name in names]
