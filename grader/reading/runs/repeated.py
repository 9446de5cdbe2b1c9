"""A script that trains for one step: its own lines of that step, repeated."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.reading.runs.driver_functions import is_called
from grader.reading.runs.driver_names import EPOCHS
from grader.reading.runs.driver_words import in_english
from grader.reading.runs.run import Run, recorded
from grader.reading.told.explanation import LINES_ADDED
from grader.submissions.syntax import parse

TIMES = 5
LEAST_OF_NAME = 4  # characters of what is called a number of rounds
MOST_CALLS = 3  # from the statement that is repeated to the function that makes the step
Place = tuple[str, int]  # a file and a line
_OF_LOOPS = ast.For | ast.While
_DEFINITIONS = ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom


@dataclass(frozen=True)
class Step:
    """Statements that make a step when they are repeated.

    Attributes:
        renamed: (a name, what holds its value for the next round).
        calls: through how many calls they come to the step: what functions begin with is begun again by each.
    """

    filename: str
    first: int
    last: int
    renamed: tuple[tuple[str, str], ...]
    calls: int


def repeated(run: Run, step: Step) -> Run:
    """The run in which these statements are repeated, at their own place."""
    if run.way is None:
        return run
    asked = (step.filename, step.first, step.last, TIMES, step.renamed)
    lines = f"line {step.first}" if step.first == step.last else f"lines {step.first}–{step.last}"
    told = (LINES_ADDED, f"its own {lines}, {TIMES} times")
    again = recorded(replace(run.way, repeated=asked))
    return replace(again, served=(*again.served, told))


def steps_in(sources: Sequence[tuple[str, str]], places: Sequence[Place]) -> Iterator[Step]:
    """The statements that hold one step, or call what does: those in one function first, then what calls them.

    Args:
        sources: (name of a file, its text).
        places: of the first product with the weights, and of their updates.
    """
    trees = [(filename, parse(text) or ast.Module([], [])) for filename, text in sources]
    functions = [(name, node) for name, tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    bodies = [(name, body) for name, tree in trees for body in _bodies(tree)]
    called: list[set[str]] = [set() for _ in places]  # by place, the functions that come to it when they are called
    for calls in range(MOST_CALLS + 1):
        for filename, body in bodies:
            step = _step(filename, body, places, called, calls)
            if step is not None:
                yield step
        for place, known in zip(places, called, strict=True):
            known |= {
                node.name for name, node in functions if any(_comes_to(one, name, place, known) for one in node.body)
            }


def rounds_not_made(sources: Sequence[tuple[str, str]]) -> tuple[str, int, str, int] | None:
    """(name, how many, file, line) of a number of rounds that the text sets and that nothing takes."""
    trees = [(filename, parse(text) or ast.Module([], [])) for filename, text in sources]
    nodes = [(filename, node) for filename, tree in trees for node in ast.walk(tree)]
    taken = {node.id for _, node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    taken |= {node.arg or "" for _, node in nodes if isinstance(node, ast.keyword | ast.arg)}
    for filename, node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int(count))) if (
                count > 1 and name not in taken and len(name) >= LEAST_OF_NAME and is_called(EPOCHS, in_english(name))
            ):
                return name, count, filename, node.lineno
    return None


def _bodies(tree: ast.Module) -> list[list[ast.stmt]]:
    """The statements of functions, of what is done if the file is run, and of the text itself."""
    functions = [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [*functions, *[node.body for node in tree.body if isinstance(node, ast.If)], tree.body]


def _comes_to(statement: ast.stmt, filename: str, place: Place, called: set[str]) -> bool:
    """Whether a statement holds a line, or calls one of these functions."""
    if isinstance(statement, _DEFINITIONS):
        return False
    if filename == place[0] and statement.lineno <= place[1] <= (statement.end_lineno or 0):
        return True
    functions = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return any(getattr(one, "attr", getattr(one, "id", "")) in called for one in functions)


def _step(
    filename: str, body: Sequence[ast.stmt], places: Sequence[Place], called: Sequence[set[str]], calls: int
) -> Step | None:
    """The statements of a body that hold a step; None if these do not, or cannot be repeated."""
    found = [
        [at for at, one in enumerate(body) if _comes_to(one, filename, place, known)]
        for place, known in zip(places, called, strict=True)
    ]
    if not all(found):
        return None
    updates = sorted(at for of_update in found[1:] for at in of_update)
    before = [at for at in found[0] if at <= updates[0]]
    if not before:
        return None
    first, last = before[-1], updates[-1]
    lines = {line for name, line in places[1:] if name == filename}
    names = {at: pair for at in range(updates[0], len(body)) if (pair := _renamed(body[at], body[at].lineno in lines))}
    last = max([last, *[at for at, (old, new) in names.items() if old != new]])
    while last + 1 < len(body) and _is_update(body[last + 1]):  # biases may be changed behind the last of the weights
        last += 1
    renamed: dict[str, str] = {}
    for at in sorted(names):
        renamed.setdefault(*names[at])
    if any(old == new for old, new in renamed.items()):  # then one of another name is an update that is lost
        renamed = {}
    first = next((at for at in range(first) if renamed.keys() & _names_read(body[at])), first)
    held = body[first : last + 1]
    if not all(map(_may_be_repeated, held)):
        return None
    return Step(filename, held[0].lineno, held[-1].end_lineno or 0, tuple(renamed.items()), calls)


def _may_be_repeated(statement: ast.stmt) -> bool:
    """Whether a round does not end with it, and it makes no new weights."""
    is_end = ast.Return | ast.Yield | ast.YieldFrom
    loops = isinstance(statement, _OF_LOOPS)
    return not isinstance(statement, ast.Break | ast.Continue | _DEFINITIONS) and not any(
        isinstance(node, is_end)
        or (isinstance(node, ast.Break | ast.Continue) and not loops)
        or (isinstance(node, ast.Attribute | ast.Name) and "rand" in getattr(node, "attr", getattr(node, "id", "")))
        for node in ast.walk(statement)
    )


def _names_read(statement: ast.stmt) -> set[str]:
    nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    return {node.id for node in nodes} if not isinstance(statement, _DEFINITIONS) else set()


def _renamed(node: ast.stmt, is_known: bool) -> tuple[str, str] | None:
    """What an update changes, and to what: `W_new = W - …`, where it is known as one, or the names tell."""
    if isinstance(node, ast.AugAssign):
        target = ast.unparse(node.target)
        return (target, target) if _is_update(node) else None
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.BinOp) or not _is_update(node):
        return None
    old, new = ast.unparse(node.value.left), ast.unparse(node.targets[0])
    return (old, new) if old == new or is_known or old in new else None


def _is_update(node: ast.stmt) -> bool:
    """Whether a statement changes what it begins with by a sum: `w -= …`, `w = w - …`, `w_new = w - …`."""
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.Sub | ast.Add)
    value = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(node, ast.Assign) or not isinstance(value, ast.BinOp) or len(node.targets) != 1:
        return False
    is_renamed = isinstance(node.targets[0], ast.Name) and isinstance(value.left, ast.Name)
    is_same = ast.unparse(node.targets[0]) == ast.unparse(value.left)
    return isinstance(value.op, ast.Sub | ast.Add) and (is_same or is_renamed)
