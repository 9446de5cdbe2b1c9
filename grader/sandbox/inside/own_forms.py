"""Caches in the submission's own form, where right functions keep something for each other that only they can read.

A right function gives numbers, and a token for what it keeps. A function of the submission that takes its own cache
apart makes nothing of a token. So the submission's function in whose place the right one is gets called as well: what
it keeps is handed on, with right numbers wherever it holds those that it gives. To a right function it is the token.
"""

from __future__ import annotations

import types
from collections import OrderedDict
from typing import Any, Callable

import numpy as np

from .generators import Generators

MOST = 64  # caches are used soon after they are made, and a training makes thousands
DEEPEST = 6
_SIMPLE = (type(None), bool, int, float, complex, str, bytes)


class OwnForms:
    """What the submission's functions keep, in the place of the tokens of right ones."""

    def __init__(self) -> None:
        self._tokens: OrderedDict[int, tuple[Any, Any]] = OrderedDict()  # by the id of the object, which is held
        self._busy: set[int] = set()

    def made(
        self, own: Callable[..., Any], ask: Callable[..., Any], kept: list[int], arguments: Any, named: dict[str, Any]
    ) -> Any:
        """What a right function gives that is asked, with the submission's own object wherever it keeps something.

        Where the submission's function, `own`, fails, the tokens stay.
        """
        before = [_copied(one, 0) for one in arguments], {key: _copied(named[key], 0) for key in named}
        right = ask(arguments, named)
        if id(own) in self._busy:
            return right
        self._busy.add(id(own))
        generators = Generators.now()
        try:
            given = own(*before[0], **before[1])
        except (Exception, SystemExit):
            return right
        finally:
            generators.restore()
            self._busy.discard(id(own))
        if kept == [-1]:
            return self._known_as(given, right)
        if type(given) not in (tuple, list) or type(right) is not tuple or len(given) != len(right):
            return right
        pairs = [[given[i], right[i]] for i in range(len(right)) if i not in kept and type(right[i]) is np.ndarray]
        joined = list(right)
        for i in kept:
            joined[i] = self._known_as(_with(given[i], pairs, 0), right[i])
        return tuple(joined)

    def told(self, value: Any, depth: int = 0) -> Any:
        """A value as a right function takes it: with the tokens."""
        if not self._tokens or depth > DEEPEST:
            return value
        known = self._tokens.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        if type(value) in (tuple, list):
            return type(value)([self.told(item, depth + 1) for item in value])
        if type(value) is dict:
            return {key: self.told(item, depth + 1) for key, item in value.items()}
        return value

    def _known_as(self, own: Any, token: Any) -> Any:
        if type(own) in _SIMPLE or (type(own) is tuple and not own):
            return token  # is no object of its own
        if type(own) is np.ndarray:
            own = own.view()  # it may be an argument, which is no cache when it is handed on as such
        self._tokens[id(own)] = (own, token)
        self._tokens.move_to_end(id(own))
        while len(self._tokens) > MOST:
            self._tokens.popitem(last=False)
        return own


def _copied(value: Any, depth: int) -> Any:
    """A copy of what a function may change in place; other objects stay what they are."""
    if type(value) is np.ndarray:
        return value.copy()
    if type(value) in (list, tuple, dict) and depth < DEEPEST:
        if type(value) is dict:
            return {key: _copied(item, depth + 1) for key, item in value.items()}
        return type(value)([_copied(item, depth + 1) for item in value])
    return value


def _with(value: Any, pairs: Any, depth: int) -> Any:
    """An object with the right arrays in the place of those that a function gives; containers are new ones."""
    kind = type(value)
    if kind is np.ndarray:
        return next((right.copy() for own, right in pairs if _is_same(value, own, right)), value)
    if depth > DEEPEST or kind in _SIMPLE:
        return value
    if isinstance(value, tuple):
        parts = [_with(item, pairs, depth + 1) for item in value]
        return tuple(parts) if kind is tuple else value._make(parts) if hasattr(value, "_make") else value
    if kind is list:
        return [_with(item, pairs, depth + 1) for item in value]
    if kind is dict:
        return {key: _with(item, pairs, depth + 1) for key, item in value.items()}
    if callable(value) or isinstance(value, types.ModuleType):
        return value
    held: Any = getattr(value, "__dict__", None)
    for name in list(held) if type(held) is dict else []:
        held[name] = _with(held[name], pairs, depth + 1)
    for name in _slots(kind):
        if hasattr(value, name):
            object.__setattr__(value, name, _with(getattr(value, name), pairs, depth + 1))
    return value


def _slots(kind: type) -> list[str]:
    """The attributes of instances that stand in no dictionary."""
    members = [vars(one).items() for one in kind.__mro__]
    return [name for items in members for name, member in items if type(member) is types.MemberDescriptorType]


def _is_same(value: Any, own: Any, right: Any) -> bool:
    if type(own) is not np.ndarray or value.shape != own.shape or own.shape != right.shape:
        return False
    return value is own or bool(np.all((value == own) | ((value != value) & (own != own))))
