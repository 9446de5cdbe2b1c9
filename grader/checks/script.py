"""Scripts: top-level code that stands in for a function of the contract.

Beginners write no `train`, they write a notebook from top to bottom: load images, draw weights, loop. Where a contract
says so (`@script` in `contract.py`), such a script is graded like a function. It is loaded by running its definitions
alone, and an adapter in the cell then runs it as often as the checks ask for, each time in a fresh namespace that holds
the grader's variables: up to its training loop, and that loop. Lines keep their numbers throughout.

Such a script has its variables in a namespace of its own, where nobody can change a line of it for a trial. For the
diagnosis it is written as the function that it stands in for, each statement in its own line.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.assignments import ContractFunction
from grader.assignments.contract import ScriptTerms
from grader.checks.adapter import Adapter
from grader.checks.misplaced import misplaced
from grader.report import Location
from grader.submissions import SourceUnit, Submission
from grader.submissions.syntax import edit, is_definition, is_text, parse


@dataclass(frozen=True)
class Runnable:
    """A submission with what has to run after it so that every function of the contract can be called.

    Attributes:
        original: the submission as it was handed in.
        submission: what is loaded: of a script, the definitions.
        places: where the training of each scripted function begins, and what stands elsewhere than the contract has it.
    """

    original: Submission
    submission: Submission
    adapters: tuple[Adapter, ...] = ()
    places: Mapping[str, Location] = field(default_factory=dict)


def runnable(submission: Submission, contract: Sequence[ContractFunction]) -> Runnable:
    """Make callable what a submission has as a script, where the contract allows one, or in a class of its own."""
    for function in contract:
        if function.script is not None and function.name not in submission.definitions():
            script = _read(submission, function)
            if script is not None:
                return script
    found = [*misplaced(submission, contract)]
    if not found:
        return Runnable(submission, submission)
    return Runnable(
        submission,
        replace(submission, remarks=(*submission.remarks, *(item.remark for item in found))),
        tuple(item.adapter for item in found),
        {item.function: item.place for item in found},
    )


@dataclass(frozen=True)
class _Unit:
    unit: SourceUnit
    body: Sequence[ast.stmt]

    def without(self, left_out: Iterable[ast.stmt]) -> str:
        """The unit's text with `pass` in the place of some of its statements."""
        return edit(self.unit.source, [(statement, lambda text: "pass") for statement in left_out]) + "\n"


def _read(submission: Submission, function: ContractFunction) -> Runnable | None:
    terms = function.script
    assert terms is not None
    units = _units(submission)
    training = _training(units, terms)
    if training is None:
        return None
    left_out = _not_run(units, function)
    provided = _provided(function)
    remarks = [
        f"{submission.locate(unit.unit.filename, node.lineno)}: left out, since the grader provides "
        f"{' and '.join(f'`{name}`' for name in sorted(provided & set(_bound(node)))) or 'what it prepares'}"
        for unit in units
        for node in unit.body
        if node in left_out
    ]
    place = submission.locate(training[0].unit.filename, training[1].lineno)
    definitions = {
        unit.unit.filename: unit.without(node for node in unit.body if not is_definition(node)) for unit in units
    }
    loaded = replace(
        submission,
        units=tuple(replace(unit, source=definitions.get(unit.filename, unit.source)) for unit in submission.units),
        remarks=(*submission.remarks, *remarks, f"{place}: the training begins; what follows this loop was not run"),
    )
    adapter = Adapter(f"<{function.name}>", _adapter_source(function, terms, *_parts(units, training, left_out)))
    return Runnable(submission, loaded, (adapter,), {function.name: place} if place else {})


def statements_of(submission: Submission, function: ContractFunction) -> tuple[SourceUnit, list[ast.stmt]] | None:
    """What is run of a script of one text, up to its training loop, without what is defined; None of any other."""
    units = _units(submission)
    training = _training(units, function.script) if function.script is not None else None
    if training is None or len(units) > 1:
        return None
    (unit, loop), left_out = training, _not_run(units, function)
    own = [node for node in unit.body[: unit.body.index(loop) + 1] if node not in left_out]
    return unit.unit, [
        node for node in own if isinstance(node, ast.Assign) or not (is_definition(node) or is_text(node))
    ]


def _units(submission: Submission) -> list[_Unit]:
    return [_Unit(unit, tree.body) for unit in submission.units if (tree := parse(unit.source)) is not None]


def _training(units: Sequence[_Unit], terms: ScriptTerms) -> tuple[_Unit, ast.stmt] | None:
    return next(((unit, node) for unit in units for node in unit.body if _is_loop_over(node, terms.loop)), None)


def _provided(function: ContractFunction) -> set[str]:
    """The variables that the grader gives a script before it begins."""
    return set(function.parameters) - ({function.script.start} if function.script is not None else set())


def _not_run(units: Sequence[_Unit], function: ContractFunction) -> list[ast.stmt]:
    return _left_out([node for unit in units for node in unit.body], _provided(function))


Part = tuple[str, str]  # filename, text


def _parts(
    units: Sequence[_Unit], training: tuple[_Unit, ast.stmt], left_out: Sequence[ast.stmt]
) -> tuple[list[Part], Part]:
    """What runs before the training loop, and the loop itself."""
    last, loop = training
    earlier = [
        (unit.unit.filename, unit.without(node for node in unit.body if node in left_out))
        for unit in units[: units.index(last)]
    ]
    following = [node for node in last.body[last.body.index(loop) :] if not is_definition(node)]
    before = last.without({*following, *(node for node in last.body if node in left_out)})
    lines = last.unit.source.split("\n")[loop.lineno - 1 : loop.end_lineno]
    alone = "\n" * (loop.lineno - 1) + "\n".join(lines) + "\n"
    return [*earlier, (last.unit.filename, before)], (last.unit.filename, alone)


def _is_loop_over(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.For | ast.While) and name in _read_names(node)


def _left_out(statements: Sequence[ast.stmt], provided: set[str]) -> list[ast.stmt]:
    """Assignments to what the grader provides, and assignments of what is needed for these alone."""
    assignments: list[ast.stmt] = [
        node for node in statements if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
    ]
    left_out = [node for node in assignments if provided & set(_bound(node))]
    fed = left_out
    while fed:
        needed = {name for node in statements if node not in left_out for name in _read_names(node)}
        feeds = {name for node in left_out for name in _read_names(node)} - needed
        fed = [node for node in assignments if node not in left_out and set(_bound(node)) <= feeds]
        left_out = [*left_out, *fed]
    return left_out


def _bound(node: ast.stmt) -> Iterator[str]:
    """Names that an assignment binds, or whose items it sets."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = list(node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    while targets:
        match targets.pop():
            case ast.Name(id=name):
                yield name
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                targets += elements
            case ast.Starred(value=inner) | ast.Subscript(value=inner):
                targets.append(inner)


def _read_names(node: ast.stmt) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}


def _adapter_source(function: ContractFunction, terms: ScriptTerms, before: Sequence[Part], loop: Part) -> str:
    variables = ", ".join(f"{name!r}: {name}" for name in function.parameters if name != terms.start)
    return f"""\
def {function.name}{function.signature}:
    import builtins, copy, numpy
    numpy.random.seed(0)
    namespace = copy.deepcopy({{"__name__": "__main__", {variables}}})
    for filename, source in {before!r}:
        builtins.exec(builtins.compile(source, filename, "exec", dont_inherit=True), namespace)
    if {terms.start} is not None:
        namespace[{terms.start!r}] = copy.deepcopy({terms.start})
    filename, source = {loop!r}
    builtins.exec(builtins.compile(source, filename, "exec", dont_inherit=True), namespace)
    return {{name: namespace[name] for name in {terms.reads!r} if name in namespace}}
"""


START = "__start__"  # the argument whose value a variable of the script takes before the loop; nobody is told of it
INDENT = "    "


def scripts_as_functions(submission: Submission, contract: Sequence[ContractFunction]) -> dict[str, SourceUnit]:
    """The texts of scripts by the function that each stands for; of one that cannot be written so, none."""
    texts = {}
    for function in contract:
        if function.script is not None and function.name not in submission.definitions():
            read = statements_of(submission, function)
            if read is not None and (text := _as_function(*read, function)) is not None:
                texts[function.name] = replace(read[0], source=text)
    return texts


def _as_function(unit: SourceUnit, statements: Sequence[ast.stmt], function: ContractFunction) -> str | None:
    """The text, of which no line has moved; None where there is no line free for what a function needs beside it.

    The last of the statements is the training loop.
    """
    assert function.script is not None
    lines = unit.source.split("\n")
    kept = [line for statement in statements for line in _lines_of(statement)]
    before = [line for statement in statements[:-1] for line in _lines_of(statement)]
    header, loop = min(kept) - 1, statements[-1]
    if header < 1 or len(kept) != len({*kept}) or any(map(_spans_lines_in_a_text, statements)):
        return None
    made = [INDENT + text if number in kept else "" for number, text in enumerate(lines, 1)]
    start = function.script.start
    signature = re.sub(rf"\b{start}\b", START, function.signature)
    made[header - 1] = f"def {function.name}{signature.partition(' ->')[0]}:"
    given = f"{start} = {start} if {START} is None else __import__('copy').deepcopy({START})"
    last = max(before, default=header)
    if last + 1 < loop.lineno:
        made[last] = INDENT + given
    elif last in before and _ends_simply(statements[-2], made[last - 1]):
        made[last - 1] += f"; {given}"
    else:
        return None
    end = loop.end_lineno or loop.lineno
    names = ", ".join(map(repr, function.script.reads))
    made[end:] = [
        f"{INDENT}return {{__name__: __it__ for __name__, __it__ in locals().items() if __name__ in ({names},)}}"
    ]
    return "\n".join(made) + "\n"


def _lines_of(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def _ends_simply(statement: ast.stmt, line: str) -> bool:
    """Whether another statement can follow in its line."""
    return isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr) and "#" not in line


def _spans_lines_in_a_text(statement: ast.stmt) -> bool:
    """Whether a string goes over several lines, which an indentation would change."""
    texts = (node for node in ast.walk(statement) if isinstance(node, ast.Constant | ast.JoinedStr))
    return any((node.end_lineno or node.lineno) > node.lineno for node in texts)
