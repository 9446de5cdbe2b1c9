"""What is meant where an operation raised, if the text or the message shows it: then what is behind can be judged."""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np

from grader.diagnosis.repair.misspelt import (
    SET_BESIDE,
    SURELY,
    attributes_of_class,
    names_meant,
    sizes_meant,
    unbound_names,
    ways_of_asking,
)
from grader.diagnosis.repair.misused import misused
from grader.diagnosis.repair.nodes import is_numpy, name_called, said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.diagnosis.written.causes import (
    count_for_rows,
    counted_entries,
    counts_of,
    one_or_many,
    parameter_meant,
    rows_for_entries,
    vectors_multiplied,
)
from grader.diagnosis.written.dicts_meant import dict_for_list
from grader.diagnosis.written.failed_operation import Failure
from grader.diagnosis.written.lines_alike import as_in_a_line_alike
from grader.diagnosis.written.meant_in_calls import meant_in_calls, other_words
from grader.diagnosis.written.shapes_meant import shapes_meant
from grader.meanings import OF_MODULES
from grader.near_names import nearest
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

MENDED, KEPT, BEGUN = "mended", "kept-for-others", "begun-with"  # kinds of edits that are told with the exception
IMPORTS = {
    "np": "import numpy as np",
    **{one: f"import {one}" for one in ("numpy", "math", "copy", "time", "itertools")},
    **{one: f"from {module} import {one}" for one, module in OF_MODULES.items() if "scipy" not in module},
}
NOT_IMPORTED = re.compile(rf"(?:`({'|'.join(IMPORTS)})`|numpy) is not imported")  # of what is told of it
OF_PYTHON_2 = "xrange = range"
_NO_ATTRIBUTE = re.compile(r"'([\w.]+)' object has no attribute '(\w+)'")
OTHER_WAY = {"hstack": "vstack", "vstack": "hstack"}
_KINDS = {"numpy.ndarray": np.ndarray, "list": list, "dict": dict, "str": str}


def mendings(
    failure: Failure, written: Written, keys: Collection[str], constructor: Written | None = None
) -> list[Edit]:
    """The edits with which that is put right; several, if it is not clear what is meant.

    `keys` are those of the dicts that the function is given, `constructor` that of a method's class.
    """
    line, statement = written.line(failure.statement), failure.statement
    names = re.findall(r"'(\w+)'", failure.said)
    if failure.raised == "NameError" and (wanted := IMPORTS.get(names[0] if names else "")):
        old = f"; {OF_PYTHON_2}" if "xrange" in unbound_names(written) else ""  # without which it is run as it is
        return [replace(one, after=wanted) for one in _with_line(f"{wanted}{old}", written)]
    found = [
        edit
        for edit in names_meant(written)
        if any(part.line == line for part in edit.parts) or (edit.kind == SET_BESIDE and edit.after in names)
    ]
    match failure.operation:
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if (
            constructor is not None
            and constructor.function != written.function
            and failure.raised == "AttributeError"
            and name not in attributes_of_class(written)
        ):
            found += _where_kept(name, constructor)
    piece = failure.operation
    if failure.raised == "ValueError":
        found += shapes_meant(failure, written)
    found += [written.edit(statement, node, text, MENDED) for node, text in _names_unpacked(failure, written)]
    found += [*_of_another_kind(failure, written, constructor), *meant_in_calls(failure, written)]
    if failure.raised in ("UnboundLocalError", "NameError"):
        for name in names[:1]:
            if beside := [*as_in_a_line_alike(name, failure, written, SURELY)]:
                return beside
        found += _behind_what_it_reads(failure, written)
    if failure.raised == "UnboundLocalError" and not found:
        found += _begun_with(failure, written)
    match piece:
        case None:
            return found
        case ast.Subscript(value=holder) if failure.raised == "KeyError" and counted_entries(failure, piece, written):
            counts = [*counts_of(said(holder), written)]
            # Layers counted from 1 end with the last one, if it is not treated behind the loop.
            ranges = [
                one for one in walk(written.definition) if isinstance(one, ast.Call) and said(one.func) == "range"
            ]
            ends = {id(end) for one in ranges for end in one.args[1:2]}
            ways = ("// 2 + 1", "// 2") if all(id(node) in ends for _, node in counts) else ("// 2",)
            return [
                at_all([written.edit(s, node, f"{said(node)} {way}", MENDED) for s, node in counts]) for way in ways
            ]
        case ast.Subscript(value=holder, slice=ast.Tuple(elts=[count, labels])) if count_for_rows(failure, piece):
            alike = [
                (place.statement, node.slice.elts[0])
                for place in written.places
                if not hasattr(place.statement, "body")
                for node in walk(place.statement)
                if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple)
                if said(node.slice) == said(piece.slice)
            ]
            rows = f"np.arange({said(count)})"
            mended = at_all([written.edit(where, node, rows, MENDED) for where, node in alike])
            return [replace(mended, before=said(piece), after=f"{said(holder)}[{rows}, {said(labels)}]")]
        case ast.Name(id=name) if failure.raised == "NameError" and (meant := parameter_meant(name, written)):
            places = [(where, node) for where, _, node in written.expressions if said(node) == name]
            return [at_all([written.edit(where, node, meant, MENDED) for where, node in places])]
        case ast.Call() if renamed := [*other_words(failure, piece, written, MENDED)]:
            return renamed
    kind = SURELY if failure.raised == "AttributeError" else MENDED
    found += [written.edit(statement, piece, text, kind) for text in _meant(failure, piece, written, keys)]
    there = [one for one in (*misused(written), *ways_of_asking(written)) if one.line == line]
    return found or [one for one in there if one.span[0] is statement or said(one.span[0]) in map(said, walk(piece))]


def _where_kept(attribute: str, constructor: Written) -> Iterator[Edit]:
    """The edits of a constructor with which what no method reads is kept under the name that they read it by."""
    tree = parse(constructor.unit.source) or ast.Module([], [])
    attributes = [node for node in walk(tree) if isinstance(node, ast.Attribute)]
    read = {node.attr for node in attributes if isinstance(node.ctx, ast.Load)}
    for place in constructor.places:
        match place.statement:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=other) as target]):
                if other not in read and nearest(attribute, [other]):
                    yield constructor.edit(place.statement, target, f"self.{attribute}", SET_BESIDE)


def _meant(failure: Failure, piece: ast.expr, written: Written, keys: Collection[str]) -> Iterator[str]:
    """What belongs in the place of the operation that raised."""
    match piece:
        case ast.Attribute(value=value, attr=name) if missing := _NO_ATTRIBUTE.search(failure.said):
            known = dir(_KINDS[missing[1]]) if missing[1] in _KINDS else []
            close = nearest(name, [one for one in known if not one.startswith("_")])
            yield from (f"{said(value)}.{one}" for one in close[:1])
        case ast.Subscript(value=value, slice=ast.Constant(value=str(key))) if failure.raised == "KeyError":
            close = nearest(key, [one for one in (*keys, *_keys_in(written)) if _digits(one) == _digits(key)])
            yield from (f"{said(value)}[{one!r}]" for one in close)
        case ast.Call() | ast.BinOp() if (pair := vectors_multiplied(failure, piece)) is not None:
            first, second = (said(side).removesuffix(".T") for side in pair)
            yield from (f"np.outer({first}, {second})", f"np.outer({second}, {first})")
        case ast.Call(func=function, args=[parts, *_]) if "all the input array" in failure.said:
            other = OTHER_WAY.get(name_called(function))
            axis = next((one.value.value for one in piece.keywords if isinstance(one.value, ast.Constant)), 0)
            if other is not None:
                yield f"{said(function).replace(name_called(function), other)}({said(parts)})"
            elif name_called(function) == "concatenate":
                yield f"{said(function)}({said(parts)}, axis={int(not axis)})"
        case ast.Subscript(value=value, slice=index) if failure.raised == "IndexError":
            if rows_for_entries(failure, piece):
                yield f"{said(value)}[np.arange(len({said(index)})), {said(index)}]"
            elif other := one_or_many(value, written):
                yield f"{other}[{said(index)}]"


def _of_another_kind(failure: Failure, written: Written, constructor: Written | None) -> Iterator[Edit]:
    """What is meant by the kind of a thing: an entry for a dict that is counted with, `//` for a size, a dict for `[]`.

    And `np.zeros_like` for `np.zeros.like`, `np` for `np.np`.
    """
    match failure.operation:
        case ast.Attribute(value=ast.Name(id=one), attr=again) if one == again:
            yield written.edit(failure.statement, failure.operation, one, SURELY)
        case ast.Attribute(value=ast.Attribute(value=module, attr=begun), attr=name) if is_numpy(module) and hasattr(
            np, f"{begun}_{name}"
        ):
            text = f"{said(module)}.{begun}_{name}"
            yield written.edit(failure.statement, failure.operation, text, SURELY)
    assigned = [place.statement for place in written.places if isinstance(place.statement, ast.Assign)]
    if re.search(r"list indices must .* not str|'list' object has no attribute", failure.said):
        yield from dict_for_list(failure, (written, *filter(None, [constructor])))
    if failure.raised == "TypeError" and "dict" in failure.said and failure.operation is not None:
        for text in {said(one) for one in ast.iter_child_nodes(failure.operation) if isinstance(one, ast.expr)}:
            nodes = [one for one in walk(written.definition) if isinstance(one, ast.Subscript)]
            keys = {said(one.slice) for one in nodes if said(one.value) == text}
            places = [one for one in walk(failure.operation) if said(one) == text] if len(keys) == 1 else []
            yield from (
                written.edit(failure.statement, one, f"{text}[{key}]", SURELY)
                for one in places
                for key in keys
                if isinstance(one, ast.expr)
            )
    if "'float' object cannot be interpreted as an integer" in failure.said:
        read = {said(one) for one in walk(failure.statement) if isinstance(one, ast.Name | ast.Attribute)}
        divided = [
            (one, node)
            for one in assigned
            for node in walk(one.value)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and {*map(said, one.targets)} & read
        ]
        texts = [(one, node, f"{_in_brackets(node.left)} // {_in_brackets(node.right)}") for one, node in divided]
        if edits := [written.edit(one, node, text, SURELY) for one, node, text in texts]:
            yield replace(at_all(edits), before=edits[0].before, after=edits[0].after)


def _in_brackets(node: ast.expr) -> str:
    """An operand of a division as it has to be written there."""
    return f"({said(node)})" if isinstance(node, ast.BinOp) else said(node)


def _behind_what_it_reads(failure: Failure, written: Written) -> Iterator[Edit]:
    """A statement, with those between, behind the one below it that gives a value to what it reads."""
    name = next(iter(re.findall(r"'(\w+)'", failure.said)), "")
    for node in walk(written.definition):
        block = getattr(node, "body", None)
        if not isinstance(block, list) or failure.statement not in block:
            continue
        start = block.index(failure.statement)
        for end, one in enumerate(block[start + 1 :], start + 1):
            if isinstance(one, ast.Assign) and name in map(said, one.targets):
                edit = written.spanning(failure.statement, one, [one, *block[start:end]], "later", failure.statement)
                yield replace(edit, before=said(failure.statement), after=said(failure.statement))
                return


def _begun_with(failure: Failure, written: Written) -> Iterator[Edit]:
    """What has no value on some way through the function gets one: as a name like it does, else none.

    Where nothing but another way needs it, as in a cache, None does.
    """
    names = re.findall(r"variable '(\w+)'", failure.said)
    body = written.definition.body[ast.get_docstring(written.definition, clean=False) is not None :]
    for name in names[:1]:
        for statement in body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=other)]) if (words := _other_word(other, name)) is not None:
                    text = re.sub(rf"(?<![^\W_]){words[0]}(?![^\W_])", words[1], said(statement))
                    begun = written.spanning(statement, statement, f"{said(statement)}; {text}", BEGUN, statement)
                    yield replace(begun, before=said(statement), after=text)
        yield from _with_line(f"{name} = None", written)


def _with_line(line: str, written: Written) -> Iterator[Edit]:
    """The function begun with a line, which stands in that of its first statement that is no block.

    Blocks above it that read nothing of what the line gives may stay there: `if config is None`.
    """
    given = set(re.findall(r"\w+", line))
    for statement in written.definition.body[ast.get_docstring(written.definition, clean=False) is not None :]:
        if not hasattr(statement, "body") and not isinstance(statement, ast.Match):
            begun = written.spanning(statement, statement, f"{line}; {said(statement)}", BEGUN, statement)
            yield replace(begun, before=said(statement), after=line)
            return
        if any(
            isinstance(node, ast.Return) or (isinstance(node, ast.Name) and node.id in given)
            for node in walk(statement)
        ):
            return


def _other_word(one: str, other: str) -> tuple[str, str] | None:
    """The words in which two names differ, if it is one: `mean` and `var` of `running_mean` and `running_var`."""
    pairs = [*zip(one.split("_"), other.split("_"), strict=False)]
    different = [pair for pair in pairs if pair[0] != pair[1]]
    is_like = one.count("_") == other.count("_") and len(different) == 1 < len(pairs)
    return different[0] if is_like else None


def _names_unpacked(failure: Failure, written: Written) -> Iterator[tuple[ast.expr, str]]:
    """The names that a tuple is taken apart into, with one that is read and gets no value, or without one that is not.

    It may stand anywhere among the others.
    """
    match failure.statement:
        case ast.Assign(targets=[ast.Tuple(elts=names) as target]) if "to unpack" in failure.said:
            texts = [said(one) for one in names]
        case _:
            return
    absent = [*unbound_names(written)]
    if "too many values" in failure.said and len(absent) == 1:
        for place in range(len(texts), -1, -1):
            yield target, ", ".join([*texts[:place], absent[0], *texts[place:]])
    elif "not enough values" in failure.said:
        for name in (one for one in texts if one in written.unread):
            yield target, ", ".join(one for one in texts if one != name)


def _digits(key: str) -> str:
    """The numbers in a key: `W3` is not another spelling of `W2`."""
    return re.sub(r"\D", "", key)


def _keys_in(written: Written) -> list[str]:
    """The keys under which anything is put in the text."""
    tree = parse(written.unit.source)
    found: list[str] = []
    for node in walk(tree) if tree is not None else ():
        match node:
            case ast.Dict(keys=own):
                found += [one.value for one in own if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            case ast.Subscript(slice=ast.Constant(value=str(key)), ctx=ast.Store()):
                found.append(key)
    return [*dict.fromkeys(found)]


def counts_meant(failure: Failure, written: Written, sizes: Collection[str]) -> list[Edit]:
    """The sizes that a name without value may be the number of, if something is divided by it or counted up to it."""
    if failure.raised != "NameError":
        return []
    line = written.line(failure.statement)
    counts = {
        said(node)
        for _, parent, node in written.expressions
        if isinstance(node, ast.Name)
        if (isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Div) and parent.right is node)
        or (isinstance(parent, ast.Call) and name_called(parent.func) in ("range", "arange"))
    }
    found = (edit for edit in sizes_meant(written, sizes) if any(part.line == line for part in edit.parts))
    return [edit for edit in found if edit.before in counts]


def keepings(attribute: str, method: Written) -> list[Edit]:
    """The edits with which a method keeps what has the name of an attribute, else what it is given or gives."""
    last = method.places[-1].statement if method.places else None
    if not isinstance(last, ast.Return) or last.value is None or last not in method.definition.body:
        return []
    own = [one for one in method.names if one.casefold() == attribute.casefold()]
    texts = [f"self.{attribute} = {one}; {said(last)}" for one in own]
    if not own:
        parameters = [one for one in method.parameters if one not in ("self", "cls")]
        texts = [f"self.{attribute} = {one}; {said(last)}" for one in parameters[:1]]
        texts.append(f"self.{attribute} = {said(last.value)}; return self.{attribute}")
    return [replace(method.spanning(last, last, text, KEPT, last), after=text.partition(";")[0]) for text in texts]
