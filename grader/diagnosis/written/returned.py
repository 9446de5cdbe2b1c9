"""Functions whose every `return` gives more or fewer values than the task asks for, as the text tells.

Where a call ends before it, or another function's fault hides what comes back, nobody has seen it yet.
"""

import ast
from dataclasses import replace

from grader.assignments import ContractFunction
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.misspelt import SURELY
from grader.diagnosis.repair.nodes import is_numpy, said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.diagnosis.written.mendings import BEGUN
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

LONGEST = 60
OF_ONE = {"zeros", "zeros_like", "ones", "ones_like", "empty", "empty_like", "dot", "sum", "mean", "concatenate"}


def other_count(entry: ContractFunction, written: Written) -> tuple[Described, ast.stmt] | None:
    """What is told of a function that returns another number of values, and its `return`."""
    returns = [place.statement for place in written.places if isinstance(place.statement, ast.Return)]
    values = [one.value for one in returns if isinstance(one, ast.Return) and one.value is not None]
    counts = {len(value.elts) if isinstance(value, ast.Tuple) else 1 for value in values}
    is_plain = all(
        not any(isinstance(one, ast.Starred) for one in value.elts)
        if isinstance(value, ast.Tuple)
        else _is_one(value, written)
        for value in values
    )
    if not entry.outputs or len(values) < len(returns) or not is_plain or len(counts) != 1 or counts == {entry.outputs}:
        return None
    count = counts.pop()
    told = Described(
        code=f"{entry.name}.other-count",
        title=f"`{entry.name}` returns {count} value{'s' * (count > 1)}, and {entry.outputs} are asked for",
        explanation=f"What comes back is `{cut(ast.unparse(values[-1]), LONGEST)}`. Whoever calls it takes the result "
        "apart, so it must have the form that the task names.",
        hints=("Which values does the task ask for, and in which order?",),
        evidence={"found": count, "asked": entry.outputs},
    )
    return told, returns[-1]


def with_what_is_asked(entry: ContractFunction, written: Written) -> Edit | None:
    """Each `return` with what the task asks for: the values of its names, or the only one that nothing else reads."""
    returns = [place.statement for place in written.places if isinstance(place.statement, ast.Return)]
    values = [(one, one.value) for one in returns if one.value is not None]
    nodes = [one for one in walk(written.definition) if isinstance(one, ast.Name | ast.Attribute)]
    stored = [one for one in nodes if isinstance(one.ctx, ast.Store)]
    if entry.outputs:
        own = {said(one).removeprefix("self.").casefold(): said(one) for one in reversed(stored)}
        texts = [own.get(name.casefold(), "") for name in entry.results.several.get(entry.outputs, ())]
    else:
        tree = parse(written.unit.source)
        read = {
            said(one) for one in walk(tree or written.definition) if isinstance(getattr(one, "ctx", None), ast.Load)
        }
        unread = [name for name in {said(one) for one in stored} if name in written.unread]
        kept = {said(one) for one in stored}
        match written.definition.body[-1]:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))]) if name in kept:
                unread = [name]  # as in `out[mask] = 0`
        texts = unread or [*(kept if len(kept) == 1 else kept - read)]
    last = written.definition.body[-1]
    match last:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):  # what is shown is what is meant
            texts = [said(one) for one in args]
        case ast.Expr():
            return None
    if not texts or "" in texts or len(texts) != (entry.outputs or 1) or (values and not entry.outputs):
        return None
    begun = max(min((one.lineno for one in stored if said(one) == name), default=0) for name in texts)
    if any(one.lineno < begun for one in returns):
        return None  # left before they have a value
    text = ", ".join(texts)
    edits = [written.edit(one, value, text, SURELY) for one, value in values]
    edits += [
        written.spanning(one, one, f"return {text}", BEGUN, one) for one in returns if (one, one.value) not in values
    ]
    if not returns or (last not in returns and not values):
        if hasattr(last, "body"):  # below which a line of its own would be needed
            return None
        edits.append(
            replace(written.spanning(last, last, f"{said(last)}; return {text}", BEGUN, last), after=f"return {text}")
        )
    return at_all(edits)


def _is_one(value: ast.expr, written: Written) -> bool:
    """Whether an expression is a dict, a number or an array for sure: a name, if that is all that it is ever given."""
    match value:
        case ast.Dict() | ast.UnaryOp() | ast.Constant(value=int() | float()):
            return True
        case ast.BinOp(op=ast.Sub() | ast.Div() | ast.FloorDiv() | ast.Pow() | ast.MatMult()):
            return True  # of tuples there is no difference
        case ast.BinOp(left=left, right=right):  # a name may be what this is put under: `J = J + penalty / 2`
            parts = [one for one in (left, right) if not isinstance(one, ast.Name | ast.Constant)]
            return any(_is_one(one, written) for one in parts)
        case ast.Call(func=ast.Attribute(value=module, attr=name)):
            return name in OF_ONE and is_numpy(module)
        case ast.Name(id=name) if name not in written.parameters:
            given = [one for one in walk(written.definition) if isinstance(one, ast.Name) and one.id == name]
            made = {
                id(target): place.statement.value
                for place in written.places
                if isinstance(place.statement, ast.Assign)
                for target in place.statement.targets
            }
            stored = [made.get(id(one)) for one in given if isinstance(one.ctx, ast.Store)]
            plain = [one for one in stored if one is not None and not isinstance(one, ast.Name)]
            return bool(stored) and len(plain) == len(stored) and all(_is_one(one, written) for one in plain)
    return False
