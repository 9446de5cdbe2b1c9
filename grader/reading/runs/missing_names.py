"""What to tell of a name, an attribute or a key that a run asks for and nothing has: where it is, if it is anywhere."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.near_names import nearest
from grader.sandbox.errors import Frame
from grader.submissions.syntax import parse

_NAME = re.compile(r"name '(\w+)' is not defined")
_LOCAL = re.compile(r"variable '(\w+)'")
_ATTRIBUTE = re.compile(r"'(\w+)' object has no attribute '(\w+)'")
_OF_NUMPY = re.compile(r"module '(numpy[\w.]*)' has no attribute '(\w+)'")
_CALL = re.compile(r"([\w.]+)\(\) (?:missing|takes|got an unexpected|got multiple)")
_OF_PYTHON_2 = {"xrange": "range", "raw_input": "input", "unicode": "str"}
NEARLY = "is written nearly like it"
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Bound:
    """A line that gives a name its value, and the function or class that it stands in; None for the file itself."""

    name: str
    line: int
    scope: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None
    has_value: bool = False  # already, as in `W += …`


def in_words(raised: str, said: str, frame: Frame, source: str) -> str:
    """One or two sentences; "" where no more is known than the message says."""
    tree = parse(source) or ast.Module([], [])
    bound = list(_bound(tree, None))
    if raised == "NameError" and (found := _NAME.search(said)):
        return _of_name(found[1], frame, bound)
    if raised == "UnboundLocalError" and (found := _LOCAL.search(said)):
        return _of_local(found[1], frame, bound)
    if raised == "AttributeError" and (found := _ATTRIBUTE.search(said)):
        return _of_attribute(found[1], found[2], tree)
    if raised == "AttributeError" and (found := _OF_NUMPY.search(said)):
        close = nearest(found[2], dir(np.random if found[1] == "numpy.random" else np))
        return f"numpy has no `{found[2]}`; `{close[0]}` {NEARLY}." if close else ""
    if raised == "TypeError" and (found := _CALL.search(said)):
        return _of_call(found[1], tree)
    if raised == "KeyError" and re.fullmatch(r"'\w+'", said):
        return _of_key(said.strip("'"), tree)
    return ""


def _of_name(name: str, frame: Frame, bound: Sequence[Bound]) -> str:
    bound = [one for one in bound if not one.has_value]
    own = [one for one in bound if one.name == name]
    inside = next((one for one in own if one.scope is not None), None)
    outside = next((one for one in own if one.scope is None), None)
    if outside is not None:
        when = "comes after this one" if outside.line > frame.line else "has not run when this one does"
        return f"Line {outside.line} gives `{name}` its value, and {when}."
    if inside is not None and isinstance(inside.scope, ast.ClassDef):
        return f"`{name}` is defined inside the class `{inside.scope.name}`: there it is asked for as `self.{name}`."
    if inside is not None and inside.scope is not None:
        return (
            f"`{name}` gets its value inside `{inside.scope.name}` (line {inside.line}), and nothing outside of a "
            "function sees that: let it be returned, or handed in."
        )
    if hasattr(np, name):
        return f"Nothing in the file has this name; numpy has `np.{name}`."
    close = nearest(name, [one.name for one in bound if one.scope is None or one.scope.name == frame.function])
    if close:
        line = next(one.line for one in bound if one.name == close[0])
        return f"Nothing in the file has this name; `{close[0]}`, in line {line}, {NEARLY}."
    if name in _OF_PYTHON_2:
        return f"That was Python 2's; today it is `{_OF_PYTHON_2[name]}`."
    return f"Nothing in the file gives `{name}` a value."


def _of_local(name: str, frame: Frame, bound: Sequence[Bound]) -> str:
    own = [one for one in bound if one.name == name and one.scope is not None and one.scope.name == frame.function]
    if not own:
        return ""
    outside = next((one for one in bound if one.name == name and one.scope is None), None)
    told = (
        f"Line {own[0].line} gives `{name}` a value inside `{frame.function}`, so `{name}` is the function's own from "
        "its first line on, and has no value yet in this one."
    )
    if outside is None:
        return told
    return (
        f"{told} If the `{name}` of line {outside.line} is meant, hand it in and return the new one, or begin the "
        f"function with `global {name}`."
    )


def _of_attribute(owner: str, name: str, tree: ast.Module) -> str:
    kind = next((one for one in ast.walk(tree) if isinstance(one, ast.ClassDef) and one.name == owner), None)
    if kind is None:
        return ""
    known = {node.name: node.lineno for node in kind.body if isinstance(node, ast.FunctionDef)}
    setting = ""
    for method in kind.body:
        for node in ast.walk(method):
            match node:
                case ast.Attribute(value=ast.Name(id="self"), attr=attribute, ctx=ast.Store()):
                    known.setdefault(attribute, node.lineno)
                    if attribute == name and isinstance(method, ast.FunctionDef):
                        setting = setting or method.name
    if setting:
        return (
            f"`self.{name}` gets its value in `{setting}`, and that has not run, or not come so far, before this line."
        )
    close = nearest(name, known)
    if close:
        return (
            f"Nothing in `{owner}` puts anything into `self.{name}`; `{close[0]}`, in line {known[close[0]]}, {NEARLY}."
        )
    return f"Nothing in `{owner}` puts anything into `self.{name}`."


def misnamed_constructor(tree: ast.Module) -> tuple[ast.ClassDef, ast.FunctionDef] | None:
    """A class without a constructor, and its method that should be one: `_init_`, `__int__`; None if there is none."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or [base for base in node.bases if ast.unparse(base) != "object"]:
            continue
        methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
        for one in methods if all(one.name != "__init__" for one in methods) else ():
            if re.fullmatch("_{1,3}ini?t_{1,3}", one.name) and len(one.args.args) > 1:
                return node, one
    return None


def of_constructor(kind: ast.ClassDef, method: ast.FunctionDef) -> str:
    return (
        f"Python makes an object with `__init__`, two underscores on either side; line {method.lineno} defines "
        f"`{method.name}`, which nobody calls. So `{kind.name}` takes no arguments, and nothing is kept in `self`."
    )


def function_for_class(tree: ast.Module) -> ast.FunctionDef | None:
    """A function that does nothing but define functions which take `self`, two at least; None if there is none."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            inner = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            others = [one for one in node.body if not isinstance(one, ast.FunctionDef | ast.Pass) and not _is_text(one)]
            if len(inner) > 1 and not others and all([a.arg for a in one.args.args[:1]] == ["self"] for one in inner):
                return node
    return None


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def of_function(function: ast.FunctionDef) -> str:
    name = next(one.name for one in reversed(function.body) if isinstance(one, ast.FunctionDef))
    return (
        f"`def {function.name}` makes a function: when it is called, it only defines those in it, and gives nothing "
        f"back, so nobody can call `{name}`. With `class {function.name}:` they are its methods, as their `self` says."
    )


def _of_call(name: str, tree: ast.Module) -> str:
    """What a function of the file is to be called with, if there is one of this name alone."""
    misnamed = misnamed_constructor(tree)
    if misnamed is not None and misnamed[0].name == name:
        return of_constructor(*misnamed)
    *_, owner, name = ["", *name.split(".")]
    places = [one for one in ast.walk(tree) if isinstance(one, ast.ClassDef) and one.name == owner] if owner else [tree]
    own = [one for place in places for one in ast.walk(place) if isinstance(one, ast.FunctionDef) and one.name == name]
    if len(own) != 1:
        return ""
    given = ast.unparse(own[0].args)
    called = owner if name == "__init__" else name
    told = f"`{called}` is called with other arguments than those that line {own[0].lineno} asks for: `({given})`."
    return f"{told} `self` is the object itself, and not given." if given.startswith("self") else told


def _of_key(key: str, tree: ast.Module) -> str:
    keys: dict[str, int] = {}
    added = [one.target for one in ast.walk(tree) if isinstance(one, ast.AugAssign)]  # it must be there before
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=given):
                known = [one for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                keys |= {str(one.value): one.lineno for one in known if one.value not in keys}
            case ast.Subscript(slice=ast.Constant(value=str(name)), ctx=ast.Store()) if node not in added:
                keys.setdefault(name, node.lineno)
            case ast.Call(func=ast.Attribute(attr="savez" | "savez_compressed"), keywords=given_by_name):
                keys |= {one.arg: one.value.lineno for one in given_by_name if one.arg and one.arg not in keys}
    if key in keys:
        return f"Line {keys[key]} sets an entry `'{key}'`, of another dict or not before this line."
    close = nearest(key, keys)
    nearly = f"; `'{close[0]}'`, in line {keys[close[0]]}, {NEARLY}" if close else ""
    return f"No line of the file sets an entry `'{key}'` by this name{nearly}."


def _bound(body: ast.AST, scope: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None) -> Iterator[Bound]:
    for node in ast.iter_child_nodes(body):
        if isinstance(node, _SCOPES):
            yield Bound(node.name, node.lineno, scope)
            if not isinstance(node, ast.ClassDef):
                yield from (
                    Bound(one.arg, node.lineno, node) for one in ast.walk(node.args) if isinstance(one, ast.arg)
                )
            outside = {name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names}
            for one in _bound(node, node):
                yield replace(one, scope=None) if one.name in outside and one.scope is node else one
            continue
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield Bound(node.id, node.lineno, scope, has_value=isinstance(body, ast.AugAssign))
        elif isinstance(node, ast.alias):
            yield Bound((node.asname or node.name).partition(".")[0], node.lineno, scope)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield Bound(node.name, node.lineno, scope)
        yield from _bound(node, scope)
