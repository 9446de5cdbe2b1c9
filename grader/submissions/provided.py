"""Modules that a submission may import without bringing them, and definitions of its own in the place of theirs."""

import ast
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.submissions.submission import SourceUnit, Submission, first_remarks
from grader.submissions.syntax import Edit, edit, module_level, parse
from grader.submissions.trees import walk

LIBRARIES = frozenset(
    ["numpy", "scipy", "sklearn", "torch", "tensorflow", "keras", "jax", "theano", "autograd", "pandas", "cupy"]
)


def with_provided(submission: Submission, provided: Mapping[str, str], asked_of: Collection[str]) -> Submission:
    """The submission with those modules that it imports and lacks, and a remark on each.

    Args:
        provided: text by the name of the module, as it is imported; a module that the submission brought wins.
        asked_of: the names of the assignment's functions, none of which a submission gets.
    """
    if not provided:
        return submission
    submission = _with_modules(submission, {**provided, **_left_behind(submission, provided, asked_of)})
    return _with_modules(_importing_what_it_calls(submission, provided, asked_of), provided)


def _with_modules(submission: Submission, provided: Mapping[str, str]) -> Submission:
    lacking = {name: text for name, text in provided.items() if name not in submission.modules}
    lacking |= {name: text for name, text in _in_other_packages(submission, lacking).items() if name not in lacking}
    asked = sorted(name for name in _reached(submission) if name in lacking) if lacking else []
    if not asked:
        return submission
    taken: dict[str, SourceUnit] = {}
    pending = [*asked]
    while pending:
        name = pending.pop()
        file = f"{name.replace('.', '/')}.py"
        taken[name] = SourceUnit(file, lacking[name], lacking[name], file)
        pending += [other for other in _imported(lacking[name]) if other in lacking and other not in taken]
    remark = (
        f"{_listed(asked)}: not in the submission, so the assignment's own {'is' if len(asked) == 1 else 'are'} used"
    )
    return replace(
        submission, modules={**submission.modules, **taken}, remarks=first_remarks([*submission.remarks, remark])
    )


def _importing_what_it_calls(
    submission: Submission, provided: Mapping[str, str], asked_of: Collection[str]
) -> Submission:
    """The submission importing provided functions that it calls and nothing in it defines: a file out of its folder.

    A file imports them in an additional last line, so that its lines keep their numbers.
    """
    offered = {name: module for module, text in provided.items() for name in _functions(text) if name not in asked_of}
    units = (*submission.units, *submission.modules.values())
    if not offered.keys() & {name for unit in units for name in offered if name in unit.source}:
        return submission
    bound = set[str]().union(*(_bound_names(unit.source) for unit in units))

    def changed(unit: SourceUnit) -> SourceUnit:
        lacking = sorted((_called_names(unit.source) & offered.keys()) - bound)
        lines = "".join(f"\nfrom {offered[name]} import {name}" for name in lacking)
        return replace(unit, source=unit.source + lines) if lacking else unit

    modules = {name: changed(unit) for name, unit in submission.modules.items()}
    return replace(submission, units=tuple(map(changed, submission.units)), modules=modules)


def _called_names(source: str) -> set[str]:
    tree = parse(source)
    return (
        {node.func.id for node in walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        if tree
        else set()
    )


def _bound_names(source: str) -> set[str]:
    """Whatever a text binds anywhere, in any way."""
    found: set[str] = set()
    for node in walk(tree) if (tree := parse(source)) else ():
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
    return found


def _in_other_packages(submission: Submission, lacking: Mapping[str, str]) -> Mapping[str, str]:
    """`course.layers`, for a provided `layers`: a course's package has the name that its teachers gave it.

    Only where functions are taken out of it that are in the module, and nothing of that package was brought.
    """
    found: dict[str, str] = {}
    for unit in submission.units:
        for module, names in _taken_from(unit.source):
            package, _, last = module.rpartition(".")
            if package.partition(".")[0] in submission.modules or not package or last not in lacking:
                continue
            if names == {"*"} or names <= _offered(lacking, last):
                found[module] = f"from {last} import *\n"
    return found


def _left_behind(submission: Submission, provided: Mapping[str, str], asked_of: Collection[str]) -> Mapping[str, str]:
    """`activations`, out of which a provided function is taken: a file of the student's own that was not handed in.

    Only where one provided module has all that is taken, none of it is asked for, and nothing of that name was brought.
    """
    found: dict[str, str] = {}
    for unit in submission.units:
        for module, names in _taken_from(unit.source):
            top = module.partition(".")[0]
            if {top, module} & {*submission.modules, *provided} or top in LIBRARIES | sys.stdlib_module_names:
                continue
            owner = next((own for own, text in provided.items() if names <= {*_functions(text)} - {*asked_of}), None)
            if owner is not None:
                found[module] = f"from {owner} import *\n"
    return found


def _offered(modules: Mapping[str, str], name: str) -> set[str]:
    """What can be taken out of one of the modules: its functions, and what it takes out of others."""
    offered: set[str] = set()
    pending, seen = [name], {name}
    while pending:
        text = modules[pending.pop()]
        offered |= {*_functions(text)}
        for other, names in _taken_from(text):
            offered |= names
            if "*" in names and other in modules and other not in seen:
                seen.add(other)
                pending.append(other)
    return offered


def _taken_from(source: str) -> Iterator[tuple[str, set[str]]]:
    """Of each `from module import names` at any depth, the module and the names."""
    if "import" not in source or (tree := parse(source)) is None:
        return
    for node in walk(tree):
        match node:
            case ast.ImportFrom(level=0, module=str(module)):
                yield module, {alias.name for alias in node.names}


def _reached(submission: Submission) -> set[str]:
    """The modules that are imported by what runs, and by the submission's own modules that are imported by it."""
    reached: set[str] = set()
    sources = [unit.source for unit in submission.units]
    while sources:
        for name in _imported(sources.pop()):
            if name not in reached:
                reached.add(name)
                sources += [submission.modules[name].source] if name in submission.modules else []
    return reached


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _imported(source: str) -> Iterator[str]:
    """The modules that a text imports anywhere, in functions too, and the packages that they are in."""
    if "import" not in source or (tree := parse(source)) is None:
        return
    for node in walk(tree):
        match node:
            case ast.Import():
                for alias in node.names:
                    yield from _with_packages(alias.name)
            case ast.ImportFrom(level=0, module=str(module)):
                yield from _with_packages(module)
                yield from (f"{module}.{alias.name}" for alias in node.names)


def _with_packages(module: str) -> Iterator[str]:
    while module:
        yield module
        module = module.rpartition(".")[0]


OWN = "assignments_own_{}"  # a provided module, where a submission has one of its name


def brought_along(submission: Submission, provided: Mapping[str, str], asked: Collection[str]) -> Mapping[str, str]:
    """Functions that a submission brings although it would get them: of each, the provided module that has it.

    Args:
        asked: what the assignment asks for itself; none of it is here.
    """
    there = {
        name: module
        for module, text in sorted(provided.items(), reverse=True)
        for name in _functions(text)
        if name not in asked and not name.startswith("_")
    }
    found = {name for unit in (*submission.units, *submission.modules.values()) for name in _functions(unit.source)}
    return {name: there[name] for name in sorted(found & there.keys())}


def with_own_instead(submission: Submission, provided: Mapping[str, str], names: Mapping[str, str]) -> Submission:
    """The submission with the assignment's own functions in the place of some that it brings.

    Each file that defines one of them imports it from the assignment's module in an additional last line, so that lines
    keep their numbers, and whoever imports it from there gets the assignment's.
    """

    def changed(unit: SourceUnit) -> SourceUnit:
        here = [name for name in dict.fromkeys(_functions(unit.source)) if name in names]
        lines = "".join(f"\nfrom {OWN.format(names[name])} import {name}" for name in here)
        return replace(unit, source=unit.source + lines) if here else unit

    own = {OWN.format(name): _among_themselves(text, provided) for name, text in provided.items()}
    modules = {name: changed(unit) for name, unit in submission.modules.items()}
    modules |= {name: SourceUnit(f"{name}.py", text, text, f"{name}.py") for name, text in own.items()}
    return replace(submission, units=tuple(map(changed, submission.units)), modules=modules)


def _functions(text: str) -> Iterator[str]:
    """The functions that a text defines at top level, or calls by one more name."""
    for node in tree.body if (tree := parse(text)) else ():
        match node:
            case ast.FunctionDef(name=name):
                yield name
            case ast.Assign(targets=targets, value=ast.Name() | ast.Attribute()):
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def _among_themselves(text: str, provided: Mapping[str, str]) -> str:
    """The text of a provided module, importing the others under the names that they have beside a submission's."""
    for name in provided:
        text = re.sub(rf"^from {name} import", f"from {OWN.format(name)} import", text, flags=re.MULTILINE)
        text = re.sub(rf"^import {name}$", f"import {OWN.format(name)} as {name}", text, flags=re.MULTILINE)
    return text


@dataclass(frozen=True)
class _Replaced:
    """An import of names that are defined above it, with the places of their definitions."""

    statement: ast.ImportFrom
    places: Mapping[str, str]


def with_own_definitions(submission: Submission, provided: Collection[str]) -> Submission:
    """The submission without imports that would put what is not there in the place of a definition above them.

    A remark tells of each. There are libraries, and the modules that were handed in or are `provided`.
    """
    there = {name.partition(".")[0] for name in (*submission.modules, *provided)} | LIBRARIES | sys.stdlib_module_names
    defined: dict[str, str] = {}
    units, remarks = [], []
    for unit in submission.units:
        found = [*_replaced(unit, defined, there)]
        units.append(replace(unit, source=edit(unit.source, map(_without, found))) if found else unit)
        for one in found:
            names = " and ".join(f"the `{name}` of {place}" for name, place in one.places.items())
            remarks.append(
                f"{_place(unit, one.statement.lineno)}: the import from `{one.statement.module}`, which was not handed "
                f"in, would replace {names}, and was left out"
            )
    if not remarks:
        return submission
    return replace(submission, units=tuple(units), remarks=first_remarks([*submission.remarks, *remarks]))


def _replaced(unit: SourceUnit, defined: dict[str, str], there: Collection[str]) -> Iterator[_Replaced]:
    """The imports of a unit that replace what is `defined`, name by name with its place; its own are added."""
    tree = parse(unit.source)
    for statement in module_level(tree.body) if tree else ():
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                defined[name] = _place(unit, statement.lineno)
            case ast.ImportFrom(level=0, module=str(module)) if module.partition(".")[0] not in there:
                bound = [alias.asname or alias.name for alias in statement.names]
                if places := {name: defined[name] for name in bound if name in defined}:
                    yield _Replaced(statement, places)


def _without(found: _Replaced) -> Edit:
    kept = [alias for alias in found.statement.names if (alias.asname or alias.name) not in found.places]
    text = ast.unparse(ast.ImportFrom(found.statement.module, kept, 0)) if kept else "pass"
    return found.statement, lambda _: text


def _place(unit: SourceUnit, line: int) -> str:
    return f"cell {unit.cell}, line {line}" if unit.cell is not None else f"line {line}"
