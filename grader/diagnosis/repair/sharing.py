"""Arrays, lists and dicts that two names, or two entries, stand for though each needs one of its own.

Each edit makes a copy at one place where a function binds, keeps or hands on what it does not own. A copy changes no
number that is computed there: where all checks pass with it, it was one array that two names stand for.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from grader.diagnosis.repair.in_place import InPlace, base_of
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

SHARED = "shared-array"
BEGUN = "begun-as-another"
IN_PLACE = "in-place"
ZEROS = (
    "(lambda __v: [0 * __x for __x in __v] if isinstance(__v, list) else "
    "{__k: 0 * __x for __k, __x in __v.items()} if isinstance(__v, dict) else 0 * __v)"
)
COPY = '__import__("copy").deepcopy'
TRIALS = 30
LONGEST = 60  # characters of a piece of code in a sentence
SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)
BEGINS = "So it begins with the numbers of another array, and is that very array."
HOLDS = "So it holds the numbers of something else."
GIVEN = "What a function is given is no copy: the caller still uses it"
OF_THE_SAME = "The entries are not copied: each is the very array that stands on the right"


def copies(written: Written, others: Sequence[Written], *, with_operations: bool = True) -> Iterator[Edit]:
    """Edits that put a copy where something that is changed in place elsewhere is bound, kept or handed on.

    Args:
        others: functions that what this one keeps or returns may go to: its own is among them.
        with_operations: whether a new array is tried for what an operation in place changes as well.
    """
    maker = _Copies(written, others)
    found: dict[tuple[int, int, str], Edit] = {}
    for edit in maker.edits(with_operations=with_operations):
        node = edit.span[0]
        found.setdefault((node.lineno, node.col_offset, edit.replacement), edit)
    yield from [*found.values()][:TRIALS]


def is_exchange(statement: ast.stmt) -> bool:
    """Whether a statement gives several entries those of each other: `a[i], a[j] = a[j], a[i]`."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            return all(isinstance(one, ast.Subscript) for one in (*targets, *values))
    return False


class _Copies:
    def __init__(self, written: Written, others: Sequence[Written]) -> None:
        self._written = written
        self._own = InPlace(written.definition)
        self._others = [(one, InPlace(one.definition)) for one in others if one is not written]

    def edits(self, *, with_operations: bool) -> Iterator[Edit]:
        for place in self._written.places:
            statement = place.statement
            match statement:
                case ast.Assign(targets=[target], value=value):
                    yield from self._bound(statement, target, value)
                case ast.Assign(targets=[first, *rest], value=value):
                    yield from self._bound_to_several(statement, first, rest)
                case ast.Return(value=ast.expr() as value):
                    for one in _parts(value):
                        yield from self._kept(statement, one, f"What is returned as `{said(one)}` is no copy of it")
            for node in walk(statement) if isinstance(statement, SIMPLE) else ():
                match node:
                    case ast.Call(func=ast.Attribute(value=kept, attr="append" | "insert"), args=[*_, value]):
                        title = (
                            f"`{_short(node)}` puts `{_short(value)}` itself into `{_short(kept)}`, not a copy of it"
                        )
                        for one in _parts(value):
                            yield from self._kept(statement, one, title)
        for statement, _, node in self._written.expressions:
            yield from self._many_of_one(statement, node)
        yield from self._given()
        yield from self._of_the_class()
        if with_operations:
            yield from self._operations()

    # --- places ------------------------------------------------------------------------------------------

    def _bound(self, statement: ast.Assign, target: ast.expr, value: ast.expr) -> Iterator[Edit]:
        pairs = [(target, value)]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            pairs = [*zip(target.elts, value.elts, strict=True)]
        for one, other in pairs:
            if isinstance(other, ast.Tuple | ast.Dict | ast.List):
                for part in _parts(other):
                    title = f"`{_short(one)}` holds `{_short(part)}` itself, not a copy of it"
                    yield from self._kept(statement, part, title)
            elif base_of(other):
                is_entry = isinstance(other, ast.Subscript) or base_of(other) != said(other)
                title = f"`{_short(one)} = {_short(other)}` makes no copy"
                about = (
                    "What is on the left is a part of what is on the right"
                    if is_entry
                    else "Both stand for one and the same"
                )
                names = [*filter(None, (base_of(one), base_of(other)))]
                yield from self._edit(statement, other, title, about, names)
                if isinstance(one, ast.Subscript) or self._changing(names, goes_on=False):
                    yield from self._begun(statement, other, f"{ZEROS}({said(other)})", is_kept=True)

    def _bound_to_several(self, statement: ast.Assign, first: ast.expr, rest: Sequence[ast.expr]) -> Iterator[Edit]:
        if isinstance(statement.value, ast.Constant) or not base_of(first):
            return
        copied = "; ".join(f"{said(one)} = {COPY}({said(first)})" for one in rest)
        text = f"{said(first)} = {said(statement.value)}; {copied}"
        listed = " and ".join(f"`{_short(one)}`" for one in (first, *rest))
        title = f"{listed} are one and the same: it is made once and has several names"
        yield from self._edit(statement, statement, title, "", filter(None, map(base_of, (first, *rest))), text)

    def _kept(self, statement: ast.stmt, value: ast.expr, title: str) -> Iterator[Edit]:
        """What goes on to be used elsewhere."""
        if base := base_of(value):
            yield from self._edit(statement, value, title, "", [base], goes_on=True)

    def _many_of_one(self, statement: ast.stmt, node: ast.expr) -> Iterator[Edit]:
        """`[zeros] * n`, `dict.fromkeys(keys, zeros)`, and lists and dicts of arrays that are another one's."""
        text, title = "", ""
        match node:
            case ast.BinOp(left=ast.List(elts=[part]), op=ast.Mult()) if not isinstance(part, ast.Constant):
                text = f"[{COPY}(__one) for __one in {said(node)}]"
                title = f"`{_short(node)}` holds one and the same `{_short(part)}` several times"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys"), args=[_, part]) if (
                not isinstance(part, ast.Constant)
            ):
                text = f"{{__key: {COPY}(__one) for __key, __one in {said(node)}.items()}}"
                title = f"`{_short(node)}` gives all keys one and the same value"
            case ast.ListComp(elt=ast.Name() as part) | ast.DictComp(value=ast.Name() as part):
                text, title = said(_copying(node, part)), f"`{_short(node)}` copies none of the arrays"
            case (
                ast.Call(func=ast.Name(id="list" | "dict"), args=[ast.Name() | ast.Attribute()])
                | ast.Call(func=ast.Attribute(value=ast.Name() | ast.Attribute(), attr="copy"), args=[])
            ):
                text, title = f"{COPY}({said(node)})", f"`{_short(node)}` copies none of the arrays in it"
        if text:
            yield from self._edit(statement, node, title, OF_THE_SAME if "copies none" in title else "", [""], text)
        if isinstance(node, ast.ListComp | ast.DictComp) and text:
            yield from self._begun(statement, node, text.replace(said(ast.parse(COPY)), "0 * "))

    def _begun(self, statement: ast.stmt, node: ast.expr, text: str, *, is_kept: bool = False) -> Iterator[Edit]:
        """The same with zeros, where something is filled in or goes on from call to call."""
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        is_kept = is_kept or isinstance(statement, ast.Return)
        if is_kept or any(isinstance(target, ast.Attribute) for target in targets):
            title, why = (
                f"`{_short(statement)}` puts the array itself there, where zeros of its shape are meant",
                BEGINS,
            )
            if any(_is_filled_in(target) for target in targets):
                title, why = f"`{_short(statement)}` puts `{_short(node)}` there, where zeros are meant", HOLDS
            edit = self._written.edit(statement, node, text, "")
            yield replace(edit, kind=f"{BEGUN}: {title} | {why}", before=self._written.source(statement), tier="slips")

    def _given(self) -> Iterator[Edit]:
        """What the function is given, or has by default, and changes in place."""
        body = self._written.definition.body
        first = body[1] if len(body) > 1 and isinstance(body[0], ast.Expr) and _is_text(body[0]) else body[0]
        if not isinstance(first, SIMPLE):
            return
        arguments = self._written.definition.args
        positional = [*arguments.posonlyargs, *arguments.args]
        made = dict(zip(reversed(positional), reversed(arguments.defaults), strict=False))
        for argument in positional:
            changing = self._own.changing(argument.arg)
            if argument.arg in ("self", "cls"):
                continue
            default = made.get(argument)
            text = f"{argument.arg} = {COPY}({argument.arg}); {self._written.source(first)}"
            if isinstance(default, ast.List | ast.Dict | ast.Set | ast.Call):
                title = f"`{argument.arg}={_short(default)}` is made once, and is one and the same in all calls"
                why = "A default is made where the function is defined, not at each call: what a call puts into it, "
                why += "the next one finds there"
                edit = replace(self._written.edit(first, first, text, ""), statement=self._written.definition)
                told = self._told(edit, title, why, None, self._written)
                yield replace(told, before=f"{argument.arg}={_short(default)}")
            elif changing is not None:
                title = f"`{_short(changing)}` changes the array that the function is given as `{argument.arg}`"
                edit = self._written.edit(changing, changing, "", "")
                edit = replace(edit, span=(first, first), replacement=text)
                yield self._told(edit, title, GIVEN, None, self._written)

    def _operations(self) -> Iterator[Edit]:
        """`b = b - step` for `b -= step`, which changes what other names stand for, or has no place for its result."""
        for place in self._written.places:
            match place.statement:
                case ast.AugAssign(target=target, op=op, value=value):
                    whole = ast.BinOp(ast.parse(said(target), mode="eval").body, op, value)
                    edit = self._written.edit(
                        place.statement, place.statement, f"{said(target)} = {said(whole)}", IN_PLACE
                    )
                    yield replace(edit, tier="slips")

    def _of_the_class(self) -> Iterator[Edit]:
        """What stands in the class itself, and is changed in place by methods of all its objects."""
        owner, _, own = self._written.function.rpartition(".")
        tree = parse(self._written.unit.source) if owner and own == "__init__" else None
        for node in (one for kind in (tree.body if tree else ()) if _is_class(kind, owner) for one in kind.body):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.List() | ast.Dict() | ast.Set() | ast.Call()):
                    changed = self._changing([f"self.{name}"], goes_on=False)
                    first = next((one for one in self._written.definition.body if isinstance(one, SIMPLE)), None)
                    if changed is None or first is None:
                        continue
                    text = f"self.{name} = {COPY}(self.{name}); {self._written.source(first)}"
                    title = f"`{_short(node)}` stands in the class: all objects of it have one and the same `{name}`"
                    edit = self._written.edit(node, node, "", "")
                    yield self._told(replace(edit, span=(first, first), replacement=text), title, "", *changed[::-1])

    # --- what is told ------------------------------------------------------------------------------------

    def _edit(
        self,
        statement: ast.stmt,
        node: ast.expr | ast.stmt,
        title: str,
        about: str,
        names: Iterator[str] | Sequence[str],
        text: str = "",
        *,
        goes_on: bool = False,
    ) -> Iterator[Edit]:
        """One edit, where what it copies is changed in place anywhere."""
        names = [*names]
        changed = self._changing(names, goes_on=goes_on or names == [""])
        if changed is not None:
            written, changing = changed
            edit = self._written.edit(statement, node, text or f"{COPY}({said(node)})", "")
            yield self._told(edit, title, about, changing, written)

    def _changing(self, names: Sequence[str], *, goes_on: bool) -> tuple[Written, ast.stmt | None] | None:
        """The function and the statement that change in place what one of some names stands for, if any does.

        The statement is None where it cannot be told, of what goes on to functions that change something.
        """
        for name in names:
            if (changing := self._own.changing(name)) is not None:
                return self._written, changing
        for written, own in self._others:
            for name in names:
                if name.startswith("self.") and (changing := own.changing(name)) is not None:
                    return written, changing
        if goes_on and any(own.outlives for _, own in (*self._others, (self._written, self._own))):
            return self._written, None
        return None

    def _told(self, edit: Edit, title: str, about: str, changing: ast.stmt | None, written: Written) -> Edit:
        """An edit with its sentences: what is one and the same, and which line changes it."""
        sentences = [f"{about}." if about else ""]
        if changing is not None and not isinstance(changing, ast.For | ast.While | ast.If | ast.With | ast.Try):
            line = written.line(changing)
            where = f"Line {line}" if written.unit is edit.unit else f"In `{written.function}` a line"
            sentences.append(f"{where}, `{_short(changing)}`, changes it in place: it changes under each of its names.")
        else:
            sentences.append("Where it is changed in place, it changes under each of its names.")
        why = " ".join(filter(None, sentences))
        before = edit.written.source(edit.statement)
        return replace(edit, kind=f"{SHARED}: {title} | {why}", before=before, after="", tier="slips")


def _is_filled_in(target: ast.expr) -> bool:
    """Whether a target may be a part of an array, which takes numbers and no array, or one number for all of it."""
    return isinstance(target, ast.Subscript) and not any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) for node in walk(target.slice)
    )


def _parts(value: ast.expr) -> list[ast.expr]:
    """What a tuple, list or dict is made of, however deep."""
    match value:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return [part for one in elements for part in _parts(one)]
        case ast.Dict(values=values):
            return [part for one in values for part in _parts(one)]
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
            return [part for one in keywords for part in _parts(one.value)]
    return [value] if base_of(value) else []


def _copying(node: ast.expr, part: ast.Name) -> ast.expr:
    """A comprehension that copies what it takes."""
    made = ast.parse(said(node), mode="eval").body
    copied = ast.parse(f"{COPY}({part.id})", mode="eval").body
    if isinstance(made, ast.ListComp):
        made.elt = copied
    elif isinstance(made, ast.DictComp):
        made.value = copied
    return made


def _is_class(node: ast.stmt, name: str) -> TypeGuard[ast.ClassDef]:
    return isinstance(node, ast.ClassDef) and node.name == name


def _is_text(statement: ast.Expr) -> bool:
    return isinstance(statement.value, ast.Constant)


def _short(node: ast.AST) -> str:
    text = said(node).replace("`", "'").partition("\n")[0]
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
