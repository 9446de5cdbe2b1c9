"""Functions of the submission that are answered from outside: a call becomes a question on the pipe.

While the cell is busy with a request, a served function writes

    [number of the request, ["ask", place of the function, [arguments], {arguments by name}, {attributes}]]

and waits for [number, ["value", value, {attributes}]], [number, ["raised", kind of exception, message]] or
[number, ["refused", reason]]. What the right function does is not here; numbers come. How a function is replaced
wherever it is held, `replacing` tells.
"""

from __future__ import annotations

import builtins
import functools
import inspect
import os
import sys
import types
from typing import Any, Callable, Sequence

from . import decoding, encoding, replacing
from .namespace import Namespace
from .own_forms import OwnForms
from .wire import QUESTION_BOUNDS, REQUEST_BOUNDS, Node


class NotServed(Exception):
    """The right function does not answer this question."""


class Token:
    """Stands for an object that a right function gave and that only right functions can use."""

    def __init__(self, number: int) -> None:
        self.number = number


class Serving:
    """The functions that are served now, and how their questions get out."""

    def __init__(self, namespace: Namespace, request: int, reply: int, special: Callable[[Any], Any]) -> None:
        self.namespace, self.request, self.reply, self.special = namespace, request, reply, special
        self.number = 0  # of the request that is being worked on
        self.is_asking = False
        self.own_forms = OwnForms()
        self._undo: list[Callable[[], None]] = []

    def put(self, functions: list[Any]) -> None:
        """Serve these functions and no others.

        Each is [name, how many arguments it takes at most, [attributes of the object that a method is told of],
        [where in what a function gives the submission's own object is to be, in the place of a token],
        [which arguments a function changes in place]].
        """
        while self._undo:
            self._undo.pop()()
        for place, (name, most, attributes, own_form, updates) in enumerate(functions):
            owner, _, attribute = name.rpartition(".")
            if owner:
                self._serve_method(owner, attribute, place, most + 1, attributes)
            else:
                self._serve_function(name, place, most, own_form, updates)

    def _serve_function(self, name: str, place: int, most: int, own_form: list[int], updates: list[int]) -> None:
        original = self.namespace.values.get(name)
        ask = self._asker(place, original, most, None, updates)
        if original is None:
            self._set(self.namespace.values, name, replacing.asking(ask, name))
            return
        if own_form and type(original) is types.FunctionType:
            ask = functools.partial(self.own_forms.made, replacing.as_it_was(original), ask, own_form)
        self._replace(original, ask, name)

    def _serve_method(self, owner: str, name: str, place: int, most: int, attributes: list[str]) -> None:
        kind = self.namespace.find(owner)
        original = vars(kind).get(name)
        if type(original) is types.FunctionType:
            self._replace(original, self._asker(place, original, most, attributes), name)
            return
        setattr(kind, name, replacing.asking(self._asker(place, None, most, attributes), name))
        if original is None:
            self._undo.append(lambda: delattr(kind, name))
        else:
            self._undo.append(lambda: setattr(kind, name, original))

    def _replace(self, original: Any, ask: replacing.Ask, name: str) -> None:
        if type(original) is types.FunctionType:
            self._undo.append(replacing.recode(original, ask))
            return
        modules = [sys.modules[name] for name in self.namespace.finder.sources if name in sys.modules]
        namespaces = [self.namespace.values, *map(vars, modules)]
        self._undo.append(replacing.replace(original, ask, name, namespaces))

    def _set(self, holder: dict[str, Any], name: str, value: Any) -> None:
        is_there = name in holder
        before = holder.get(name)
        holder[name] = value
        self._undo.append(lambda: holder.__setitem__(name, before) if is_there else holder.pop(name, None))

    def _asker(
        self, place: int, original: Any, most: int, attributes: list[str] | None, updates: Sequence[int] = ()
    ) -> replacing.Ask:
        signature = _signature(original)

        def ask(arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
            positional, by_name = list(arguments), named
            if signature is not None:
                positional, by_name = _bound(signature, arguments, named, most)
            if attributes is None:
                return _changing(positional, updates, self.asked(place, positional, by_name, {})[0])
            instance = positional[0]
            state = {name: getattr(instance, name) for name in attributes if hasattr(instance, name)}
            value, changed = self.asked(place, positional, by_name, state)
            for name, new in changed.items():
                setattr(instance, name, new)
            return value

        return ask

    def asked(self, place: int, arguments: list[Any], named: dict[str, Any], state: dict[str, Any]) -> Any:
        """(what the right function gives, attributes that it has set)."""
        told = self.own_forms.told
        question = [self.number, ["ask", place, told(arguments), told(named), state]]
        self.is_asking = True  # an interruption between question and answer would leave the pipe in disorder
        profiled = sys.getprofile()
        if profiled is not None:
            sys.setprofile(None)  # who watches a call sees what the submission does, not how a question travels
        try:
            for buffer in encoding.encode(question, self.outgoing, QUESTION_BOUNDS):
                view = memoryview(buffer)
                while len(view):
                    view = view[os.write(self.reply, view) :]
            parser = decoding.decode(self.incoming, REQUEST_BOUNDS)
            _, answer = decoding.read_with(parser, lambda view: os.readv(self.request, [view]))
        finally:
            self.is_asking = False
            if profiled is not None:
                sys.setprofile(profiled)
        if answer[0] == "raised":
            raise _exception(answer[1], answer[2])
        if answer[0] != "value":
            raise NotServed(answer[1])
        return answer[1], answer[2]

    def outgoing(self, obj: Any) -> Any:
        return {"o": obj.number} if type(obj) is Token else self.special(obj)

    def incoming(self, node: Node) -> Any:
        return incoming_token(node)


def incoming_token(node: Node) -> Any:
    """The token of an object that stayed with the right functions."""
    if node.tag != "o":
        raise ValueError("unknown tag")
    return Token(node.payload)


def _changing(arguments: list[Any], updates: Sequence[int], answer: Any) -> Any:
    """What a function gives that changes arguments in place: these come behind its results, and are changed here."""
    if not updates:
        return answer
    parts = answer if type(answer) is tuple else (answer,)
    for position, after in zip(updates, parts[len(parts) - len(updates) :]):
        if position >= len(arguments):
            continue
        if type(after) is dict:
            arguments[position].clear()
            arguments[position].update(after)
        else:
            arguments[position][...] = after
    given = parts[: len(parts) - len(updates)]
    return given if len(given) > 1 else given[0] if given else None


def _exception(kind: str, message: str) -> Exception:
    """What a function raised elsewhere, as far as its kind is one of Python's."""
    found: Any = getattr(builtins, kind, None)
    known = isinstance(found, type) and issubclass(found, Exception)
    try:
        error: Exception = found(message) if known else type(kind, (Exception,), {})(message)
    except TypeError:  # of one that takes more than a message
        return Exception(message)
    return error


def _signature(function: Any) -> Any:
    if function is None:
        return None
    try:
        return inspect.signature(function)
    except Exception:
        return None


def _bound(signature: Any, arguments: tuple[Any, ...], named: dict[str, Any], most: int) -> tuple[list[Any], Any]:
    """Arguments by place, and those that have none; what a submission's function takes besides must be its default."""
    bound = signature.bind(*arguments, **named)
    positional = list(bound.args)
    defaults = [parameter.default for parameter in signature.parameters.values()][: len(positional)]
    while len(positional) > most:
        given, default = positional.pop(), defaults[len(positional)] if len(positional) < len(defaults) else None
        is_simple = type(given) is type(default) and type(given) in (bool, int, float, str, type(None))
        if given is not default and not (is_simple and given == default):
            raise NotServed("it is given an argument that a right function does not take")
    return positional, dict(bound.kwargs)
