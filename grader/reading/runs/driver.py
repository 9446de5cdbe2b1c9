"""Lines that train a network whose file only defines it, found by what its functions and parameters are called."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.reading.runs.asked_columns import says_images
from grader.reading.runs.driver_arguments import arguments
from grader.reading.runs.driver_choices import Choices
from grader.reading.runs.driver_classes import INIT, first, of_classes, of_own_data, of_trainers, trainers
from grader.reading.runs.driver_data import AS_TABLES, DIGITS, FEW, OF_SEQUENCES, SEQUENCES, Widths, refitted
from grader.reading.runs.driver_functions import Function, function_of
from grader.reading.runs.driver_layers import HELPERS, of_layers
from grader.reading.runs.driver_names import BACKWARD, FORWARD, HELD_PAIRS, KNOWN, UPDATE
from grader.reading.runs.driver_roles import of_roles
from grader.reading.runs.driver_steps import of_steps
from grader.reading.runs.driver_words import in_english

MAX_DRIVERS = 16
MAX_OF_SEQUENCES = 24
MAX_SMALLER = 8  # of these that are tried with small numbers as well
_OF_TABLES = re.compile(r"\w\.(to_numpy\(|values\b(?!\())")
_RECURRENT = re.compile(r"(?i)rnn|lstm|\bgru|recurrent|elman|d?w_?hh|bptt")
_MULTIPLIES = re.compile(r"dot\(|matmul\(|einsum\(|\s@\s|matrix\(|inner\(")
_TIMES = re.compile(r"\w\s*\*\s*\w")
_FEWER = {"784": "6", "16": "5", "10": "3"}
#: a file may be written for one hidden layer or for two
_SIZES = ("[784, 16, {outputs}]", "[784, 16, 16, {outputs}]")
#: in which forms X and y are tried
_FORMS = (
    ("_rows", "_one_hot"),
    ("_rows.T", "_one_hot.T"),
    ("_rows", "_kinds"),
    ("_rows", "_labels"),
    ("_rows.T", "_labels"),
    ("_rows", "_labels[:, None]"),
    ("_rows", "_one_of_two"),
    ("_rows.T", "_one_of_two.T"),
    ("_rows.T", "_kinds"),
    ("_rows[:, :, None]", "_one_hot[:, :, None]"),
)
#: of what folds images, few as that takes long: with channels behind the samples or at the end, or without any
_IMAGES = (
    ("_rows[:6].reshape(-1, 1, 28, 28)", "_one_hot[:6]"),
    ("_rows[:6].reshape(-1, 28, 28, 1)", "_one_hot[:6]"),
    ("_rows[:6].reshape(-1, 1, 28, 28)", "_labels[:6]"),
    ("_rows[:6].reshape(-1, 28, 28)", "_one_hot[:6]"),
)
_OF_CONVOLUTION = re.compile(r"(?i)class \w*conv\w*|def \w*conv\w*|im2col")
#: of a unit with a step, which knows two kinds
_OF_UNIT = re.compile(r"(?i)perceptron|adaline|heaviside|\bsign\(")
_OF_SIGNS = re.compile(r"sign\(|[,\s(]-\s?1(\.0?)?\s*(\)|$|if\b|else\b|\n)")
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
        return (
            re.search(
                r"\b_(rows|labels|one_hot|one_of_two|kinds|signs|series|columns|symbols|next|targets|pairs|flat_pairs|number_pairs|x|y)\b",
                line,
            )
            is not None
        )


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
    choices = Choices(trees)
    layered = of_layers(trees, functions, choices)
    ways = [*of_classes(classes), *of_trainers(functions, classes), *_of_parts(functions)]
    ways += of_steps(functions, arguments)
    ways += [] if ways else of_roles(trees)
    ways = [filled for way in ways if (filled := choices.filled(way)) is not None]
    ways += [way.replace(HELD_PAIRS, "_pairs[:20]") for way in ways if HELD_PAIRS in way]
    others = ("_number_pairs", "_flat_pairs") if is_small else ("_flat_pairs",)
    ways += [re.sub(r"=_pairs\b", f"={other}", way) for way in ways if "=_pairs" in way for other in others]
    recurrent = _of_sequences(ways) if _RECURRENT.search(text_of_all) else []
    texts = [
        way.replace("{x}", x)
        .replace("{y}", y)
        .replace("{held x}", _HELD.sub(r"\g<0>[:20]", x))
        .replace("{held y}", _HELD.sub(r"\g<0>[:20]", y))
        .replace("{sizes}", sizes)
        .replace("{outputs}", "1" if y in _OF_ONE and "{y}" in way else "10")
        for number, (x, y) in enumerate(_forms(text_of_all))
        for sizes in _SIZES
        for way in ways
        if not ((number and "{y}" not in way) or (sizes != _SIZES[0] and (number > 1 or "{sizes}" not in way)))
    ][:MAX_DRIVERS]
    as_tables = AS_TABLES if _OF_TABLES.search(text_of_all) else ""
    texts = [*layered[:MAX_SMALLER], *texts][:MAX_DRIVERS]
    as_tables += HELPERS if any("_given(" in text for text in layered) else ""
    own = [f"{f.name}()" for f in functions if f.is_run] + [*_of_own_data(functions)]
    found = [Driver(f"{call}\n", call, None) for call in own]
    filled_ways = [choices.filled(way) for way in of_own_data(classes)]
    own_ways = [_of_few(way.replace("{sizes}", _SIZES[0]).replace("{outputs}", "1")) for way in filled_ways if way]
    found += [Driver(way, _told(way), None) for way in own_ways]
    found += [Driver(text, _told(text), SEQUENCES) for text in recurrent]
    found += [] if is_small else [Driver(text, _told(text), DIGITS, as_tables) for text in texts]
    if is_small or not says_images(sources):
        few = [_of_few(text) for text in texts]
        found += [Driver(text, _told(text), FEW, as_tables) for text in (few if is_small else few[:MAX_SMALLER])]
    return found


def _of_own_data(functions: Sequence[Function]) -> Iterator[str]:
    """Calls of what trains and takes no samples: they are the file's own."""
    for function in trainers(functions):
        called = arguments(function) if function.repeats and not function.is_run else None
        if called is not None and not re.search(r"[{]|\b_[a-z]", called):
            yield f"{function.name}({called})"
    for function in functions:
        others = (one for one in functions if one is not function and one.name not in function.reads)
        is_fed = any(one.gives & function.reads - function.gives for one in others)  # by what nobody would call
        if function.steps_globally and not function.is_run and not is_fed:
            yield f"for _ in range(6): {function.name}()"


def _forms(text: str) -> Sequence[tuple[str, str]]:
    """The forms of X and y to try: those of a unit with a step, or of what folds images, come first."""
    if _OF_UNIT.search(text):
        return (("_rows", "_signs" if _OF_SIGNS.search(text) else "_kinds"), *_FORMS)
    return (*_IMAGES, *_FORMS) if _OF_CONVOLUTION.search(text) else _FORMS


def _of_sequences(ways: Sequence[str]) -> list[str]:
    """The ways with what comes in time after time, in place of single samples, in each of its forms."""
    whole = [way for way in ways if "{x}" in way and not re.search(r"_rows|_pairs|_flat_pairs|\{sizes\}", way)]
    filled = [
        _of_few(way.replace("{x}", x).replace("{y}", y).replace("{outputs}", "10"))
        for x, y in OF_SEQUENCES
        for way in whole[:3]
    ]
    return filled[:MAX_OF_SEQUENCES]


def _of_few(text: str) -> str:
    return re.sub(r"\b(784|16|10)\b", lambda found: _FEWER[found[0]], text)


def _told(text: str) -> str:
    """What is said of lines: what a way forward gives has one name in it."""
    lines = [line.strip() for line in text.split("\n") if "_cache = " not in line]
    is_used = any("_out" in line for line in lines)
    return "\n".join(line.replace("_made", "_out") if is_used else line for line in lines)


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


def _of_parts(functions: Sequence[Function]) -> Iterator[str]:
    """Initialise, forward, backward, update, put together by what their parameters are called."""
    init, forward, backward, update = [first(functions, one) for one in (INIT, FORWARD, BACKWARD, UPDATE)]
    if init is None or forward is None or backward is None:
        return
    yield from _of_names(init, forward, backward, update)
    if update is None:
        return
    calls = [arguments(part, KNOWN) for part in (init, forward, backward, update)]
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
        call = arguments(part, known)
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
