"""Lines that make a network of a class and train it, by its methods or by a function beside it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from grader.reading.runs.driver_arguments import arguments
from grader.reading.runs.driver_functions import Function, is_called, rank
from grader.reading.runs.driver_names import (
    BACKWARD,
    COST,
    EPOCHS,
    FORWARD,
    INPUTS,
    KNOWN,
    LISTS,
    TARGETS,
    TRAINERS,
    UPDATE,
    VALUES,
)
from grader.reading.runs.driver_steps import one_unit, weights_made, weights_of
from grader.reading.runs.driver_words import in_english

INIT = r"init|create|make_(net|param)|setup|(rand(om)?|start|get|generate)_(init|weights|param)"
_GRADIENTS = frozenset(["grads", "grad", "gradients", "gradient"])
_NETWORK = {next(iter(KNOWN)): "_p"}  # what is made before, and given to what trains it


def of_classes(classes: dict[str, list[Function]]) -> Iterator[str]:
    for name, methods in classes.items():
        for start, made, (x, y) in _starts(name, methods):
            ways = _of_trained(start, made, methods), _of_methods(start, methods), _of_gradients(start, methods)
            for way in (way for several in ways for way in several):
                yield way.replace("{x}", x).replace("{y}", y)


def _starts(name: str, methods: list[Function]) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """The lines that make a network of a class (and its weights, if these are given), its arguments, X and y for it."""
    init = next((method for method in methods if method.name == "__init__"), Function("__init__", ()))
    for lines, known, form in weights_made(init) if weights_of(init) else [("", {}, ("{x}", "{y}"))]:
        made = arguments(init, known)
        if made is not None:
            yield f"{lines}_net = {name}({made})\n{_prepared(methods)}{_loaded(methods)}", made, form


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


def _loaded(methods: list[Function]) -> str:
    """Calls of methods that take nothing, and give the network what its training asks for: `load_data()`."""
    given = {name for method in methods if method.name == "__init__" for name in method.keeps}
    asked = {name for method in _own_trainers(methods) for name in method.asks} - given
    lines = ""
    for method in methods:
        if method.takes_nothing and method not in _own_trainers(methods) and asked & (method.keeps - method.asks):
            lines += f"_net.{method.name}()\n"
    return lines


def _own_trainers(methods: list[Function]) -> list[Function]:
    """Methods that may train with what their object keeps, whatever they are called."""
    others = [one for one in methods if one.takes_nothing and not one.name.startswith("__")]
    known = [*trainers(methods), *others]
    return list(dict.fromkeys(one for one in known if one.repeats or one.changes))


def of_own_data(classes: dict[str, list[Function]]) -> Iterator[str]:
    """Lines for a class that has its data itself, and trains with them."""
    for name, methods in classes.items():
        for start, made, _ in islice(_starts(name, methods), 1):
            for trainer in _own_trainers(methods):
                called = arguments(trainer)
                is_its_own = called is not None and not re.search(
                    r"[{]|\b_[a-z]", f"{made}, {called}".replace("{sizes}", "")
                )
                keeps = {one for method in methods for one in method.keeps}
                if is_its_own and trainer.asks & keeps:
                    loop = "" if trainer.repeats else "for _ in range(6): "
                    yield f"{start}{loop}_net.{trainer.name}({called})\n"


def _of_trained(start: str, made: str, methods: list[Function]) -> Iterator[str]:
    for trainer in trainers(methods):
        called = arguments(trainer)
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
    given = _named(forward)
    calls = [arguments(forward, KNOWN), arguments(backward, {**given, **KNOWN})]
    calls += [arguments(update, {**given, **_named(backward), **KNOWN})] if update else []
    if any(call is None for call in calls):
        return
    ahead = (
        f"    _made = _net.{forward.name}({calls[0]})\n"
        "    _out, _cache = _made if isinstance(_made, tuple) and len(_made) == 2 else (_made, _made)\n"
        "    if isinstance(_out, dict): _out, _cache = _cache, _out\n"
        + (f"    {', '.join(given.values())} = _made\n" if given else "")
    )
    back = f"    {', '.join([*_named(backward).values()] or ['_g'])} = _net.{backward.name}({calls[1]})\n"
    back += f"    _net.{update.name}({calls[2]})\n" if update else ""
    for cost in (*_costs(methods, {**given, **KNOWN}), ""):
        lines = ahead + cost + back
        yield f"{start}for _ in range(4):\n{lines}"
    for samples in ("_pairs", "zip(_rows, _one_hot)"):
        yield f"{start}for _x, _y in {samples}:\n" + lines.replace("{x}", "_x").replace("{y}", "_y")


def _costs(methods: list[Function], known: dict[str, str]) -> Iterator[str]:
    """A line that computes the cost of a step, by a method that is called so: which cost is meant, and what it is."""
    for method in methods:
        if re.fullmatch(COST, in_english(method.name).strip("_")):
            called = arguments(method, known)
            if called is not None and "{y}" in called and ("_out" in called or "{x}" in called):
                yield f"    _cost = _net.{method.name}({called})\n"
                return


def _named(part: Function) -> dict[str, str]:
    """The several names that a method gives back, for what takes them by these names."""
    return {re.escape(in_english(name)): name for name in part.returned} if len(part.returned) > 1 else {}


def _of_gradients(start: str, methods: list[Function]) -> Iterator[str]:
    """A method that gives a dict of gradients, with the names of the parameters, and nothing that takes the step."""
    for method in methods:
        called = arguments(method) if _GRADIENTS & set(method.returned) else None
        targets = [one.name for one in method.parameters if is_called(TARGETS, in_english(one.name))]
        if called is not None and "{x}" in called and targets and first(methods, UPDATE) is None:
            yield (
                f"{start}for _ in range(4):\n"
                f"    _g = _net.{method.name}({called})\n"
                "    _g = _g[-1] if isinstance(_g, tuple) else _g\n"
                "    _p = next(p for p in vars(_net).values() if type(p) is dict and p is not _g and {*_g} <= {*p})\n"
                "    for _k in _g: _p[_k] -= 0.1 * _g[_k]\n"
            )


def trainers(functions: Sequence[Function]) -> list[Function]:
    ranks = {id(f): rank(f.name) for f in functions}
    known = sorted([f for f in functions if ranks[id(f)] < len(TRAINERS)], key=lambda f: ranks[id(f)])
    others = [f for f in functions if f not in known and not f.name.startswith("_") and _takes_samples(f)]
    steps = [f for f in others if f.changes and not re.match(BACKWARD, in_english(f.name).strip("_"))]
    return [*known, *[f for f in others if f.repeats], *[f for f in steps if not f.repeats]]


def _takes_samples(function: Function) -> bool:
    names = [in_english(parameter.name) for parameter in function.parameters]
    return any(is_called(INPUTS, name) for name in names) and any(is_called(TARGETS, name) for name in names)


def first(functions: Sequence[Function], pattern: str) -> Function | None:
    return next((f for f in functions if re.match(pattern, in_english(f.name))), None)


def of_trainers(functions: Sequence[Function], classes: dict[str, list[Function]]) -> Iterator[str]:
    init = first(functions, INIT)
    made_by_function = None if init is None else arguments(init)
    networks = [f"_p = {init.name}({made_by_function})\n"] if init and made_by_function is not None else []
    for name, methods in classes.items():
        if first(methods, FORWARD) is not None:
            networks += [re.sub(r"\b_net\b", "_p", start) for start, *_ in _starts(name, methods)]
    for trainer in trainers(functions):
        called = arguments(trainer, _NETWORK)
        if called is not None and networks and "=_p" in called and ("{x}" in called or "_pairs" in called):
            given = ["_p" if is_called(next(iter(KNOWN)), in_english(name)) else "_" for name in trainer.returned]
            back = f"{', '.join(given)} = " if "_p" in given else ""
            is_whole = any(is_called(EPOCHS, in_english(p.name)) for p in trainer.parameters)  # else one step, perhaps
            loop = "" if is_whole else f"for _ in range(4):\n    {back}"
            yield from (f"{made}{loop}{trainer.name}({called})\n" for made in networks)
            continue
        called = arguments(trainer)
        if called is not None and ("{x}" in called or "_pairs" in called):
            yield f"{trainer.name}({called})\n"
            continue
        called = arguments(trainer, {r"w(eights?)?|ws|theta": "_w", r"b(ias(es)?)?|bs": "_b"})
        if called is not None and "{x}" in called:
            yield f"{LISTS}{trainer.name}({called})\n"
