"""What a call or a line gives, put under the name that is read: results thrown away, locals for attributes.

And passes of a loop that end where the whole loop does.
"""

import ast
import itertools
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.repair.contents import Definition
from grader.diagnosis.repair.misspelt import attributes_of_class
from grader.diagnosis.repair.nodes import is_numpy, name_called, said
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

# Methods that change what they are called on, and functions that change what they are given.
IN_PLACE = {
    *("append", "extend", "insert", "pop", "remove", "clear", "update", "setdefault", "sort", "reverse", "fill", "put"),
    *("shuffle", "seed", "at", "copyto", "add", "print", "join", "write", "close", "resize", "partition", "setflags"),
}
PAIRS = 10  # of results
WITHOUT_EFFECT = "statement-without-effect"  # a kind of edit
TARGETS = 4  # names that what a call gives is put under, of which each is tried


def annotations_meant(written: Written) -> Iterator[Edit]:
    """`rows = rows.T` for `rows: rows.T`, which tells a type and gives no value."""
    for place in written.places:
        match place.statement:
            case ast.AnnAssign(target=target, annotation=annotation, value=None) if any(
                isinstance(node, ast.Call | ast.BinOp | ast.Attribute) for node in walk(annotation)
            ):
                text = f"{said(target)} = {said(annotation)}"
                yield written.edit(place.statement, place.statement, text, "annotation")


def results_bound(written: Written) -> Iterator[Edit]:
    """`w = update(w, dw)` for `update(w, dw)`, and `x = x.reshape(-1)` for `x.reshape(-1)`."""
    for place in written.places:
        match place.statement:
            case ast.Expr(value=ast.Call() as call) if name_called(call.func) not in IN_PLACE:
                for target in [*dict.fromkeys(_targets_of_result(call, written))][:TARGETS]:
                    text = f"{target} = {written.source(call)}"
                    yield written.edit(place.statement, place.statement, text, "thrown-away")


def statements_meant(written: Written) -> Iterator[Edit]:
    """`w -= dw` for `w - dw`, and `w = 0` for `w == 0`, of which nothing is left."""
    for place in written.places:
        statement = place.statement
        match statement:
            case ast.Expr(value=ast.BinOp(left=ast.Name() | ast.Attribute() | ast.Subscript() as left) as whole):
                made = ast.unparse(ast.AugAssign(left, whole.op, whole.right))
                yield written.edit(statement, statement, made, WITHOUT_EFFECT)
            case ast.Expr(value=ast.Subscript(value=ast.Name(id=name), slice=mask)):  # what is given is left as it is
                yield written.edit(statement, statement, f"{name} = np.where({said(mask)}, 0, {name})", WITHOUT_EFFECT)
            case ast.Expr(value=ast.Compare(left=left, ops=[ast.Eq()], comparators=[right])):
                yield written.edit(statement, statement, f"{said(left)} = {said(right)}", WITHOUT_EFFECT)


def _targets_of_result(call: ast.Call, written: Written) -> Iterator[str]:
    """What may stand for the result of a call: what it is made of, under the name that this has here."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) and not is_numpy(call.func.value) else None
    if isinstance(owner, ast.Name | ast.Attribute | ast.Subscript) and said(owner) != "self":
        yield said(owner)
    given = [one.value if isinstance(one, ast.Starred) else one for one in call.args]
    places = [said(one) for one in given if isinstance(one, ast.Name | ast.Attribute | ast.Subscript)]
    definition = definition_called(call, written)
    if definition is not None:
        parameters = [one.arg for one in definition.args.args if one.arg != "self"]
        for returned in returned_by(definition):
            parts = returned.elts if isinstance(returned, ast.Tuple) else [returned]
            named = {name: said(one) for name, one in zip(parameters, call.args, strict=False)}
            found = [named.get(part.id, "") if isinstance(part, ast.Name) else "" for part in parts]
            if all(found) and not any(isinstance(one, ast.Starred) for one in call.args):
                yield ", ".join(found)
            if len(parts) > 1 and len(places) >= len(parts):
                yield ", ".join(places[: len(parts)])
    yield from places[:2]


def definition_called(call: ast.Call, written: Written) -> Definition | None:
    """The submission's own function that is called, if it is defined in the same unit."""
    tree = parse(written.unit.source)
    match call.func:
        case ast.Name(id=name):
            owner: list[ast.stmt] = tree.body if tree else []
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            own = written.function.rpartition(".")[0]
            classes = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == own] if tree else []
            owner = classes[0].body if classes else []
        case _:
            return None
    return next((one for one in owner if isinstance(one, Definition) and one.name == name), None)


def returned_by(definition: Definition) -> list[ast.expr]:
    """What a function returns, None left out."""
    found = [node.value for node in walk(definition) if isinstance(node, ast.Return) and node.value is not None]
    return [one for one in found if not (isinstance(one, ast.Constant) and one.value is None)]


def kept_in_attributes(written: Written) -> Iterator[Edit]:
    """`self.dW = …` for `dW = …` in a method; a name that is read there as well stands for both."""
    if "." not in written.function or not written.definition.args.args:
        return
    if written.definition.args.args[0].arg != "self":
        return
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                both = "" if name in written.unread else f"{name} ="
                read = (said(node) for node in walk(value) if isinstance(node, ast.Subscript) and _is_of_self(node))
                for kept in dict.fromkeys((f"self.{name}", *read)):  # `self.h[key] = …` for `h = …` of the old one
                    text = f"{both} {kept} =".lstrip()
                    told = f"kept-in-a-local-name: {name} | {kept}"
                    edit = written.edit(place.statement, place.statement, f"{text} {written.source(value)}", told)
                    yield replace(edit, before=both or name, after=text if both else kept)


def _is_of_self(node: ast.expr) -> bool:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id == "self"


def results_exchanged(written: Written) -> Iterator[Edit]:
    """Two of the results in the other order."""
    for place in written.places:
        value = getattr(place.statement, "value", None)
        if isinstance(place.statement, ast.Return) and isinstance(value, ast.Tuple | ast.List):
            for i, j in itertools.islice(itertools.combinations(range(len(value.elts)), 2), PAIRS):
                parts = [*value.elts]
                parts[i], parts[j] = parts[j], parts[i]
                made = ast.unparse(type(value)(parts, ast.Load()))
                yield written.edit(place.statement, value, made, "results-exchanged")


def other_exits(written: Written) -> Iterator[Edit]:
    """`continue` for `break` and for a `return` in a loop, and `break` for `continue`."""
    for place in written.places:
        statement = place.statement
        if isinstance(statement, ast.Break):
            yield written.edit(statement, statement, "continue", "continue-meant")
        elif isinstance(statement, ast.Continue):
            yield written.edit(statement, statement, "break", "break-meant")
        elif isinstance(statement, ast.Return) and place.loops and place.body is not place.loops[-1].body:
            yield written.edit(statement, statement, "continue", "continue-meant")


def the_other_way_round(written: Written) -> Iterator[Edit]:
    """`self.x = x` for an `x = self.x` that takes an argument from where nothing has put anything."""
    kept = attributes_of_class(written)
    for place in written.places:
        match place.statement:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Attribute(value=ast.Name(id="self"), attr=attribute)
            ) if kept and name in written.parameters and attribute not in kept:
                yield written.edit(place.statement, place.statement, f"self.{attribute} = {name}", "other-way-round")
