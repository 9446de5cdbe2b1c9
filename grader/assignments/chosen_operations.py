"""`grade new --of`: an assignment whose functions are operations of the library, working as soon as it is written."""

import ast
import difflib
import importlib
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.assignments.errors import AssignmentError
from grader.assignments.library import HOW_TO_INSTALL
from grader.assignments.operation import Operation
from grader.assignments.specialise import Step
from grader.assignments.starter import demand_empty, write_texts

POINTS = 10  # of each function, to be changed


@dataclass(frozen=True)
class Choice:
    """One operation that was asked for, as `softmax` or `softmax:axis=0`."""

    operation: Operation
    conventions: Mapping[str, Any]

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions of it that can be graded."""
        return self.operation.graded_with(self.conventions)


def operations() -> dict[str, Operation]:
    """Every operation of the library by its name.

    Raises:
        AssignmentError: the library is not installed.
    """
    try:
        library = importlib.import_module("operations")
    except ImportError:
        raise AssignmentError(f"the library of operations is not installed here; {HOW_TO_INSTALL}") from None
    named = {name: getattr(library, name) for name in sorted(library.__all__)}
    return {name: value for name, value in named.items() if isinstance(value, Operation)}


def choose(words: Sequence[str]) -> tuple[Choice, ...]:
    """What `--of` named.

    Raises:
        AssignmentError: there is no such operation or convention, or it has no function that can be graded by itself.
    """
    known = operations()
    chosen = []
    for word in words:
        name, _, rest = word.partition(":")
        operation = known.get(name)
        if operation is None:
            raise AssignmentError(f"--of {word}: no operation {name!r}; {_able(known)}{nearest(name, known)}")
        if not operation.graded:
            raise AssignmentError(
                f"--of {word}: {name} cannot be graded by itself. It is a part of other functions ("
                f"{_purpose(operation)}): write `{name}.use()` into the table of an assignment that has such a "
                f"function; {_able(known)}"
            )
        conventions = dict(_convention(part, word, operation) for part in rest.split(",") if part)
        try:
            operation.demand(conventions)
        except AssignmentError as error:
            raise AssignmentError(f"--of {word}: {error}") from error
        chosen.append(Choice(operation, conventions))
    names = {choice.operation.name for choice in chosen}
    for choice in chosen:
        if missing := [name for name in choice.operation.goes_with if name not in names]:
            raise AssignmentError(f"{choice.operation.name} goes with {', '.join(missing)}; choose them as well")
    functions = [function for choice in chosen for function in choice.functions]
    if doubled := {name for name in functions if functions.count(name) > 1}:
        raise AssignmentError(f"{', '.join(sorted(doubled))} would be in the contract twice")
    return tuple(chosen)


def _able(known: Mapping[str, Operation]) -> str:
    return f"these can be graded by themselves: {', '.join(name for name, other in known.items() if other.graded)}"


def _purpose(operation: Operation) -> str:
    """What it is, as the first line of its formula says it."""
    documentation = ast.get_docstring(ast.parse(operation.formula.text)) or ""
    return re.split(r"\n|(?<=[.:])(?:\s|$)", documentation, maxsplit=1)[0].rstrip(".:")


def _convention(part: str, word: str, operation: Operation) -> tuple[str, Any]:
    name, equals, value = (text.strip() for text in part.partition("="))
    if not equals:
        raise AssignmentError(f"--of {word}: write conventions as `name=value`, with commas between them")
    if isinstance(operation.conventions.get(name), Step):
        return name, Step(value)
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def nearest(name: str, known: Iterable[str]) -> str:
    """What was probably meant by a name that there is not, to be put behind the message; "" if nothing is like it."""
    found = difflib.get_close_matches(name, list(known), n=1)
    return f". Is {found[0]} meant?" if found else ""


def write_chosen(folder: Path, choices: Sequence[Choice]) -> list[Path]:
    """Write `assignment.toml`, `contract.py` and `composition.py`.

    Raises:
        AssignmentError: the folder is not empty, or cannot be written.
    """
    demand_empty(folder)
    count = sum(len(choice.functions) for choice in choices)
    texts = {
        "assignment.toml": f'title = "{folder.name}"\nsummary = "To be written."\nversion = "1.0"\n'
        f"points = {POINTS * count}\n",
        "contract.py": "\n\n\n".join(_contract(choices)) + "\n",
        "composition.py": _table(choices),
    }
    return write_texts(folder, texts)


def _contract(choices: Sequence[Choice]) -> Iterator[str]:
    stubs = [_stub(choice.operation, function) for choice in choices for function in choice.functions]
    head = '"""What a submission to this assignment implements."""'
    yield f"{head}\n\nfrom grader.assignments import Opaque" if any("Opaque" in stub for stub in stubs) else head
    yield from stubs


def _stub(operation: Operation, name: str) -> str:
    """The signature and docstring of the reference, without its conventions; what it calls a cache is the student's."""
    function = ast.parse(inspect.getsource(operation.function(name))).body[0]
    assert isinstance(function, ast.FunctionDef)
    documentation = inspect.cleandoc(ast.get_docstring(function) or name)
    arguments = function.args
    for argument in arguments.args:
        argument.annotation = _kept(argument.annotation)
    arguments.kwonlyargs, arguments.kw_defaults = [], []
    returns = function.returns
    if isinstance(returns, ast.Subscript) and isinstance(returns.slice, ast.Tuple):
        parts = ["Opaque" if _kept(part) else "object" for part in returns.slice.elts]
        declared = f" -> tuple[{', '.join(parts)}]"
    else:
        declared = " -> Opaque" if _kept(returns) else ""
    body = "\n".join(f"    {line}".rstrip() for line in documentation.splitlines()).strip()
    end = "\n    " if "\n" in body else ""
    return f'def {name}({ast.unparse(arguments)}){declared}:\n    """{body}{end}"""'


def _kept(annotation: ast.expr | None) -> ast.expr | None:
    is_cache = isinstance(annotation, ast.Name) and annotation.id.endswith("Cache")
    return ast.Name("Opaque", ast.Load()) if is_cache else None


def operations_behind(chosen: Sequence[Choice]) -> dict[str, str]:
    """Operations whose steps those chosen are made of, with their lines: in the table their mistakes are known, too."""
    by_module = {operation.formula.name: name for name, operation in operations().items()}
    names: dict[str, None] = {}
    waiting = [choice.operation.formula for choice in chosen]
    while waiting:
        for module in waiting.pop().borrowed.values():
            if module in by_module and by_module[module] not in names:
                names[by_module[module]] = None
                waiting.append(operations()[by_module[module]].formula)
    given = {name: how for one in chosen for name, how in one.operation.parts(one.conventions).items()}
    behind = sorted(names.keys() - {choice.operation.name for choice in chosen})
    return {name: f"    {name}.use({_arguments(given.get(name, {}))})," for name in behind}


def _arguments(given: Mapping[str, Any]) -> str:
    def text(value: Any) -> str:
        return f"step({str(value)!r})" if isinstance(value, Step) else repr(value)

    return ", ".join(f"{name}={text(value)}" for name, value in given.items()).replace("'", '"')


def _codes_apart(choice: Choice, seen: set[str]) -> dict[str, str]:
    """How codes begin instead, where an operation before has the same; `seen` are the codes so far, and grow."""
    own = {entry.code for entry in choice.operation.known}
    doubled = {code.partition(".")[0] for code in own & seen}
    seen |= own
    return {part: f"{choice.operation.name}.{part}-" for part in sorted(doubled)}


def _table(choices: Sequence[Choice]) -> str:
    behind = operations_behind(choices)
    with_steps = any(isinstance(value, Step) for choice in choices for value in choice.conventions.values())
    needed = {*behind, *(choice.operation.name for choice in choices), *(["step"] if with_steps else [])}
    names = ",\n    ".join(sorted(needed))
    lines = ['"""Which function of the contract is what."""', "", f"from operations import (\n    {names},\n)", ""]
    lines.append("USES = (")
    seen: set[str] = set()
    steps: set[str] = set()
    for choice in choices:
        points = dict.fromkeys(choice.functions, POINTS)
        alone = choice.operation.parts(choice.conventions).get(choice.operation.name, {})
        given = {"points": POINTS if len(points) == 1 else points, **alone, **choice.conventions}
        if codes := _codes_apart(choice, seen):
            given["codes"] = codes
        own = set(choice.operation.formula.functions)
        if own & steps:  # a step of the same name would take the other's place
            given |= {"prefix": f"{choice.operation.name}_", "names": {name: name for name in choice.functions}}
        steps |= own
        lines.append(f"    {choice.operation.name}.use({_arguments(given)}),")
    lines += behind.values()
    return "\n".join([*lines, ")", ""])
