"""What an exception in a submission's function was about: the operation, its operands, and what their sizes are.

The innermost operation that gave no value is found in a watched call. What numpy's and Python's messages mean is said
in general sentences; the sizes are named as the contract names them, `(N, D)`, where the arguments show which is which.
"""

import ast
import builtins
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.assignments import ContractFunction
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.kind import Kind, kind_of
from grader.diagnosis.repair.misspelt import nearest
from grader.diagnosis.repair.nodes import is_numpy, name_called
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.messages import meaning_of
from grader.sandbox import Seen
from grader.submissions.syntax import parse

_COMMON = (np.ndarray, list, dict, str)  # of whose methods the messages tell
LONGEST = 90
PRINT_IT = "Print what this line works with, just before it."
OF_THE_CALL = re.compile(r"not callable|positional argument|unexpected keyword argument")
OPERANDS = 3
OF_AN_INDEX = ("IndexError", "KeyError")
OPERATIONS = (ast.BinOp, ast.Call, ast.Subscript, ast.Compare, ast.UnaryOp, ast.Attribute, ast.Name)
NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
TYPES = {"numpy.ndarray": np.ndarray, "list": list, "dict": dict, "str": str}
NO_ATTRIBUTE = re.compile(rf"'({'|'.join(map(re.escape, TYPES))})' object has no attribute '(\w+)'")
SHAPES = re.compile(r"\(([A-Za-z_]\w*(?: ?, ?[A-Za-z_]\w*)*,?)\)")


@dataclass(frozen=True)
class Failure:
    """An operation that raised, with what it was given."""

    function: str
    statement: ast.stmt
    operation: ast.expr | None
    operands: tuple[tuple[str, Seen], ...]
    raised: str
    said: str


def failure_of(bench: Bench) -> Failure | None:
    """The operation that raised in the first failed call; None if none did, or it cannot be told."""
    for probe, run in sorted(bench.seen, key=lambda entry: bench.telling.index(entry[0])):
        observed = probe.call.found
        if observed.raised in (None, "None", "outputs", "timeout", "memory"):
            continue
        last = run.last_statement()
        if last is None:
            return None
        function, statement, begun = last
        raised = observed.raised or ""
        operation = _innermost(run, statement, begun, raised)
        if operation is None and isinstance(statement, ast.Return):
            # That function came to its end, and what followed raised; nothing did where it is the one that was asked.
            is_asked = function == bench.written[0].function
            caller = run.statement_that_called(function, begun) if not is_asked else None
            if caller is None:
                return None
            function, statement, begun = caller
            operation = _innermost(run, statement, begun, raised)
        operands = tuple(_operands(run, operation, begun)) if operation is not None else ()
        return Failure(function, statement, operation, operands, raised, observed.said)
    return None


def explained(
    failure: Failure, case: Case, bench: Bench, contract: Sequence[ContractFunction], source: Source
) -> Described | None:
    """What went wrong, in the student's names; None where no more is known than the message says."""
    written = next((one for one in bench.written if one.function == failure.function), None)
    if written is None:
        return None
    piece = failure.operation if failure.operation is not None else failure.statement
    operation = cut(ast.unparse(piece), LONGEST)
    values = {
        "operation": operation,
        "name": cut(name_called(piece.func), LONGEST) if isinstance(piece, ast.Call) else "",
        "holder": cut(ast.unparse(piece.value), LONGEST) if isinstance(piece, ast.Subscript) else operation,
        "none": _what_is_none(piece, failure),
    }
    meaning = _never_set(failure, piece, source) or meaning_of(failure.raised, failure.said, ast.unparse(piece), values)
    shapes = _told_operands(failure, _sizes(case, bench, contract))
    if meaning is None and failure.operation is not None and not isinstance(failure.statement, ast.Raise | ast.Assert):
        meaning = _as_it_says(failure, operation)
    if meaning is None:
        return None
    title, why, nudge = meaning
    why = " ".join(filter(None, [why, _written_nearly_so(failure, written)]))
    if failure.raised == "NameError":
        why = _as_a_method(failure, source) or _where_it_is_bound(failure.said, source) or why
    blamed = ""
    is_called = not OF_THE_CALL.search(failure.said)  # else the message is about the call itself
    if _is_of_others(piece) and is_called and failure.raised not in ("NameError", "UnboundLocalError"):
        # What the message is about lies inside, and need not be what it is given.
        blamed = values["name"]
        title = f"`{values['name']}` ends in an error, called as it is here"
        is_about_shapes = "broadcast" in failure.said or "core dimension" in failure.said
        why = "The sizes of two arrays do not fit inside it." if is_about_shapes else f"It raises {failure.raised}."
        nudge = f"Compare each argument with what `{values['name']}` asks for."
        if nothing := [text for text, seen in failure.operands if _is_none(seen)]:
            title, blamed = f"`{nothing[0]}` is None where a value is needed", ""
            why = "Which line gives it its value? It was set to None, or comes from what does not return anything."
    return Described(
        code=f"{case.function}.exception",
        title=title,
        explanation=" ".join(part for part in (why, shapes) if part),
        hints=(nudge, f"It is about `{operation}`."),
        confidence="certain",
        evidence={
            "operation": operation,
            "operands": [text[:LONGEST] for text, _ in failure.operands],
            "ends_in": blamed,
        },
        location=source.submission.locate(written.unit.filename, written.line(failure.statement)),
    )


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
    return ""


def _as_it_says(failure: Failure, operation: str) -> tuple[str, str, str]:
    """What to tell where no more is known of a message than what it says."""
    said = failure.said.rstrip(".")
    title = f"`{operation}` ends in an error"
    kind = f"It raises {failure.raised}"
    return title, f"{kind}: {cut(said, LONGEST)}." if said else f"{kind}.", PRINT_IT


def _never_set(failure: Failure, piece: ast.AST, source: Source) -> tuple[str, str, str] | None:
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
    title = f"`self.{name}` is read in `{method}` and has no value"
    if setting:
        listed = " and ".join(f"`{one}`" for one in setting)
        why = f"It is set in {listed}, and not on every way through that, or not before."
    else:
        why = f"Nothing in `{owner}` puts anything there: what a method needs of an earlier one, that one must keep."
    return title, why, f"Which line gives `self.{name}` its value?"


def _puts_into(definition: ast.AST, name: str) -> bool:
    """Whether a method puts anything into an attribute of its object."""
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and node.attr == name
        and ast.unparse(node.value) == "self"
        for node in ast.walk(definition)
    )


def _what_is_none(piece: ast.AST, failure: Failure) -> str:
    """The operand that is None: of a call that found no function, what is called."""
    if isinstance(piece, ast.Call) and "not callable" in failure.said:
        return cut(ast.unparse(piece.func), LONGEST)
    return next((cut(text, LONGEST) for text, seen in failure.operands if _is_none(seen)), "")


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


# --- the operation ---------------------------------------------------------------------------------------


def _innermost(run: Run, statement: ast.stmt, begun: int, raised: str) -> ast.expr | None:
    """The first operation of a statement that gave no value though its parts did."""
    is_about_a_name = raised in ("NameError", "UnboundLocalError")
    done = {
        id(run.watch.nodes[number])
        for number, seen in run.seen.items()
        if number in run.watch.nodes and run.watch.homes[number] is statement and seen.time > begun
    }
    known = {id(node) for number, node in run.watch.nodes.items() if run.watch.homes[number] is statement}
    is_added = isinstance(statement, ast.AugAssign) and not isinstance(statement.target, ast.Name)
    if is_added and not any(id(node) in done for node in ast.walk(statement.value)):  # type: ignore[attr-defined]
        return statement.target  # type: ignore[attr-defined,no-any-return]  # it is read before what is added to it
    roots: list[ast.AST] = [statement]
    if isinstance(statement, ast.For):
        roots = [statement.iter]
    elif isinstance(statement, ast.If | ast.While):
        roots = [statement.test]
    elif isinstance(statement, ast.AugAssign) and raised in OF_AN_INDEX and not _is_begun(statement.value, known, done):
        roots = [statement.target]  # what it adds to is looked up before what is added
    elif isinstance(statement, ast.Assign | ast.AugAssign) and statement.value is not None:
        roots = [statement.value, statement]  # what is assigned is computed before the place that it is put into
    waiting = [node for root in roots for node in _inner_first(root) if id(node) in known and id(node) not in done]
    for node in waiting:
        if isinstance(node, OPERATIONS) and (not isinstance(node, ast.Name) or is_about_a_name):
            return node
    match statement:  # everything has a value: it is the assignment that failed
        case ast.AugAssign(target=ast.Subscript() as target) if roots == [target]:
            return target
        case ast.AugAssign(target=target, op=op, value=value):
            return ast.copy_location(ast.BinOp(target, op, value), statement)
        case ast.Assign(targets=[ast.Subscript() as target]):
            return target
        case ast.If(test=test) | ast.While(test=test):
            return test
    return None


def _is_begun(value: ast.expr, known: Collection[int], done: Collection[int]) -> bool:
    """Whether any part of an expression has given its value, or may have."""
    parts = {id(node) for node in ast.walk(value)} & {*known}
    return not parts or bool(parts & {*done})


def _inner_first(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt):
            yield from _inner_first(child)
    if isinstance(node, ast.expr):
        yield node


def _operands(run: Run, operation: ast.expr, begun: int) -> Iterator[tuple[str, Seen]]:
    parts: list[ast.expr] = []
    match operation:
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.Compare(left=left, comparators=rights):
            parts = [left, *rights]
        case ast.Call(func=function, args=arguments, keywords=keywords):
            owner = [function.value] if isinstance(function, ast.Attribute) else []
            parts = [*owner, *arguments, *(keyword.value for keyword in keywords)]
        case ast.Subscript(value=value, slice=index):
            indices = index.elts if isinstance(index, ast.Tuple) else [index]
            parts = [value, *(one for one in indices if not ast.unparse(one).endswith("newaxis"))]
        case ast.UnaryOp(operand=operand) | ast.Attribute(value=operand):
            parts = [operand]
    own: dict[int, Seen] = {}
    texts: dict[str, Seen] = {}
    for number, seen in run.seen.items():
        node = run.watch.nodes.get(number) or run.watch.targets.get(number, (None, None))[1]
        if node is None:
            continue
        own[id(node)] = seen
        text = ast.unparse(node)
        if text not in texts or texts[text].time < seen.time:  # in a loop the same text has had other values before
            texts[text] = seen
    for part in parts:
        text = ast.unparse(part)
        if id(part) in own and own[id(part)].time > begun:
            yield text, own[id(part)]
        elif text in texts:
            yield text, texts[text]


# --- the sizes -------------------------------------------------------------------------------------------


def _sizes(case: Case, bench: Bench, contract: Sequence[ContractFunction]) -> Mapping[int, str]:
    """What the contract calls each size in the failed call, where one size has one name."""
    function = next((entry for entry in contract if entry.name == case.function), None)
    probe = next((probe for probe in bench.telling if probe.call.found.raised is not None), None)
    if function is None or probe is None:
        return {}
    # A name is what its own function says it is: an `x` of another one may have other axes.
    text = "\n".join(entry.documentation or "" for entry in (function, *contract))
    found: dict[int, set[str]] = {}
    names = [name for name in function.parameters if name != "self"]
    for name, value in zip(names, probe.arguments, strict=False):
        items = value.items() if isinstance(value, dict) else [(name, value)]
        for key, array in items:
            if not isinstance(array, np.ndarray) or not array.ndim:
                continue
            letters = _letters(text, str(key), array.ndim)
            for axis, size in enumerate(array.shape):
                found.setdefault(size, set()).add(letters[axis] if letters else f"{key}.shape[{axis}]")
    told = {}
    for size, words in found.items():
        letters_only = {word for word in words if ".shape" not in word} or words
        if len(letters_only) == 1 and size > 1:
            told[size] = next(iter(letters_only))
    return told


def _letters(text: str, name: str, rank: int) -> list[str] | None:
    """The letters of the shape that a text gives for a name: `X: (N, D)`, `W of shape (D, C)`."""
    for match in re.finditer(rf"(?<![\w]){re.escape(name)}\b`?[^()\n]{{0,60}}{SHAPES.pattern}", text):
        letters = [letter.strip() for letter in match[1].split(",") if letter.strip()]
        if len(letters) == rank:
            return letters
    return None


def _shape(kind: Kind, sizes: Mapping[int, str]) -> str:
    """A shape in numbers, and in letters where these tell each of its axes: two axes may be alike by chance."""
    numbers = ", ".join(map(str, kind.shape)) + ("," if kind.rank == 1 else "")
    named = [sizes.get(size, str(size)) for size in kind.shape]
    large = [size for size in kind.shape if size > 1]
    if not large or len({*large}) < len(large) or not {*large} <= sizes.keys():
        return f"({numbers})"
    return f"({', '.join(named)}{',' if kind.rank == 1 else ''}) = ({numbers})"


def _is_none(seen: Seen) -> bool:
    return isinstance(seen.last, str) and seen.last == "NoneType"


def _shapes_in(message: str) -> set[tuple[int, ...]]:
    """The shapes in what numpy says: `operands could not be broadcast together with shapes (5,3) (4,)`."""
    found = re.findall(r"\((\d+(?:,\d+)*),?\)", message)
    return {tuple(map(int, shape.split(","))) for shape in found}


def _can_fail(shapes: Sequence[tuple[int, ...]], said: Collection[tuple[int, ...]]) -> bool:
    """Whether numpy can mean these shapes, of which it says that they are no two that fit."""
    return {*shapes} <= {*said} and len({*shapes}) == len({*said}) if len(shapes) > 1 and said else True


def _told_operands(failure: Failure, sizes: Mapping[int, str]) -> str:
    kinds = [kind_of(seen.last) for _, seen in failure.operands[:OPERANDS]]
    shapes = [kind.shape for kind in kinds if kind.is_array]
    if "broadcast" in failure.said and not _can_fail(shapes, _shapes_in(failure.said)):
        return ""  # what was seen of them last is of another round of the loop
    parts = []
    for text, seen in failure.operands[:OPERANDS]:
        kind = kind_of(seen.last)
        if kind.is_array:  # which sizes the parameters of an object have is not known
            known = {size: said for size, said in sizes.items() if not said.startswith(f"{text}.shape")}
            known = {} if text.startswith("self.") else known
            parts.append(f"`{cut(text, LONGEST)}` has the shape {_shape(kind, known)}")
        elif isinstance(seen.last, str) and not seen.last.startswith(("module", "function", "builtin", "ufunc", "?")):
            parts.append(f"`{cut(text, LONGEST)}` is {_what(seen.last)}")
        elif isinstance(seen.last, int | float) and len(text) < LONGEST and text != str(seen.last):
            parts.append(f"`{cut(text, LONGEST)}` is {seen.last:g}")
    if not parts or not any("shape" in part or " is " in part for part in parts):
        return ""
    return f"Here {', '.join(parts[:-1]) + ' and ' if parts[1:] else ''}{parts[-1]}."


def _what(words: str) -> str:
    name, _, count = words.partition(" ")
    return f"a {name} of {count}" if count else "None" if name == "NoneType" else f"a {name}"
