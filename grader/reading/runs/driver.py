"""Lines that train a network whose file only defines it, found by what its functions and parameters are called."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.reading.runs.driver_words import in_english

MAX_DRIVERS = 16
MAX_SMALLER = 8  # of these that are tried with small numbers as well
_SAMPLES = 60
_DATA = f"""
import numpy as _np
from keras.datasets import mnist as _mnist
(_images, _labels), _ = _mnist.load_data()
_rows = _images[:{_SAMPLES}].reshape({_SAMPLES}, -1) / 255.0
_labels = _labels[:{_SAMPLES}].astype(int)
_one_hot = _np.eye(10)[_labels]
_one_of_two = (_labels % 2).reshape(-1, 1).astype(float)
_pairs = [(x.reshape(-1, 1), y.reshape(-1, 1)) for x, y in zip(_rows, _one_hot)]
_flat_pairs = list(zip(_rows, _one_hot))
"""
#: for a file that multiplies no arrays: what goes through units one by one takes little
_FEW = f"""
import numpy as _np
_draws = _np.random.RandomState(0)
_labels = _draws.randint(0, 3, {_SAMPLES})
_rows = _draws.randn({_SAMPLES}, 6) + _draws.randn(3, 6)[_labels]
_one_hot = _np.eye(3)[_labels]
_one_of_two = (_labels % 2).reshape(-1, 1).astype(float)
_pairs = list(zip(_rows.tolist(), _one_hot.tolist()))
_flat_pairs = list(zip(_rows, _one_hot))
"""
#: for a file that takes its data as tables
_AS_TABLES = """
class _Table(_np.ndarray):
    values = property(_np.asarray)
    def to_numpy(self): return _np.asarray(self)
_rows, _one_hot, _labels, _one_of_two = [one.view(_Table) for one in (_rows, _one_hot, _labels, _one_of_two)]
"""
_OF_TABLES = re.compile(r"\w\.(to_numpy\(|values\b(?!\())")
_OF_IMAGES = re.compile(r"78[45]|\b28\b|mnist|digit|pixel|image", re.IGNORECASE)
_MULTIPLIES = re.compile(r"dot\(|matmul\(|einsum\(|\s@\s|matrix\(|inner\(")
_TIMES = re.compile(r"\w\s*\*\s*\w")
_FEWER = {"784": "6", "16": "5", "10": "3"}
#: a file may be written for one hidden layer or for two
_SIZES = ("[784, 16, 10]", "[784, 16, 16, 10]")
#: in which forms X and y are tried
_FORMS = (
    ("_rows", "_one_hot"),
    ("_rows.T", "_one_hot.T"),
    ("_rows", "_labels"),
    ("_rows.T", "_labels"),
    ("_rows", "_one_of_two"),
    ("_rows.T", "_one_of_two.T"),
)
_OF_DATA = r"_?(train(ing)?|batch|data|set|list|values?|vec(tor)?s?|true|trues|samples?|arr(ay)?)"
_INPUTS = rf"(train(ing)?_?)?(x|xs|features?|inputs?|images?|samples?)({_OF_DATA})*|data"
_TARGETS = (
    rf"(all_?|train(ing)?_?)?(y|ys|t|ts|labels?|targets?|outputs?|expected|desired|answers?|classes_?true|true)"
    rf"({_OF_DATA}|_?(oh|one_?hot|enc(oded)?|outputs?))*"
)
_PAIRS = r"(train(ing)?_?)?(data|set)|mini_?batch|batch|examples"
_HELD = r"test|val|valid|validation|eval"  # what the training only looks at
_COUNT = r"(size|nodes|dim|units|neurons|features|channels)"
_LAYERS = r"(layer_?)?(sizes?|dims?)|layers?(_?(sizes?|dims?))?|architecture|topology|shape|structure|n_?units"
_EPOCHS = r"(n(um)?_?|max_?)?(epochs?|iter(ation)?s?|n_?iter|num_?iterations?|steps?|passes|rounds|i|e)"
_PENALTY = r"lam|l(a)?mb?da?_?\w*|lambd|lmbda\w*|reg\w*|l1|l2|weight_?decay|beta"
_INPUT_COUNT = rf"(n|num|input)?_?(inputs?|features|in|x|in(put)?(_?layer)?_?{_COUNT})", "784"
_OUTPUT_COUNT = rf"(n|num|output)?_?(outputs?|classes|out|y|out(put)?(_?layer)?_?{_COUNT})", "10"
#: the data are those of the lines that are added, whatever a default is
_SIZES_OF_DATA = (_INPUT_COUNT, _OUTPUT_COUNT)
_VALUES: tuple[tuple[str, str], ...] = (
    (_LAYERS, "{sizes}"),
    _INPUT_COUNT,
    (r"hidden_?(layers(_?(sizes?|dims?|units))?|(layer_?)?(sizes|dims))", "[16]"),
    (rf"(n|num|hidden)?_?(hidden|h|hid|hid(den)?(_?layer)?(_?{_COUNT})?)\d?", "16"),
    _OUTPUT_COUNT,
    (_EPOCHS, "3"),
    (r"(mini_?)?batch_?size|size|batch", "10"),
    (r"(l|learn(ing)?)?_?rate|lr|eta|alpha|step_?size|learningrate|epsilon|a|l|r", "0.1"),
    (_PENALTY, "0.1"),
    (r"n|m|training_?size|n_?samples|num_?(samples|examples)|data_?size", str(_SAMPLES)),
    (rf"({_HELD})_?({_PAIRS})", "list(zip([x for x, _ in _pairs[:20]], _labels[:20]))"),
    (rf"({_HELD})_?({_INPUTS})|({_INPUTS})_({_HELD})", "_rows[:20]"),
    (rf"({_HELD})_?({_TARGETS})|({_TARGETS})_({_HELD})", "_one_hot[:20]"),
    (r"\w*(test|val|valid|eval)\w*", "None"),
    (r"seed|random_?state|verbose|print_\w+|debug", "0"),
)
_LISTS = (
    "_w = [_np.random.randn(784, 16) * 0.1, _np.random.randn(16, 10) * 0.1]\n"
    "_b = [_np.zeros((1, 16)), _np.zeros((1, 10))]\n"
)
_TRAINERS = (
    r"train(ing)?(_network|_model|_nn)?|fit|sgd|stochastic_gradient_descent|mini_?batch_gradient_descent|gradient_descent"
    r"|sdg|learn|l_layer_model|two_layer_model|nn_model|neural_network|model|optimi[sz]e|build_model|back_?prop[ao]gat(e|ion)"
)


_FORWARD = r"(model_|full_|l_model_)?(forward|feed_?forward|fprop|propagate$|predict$|f_?prop)"
_BACKWARD = r"(model_|full_|l_model_)?(back|bprop|b_?prop|(compute_)?grad)"
_UPDATE = r"update|step|apply|sgd_?step|optimi[sz]er?$|gradient_?descent$"
#: what the parts give one another
_KNOWN = {
    r"p(aram(eter)?s?)?|theta|weights|model|net(work)?|w": "_p",
    r"cache[sd]?|activations|memory|intermediates?|tape": "_cache",
    r"a|al|a2|a3|out(put)?s?|y_?hat|y_?pred|pred(ictions?)?|probs?": "_out",
    r"g(rad(ient)?s?)?|grads|deltas?|derivatives": "_g",
}


@dataclass(frozen=True)
class _Parameter:
    name: str
    has_default: bool
    sizes: tuple[int, ...] | list[int] = ()  # of a default like (784, 300, 10)
    count: int | None = None  # a default that is one number, like that of the inputs


@dataclass(frozen=True)
class _Function:
    name: str
    parameters: tuple[_Parameter, ...]
    more: str = ""  # what `*layers` is called
    repeats: bool = False  # whether it has a loop in which something is taken from something
    returned: tuple[str, ...] = ()  # the names that it gives back


@dataclass(frozen=True)
class Driver:
    """Lines to run after the file: all of them, and the few that say what is done."""

    source: str
    told: str

    def gives_data(self, line: str) -> bool:
        """Whether data are given in a line, whose form may be another in the next driver."""
        return re.search(r"\b_(rows|labels|one_hot|one_of_two|pairs|flat_pairs|x|y)\b", line) is not None

    def data_in_words(self, served: Sequence[tuple[str, str]]) -> str:
        """What the lines are given; `served` tells which images there were."""
        if self.source.startswith(_FEW):
            return f"{_SAMPLES} samples of 6 numbers, drawn at random"
        kind = next((given.rpartition(" of ")[2] for asked, given in served if "mnist" in asked), "digits")
        return f"{_SAMPLES} images of {kind}"


def drivers(sources: Sequence[str]) -> list[Driver]:
    """The drivers to try, the likeliest first."""
    functions: list[_Function] = []
    classes: dict[str, list[_Function]] = {}
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        functions += [_function(node) for node in tree.body if isinstance(node, ast.FunctionDef)]
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                classes[node.name] = [_function(inner, 1) for inner in node.body if isinstance(inner, ast.FunctionDef)]
    text_of_all = "\n".join(sources)
    is_small = not _MULTIPLIES.search(text_of_all) and _TIMES.search(text_of_all) is not None
    ways = [*_of_classes(classes), *_of_trainers(functions), *_of_parts(functions)]
    ways += [re.sub(r"=_pairs\b", "=_flat_pairs", way) for way in ways if "=_pairs" in way]
    texts = [
        way.replace("{x}", x).replace("{y}", y).replace("{sizes}", sizes)
        for number, (x, y) in enumerate(_FORMS)
        for sizes in _SIZES
        for way in ways
        if not ((number and "{y}" not in way) or (sizes != _SIZES[0] and "{sizes}" not in way))
    ][:MAX_DRIVERS]
    as_tables = _AS_TABLES if _OF_TABLES.search(text_of_all) else ""
    found = [] if is_small else [Driver(_DATA + as_tables + text, _told(text)) for text in texts]
    if is_small or not _OF_IMAGES.search(text_of_all):  # of few and small numbers no rate makes too much
        few = [re.sub(r"\b(784|16|10)\b", lambda found: _FEWER[found[0]], text) for text in texts]
        found += [Driver(_FEW + as_tables + text, _told(text)) for text in (few if is_small else few[:MAX_SMALLER])]
    return found


def _told(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if "_cache = " not in line)


def what_to_add(sources: Sequence[str]) -> str:
    """One sentence on what a file lacks that defines classes and functions.

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
    made = (
        "make a network, and data, and call its training" if classes else "make weights and data, and repeat the steps"
    )
    return f"it defines {told}, but nothing in it trains a network when it is run: add the lines that {made}"


def _function(node: ast.FunctionDef, skipped: int = 0) -> _Function:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    plain = len(positional) - len(arguments.defaults)
    parameters = [
        _Parameter(one.arg, True, _sizes(default := arguments.defaults[k - plain]), _count(default))
        if k >= plain
        else _Parameter(one.arg, False)
        for k, one in enumerate(positional)
    ][skipped:]
    named = [
        _Parameter(one.arg, default is not None)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    more = arguments.vararg.arg if arguments.vararg else ""
    return _Function(node.name, (*parameters, *named), more, _repeats(node), _returned(node))


def _repeats(node: ast.FunctionDef) -> bool:
    """Whether a function has a loop in which something is changed by a difference, as a training has."""
    return any(
        isinstance(inner, ast.AugAssign | ast.BinOp) and isinstance(inner.op, ast.Sub)
        for loop in ast.walk(node)
        if isinstance(loop, ast.For | ast.While)
        for inner in ast.walk(loop)
    )


def _returned(node: ast.FunctionDef) -> tuple[str, ...]:
    """The names in the last `return` of a function; none if it gives something else back."""
    last = node.body[-1]
    value = last.value if isinstance(last, ast.Return) else None
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return tuple(part.id for part in parts if isinstance(part, ast.Name)) if _are_names(parts) else ()


def _are_names(parts: Sequence[ast.expr | None]) -> bool:
    return all(isinstance(part, ast.Name) for part in parts)


def _count(node: ast.expr) -> int | None:
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def _sizes(node: ast.expr) -> tuple[int, ...] | list[int]:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return ()
    is_sizes = isinstance(value, tuple | list) and len(value) > 1 and all(type(one) is int for one in value)
    return value if is_sizes else ()


def _arguments(function: _Function, known: dict[str, str] | None = None) -> str | None:
    """What to call a function with; None if a parameter cannot be guessed."""
    names = [in_english(parameter.name) for parameter in function.parameters]
    has_targets = any(_is(_TARGETS, name) for name in names)
    given = []
    for parameter in function.parameters:
        name = in_english(parameter.name)
        value = next((value for pattern, value in (known or {}).items() if _is(pattern, name)), None)
        if value is None and _is(_INPUTS, name) and (has_targets or not _is(_PAIRS, name)):
            value = "{x}"
        if value is None and _is(_TARGETS, name):
            value = "{y}"
        if value is None and _is(_PAIRS, name) and name != "batch":
            value = "{x}" if has_targets else "_pairs"
        if value is None and not parameter.has_default:
            value = next((value for pattern, value in _VALUES if _is(pattern, name)), None)
            if value is None:
                return None
        if value is None and _is(_EPOCHS, name):
            value = "3"  # epochs: the default may be many
        if value is None and _is(_PENALTY, name):
            value = "0.1"  # λ: the default is none at all, and the penalty would not be seen
        if value is None and parameter.count is not None and len(name) > 2:
            value = next((value for pattern, value in _SIZES_OF_DATA if _is(pattern, name)), None)
            value = None if value == _OUTPUT_COUNT[1] and parameter.count == 1 else value  # one of two
        if value is None and parameter.sizes:
            first, *hidden, last = parameter.sizes
            value = str(type(parameter.sizes)([first, *[min(one, 16 - k) for k, one in enumerate(hidden)], last]))
            if name.startswith("hidden"):
                value = str(type(parameter.sizes)(min(one, 16 - k) for k, one in enumerate(parameter.sizes)))
        if value is not None:
            given.append(f"{parameter.name}={value}")
    if _is(_LAYERS, in_english(function.more)):  # `*layers`
        given = [one.split("=", 1)[1] for one in given] + ["*{sizes}"]
    return ", ".join(given)


def _is(pattern: str, name: str) -> bool:
    return re.fullmatch(pattern, name.strip("_")) is not None


def _of_classes(classes: dict[str, list[_Function]]) -> Iterator[str]:
    for name, methods in classes.items():
        trainers = _trainers(methods)
        init = next((method for method in methods if method.name == "__init__"), _Function("__init__", ()))
        made = _arguments(init)
        for trainer in trainers if made is not None else []:
            called = _arguments(trainer)
            if called is not None and ("{x}" in called or "_pairs" in called):
                start = f"_net = {name}({made})\n"
                if "{x}" in called and not any(_is(_EPOCHS, in_english(p.name)) for p in trainer.parameters):
                    if trainer.repeats:  # and may begin anew with each call
                        yield f"{start}_net.{trainer.name}({called})\n"
                    few = called.replace("{x}", "_rows[_k : _k + 6]").replace("{y}", "_one_hot[_k : _k + 6]")
                    yield f"{start}for _k in range(0, 30, 6):\n    _net.{trainer.name}({few})\n"
                    one = called.replace("{x}", "_x").replace("{y}", "_y")
                    yield f"{start}for _x, _y in zip(_rows, _one_hot):\n    _net.{trainer.name}({one})\n"
                    yield f"{start}for _ in range(4):\n    _net.{trainer.name}({called})\n"
                else:
                    yield f"{start}_net.{trainer.name}({called})\n"
        if made is not None:
            yield from _of_methods(f"_net = {name}({made})\n", methods)


def _of_methods(start: str, methods: list[_Function]) -> Iterator[str]:
    """Forward and backward, and an update if there is one: of all samples, or of one after another in columns."""
    forward, backward, update = (
        next((m for m in methods if re.match(pattern, in_english(m.name).strip("_"))), None)
        for pattern in (_FORWARD, _BACKWARD, _UPDATE)
    )
    if forward is None or backward is None:
        return
    calls = [_arguments(part, _KNOWN) for part in (forward, backward, *([update] if update else []))]
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


def _trainers(functions: Sequence[_Function]) -> list[_Function]:
    patterns = _TRAINERS.split("|")
    known = [f for f in functions if _is(_TRAINERS, in_english(f.name))]
    others = [f for f in functions if f not in known and f.repeats and not f.name.startswith("_") and _takes_samples(f)]
    known.sort(key=lambda f: next((k for k, p in enumerate(patterns) if p[:5] in in_english(f.name)), 99))
    return [*known, *others]


def _takes_samples(function: _Function) -> bool:
    names = [in_english(parameter.name) for parameter in function.parameters]
    return any(_is(_INPUTS, name) for name in names) and any(_is(_TARGETS, name) for name in names)


def _of_trainers(functions: Sequence[_Function]) -> Iterator[str]:
    for trainer in _trainers(functions):
        called = _arguments(trainer)
        if called is not None and ("{x}" in called or "_pairs" in called):
            yield f"{trainer.name}({called})\n"
            continue
        called = _arguments(trainer, {r"w(eights?)?|ws|theta": "_w", r"b(ias(es)?)?|bs": "_b"})
        if called is not None and "{x}" in called:
            yield f"{_LISTS}{trainer.name}({called})\n"


def _of_parts(functions: Sequence[_Function]) -> Iterator[str]:
    """Initialise, forward, backward, update, put together by what their parameters are called."""
    parts = [
        next((f for f in functions if re.match(pattern, in_english(f.name))), None)
        for pattern in (r"init|create|make_(net|param)|setup", _FORWARD, _BACKWARD, _UPDATE)
    ]
    init, forward, backward, update = parts
    if init is None or forward is None or backward is None or update is None:
        return
    yield from _of_names(init, forward, backward, update)
    calls = [_arguments(part, _KNOWN) for part in (init, forward, backward, update)]
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


def _of_names(init: _Function, forward: _Function, backward: _Function, update: _Function) -> Iterator[str]:
    """The same where the parts hand one another single arrays: `W1, b1, W2, b2 = init()`, `forward(W1, b1, …)`."""
    if len(init.returned) < 2 or not forward.returned or len(backward.returned) < 2:
        return
    lines: list[str] = []
    known: dict[str, str] = {}
    for part in (init, forward, backward, update):
        call = _arguments(part, known)
        given = part.returned or (init.returned if part is update else ())
        if call is None or not given:
            return
        lines.append(f"{', '.join(given)} = {part.name}({call})\n")
        known |= {re.escape(in_english(name)): name for name in given}
    start, *repeated = lines
    yield start + "for _ in range(4):\n" + "".join(f"    {line}" for line in repeated)
