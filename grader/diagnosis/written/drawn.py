"""Random numbers that do not belong where they are drawn, or come from the wrong distribution for what they decide."""

import ast
import re
from collections.abc import Collection, Iterator

from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

LONGEST = 60
DRAWS = {
    *("rand", "randn", "random", "random_sample", "standard_normal", "normal", "uniform", "randint", "integers"),
    *("choice", "permutation", "shuffle", "binomial", "sample", "gauss", "randrange", "ranf"),
}
GENERATORS = re.compile(r"(^|[._])(random|rng|generator|rs|random_state)$")
NORMAL = {"randn", "standard_normal", "normal", "gauss"}
SHARES = re.compile(r"(^|[._'\"])(p|q|prob|keep|keep_\w+|p_\w+|drop\w*|ratio|rate)['\"\]]*$", re.IGNORECASE)


def draws_without_need(function: str, written: Written, solution: str) -> tuple[Described, ast.stmt] | None:
    """What is told of numbers that a function draws, where the solution's text of all that it does draws none.

    Who sets the generator anew may draw the same once more.
    """
    if not solution or any(_mentions_draws(ast.parse(solution))) or any(_sets_generators(written.definition)):
        return None
    for place in written.places:
        if isinstance(place.statement, ast.Assign | ast.AugAssign | ast.Return):
            for call in _draws(place.statement):
                shown = cut(written.source(call), LONGEST)
                told = Described(
                    code=f"{function}.draws-anew",
                    title=f"`{shown}` draws random numbers, and `{function}` needs none",
                    explanation="They are other ones in every call. What was drawn before, and is to be used here "
                    "again, has to be kept and handed over.",
                    hints=("Call the function twice with the same arguments. Does it give the same?",),
                    evidence={"line": written.line(place.statement)},
                )
                return told, place.statement
    return None


def normal_for_even(function: str, written: Written) -> tuple[Described, ast.stmt] | None:
    """What is told of normally distributed numbers that are compared with a probability."""
    made: dict[str, ast.Call] = {}
    for place in written.places:
        is_block = hasattr(place.statement, "body")  # whose statements are places of their own
        for node in walk(getattr(place.statement, "test", ast.Pass()) if is_block else place.statement):
            if isinstance(node, ast.Compare) and len(node.ops) == 1:
                for one, bound in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
                    call = one if isinstance(one, ast.Call) else made.get(said(one))
                    is_normal = call is not None and name_called(call.func) in NORMAL and call in [*_draws(call)]
                    if call is not None and is_normal and SHARES.search(said(bound)):
                        return _of_normal(function, written, call, said(bound)), place.statement
        match place.statement:
            case ast.Assign(targets=[target], value=ast.Call() as call) if name_called(call.func) in NORMAL:
                made[said(target)] = call
            case ast.Assign(targets=[target]):
                made.pop(said(target), None)
    return None


def _of_normal(function: str, written: Written, call: ast.Call, bound: str) -> Described:
    return Described(
        code=f"{function}.normal-for-even",
        title=f"`{cut(written.source(call), LONGEST)}` draws from the normal distribution, "
        f"and is compared with the probability `{cut(bound, LONGEST)}`",
        explanation="Of evenly drawn numbers between 0 and 1, as `np.random.rand` draws them, a share p is below p. "
        "Half of the normally distributed ones are negative, and many are above 1.",
        hints=("Which share of these numbers lies below 0.5? Count a thousand of them.",),
    )


def _draws(whole: ast.AST) -> Iterator[ast.Call]:
    """The calls in which numbers are drawn."""
    for node in walk(whole):
        match node:
            case ast.Call(func=ast.Attribute(value=generator, attr=name)) if name in DRAWS and GENERATORS.search(
                said(generator)
            ):
                yield node


def _sets_generators(whole: ast.AST) -> Iterator[bool]:
    for node in walk(whole):
        yield isinstance(node, ast.Call) and name_called(node.func) in ("seed", "default_rng", "RandomState", "Random")


def _mentions_draws(tree: ast.AST) -> Iterator[bool]:
    for node in walk(tree):
        names = {node.attr} if isinstance(node, ast.Attribute) else {node.id} if isinstance(node, ast.Name) else set()
        yield bool(names & {"random", "rng", *(DRAWS - {"choice", "sample"})})


def texts_of(solution: str, names: Collection[str]) -> str:
    """The definitions of functions and methods in a text, by their names."""
    found = []
    for statement in ast.parse(solution).body:
        members = statement.body if isinstance(statement, ast.ClassDef) else [statement]
        owner = f"{statement.name}." if isinstance(statement, ast.ClassDef) else ""
        found += [
            ast.unparse(one) for one in members if isinstance(one, ast.FunctionDef) and f"{owner}{one.name}" in names
        ]
    return "\n".join(found)
