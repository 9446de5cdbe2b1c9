"""Lines that train a network whose file only defines it, found by what its functions and parameters are called."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_DRIVERS = 8
_SAMPLES = 60
_DATA = f"""
import numpy as _np
from keras.datasets import mnist as _mnist
(_images, _labels), _ = _mnist.load_data()
_rows = _images[:{_SAMPLES}].reshape({_SAMPLES}, -1) / 255.0
_labels = _labels[:{_SAMPLES}].astype(int)
_one_hot = _np.eye(10)[_labels]
_pairs = [(x.reshape(-1, 1), y.reshape(-1, 1)) for x, y in zip(_rows, _one_hot)]
"""
#: in which forms X and y are tried
_FORMS = (
    ("_rows", "_one_hot"),
    ("_rows.T", "_one_hot.T"),
    ("_rows", "_labels"),
    ("_rows.T", "_labels"),
)
_INPUTS = r"x|xs|x_?train|train_?x|x_?batch|features|inputs?(_list)?|images|samples|train_?images|input_?data"
_TARGETS = r"y|ys|t|ts|y_?train|train_?y|y_?batch|labels?|targets?(_list)?|train_?labels|outputs?|expected|answers"
_PAIRS = r"(train(ing)?_?)?(data|set)|mini_?batch|batch|examples"
_VALUES: tuple[tuple[str, str], ...] = (
    (
        r"(layer_?)?(sizes?|dims?)|layers?(_?(sizes?|dims?))?|architecture|topology|shape|structure|n_?units",
        "[784, 16, 10]",
    ),
    (r"(n|num|input)?_?(inputs?|features|in|x|input_?(size|nodes|dim|units|neurons)|inputnodes)", "784"),
    (r"(n|num|hidden)?_?(hidden|h|hid|hidden_?(size|nodes|dim|units|neurons)|hiddennodes)\d?", "16"),
    (r"(n|num|output)?_?(outputs?|classes|out|y|output_?(size|nodes|dim|units|neurons)|outputnodes)", "10"),
    (r"(n(um)?_?)?(epochs?|iter(ation)?s?|n_?iter|num_?iterations?|steps?|passes|rounds)", "3"),
    (r"(mini_?)?batch_?size|size|batch", "10"),
    (r"(learning_?)?rate|lr|eta|alpha|step_?size|learningrate|epsilon", "0.1"),
    (r"l(a)?mb?da?_?\w*|lambd|lmbda\w*|reg\w*|l1|l2|weight_?decay|beta", "0.1"),
    (r"n|m|training_?size|n_?samples|num_?(samples|examples)|data_?size", str(_SAMPLES)),
    (r"\w*(test|val|valid|eval)\w*", "None"),
    (r"seed|random_?state|verbose|print_\w+|debug", "0"),
)
_TRAINERS = (
    r"train(ing)?(_network|_model|_nn)?|fit|sgd|stochastic_gradient_descent|mini_?batch_gradient_descent|gradient_descent"
    r"|learn|l_layer_model|two_layer_model|nn_model|neural_network|model|optimi[sz]e|build_model|back_?propagat(e|ion)"
)


@dataclass(frozen=True)
class _Parameter:
    name: str
    has_default: bool
    sizes: tuple[int, ...] = ()  # of a default like (784, 300, 10)


@dataclass(frozen=True)
class _Function:
    name: str
    parameters: tuple[_Parameter, ...]


@dataclass(frozen=True)
class Driver:
    """Lines to run after the file: all of them, and the few that say what is done."""

    source: str
    told: str


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
    found: list[Driver] = []
    for told in [*_of_classes(classes), *_of_trainers(functions), *_of_parts(functions)]:
        for x, y in _FORMS if "{x}" in told else [("", "")]:
            text = told.replace("{x}", x).replace("{y}", y)
            found.append(Driver(_DATA + text, text))
            if "{y}" not in told:
                break
    return found[:MAX_DRIVERS]


def _function(node: ast.FunctionDef, skipped: int = 0) -> _Function:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    plain = len(positional) - len(arguments.defaults)
    parameters = [
        _Parameter(one.arg, k >= plain, _sizes(arguments.defaults[k - plain]) if k >= plain else ())
        for k, one in enumerate(positional)
    ][skipped:]
    named = [
        _Parameter(one.arg, default is not None)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return _Function(node.name, (*parameters, *named))


def _sizes(node: ast.expr) -> tuple[int, ...]:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return ()
    is_sizes = isinstance(value, tuple | list) and len(value) > 2 and all(type(one) is int for one in value)
    return tuple(value) if is_sizes else ()


def _arguments(function: _Function, known: dict[str, str] | None = None) -> str | None:
    """What to call a function with; None if a parameter cannot be guessed."""
    names = [parameter.name.lower() for parameter in function.parameters]
    has_targets = any(_is(_TARGETS, name) for name in names)
    given = []
    for parameter in function.parameters:
        name = parameter.name.lower()
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
        if value is None and _is(_VALUES[4][0], name):
            value = "3"  # epochs: the default may be many
        if value is None and _is(_VALUES[7][0], name):
            value = "0.1"  # λ: the default is none at all, and the penalty would not be seen
        if value is None and parameter.sizes:
            first, *hidden, last = parameter.sizes
            value = str((first, *[min(one, 16 - k) for k, one in enumerate(hidden)], last))
        if value is not None:
            given.append(f"{parameter.name}={value}")
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
                if "{x}" in called and not any(_is(_VALUES[4][0], p.name.lower()) for p in trainer.parameters):
                    few = called.replace("{x}", "_rows[_k : _k + 6]").replace("{y}", "_one_hot[_k : _k + 6]")
                    yield f"{start}for _k in range(0, 30, 6):\n    _net.{trainer.name}({few})\n"
                    one = called.replace("{x}", "_x").replace("{y}", "_y")
                    yield f"{start}for _x, _y in zip(_rows, _one_hot):\n    _net.{trainer.name}({one})\n"
                yield f"{start}_net.{trainer.name}({called})\n"


def _trainers(functions: Sequence[_Function]) -> list[_Function]:
    patterns = _TRAINERS.split("|")
    known = [f for f in functions if _is(_TRAINERS, f.name.lower())]
    return sorted(known, key=lambda f: next((k for k, p in enumerate(patterns) if p[:5] in f.name.lower()), 99))


def _of_trainers(functions: Sequence[_Function]) -> Iterator[str]:
    for trainer in _trainers(functions):
        called = _arguments(trainer)
        if called is not None and ("{x}" in called or "_pairs" in called):
            yield f"{trainer.name}({called})\n"


def _of_parts(functions: Sequence[_Function]) -> Iterator[str]:
    """Initialise, forward, backward, update, put together by what their parameters are called."""
    parts = [
        next((f for f in functions if re.match(pattern, f.name.lower())), None)
        for pattern in (
            r"init|create|make_(net|param)|setup",
            r"(model_|full_)?forward|feed_?forward|fprop",
            r"(model_|full_)?back|bprop|(compute_)?grad",
            r"update|step|apply",
        )
    ]
    init, forward, backward, update = parts
    if init is None or forward is None or backward is None or update is None:
        return
    known = {
        r"p(aram(eter)?s?)?|theta|weights|model|net(work)?|w": "_p",
        r"cache[sd]?|activations|memory|intermediates?|tape": "_cache",
        r"a|al|a2|a3|out(put)?s?|y_?hat|y_?pred|pred(ictions?)?|probs?": "_out",
        r"g(rad(ient)?s?)?|grads|deltas?|derivatives": "_g",
    }
    calls = [_arguments(part, known) for part in (init, forward, backward, update)]
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
