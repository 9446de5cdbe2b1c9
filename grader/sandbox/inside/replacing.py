"""Putting what asks into the place of a function, wherever that is held.

A function of Python gets other code and stays the object that it was, so every name, container, closure, default and
class that holds it asks from then on; so do objects that are called through their class and `functools.partial`. What
can only be exchanged (a ufunc, a bound method) is exchanged in all that refers to it.

The code that asks has the form of the function's own: name, place, parameters, defaults and annotations.
"""

from __future__ import annotations

import functools
import gc
import keyword
import os
import types
import warnings
from typing import Any, Callable, Iterable

_MARK = "<what asks>"
_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "replacing.py")
_VARARGS, _VARKEYWORDS = 4, 8  # flags of code
Ask = Callable[[Any, Any], Any]
Undo = Callable[[], Any]


def asking(ask: Ask, name: str = "served") -> Any:
    """A function that asks, in the place of one that is not there."""
    return types.FunctionType(_code(ask, None), {"__builtins__": {}}, name)


def as_it_was(function: Any) -> Any:
    """A function of Python that does what this one does now, whatever comes into its place."""
    same = types.FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    same.__kwdefaults__ = function.__kwdefaults__
    return same


def recode(function: Any, ask: Ask) -> Undo:
    """Have a function of Python ask, with its own parameters, until this is undone."""
    before = function.__code__
    function.__code__ = _code(ask, before)

    def undo() -> None:
        function.__code__ = before

    return undo


def replace(original: Any, ask: Ask, name: str, namespaces: list[Any]) -> Undo:
    """Have anything else that can be called ask until this is undone, in the submission's `namespaces` at least."""
    if type(original) is functools.partial:
        partial: Any = original
        state = partial.__reduce__()[2]
        partial.__setstate__((asking(ask, name), (), {}, state[3]))
        return functools.partial(partial.__setstate__, state)
    undo = _through_its_class(original, ask)
    return undo if undo is not None else _exchanged(original, asking(ask, name), namespaces)


def _through_its_class(original: Any, ask: Ask) -> Undo | None:
    """Have an object that is called through its class ask; None where it has no class of Python's."""
    kind = type(original)
    call = getattr(kind, "__call__", None)  # noqa: B004
    if type(call) is not types.FunctionType or isinstance(original, type):
        return None

    def asked(arguments: Any, named: Any) -> Any:
        return ask(arguments[1:], named)

    try:
        members = {"__slots__": (), "__module__": kind.__module__, "__qualname__": kind.__qualname__}
        metaclass: Any = type(kind)
        same = metaclass(kind.__name__, (kind,), dict(members, __call__=asking(asked, "__call__")))
        object.__setattr__(original, "__class__", same)
    except Exception:
        return None
    return lambda: object.__setattr__(original, "__class__", kind)


def _exchanged(original: Any, served: Any, namespaces: list[Any]) -> Undo:
    """Have all that refers to an object refer to another one; what a library has as well, only in the submission."""
    undone: list[Undo] = []
    holders = gc.get_referrers(original)
    if any(type(holder) is dict and "__spec__" in holder and _place(holder, namespaces) < 0 for holder in holders):
        holders = namespaces
    for holder in holders:
        try:
            undo = _exchanged_in(holder, original, served)
        except Exception:
            continue
        if undo is not None:
            undone.append(undo)

    return _all(undone)


def _exchanged_in(holder: Any, original: Any, served: Any) -> Undo | None:
    kind = type(holder)
    if kind is dict:
        keys = [key for key, value in holder.items() if value is original]
        owner = next((one for one in gc.get_referrers(holder) if isinstance(one, type) and _is_of(holder, one)), None)
        for key in keys:
            if owner is None:
                holder[key] = served
            else:
                setattr(owner, key, staticmethod(served))  # what is exchanged took no instance either
        put = holder.__setitem__ if owner is None else functools.partial(setattr, owner)
        return _all(functools.partial(put, key, original) for key in keys)
    if kind is list:
        places = [place for place, value in enumerate(holder) if value is original]
        for place in places:
            holder[place] = served
        return _all(functools.partial(holder.__setitem__, place, original) for place in places)
    if kind is types.CellType:
        holder.cell_contents = served
        return functools.partial(setattr, holder, "cell_contents", original)
    if kind is tuple:
        functions = [one for one in gc.get_referrers(holder) if getattr(one, "__defaults__", None) is holder]
        for function in functions:
            function.__defaults__ = tuple([served if value is original else value for value in holder])
        return _all(functools.partial(setattr, function, "__defaults__", holder) for function in functions)
    if kind is functools.partial:
        state = holder.__reduce__()[2]
        called, given, named, rest = state
        given = tuple([served if value is original else value for value in given])
        holder.__setstate__((served if called is original else called, given, named, rest))
        return functools.partial(holder.__setstate__, state)
    return None


def _all(undone: Iterable[Undo]) -> Undo:
    steps = list(undone)

    def undo() -> None:
        for step in reversed(steps):
            step()

    return undo


def _place(holder: Any, namespaces: list[Any]) -> int:
    return next((place for place, one in enumerate(namespaces) if one is holder), -1)


def _is_of(holder: dict[str, Any], kind: type) -> bool:
    """Whether a dictionary is that of a class: a class shows it by a proxy alone."""
    return len(holder) == len(vars(kind)) and all(vars(kind).get(key) is value for key, value in holder.items())


def _code(ask: Ask, like: types.CodeType | None) -> types.CodeType:
    """Code that asks with the parameters, the name, the place and the free variables of other code."""
    free = like.co_freevars if like else ()
    parameters, given, named = _parameters(like) if like else ("*arguments, **named", "*arguments", "**named")
    variables = "".join("  %s = None\n" % name for name in free)
    uses = "    %s\n" % ", ".join(free) if free else ""
    text = "def make():\n%s  def served(%s):\n    return %r((%s), {%s})\n%s"
    text = text % (variables, parameters, _MARK, given and given + ",", named, uses)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a text is called, until what asks is in its place
        made = compile(text, _FILE, "exec", dont_inherit=True)
    outer = next(constant for constant in made.co_consts if type(constant) is types.CodeType)
    code = next(constant for constant in outer.co_consts if type(constant) is types.CodeType)
    code = code.replace(co_consts=tuple([ask if constant == _MARK else constant for constant in code.co_consts]))
    if like is None:
        return code
    own: dict[str, Any] = {
        "co_name": like.co_name,
        "co_filename": like.co_filename,
        "co_firstlineno": like.co_firstlineno,
    }
    if hasattr(like, "co_qualname"):
        own["co_qualname"] = like.co_qualname
    return code.replace(**own)


def _parameters(like: types.CodeType) -> tuple[str, str, str]:
    """The parameters of code, and how they are handed on by place and by name."""
    names = list(like.co_varnames)
    first, only = like.co_posonlyargcount, like.co_argcount + like.co_kwonlyargcount
    count = only + bool(like.co_flags & _VARARGS) + bool(like.co_flags & _VARKEYWORDS)
    if not all(name.isidentifier() and not keyword.iskeyword(name) for name in names[:count]):
        return "*arguments, **named", "*arguments", "**named"
    by_place, by_name = names[: like.co_argcount], names[like.co_argcount : only]
    rest = iter(names[only:count])
    written, given, named = list(by_place), list(by_place), ["%r: %s" % (name, name) for name in by_name]
    if first:
        written.insert(first, "/")
    if like.co_flags & _VARARGS:
        many = "*" + next(rest)
        written.append(many)
        given.append(many)
    elif by_name:
        written.append("*")
    written += by_name
    if like.co_flags & _VARKEYWORDS:
        others = "**" + next(rest)
        written.append(others)
        named.append(others)
    return ", ".join(written), ", ".join(given), ", ".join(named)
