"""Names that nothing has: nearly those of something else, without their `self.`, or asked for in another way."""

import ast
import builtins
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import lru_cache

import numpy as np

from grader.diagnosis.repair.nodes import is_numpy, name_called, said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.near_names import nearest
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

WANT_A_TUPLE = {"zeros", "ones", "empty", "vstack", "hstack", "concatenate", "stack", "column_stack"}
METHODS = {"max", "min", "sum", "mean", "copy", "argmax", "argmin", "std", "var", "flatten", "ravel", "keys", "values"}
OF_WORDS, SET_BESIDE = "misspelt:by-words", "name-of-another:where-it-is-set"  # kinds of edits
SURELY = "mended-surely"  # of an edit as which nothing else can be meant, as what raised tells
SURE = ("self-missing", "value-called", "option-outside", "loop-variable", SURELY)
NAMES = {"misspelt", OF_WORDS, "size-undefined"}  # kinds of edits
_OF_SLOPES = re.compile(r"^(d|grad|delta|g)_?|_?(grad|delta|error|gradient|slope)$")
OF_ARRAYS = {*dir(np.ndarray), *dir(dict), *dir(list)}


def names_meant(written: Written) -> Iterator[Edit]:
    """What may be meant by a name, an attribute or a function of numpy's that there is not, at all its places.

    What gets a value in vain, under a name that is written nearly so, may be misspelt there.
    """
    own = attributes_of_class(written)
    for name, places in unbound_names(written).items():
        kept = [f"self.{name}"] if name in own else kept_by_others(written, name)
        yield from (_everywhere(written, places, text, "misspelt") for text in _entries_called(name, written))
        yield from (_everywhere(written, places, text, "self-missing") for text in kept)
        if name.capitalize() in ("None", "True", "False"):
            yield _everywhere(written, places, name.capitalize(), "misspelt")
        if hasattr(np, name) and "np" in _bound_in_unit(written) and any(_is_called(*place) for place in places):
            yield _everywhere(written, places, f"np.{name}", "numpy-missing")
        valued = [one for one in _known(written) if _has_a_value(one, written, places)]
        asked = {id(node.value) for _, _, node in written.expressions if isinstance(node, ast.Attribute)}
        if written.definition.args.args[:1] and written.definition.args.args[0].arg == "self":
            valued += ["self"] if all(id(node) in asked for _, node in places) else []
        is_word = len(places) > 1 or name in _local_in_unit(written)  # of the author's, and so the right one of two
        yield from (of_lines := [*_where_set(name, nearest(name, written.unread), written, places)] if is_word else [])
        valued = [one for one in valued if one not in {edit.before for edit in of_lines}]
        valued = [one for one in valued if not _is_another_quantity(name, one)]
        yield from (_everywhere(written, places, text, "misspelt") for text in nearest(name, valued))
        yield from (_everywhere(written, places, text, OF_WORDS) for text in _with_the_word(name, valued))
    attributes: dict[str, list[tuple[ast.stmt, ast.expr]]] = {}
    for statement, _, node in written.expressions:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name):
            attributes.setdefault(said(node), []).append((statement, node))
    for text, places in attributes.items():
        holder, _, attribute = text.partition(".")
        known: Iterable[str] = ()
        if holder in ("np", "numpy") and not hasattr(np, attribute):
            known = [one for one in dir(np) if not one.startswith("_")]
        elif holder == "self" and own and attribute not in own:
            known = own
        yield from (
            _everywhere(written, places, f"{holder}.{other}", "misspelt")
            for other in nearest(attribute, known)
            if not _is_slope_of(attribute, other)
        )
    of_self = {text.removeprefix("self."): places for text, places in attributes.items() if text.startswith("self.")}
    lacking = {name: places for name, places in of_self.items() if own and name not in own}
    yield from _longer_attributes(written, lacking, own)


def is_beyond_doubt(edit: Edit) -> bool:
    """Whether nothing else can be meant: nothing but a capital differs, or what has the name is `self`, or of it.

    Of single letters `n` and `N` may be two sizes.
    """
    is_near = edit.before.casefold() == edit.after.casefold() != edit.after[:1].casefold() or edit.after == "self"
    is_local = edit.kind == SET_BESIDE and isinstance(edit.span[0], ast.Name)
    is_sure = edit.kind in SURE or edit.after.startswith("import ") or edit.after.endswith(f"[{edit.before!r}]")
    return is_sure or is_local or (edit.kind == "misspelt" and is_near)


def _where_set(
    name: str, near: Iterable[str], written: Written, places: list[tuple[ast.stmt, ast.expr]]
) -> Iterator[Edit]:
    """The edits of lines above that give what nothing reads a value, and are to give it to a name that has none."""
    first = min(statement.lineno for statement, _ in places)
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=other) as target]) if other in near and target.lineno < first:
                yield written.edit(place.statement, target, name, SET_BESIDE)


def _has_a_value(name: str, written: Written, places: list[tuple[ast.stmt, ast.expr]]) -> bool:
    """Whether a name may have a value where another one is read for the first time."""
    statement = min((one for one, _ in places), key=lambda one: one.lineno)
    stores = [
        node
        for node in walk(written.definition)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name
    ]
    of_comprehensions = {
        id(node) for one in walk(statement) if isinstance(one, ast.comprehension) for node in walk(one.target)
    }
    above = any(node.lineno < statement.lineno or id(node) in of_comprehensions for node in stores)
    return above or not stores or name in written.parameters


def _is_another_quantity(name: str, other: str) -> bool:
    """Whether two names are those of a value and of its slope, or of two layers, and neither is the other misspelt."""
    return _is_slope_of(name, other) or [*filter(str.isdigit, name)] != [*filter(str.isdigit, other)]


def _is_slope_of(name: str, other: str) -> bool:
    """Whether one of two names is that of the other's slope: `dZ2` and `Z2`, `grad_x` and `x`."""
    short, long = sorted((name.casefold(), other.casefold()), key=len)
    return len(short) < len(long) and _OF_SLOPES.sub("", long) == short


def _with_the_word(name: str, known: Iterable[str]) -> list[str]:
    """`A_prev` for `A`, and `pool_h` for `h`."""
    return [one for one in dict.fromkeys(known) if name != one and name in one.split("_")]


def _longer_attributes(
    written: Written, lacking: Mapping[str, list[tuple[ast.stmt, ast.expr]]], own: Iterable[str]
) -> Iterator[Edit]:
    """`self.pool_h` and `self.pool_w` for `self.h` and `self.w`: all attributes that there are not, in one way."""
    first = next(iter(lacking), None)
    for other in _with_the_word(first, own) if first is not None else ():
        before, _, after = f"_{other}_".partition(f"_{first}_")
        meant = {name: f"{before}_{name}_{after}".strip("_") for name in lacking}
        if not {*meant.values()} <= {*own}:
            continue
        parts = [
            written.edit(statement, node, f"self.{meant[name]}", OF_WORDS)
            for name, places in lacking.items()
            for statement, node in places
        ]
        told = [", ".join(f"self.{one}" for one in names) for names in (meant, meant.values())]
        yield replace(at_all(parts), before=told[0], after=told[1])


def kept_by_others(written: Written, name: str) -> list[str]:
    """Where another method of the class keeps what is given to it under a name: `self.act` of `self.act = x`."""
    tree, owner = parse(written.unit.source), written.function.rpartition(".")[0]
    own = [one for one in (tree.body if tree else ()) if isinstance(one, ast.ClassDef) and one.name == owner]
    methods = [one for node in own for one in node.body if isinstance(one, ast.FunctionDef)]
    methods = [one for one in methods if name in {given.arg for given in one.args.args}]
    kept = [
        one for method in methods for one in walk(method) if isinstance(one, ast.Assign) and said(one.value) == name
    ]
    return [*dict.fromkeys(text for one in kept if (text := said(one.targets[0])).startswith("self."))]


def sizes_meant(written: Written, sizes: Iterable[str]) -> Iterator[Edit]:
    """The size of an argument for a name that nothing gives a value, as what a script counts is called in it."""
    counted = [text for text in sizes if ".shape[" in text or text.startswith("len(")]
    for name, places in unbound_names(written).items():
        found = counted if not _entries_called(name, written) else ()
        yield from (_everywhere(written, places, text, "size-undefined") for text in found)


def others_meant(written: Written) -> Iterator[Edit]:
    """What the function is given, or has made above, for a name without value that is written like none of it."""
    for name, places in unbound_names(written).items():
        if all(_is_called(*place) for place in places):
            continue  # of a function, whose name is known or is not
        given = [one for one in written.parameters if one not in ("self", "cls")]
        nodes = (one for one in walk(written.definition) if isinstance(one, ast.Name))
        made = [one.id for one in nodes if isinstance(one.ctx, ast.Store)]
        for other in dict.fromkeys([*given, *made]):
            is_near = nearest(name, [other]) and not _is_another_quantity(name, other)
            if not is_near and other != name and _has_a_value(other, written, places):
                yield _everywhere(written, places, other, "misspelt")


def _entries_called(name: str, written: Written) -> list[str]:
    """The entry of what a function is given that has a name as its key: `config['beta1']` for `beta1`."""
    holders: list[str] = []
    for _, _, node in written.expressions:
        match node:
            case (
                ast.Subscript(value=ast.Name(id=holder), slice=ast.Constant(value=key), ctx=ast.Load())
                | ast.Call(
                    func=ast.Attribute(value=ast.Name(id=holder), attr="get" | "setdefault"),
                    args=[ast.Constant(value=key), *_],
                )
            ) if key == name and holder in written.parameters:
                holders.append(holder)
    return [f"{holder}[{name!r}]" for holder in dict.fromkeys(holders)]


def ways_of_asking(written: Written) -> Iterator[Edit]:
    """`x.max()` for `x.max`, `grads['dW']` for `grads.dW`, and `randn(*shape)` for `randn(shape)`."""
    by_dots: dict[str, list[tuple[ast.stmt, ast.expr]]] = {}
    for statement, parent, node in written.expressions:
        match node:
            case ast.Attribute(value=value, attr=attribute, ctx=ast.Load()):
                is_called = isinstance(parent, ast.Call) and parent.func is node
                if attribute in METHODS and not is_called and not is_numpy(value):
                    yield written.edit(statement, node, f"{said(node)}()", "not-called")
                elif _is_of_local(value, written) and attribute not in OF_ARRAYS and not is_called:
                    by_dots.setdefault(said(value), []).append((statement, node))
            case ast.Call(func=ast.Name(id=name), args=[index], keywords=[]) if name in written.names:
                yield written.edit(statement, node, f"{name}[{said(index)}]", "square-brackets")
            case ast.Call(func=function, args=[ast.Name(id=name)], keywords=[]) if name in written.names:
                if not hasattr(builtins, said(function)):
                    yield written.edit(statement, node, f"{said(function)}(*{name})", "star-missing")
            case ast.Call(func=function, args=[_, _, *_]) if name_called(function) in WANT_A_TUPLE:
                given = ast.Tuple(node.args, ast.Load())
                yield written.edit(statement, node, said(ast.Call(function, [given], node.keywords)), "tuple-missing")
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]) if isinstance(statement, ast.Expr):
                if node is statement.value:
                    yield written.edit(statement, node, f"{said(left)} = {said(right)}", "compared-for-set")
            case ast.Subscript(slice=ast.Name(id=name)) if name in written.names or isinstance(parent, ast.Attribute):
                yield written.edit(statement, node.slice, f"'d' + {name}", "key")
            case ast.BinOp(
                left=ast.Subscript(value=holder, slice=ast.Constant(value=str()) as start),
                op=ast.Add(),
                right=ast.Call(func=ast.Name(id="str")) as rest,
            ):
                text = f"{said(holder)}[{said(start)} + {said(rest)}]"
                yield written.edit(statement, node, text, "key-cut-short")
            case ast.BinOp(left=ast.Constant(value="d"), op=ast.Add(), right=ast.Name(id=name)):
                yield written.edit(statement, node, name, "key")
        match statement, node:
            case ast.Assign(targets=[ast.Tuple()], value=value), ast.Name() | ast.Attribute() if value is node:
                yield written.edit(statement, node, f"{said(node)}.values()", "values-meant")
    for places in by_dots.values():
        yield _at_all(written, places, _by_key, "entry-by-a-dot")


def _is_of_local(value: ast.expr, written: Written) -> bool:
    return isinstance(value, ast.Name) and value.id in written.names


def _by_key(node: ast.expr) -> str:
    assert isinstance(node, ast.Attribute)
    return f"{said(node.value)}['{node.attr}']"


def attributes_of_class(written: Written) -> Set[str]:
    """What any method of the function's class, or of one that it is derived from, puts under `self`; its methods."""
    tree = parse(written.unit.source)
    return _attributes_of(tree, written.function.rpartition(".")[0]) if tree else set()


@lru_cache(maxsize=16)
def _attributes_of(tree: ast.Module, owner: str) -> Set[str]:
    classes = {one.name: one for one in tree.body if isinstance(one, ast.ClassDef)}
    found: set[str] = set()
    changed: set[int] = set()
    waiting, seen = [owner], set()
    while waiting:
        name = waiting.pop()
        if name not in classes or name in seen:
            continue
        seen.add(name)
        waiting += [base.id for base in classes[name].bases if isinstance(base, ast.Name)]
        for node in walk(classes[name]):
            match node:
                case ast.AugAssign(target=ast.Attribute(value=ast.Name(id="self")) as target):
                    changed.add(id(target))  # what `-=` changes has a value by another line
                case ast.Attribute(value=ast.Name(id="self"), attr=attribute, ctx=ast.Store()) if (
                    id(node) not in changed
                ):
                    found.add(attribute)
                case ast.FunctionDef(name=method):
                    found.add(method)
    return found


def _known(written: Written) -> list[str]:
    tree = parse(written.unit.source)
    functions = [one.name for one in (tree.body if tree else ()) if isinstance(one, ast.FunctionDef)]
    return [*written.names, *functions]


def _is_called(statement: ast.stmt, node: ast.expr) -> bool:
    return any(isinstance(one, ast.Call) and one.func is node for one in walk(statement))


def _bound_in_unit(written: Written) -> Set[str]:
    tree = parse(written.unit.source)
    return _bound_in(tree) if tree else set()


def _local_in_unit(written: Written) -> Set[str]:
    tree = parse(written.unit.source)
    return _local(tree) if tree else set()


def unbound_names(written: Written) -> dict[str, list[tuple[ast.stmt, ast.expr]]]:
    """Names that are read and that neither the function nor its unit gives a value, with their places."""
    bound = _bound_in(written.definition) | _bound_in_unit(written) | {*dir(builtins)}
    own = {*written.names, *(node.arg for node in walk(written.definition) if isinstance(node, ast.arg))}
    own |= {
        node.id for node in walk(written.definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    inner = (node for node in walk(written.definition) if isinstance(node, ast.FunctionDef | ast.ClassDef))
    own |= {node.name for node in inner if node is not written.definition}
    top = {name for name in bound if name not in own} - _local_in_unit(written)
    found: dict[str, list[tuple[ast.stmt, ast.expr]]] = {}
    for statement, _, node in written.expressions:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own | top:
            found.setdefault(node.id, []).append((statement, node))
    return found


def as_it_is_written(text: str, edit: Edit) -> str:
    """A text with a name that has no value as the submission has it, where an edit puts something in its place."""
    if edit.kind not in NAMES or edit.after in edit.written.text:
        return text
    return re.sub(rf"(?<![\w.]){re.escape(edit.after)}(?![\w(])", lambda _: edit.before, text)


def names_by_line(written: Written) -> dict[int, set[str]]:
    """Names without a value, by the lines of the statements that read them; none where `import *` may give them one."""
    found: dict[int, set[str]] = {}
    for name, places in unbound_names(written).items() if "*" not in _bound_in_unit(written) else ():
        for statement, _ in places:
            found.setdefault(written.line(statement), set()).add(name)
    return found


@lru_cache(maxsize=8)
def _bound_in(tree: ast.AST) -> Set[str]:
    """Names that are given a value anywhere in a text."""
    bound: set[str] = set()
    for node in walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                bound |= {(one.asname or one.name).partition(".")[0] for one in aliases}
    return bound


@lru_cache(maxsize=8)
def _local(tree: ast.Module) -> Set[str]:
    """Names that functions alone give a value."""
    at_top = {
        name.id
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for name in walk(statement)
        if isinstance(name, ast.Name)
    }
    at_top |= {one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)}
    at_top |= {
        (alias.asname or alias.name).partition(".")[0]
        for node in walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    inside = {
        node.id if isinstance(node, ast.Name) else node.arg
        for one in walk(tree)
        if isinstance(one, ast.FunctionDef)
        for node in walk(one)
        if (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)) or isinstance(node, ast.arg)
    }
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef)]
    methods = {one.name for own in classes for one in own.body if isinstance(one, ast.FunctionDef)}
    return (inside | methods) - at_top - {*dir(builtins)}


def _everywhere(written: Written, places: list[tuple[ast.stmt, ast.expr]], text: str, kind: str) -> Edit:
    return _at_all(written, places, lambda node: text, kind)


def _at_all(
    written: Written, places: list[tuple[ast.stmt, ast.expr]], text: Callable[[ast.expr], str], kind: str
) -> Edit:
    return at_all([written.edit(statement, node, text(node), kind) for statement, node in places])
