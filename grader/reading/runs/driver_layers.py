"""Lines that put a file's layers one behind the other and train them: `Dense(784, 16)`, `ReLU()`, `Dense(16, 10)`.

A layer is an object with a way forward and a way back; one that learns draws arrays. They go into a network that keeps
them (`add`, or a list that it is made of), into a function that trains such a list, or, where there is neither, through
lines of their own.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.reading.runs.driver_arguments import arguments
from grader.reading.runs.driver_choices import Choices
from grader.reading.runs.driver_classes import trainers
from grader.reading.runs.driver_functions import Function, function_of, is_called
from grader.reading.runs.driver_names import TARGETS
from grader.reading.runs.driver_words import in_english

_FORWARD = r"(forward|feed_?forward|f_?prop|call|activate)(_?(pass|prop(agat(e|ion))?))?"
_BACKWARD = r"(backward|back|b_?prop)(_?(pass|prop(agat(e|ion))?))?|back_?prop(agat(e|ion))?"
_ADD = r"add(_?layer)?|append(_?layer)?"
_STEP = r"update(_?(params|parameters|weights|layer))?|step|optimi[sz]e|apply"
_DRAWS = re.compile(r"\b(randn|rand|normal|uniform|random|standard_normal|random_sample)\(")
_KEEPS = re.compile(r"\bfor \w+ in (reversed\()?(self\.)?(layers|network|net|model)\b")
#: of what another number of axes comes in, or nothing is learned in the way of a product
_OTHERS = re.compile(r"(?i)conv|pool|flat|reshape|drop|norm|embed|rnn|lstm|gru|attention|recurrent|input|base|abstract")
_IN = r"(n_?|num_?)?(in|inputs?|inp|prev|previous|fan_?in)(_?(features|size|dim|shape|nodes|neurons|units|len|n))?"
_PREPARES = re.compile("use|compile|finali[sz]e|set(_(loss|cost|optimi[sz]er))?")
_BUILDS = r"build|compile|initiali[sz]e\w*|init_?weights|set_?(input|prev)\w*"
_OF_SLOPE = re.compile(r"deriv|prime|grad|slope")
_RATE = r"(l|learning)?_?rate|lr|eta|alpha|step_?size"
_ACTIVATIONS = ("relu", "leaky", "tanh", "sigmoid")
_LIST = {r"(\w+_)?(network|net|model|layers)(_list)?": "[{layers}]"}
#: X and y in rows, one sample after another as a row, the same as a column
_FORMS = (
    ("_rows", "_one_hot"),
    ("_rows", "_labels"),
    ("_rows[:, None, :]", "_one_hot[:, None, :]"),
    ("_rows[:, :, None]", "_one_hot[:, :, None]"),
    ("_rows.T", "_one_hot.T"),
)
_MADE = "_made = {one}.forward({given})"


@dataclass(frozen=True)
class _Class:
    name: str
    methods: dict[str, Function]
    text: str

    def method(self, pattern: str) -> Function | None:
        return next((one for name, one in self.methods.items() if is_called(pattern, name.lower())), None)

    @property
    def init(self) -> Function:
        return self.methods.get("__init__", Function("__init__", ()))

    @property
    def is_layer(self) -> bool:
        return self.method(_FORWARD) is not None and self.method(_BACKWARD) is not None

    @property
    def required(self) -> list[str]:
        return [one.name for one in self.init.parameters if not one.has_default]


def of_layers(trees: Sequence[ast.Module], functions: Sequence[Function], choices: Choices) -> list[str]:
    """The lines to try; none if the file has no layers of this kind, or makes them itself."""
    classes = _classes(trees)
    dense = next((one for one in classes if _learns(one) and not _OTHERS.search(one.name)), None)
    if dense is None or any(re.search(rf"\b{dense.name}\(", one.text) for one in classes if one is not dense):
        return []
    objects = _objects(dense, classes, functions)
    if not objects:
        return []
    ways = [*_of_networks(classes, dense, functions, choices), *_of_functions(functions, choices)]
    if not ways:
        ways = list(_of_lines(dense, classes, len(objects)))
    found = []
    for x, y in _FORMS:
        for way in ways:
            text = way.replace("{layers}", ", ".join(objects)).replace("{x}", x).replace("{y}", y)
            for k, one in enumerate(objects):
                text = text.replace(f"{{layer {k}}}", one)
            found.append(text.replace("{outputs}", "10"))
    return found


def _classes(trees: Sequence[ast.Module]) -> list[_Class]:
    nodes = {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)}

    def resolved(node: ast.ClassDef, depth: int = 0) -> dict[str, Function]:
        bases = [nodes[base.id] for base in node.bases if isinstance(base, ast.Name) and base.id in nodes]
        found: dict[str, Function] = {}
        for base in bases if depth < 4 else []:
            found |= resolved(base, depth + 1)
        return found | {one.name: function_of(one, 1, node) for one in node.body if isinstance(one, ast.FunctionDef)}

    return [_Class(name, resolved(node), ast.unparse(node)) for name, node in nodes.items()]


def _learns(one: _Class) -> bool:
    return one.is_layer and _DRAWS.search(one.text) is not None and not _KEEPS.search(one.text)


def _objects(dense: _Class, classes: list[_Class], functions: Sequence[Function]) -> list[str]:
    """Two layers with an activation between them, and what the cost needs behind them."""
    hidden = _activation(classes, functions)
    has_own = any(is_called(r"(act(ivation)?|\w*activ\w+)", p.name.lower()) for p in dense.init.parameters)
    first, last = _dense(dense, "784", "16", functions), _dense(dense, "16", "{outputs}", functions)
    if not first or not last:
        return []
    between = [hidden] if hidden and not has_own else []
    softmax = next((one for one in classes if one.is_layer and "softmax" in one.name.lower()), None)
    is_combined = any(_is_cost(one) and "softmax" in one.text.lower() for one in classes)
    behind = []
    if softmax is not None and not is_combined and not softmax.required and not _is_cost(softmax):
        behind = [f"{softmax.name}()"]
    elif softmax is None and not has_own and not is_combined and hidden and "relu" not in hidden.lower():
        behind = [hidden]
    return [first, *between, last, *behind]


def _dense(dense: _Class, inputs: str, outputs: str, functions: Sequence[Function]) -> str:
    """A layer of so many inputs and units; empty if what it asks for is not known."""
    given, sizes = [], {"in": inputs, "out": outputs}
    named = [one.name for one in dense.init.parameters]
    ends = [
        name for name in named if name in dense.required and not re.search(r"activ|rate|^lr$|seed|name", name.lower())
    ]
    has_in = any(is_called(_IN, in_english(name)) for name in named)
    for parameter in dense.init.parameters:
        name = in_english(parameter.name)
        value = None
        if is_called(_IN, name):
            value = sizes["in"] if "shape" not in name else f"({sizes['in']},)"
        elif not parameter.has_default and is_called(_RATE, name):
            value = "0.1"
        elif parameter.name in ends:
            value = sizes["in"] if not has_in and parameter.name == ends[0] and len(ends) == 2 else sizes["out"]
        elif not parameter.has_default and _OF_SLOPE.search(name):
            value = next((slope for like in _ACTIVATIONS if (slope := _slope_of(like, functions))), None)
        elif not parameter.has_default and "activ" in name:
            known = {one.name for one in functions}
            likely = [like for like in _ACTIVATIONS if like in known]
            value = next((like for like in likely if _slope_of(like, functions)), next(iter(likely), None))
        elif outputs == "16" and "activ" in name:  # the default may be none at all
            value = next((repr(like) for like in _ACTIVATIONS if repr(like) in dense.text), None)
        if value is None and not parameter.has_default:
            return ""
        given += [f"{parameter.name}={value}"] if value is not None else []
    is_built_later = any(is_called(_BUILDS, name) for name in dense.methods)  # with what comes in
    return f"{dense.name}({', '.join(given)})" if len(ends) <= 2 and len(given) >= 2 - is_built_later else ""


def _activation(classes: list[_Class], functions: Sequence[Function]) -> str:
    """An object that is an activation, or one that is given a function and its derivative."""
    for like in _ACTIVATIONS:
        for one in classes:
            if one.is_layer and like in one.name.lower() and not one.required and not _is_cost(one):
                return f"{one.name}()"
    for one in classes:
        if one.is_layer and "activ" in one.name.lower() and 1 <= len(one.required) <= 2 and not _DRAWS.search(one.text):
            for like in (*_ACTIVATIONS[2:], *_ACTIVATIONS[:2]):
                slope = _slope_of(like, functions)
                if slope and any(f.name == like for f in functions):
                    return f"{one.name}({', '.join([like, slope][: len(one.required)])})"
    return ""


def _slope_of(name: str, functions: Sequence[Function]) -> str:
    pattern = rf"{name}_?(prime|deriv\w*|grad\w*|backward|d)|(d|grad|deriv\w*)_?{name}"
    return next((f.name for f in functions if is_called(pattern, f.name.lower())), "")


def _is_cost(one: _Class) -> bool:
    """Whether a class compares two things on its way forward, or back."""
    parts = [one.method(rf"{_FORWARD}|loss|calculate|compute\w*"), one.method(rf"{_BACKWARD}|prime|grad\w*|deriv\w*")]
    return all(part is not None and len(part.parameters) == 2 for part in parts) and any(
        is_called(TARGETS, in_english(parameter.name)) for part in parts if part for parameter in part.parameters
    )


def _cost(classes: list[_Class]) -> _Class | None:
    """The cost to take: first one that has the softmax in it, with which the last layer needs none."""
    costs = [one for one in classes if _is_cost(one) and not one.required]
    return min(costs, key=lambda one: ("softmax" not in one.text.lower(), "binary" in one.name.lower()), default=None)


def _optimizer(classes: list[_Class]) -> _Class | None:
    found = [one for one in classes if not one.is_layer and one.method(_STEP) is not None and not _is_cost(one)]
    plain = [one for one in found if re.search(r"(?i)sgd|descent|optim|adam", one.name) and _made(one)]
    return min(plain, key=lambda one: ("sgd" not in one.name.lower(), len(one.text)), default=None)


def _made(one: _Class) -> str:
    called = arguments(one.init)
    return "" if called is None or "{" in called else f"{one.name}({called})"


def _roles(classes: list[_Class], functions: Sequence[Function]) -> dict[str, str]:
    """What stands for a cost, its derivative and an optimizer where a parameter is called so."""
    roles: dict[str, str] = {}
    cost, optimizer = _cost(classes), _optimizer(classes)
    names = {f.name: f for f in functions}
    plain = next(
        (name for name in names if re.fullmatch(r"(?i)mse(_?loss)?|mean_?squared_?error|\w*cross_?entropy", name)), ""
    )
    if plain and _slope_of(plain.lower(), functions):
        roles[r"(loss|cost|error)(_?(function|func|fn))?"] = plain
        roles[r"(loss|cost|error)_?(prime|deriv\w*|grad\w*)"] = _slope_of(plain.lower(), functions)
    elif cost is not None:
        roles[r"(loss|cost|criterion)(_?(function|func|fn))?"] = f"{cost.name}()"
    if optimizer is not None:
        roles["optimi[sz]er"] = _made(optimizer)
    return roles


def _of_networks(
    classes: list[_Class], dense: _Class, functions: Sequence[Function], choices: Choices
) -> Iterator[str]:
    """A network to which layers are added, or that is made of a list of them, and trained by a method of its own."""
    roles = _roles(classes, functions)
    for one in classes:
        if one is dense or not _KEEPS.search(one.text):
            continue
        add = one.method(_ADD)
        made = arguments(one.init, {**(_LIST if add is None else {}), **roles})
        if made is None or (add is None and "{layers}" not in made):
            continue
        start = f"_net = {one.name}({made})\n"
        if add is not None:
            start += f"for _layer in ({{layers}}): _net.{add.name}(_layer)\n"
        for name, method in one.methods.items():
            called = arguments(method, roles) if _PREPARES.fullmatch(name) else None
            start += f"_net.{name}({called})\n" if called is not None and "{" not in called else ""
        for trainer in trainers(list(one.methods.values())):
            called = arguments(trainer, roles)
            filled = choices.filled(f"{start}_net.{trainer.name}({called})\n") if called and "{x}" in called else None
            if filled is not None:
                yield filled


def _of_functions(functions: Sequence[Function], choices: Choices) -> Iterator[str]:
    """A function that trains a list of layers: `train(network, loss, loss_prime, x_train, y_train)`."""
    for trainer in trainers(functions):
        called = arguments(trainer, {**_LIST, **_roles([], functions)})
        filled = choices.filled(f"{trainer.name}({called})\n") if called and "{x}" in called else None
        if filled is not None and "{layers}" in filled:
            yield filled


def _of_lines(dense: _Class, classes: list[_Class], count: int) -> Iterator[str]:
    """Forward through the layers, the cost, back through them, and a step of each that learns."""
    forward, backward = dense.method(_FORWARD), dense.method(_BACKWARD)
    cost, optimizer = _cost(classes), _optimizer(classes)
    if forward is None or backward is None or cost is None:
        return
    takes_rate = [p.name for p in backward.parameters if is_called(_RATE, in_english(p.name))]
    own_step = dense.method(_STEP)
    if not takes_rate and optimizer is None and own_step is None:
        return
    ahead, back = (
        cost.method(rf"{_FORWARD}|loss|calculate|compute\w*"),
        cost.method(rf"{_BACKWARD}|prime|grad\w*|deriv\w*"),
    )
    if ahead is None or back is None:
        return

    def both(function: Function) -> str:
        targets = [is_called(TARGETS, in_english(one.name)) for one in function.parameters]
        return "{y}, _h" if targets[0] and not targets[1] else "_h, {y}"

    lines = [f"_layers = [{', '.join(f'{{layer {k}}}' for k in range(count))}]\n", f"_cost = {cost.name}()\n"]
    lines += [f"_optimizer = {_made(optimizer)}\n"] if optimizer is not None and not takes_rate else []
    lines += ["for _ in range(4):\n    _h = {x}\n    for _one in _layers:\n"]
    lines += [f"        _h = _given(_one.{forward.name}(_h), _one, 'out')\n"]
    lines += [f"    _loss = _cost.{ahead.name}({both(ahead)})\n"]
    lines += ["    _h = _given(None, _cost, 'out', _h)\n"]
    lines += [f"    _g = _given(_cost.{back.name}({both(back)}), _cost, 'd')\n    for _one in reversed(_layers):\n"]
    if takes_rate:
        lines += [f"        _g = _given(_taking(_one.{backward.name}, _g, 0.1), _one, 'd')\n"]
    else:
        lines += [f"        _g = _given(_one.{backward.name}(_g), _one, 'd')\n"]
        step = optimizer.method(_STEP) if optimizer is not None else None
        if step is not None:
            lines += [
                f"    for _one in _layers:\n        if isinstance(_one, {dense.name}): _optimizer.{step.name}(_one)\n"
            ]
        elif own_step is not None:
            rate = "0.1" if own_step.parameters else ""
            lines += [
                f"    for _one in _layers:\n        if isinstance(_one, {dense.name}): _one.{own_step.name}({rate})\n"
            ]
    yield "".join(lines)


#: what a layer gives: back, or as what it keeps (`self.output`, `self.dinputs`)
HELPERS = """
def _given(made, one, kind, otherwise=None):
    if made is not None: return made
    names = {'out': ('output', 'outputs', 'out'), 'd': ('dinputs', 'dinput', 'dx', 'gradinput', 'inputgrad')}[kind]
    for name, kept in vars(one).items():
        if name.lower().replace('_', '') in names and kept is not None: return kept
    return otherwise
def _taking(function, gradient, rate):
    return function(gradient, rate) if function.__code__.co_argcount > 2 else function(gradient)
"""
