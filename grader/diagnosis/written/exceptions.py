"""What an exception in a submission's function was about, in the student's names.

What numpy's and Python's messages mean is said in general sentences; the sizes are named as the contract names them,
`(N, D)`, where the arguments show which is which.
"""

import ast
import builtins
import re
from collections.abc import Sequence
from typing import TypeGuard

import numpy as np

from grader.assignments import ContractFunction
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.nodes import is_numpy, name_called
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.causes import also_lacking, cause_of
from grader.diagnosis.written.failed_operation import Failure
from grader.diagnosis.written.signatures import unreadable_constructor
from grader.diagnosis.written.sizes_in_words import is_none, operands_in_words, sizes_of
from grader.diagnosis.written.unbound import unbound
from grader.meanings import meaning_of
from grader.near_names import nearest
from grader.submissions.syntax import parse

_COMMON = (np.ndarray, list, dict, str)  # of whose methods the messages tell
LONGEST = 90
PRINT_IT = "Print what this line works with, just before it."
OF_THE_CALL = re.compile(r"not callable|positional argument|unexpected keyword argument")
NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
TYPES = {"numpy.ndarray": np.ndarray, "list": list, "dict": dict, "str": str}
NO_ATTRIBUTE = re.compile(rf"'({'|'.join(map(re.escape, TYPES))})' object has no attribute '(\w+)'")


def explained(
    failure: Failure, case: Case, bench: Bench, contract: Sequence[ContractFunction], source: Source
) -> Described | None:
    """What went wrong, in the student's names; None where no more is known than the message says."""
    written = next((one for one in bench.written if one.function == failure.function), None)
    if written is None:
        return None
    shapes = operands_in_words(failure, sizes_of(case, bench, contract))
    return explained_by_text(failure, case.function, written, source, shapes, contract)


def explained_by_text(
    failure: Failure,
    function: str,
    written: Written,
    source: Source,
    shapes: str = "",
    contract: Sequence[ContractFunction] = (),
) -> Described | None:
    """The same of a failure in a text, for what is told of a function."""
    piece = failure.operation if failure.operation is not None else failure.statement
    is_statement = isinstance(piece, ast.stmt)  # which is quoted as it is written
    operation = cut(written.source(piece) if is_statement else ast.unparse(piece), LONGEST)
    values = {
        "operation": operation,
        "name": cut(name_called(piece.func), LONGEST) if isinstance(piece, ast.Call) else "",
        "holder": cut(ast.unparse(piece.value), LONGEST) if isinstance(piece, ast.Subscript) else operation,
        "none": _what_is_none(piece, failure),
    }
    meaning = _never_set(failure, piece, source, contract) or cause_of(failure, piece, written, source)
    meaning = meaning or meaning_of(failure.raised, failure.said, ast.unparse(piece), values)
    is_demanded = isinstance(failure.statement, ast.Assert) and failure.raised == "AssertionError" and not failure.said
    if meaning is None and is_demanded:
        meaning = (
            f"What `{operation}` demands is not so here",
            "Where an `assert` does not hold it ends the function. Either something above gives another value or shape "
            "than it should, or this is no true demand for arrays of every size.",
            PRINT_IT,
        )
    if meaning is None and failure.operation is not None and not isinstance(failure.statement, ast.Raise | ast.Assert):
        meaning = _as_it_says(failure, operation)
    if meaning is None:
        return None
    title, why, nudge = meaning
    nearly = _written_nearly_so(failure, written)
    if nearly and "'dict'" in failure.said and _is_called(piece, failure.statement):
        why = ""  # a method is meant, and no entry
    why = " ".join(filter(None, [why, nearly, _of_every_row(failure, written)]))
    match failure.statement:
        case ast.Assign(targets=[ast.Tuple()], value=ast.Name(id=given)) if given in written.parameters:
            if failure.operation is None:  # what is handed in was made by others
                why = f"`{given}` is handed in: does what makes it return these values, and in the order asked for?"
    if failure.raised == "NameError":
        of_another = unbound(function, written, source)
        if of_another is not None and f"'{of_another[0].evidence['name']}'" in failure.said:
            title, why, nudge = of_another[0].title, of_another[0].explanation, of_another[0].hints[0]
        why = _as_a_method(failure, source) or _where_it_is_bound(failure.said, source) or why
    blamed = ""
    is_called = not OF_THE_CALL.search(failure.said) and not is_demanded  # else it is about the call itself
    if _is_of_others(piece) and is_called and failure.raised not in ("NameError", "UnboundLocalError"):
        # What the message is about lies inside, and need not be what it is given.
        blamed = values["name"]
        title = f"`{values['name']}` ends in an error, called as it is here"
        is_about_shapes = "broadcast" in failure.said or "core dimension" in failure.said
        why = "The sizes of two arrays do not fit inside it." if is_about_shapes else f"It raises {failure.raised}."
        nudge = f"Compare each argument with what `{values['name']}` asks for."
        nothing = [text for text, seen in failure.operands if is_none(seen)] if "NoneType" in failure.said else []
        if nothing:
            title, blamed = f"`{nothing[0]}` is None where a value is needed", ""
            why = "Which line gives it its value? It was set to None, or comes from what does not return anything."
    return Described(
        code=f"{function}.exception",
        title=title,
        explanation=" ".join(part for part in (why, shapes) if part),
        hints=(nudge, f"It is about `{operation}`."),
        evidence={
            "operation": operation,
            "operands": [text[:LONGEST] for text, _ in failure.operands],
            "ends_in": blamed,
        },
        location=source.submission.locate(written.unit.filename, written.line(failure.statement)),
    )


def _of_every_row(failure: Failure, written: Written) -> str:
    """That an operand has the columns of all samples in every row: `s[:, y]` for `s[np.arange(n), y]`."""
    square = [text for text, seen in failure.operands if len({*getattr(seen.first, "shape", (1, 2))}) == 1]
    for place in written.places:
        found = re.fullmatch(r"(\w+) = (.+)\[:, (\w+)\]", ast.unparse(place.statement))
        if found is not None and found[1] in square:
            rows = f"{found[2]}[np.arange(len({found[3]})), {found[3]}]"
            line = written.line(place.statement)
            return (
                f"`{found[2]}[:, {found[3]}]` in line {line} takes the columns of all of `{found[3]}` from every row; "
                f"one entry of each row is `{rows}`."
            )
    return ""


def _written_nearly_so(failure: Failure, written: Written) -> str:
    """What is written nearly like the key or the attribute that there is not; "" if nothing is."""
    if failure.raised == "KeyError":
        key = failure.said.strip("'\"")
        keys = [
            (node.value, written.line(statement))
            for statement, parent, node in written.expressions
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and isinstance(parent, ast.Call)
            and name_called(parent.func) == "setdefault"
        ]  # fmt: skip
        close = nearest(key, [one for one, _ in keys]) if key not in dict(keys) else []
        return f"Line {dict(keys)[close[0]]} sets the key `{close[0]}`, which is another one." if close else ""
    if found := NO_ATTRIBUTE.search(failure.said):
        close = nearest(found[2], [one for one in dir(TYPES[found[1]]) if not one.startswith("_")])
        return f"`{close[0]}` is written nearly like it." if close else ""
    return also_lacking(failure, written)


def _as_it_says(failure: Failure, operation: str) -> tuple[str, str, str]:
    """What to tell where no more is known of a message than what it says."""
    said = failure.said.rstrip(".")
    title = f"`{operation}` ends in an error"
    kind = f"It raises {failure.raised}"
    return title, f"{kind}: {cut(said, LONGEST)}." if said else f"{kind}.", PRINT_IT


def _never_set(
    failure: Failure, piece: ast.AST, source: Source, contract: Sequence[ContractFunction]
) -> tuple[str, str, str] | None:
    """What to tell of an attribute of the object itself that is read before anything is put there."""
    owner, _, method = failure.function.rpartition(".")
    match piece:
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if (
            owner and failure.raised == "AttributeError" and f"'{name}'" in failure.said
        ):
            pass
        case _:
            return None
    members = source.methods(owner)
    if name in members:
        return None
    setting = [other for other, definition in members.items() if _puts_into(definition, name)]
    lacking = {one.name for one in contract if one.name.startswith(f"{owner}.")} - {f"{owner}.{o}" for o in members}
    constructor = members.get(method) if method == "__init__" and lacking else None
    given = _given_back(constructor) if constructor is not None else ""
    kept = [one.attr for one in ast.walk(constructor) if _is_kept(one)] if constructor is not None else []
    if given and not setting and not nearest(name, kept):
        return (
            "The lines of another method stand in `__init__`: its head is missing above them",
            f"`__init__` makes an object and gives nothing back, and it ends with `return {cut(given, LONGEST)}` here. "
            f"What is read there, `self.{name}` for one, has no value before the other methods are called.",
            "Which line `def …(self, …):` has got lost, and where does it belong?",
        )
    title = f"`self.{name}` is read in `{method}` and has no value"
    if setting:
        listed = " and ".join(f"`{one}`" for one in setting)
        why = f"It is set in {listed}, and not on every way through that, or not before."
    elif (unreadable := unreadable_constructor(owner, source)) is not None:
        why = f"{unreadable[0]}. So it is left out, and puts nothing there."
    else:
        why = f"Nothing in `{owner}` puts anything there: what a method needs of an earlier one, that one must keep."
    return title, why, f"Which line gives `self.{name}` its value?"


def _given_back(constructor: ast.AST) -> str:
    """What the last line of a constructor returns; "" if it is no `return` with a value."""
    match getattr(constructor, "body", [])[-1:]:
        case [ast.Return(value=ast.expr() as value)] if (
            not isinstance(value, ast.Constant) and _root(value) is not value
        ):
            return ast.unparse(value)
    return ""


def _is_called(piece: ast.AST, statement: ast.AST) -> bool:
    called = (ast.unparse(node.func) for node in ast.walk(statement) if isinstance(node, ast.Call))
    return isinstance(piece, ast.Attribute) and ast.unparse(piece) in called


def _is_kept(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)


def _puts_into(definition: ast.AST, name: str) -> bool:
    """Whether a method puts anything into an attribute of its object, and not only changes what is there."""
    changed = {id(node.target) for node in ast.walk(definition) if isinstance(node, ast.AugAssign)}
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and node.attr == name
        and id(node) not in changed
        and ast.unparse(node.value) == "self"
        for node in ast.walk(definition)
    )


def _what_is_none(piece: ast.AST, failure: Failure) -> str:
    """The operand that is None: of a call that found no function, what is called."""
    if isinstance(piece, ast.Call) and "not callable" in failure.said:
        return cut(ast.unparse(piece.func), LONGEST)
    return next((cut(text, LONGEST) for text, seen in failure.operands if is_none(seen)), "")


def _where_it_is_bound(said: str, source: Source) -> str:
    """What to tell of a name that a line outside of every function would give a value; "" if there is no such line."""
    found = NOT_DEFINED.match(said)
    place = source.submission.definitions().get(found[1]) if found else None
    if found is None or place is None:
        return ""
    return (
        f"`{found[1]}` gets its value at {place}, outside of the function, and that did not run to its end here. What "
        "a function needs it takes from its arguments: it may be called with other data than the file has."
    )


def _as_a_method(failure: Failure, source: Source) -> str:
    """What to tell of a name that a class alone has, where a method of it asks for the bare name; "" if none has."""
    found, owner = NOT_DEFINED.match(failure.said), failure.function.rpartition(".")[0]
    for unit in source.submission.units if found is not None and owner else ():
        tree = parse(unit.source)
        for statement in tree.body if tree else ():
            for member in statement.body if isinstance(statement, ast.ClassDef) and statement.name == owner else ():
                if isinstance(member, ast.FunctionDef) and found is not None and member.name == found[1]:
                    takes_self = [one.arg for one in member.args.args[:1]] == ["self"]
                    holder = "self" if takes_self else owner
                    return (
                        f"`{found[1]}` is defined inside the class `{owner}`, and names of a class are not seen in its "
                        f"methods: there it is `{holder}.{found[1]}`."
                    )
    return ""


def _is_of_others(piece: ast.AST) -> bool:
    """Whether a piece calls a function that was not watched: of the contract, or handed out."""
    match piece:
        case ast.Call(func=ast.Name(id=name)):
            return not hasattr(builtins, name)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"))):
            return True
        case ast.Call(func=ast.Attribute(value=owner, attr=method)):  # of an object of the submission's own
            return not is_numpy(_root(owner)) and not any(hasattr(kind, method) for kind in _COMMON)
    return False


def _root(node: ast.expr) -> ast.expr:
    """`a` of `a.b[0].c`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node
