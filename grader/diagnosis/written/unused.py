"""Arguments that a function never looks at, or of which it reads the shape alone; what it computes and never reads."""

import ast
from collections.abc import Collection, Sequence

from grader.assignments import ContractFunction
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.nodes import name_called
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk


def unused(
    entry: ContractFunction, written: Written, *, gives_sizes: bool, read: Collection[str]
) -> tuple[Described, ...]:
    """What is told of the first argument whose values a function that is wrong cannot depend on.

    One that `gives_sizes`, whole numbers alone, may well ask for nothing but shapes. `read` are the arguments that a
    right function reads, or hands on: others are there for other functions of the same form, or tell the same once
    more (what a layer gave, beside what it was given). Who reads one of these need not read them all.
    """
    given = entry.arguments
    defaults = len(given.defaults)
    positional = [argument.arg for argument in (*given.posonlyargs, *given.args)]
    needed = positional[: len(positional) - defaults] if defaults else positional
    own = [name for name in written.parameters if name not in ("self", "cls")]
    asked = [name for name in needed if name not in ("self", "cls")]
    if any(name not in read and any(_reads(written.definition, mine)) for name, mine in zip(asked, own, strict=False)):
        return ()
    for place, name in enumerate(asked):
        if name in entry.may_lack or place >= len(own) or name not in read:
            continue
        reads = _reads(written.definition, own[place])
        if any(reads) or (reads and gives_sizes):
            continue
        how = "for its shape alone" if reads else "nowhere"
        if entry.is_plain:
            so = f"So what `{entry.name}` gives cannot depend on the numbers in `{own[place]}`."
        else:  # of what a submission makes for itself nobody knows what it holds
            so = f"So what `{entry.name}` gives depends on its numbers only if another argument holds them."
        return (
            Described(
                code=f"{entry.name}.argument-not-used",
                title=f"`{own[place]}` is read {how} in `{entry.name}`",
                explanation=f"{so} Where do they enter the formula?",
                hints=(f"Search for `{own[place]}` in the function. What is done with it?",),
                evidence={"argument": own[place]},
            ),
        )
    return ()


def unread(function: str, written: Written, for_show: Collection[str] = ()) -> tuple[Described, ast.stmt] | None:
    """What is told of the first variable that a function which is wrong computes and nothing reads; its statement.

    Not of what a function alone gives that is called `for_show`.
    """
    for statement in (place.statement for place in written.places):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() | ast.BinOp() | ast.UnaryOp() as value) if (
                name in written.unread
                and name not in written.parameters
                and not (isinstance(value, ast.Call) and name_called(value.func) in {*for_show, "len"})
            ):
                told = Described(
                    code=f"{function}.variable-not-used",
                    title=f"`{name}` is computed and read nowhere",
                    explanation=f"Nothing in `{function}` looks at it once it has its value. Where does it enter?",
                    hints=(f"Search for `{name}` in the function. What is done with it?",),
                    confidence="likely",
                    evidence={"variable": name},
                )
                return told, statement
    return None


def read_in(source: str, function: str) -> frozenset[str]:
    """The parameters of a function that its text reads."""
    owner, _, name = function.rpartition(".")
    body: Sequence[ast.stmt] = ast.parse(source).body
    if owner:
        body = [
            one for holder in body if isinstance(holder, ast.ClassDef) and holder.name == owner for one in holder.body
        ]
    found = [one for one in body if isinstance(one, ast.FunctionDef) and one.name == name]
    nodes = [node for one in found for node in walk(one)]
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))


def _reads(definition: ast.AST, name: str) -> list[bool]:
    """For each place where a variable is read, whether its values are: not of `x.shape`, `x.ndim` or `len(x)`."""
    about_shape = {
        id(node.value) if isinstance(node, ast.Attribute) else id(node.args[0])
        for node in walk(definition)
        if (isinstance(node, ast.Attribute) and node.attr in ("shape", "size", "ndim", "dtype"))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in ("len", "np.shape", "np.zeros_like") and node.args)
    }
    names = (node for node in walk(definition) if isinstance(node, ast.Name) and node.id == name)
    return [id(node) not in about_shape for node in names if isinstance(node.ctx, ast.Load)]
