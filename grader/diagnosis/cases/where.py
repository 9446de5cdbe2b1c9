"""The line of the student's source that a diagnosis is about, when the source shows it beyond doubt."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from grader.assignments import Place
from grader.report import Location
from grader.submissions import SourceUnit, Submission
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

Definition = ast.FunctionDef | ast.AsyncFunctionDef
OF_OTHERS = 2  # methods of one name in other classes: of more it is not clear which one is called
OF_ONE_ARGUMENT = 8  # functions that are told
LINES_OF_AN_ACTIVATION = 20


class Source:
    """The functions of a submission, and the statements in them."""

    def __init__(self, submission: Submission, scripts: Mapping[str, SourceUnit] | None = None) -> None:
        """`scripts` are the texts of those that stand in for functions, written as such."""
        self.submission, self._scripts = submission, scripts or {}

    def location(self, function: str, place: Place | None) -> Location | None:
        """The statement that looks like `place`, or else where the function begins."""
        return self.statement(function, place) or self.beginning(function)

    def statement(self, function: str, place: Place | None) -> Location | None:
        """The one statement of a function, or of one it calls, that looks like `place`; the first if that will do."""
        lines = sorted(set(self._matching(function, place))) if place is not None else []
        if len(lines) == 1 or (lines and place is not None and place.first):
            return self.submission.locate(*lines[0])
        return None

    def beginning(self, function: str) -> Location | None:
        """The line of a function's definition; None where a script stands in for it, or nothing does."""
        if function in self._definitions and function not in self._scripts:
            unit, definition = self._definitions[function]
            return self.submission.locate(unit.filename, definition.lineno)
        return self.submission.definitions().get(function)

    def only_line(self, function: str) -> Location | None:
        """The one statement that a function consists of, if it reads nothing of others' but what an object was given.

        Whatever is wrong in its result is wrong there.
        """
        unit, definition = self._definitions.get(function, (None, None))
        if unit is None or definition is None or function in self._scripts:
            return None
        body = definition.body[ast.get_docstring(definition, clean=False) is not None :]
        match body:
            case [ast.Assign(targets=[one]), ast.Return(value=value)] if value and ast.unparse(value) == ast.unparse(
                one
            ):
                body = body[:1]  # which is handed back as it is
        if len(body) != 1 or not isinstance(body[0], ast.Return | ast.Assign | ast.AugAssign | ast.Expr):
            return None
        owner = function.rpartition(".")[0]
        given = _given_to(self.methods(owner).get("__init__"))
        own = (node for node in walk(body[0]) if isinstance(node, ast.Attribute) and _is_self(node.value))
        read = {node.attr for node in own if isinstance(node.ctx, ast.Load)}
        if not read <= given or not self.own_functions.isdisjoint(names_called(body[0])):
            return None
        return self.submission.locate(unit.filename, body[0].lineno)

    def definition(self, name: str) -> tuple[SourceUnit, Definition] | None:
        """A function, or a method by `Class.method`, as it is written last, and the text that it is written in."""
        return self._definitions.get(name)

    def reached(self, function: str, until: Collection[str] = ()) -> Iterator[tuple[str, SourceUnit, Definition]]:
        """A function and those of the submission that it calls, however deep; not what those in `until` call."""
        owner = function.rpartition(".")[0]
        seen: set[str] = set()
        waiting = [function]
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self._definitions:
                continue
            seen.add(name)
            unit, definition = self._definitions[name]
            yield name, unit, definition
            called = names_called(definition) if name == function or name not in until else []
            waiting += [*called, *(f"{owner}.{method}" for method in called if owner)]

    def methods(self, owner: str) -> Mapping[str, Definition]:
        """The methods of a class by their names."""
        found = {name.rpartition("."): definition for name, (_, definition) in self._definitions.items()}
        return {name: definition for (holder, _, name), definition in found.items() if holder == owner}

    def methods_of_others(self, function: str) -> list[tuple[str, SourceUnit, Definition]]:
        """What a method calls of objects of other classes, where it is clear enough whose: `self.cost.delta(…)`.

        Of many it may be one of a class that its own class speaks of.
        """
        found: dict[str, tuple[SourceUnit, Definition]] = {}
        owner = function.rpartition(".")[0]
        own_text = (node for definition in self.methods(owner).values() for node in walk(definition))
        spoken_of = {node.id for node in own_text if isinstance(node, ast.Name)}
        for _, _, definition in self.reached(function):
            for node in walk(definition):
                match node:
                    case ast.Call(func=ast.Attribute(value=held, attr=name)) if not _is_self(held):
                        own = [one for one in self._definitions if one.endswith(f".{name}")]
                        own = [one for one in own if one not in self._inherited]
                        others = [one for one in own if one != f"{owner}.{name}"]
                        if len(others) > OF_OTHERS:
                            others = [one for one in others if one.rpartition(".")[0] in spoken_of]
                        found.update({one: self._definitions[one] for one in others})
        return [(name, *definition) for name, definition in found.items()]

    @cached_property
    def own_functions(self) -> frozenset[str]:
        """The names of the submission's functions and methods."""
        return frozenset(name.rpartition(".")[2] for name in self._definitions)

    @cached_property
    def other_names(self) -> Mapping[str, str]:
        """Functions that are another one under a further name, `b = a`, and that other one."""
        statements = [one for _, tree in self._trees for one in tree.body if isinstance(one, ast.Assign)]
        pairs = [
            (target.id, one.value.id)
            for one in statements
            for target in one.targets
            if isinstance(target, ast.Name) and isinstance(one.value, ast.Name)
        ]
        return {name: other for name, other in pairs if other in self._definitions and name not in self._definitions}

    @cached_property
    def of_one_argument(self) -> Sequence[str]:
        """The submission's functions that can be called with one argument alone, as activations are."""
        found = []
        for name, (_, definition) in self._definitions.items():
            given = definition.args
            positional = len(given.posonlyargs) + len(given.args)
            needed = positional - len(given.defaults)
            is_open = any(default is None for default in given.kw_defaults)
            is_short = (definition.end_lineno or definition.lineno) - definition.lineno <= LINES_OF_AN_ACTIVATION
            if "." not in name and positional and needed <= 1 and not is_open and is_short:
                found.append(name)
        return found[:OF_ONE_ARGUMENT]

    def constructors(self) -> list[tuple[str, SourceUnit, Definition]]:
        """The constructors that are written, each once: under the name of the class that has it of its own."""
        found = ((name, *where) for name, where in self._definitions.items() if name.endswith(".__init__"))
        return [(name, unit, one) for name, unit, one in found if name not in self._inherited]

    def holds(self, function: str, place: Location) -> bool:
        """Whether a place lies in the definition of a function; of a class, in its constructor."""
        found = self._definitions.get(function) or self._definitions.get(f"{function}.__init__")
        if found is None or place.line is None:
            return False
        unit, definition = found
        is_there = (unit.file, unit.cell) == (place.file, place.cell)
        return is_there and definition.lineno <= place.line <= (definition.end_lineno or definition.lineno)

    def _matching(self, function: str, place: Place) -> Iterator[tuple[str, int]]:
        if function not in self.submission.definitions() and function not in self._definitions:
            for unit, tree in self._trees:
                yield from ((unit.filename, statement.lineno) for statement in _statements(tree, place))
            return
        for _, unit, definition in self.reached(function):
            yield from ((unit.filename, statement.lineno) for statement in _statements(definition, place))

    @cached_property
    def _trees(self) -> Sequence[tuple[SourceUnit, ast.Module]]:
        units = (*self.submission.modules.values(), *self.submission.units)
        return [(unit, tree) for unit in units if (tree := parse(unit.source)) is not None]

    @cached_property
    def _definitions(self) -> Mapping[str, tuple[SourceUnit, Definition]]:
        """Functions by name, methods as `Class.method`; the last definition wins."""
        found: dict[str, tuple[SourceUnit, Definition]] = {}
        for unit, tree in self._trees:
            for node in tree.body:
                if isinstance(node, Definition):
                    found[node.name] = unit, node
                elif isinstance(node, ast.ClassDef):
                    members = [member for member in node.body if isinstance(member, Definition)]
                    found.update({f"{node.name}.{member.name}": (unit, member) for member in members})
        found.update((name, found[above]) for name, above in self._inherited.items() if above in found)
        for unit in self._scripts.values():
            made = parse(unit.source)
            found |= {node.name: (unit, node) for node in (made.body if made else ()) if isinstance(node, Definition)}
        return found

    @cached_property
    def _inherited(self) -> Mapping[str, str]:
        """Methods of classes that stand in a class of the submission's above them, by that one's name for them."""
        classes = {node.name: node for _, tree in self._trees for node in tree.body if isinstance(node, ast.ClassDef)}
        found: dict[str, str] = {}
        for name in classes:
            seen, above = {name}, name
            own = {member.name for member in classes[name].body if isinstance(member, Definition)}
            while (bases := [base.id for base in classes[above].bases if isinstance(base, ast.Name)]) and (
                bases[0] in classes and bases[0] not in seen
            ):
                above = bases[0]
                seen.add(above)
                members = {member.name for member in classes[above].body if isinstance(member, Definition)}
                found.update({f"{name}.{member}": f"{above}.{member}" for member in members - own})
                own |= members
        return found


def _statements(definition: Definition | ast.Module, place: Place) -> Iterator[ast.stmt]:
    for node in walk(definition):
        if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Return | ast.Expr):
            continue
        if _fits(node, place) and not _takes_apart(node, place):
            yield node


def _takes_apart(statement: ast.stmt, place: Place) -> bool:
    """Whether a statement gives names to what another one holds or gives, `x, w, b = cache`, and computes nothing."""
    match statement:
        case ast.Assign(targets=[ast.Tuple() | ast.List()], value=ast.Name() | ast.Attribute() | ast.Subscript()):
            return True
        case ast.Assign(targets=[ast.Tuple() | ast.List()], value=ast.Call()):
            return not place.calls  # what is computed there is computed in the function that is called
    return False


def _fits(statement: ast.stmt, place: Place) -> bool:
    assigned = not place.assigns or any(re.fullmatch(place.assigns, name) for name in _assigned(statement))
    called = not place.calls or any(re.fullmatch(place.calls, name) for name in names_called(statement))
    looks = not place.looks or re.search(place.looks, ast.unparse(statement)) is not None
    return assigned and called and looks


def _assigned(statement: ast.stmt) -> Iterator[str]:
    """Names, attributes and string keys that a statement assigns to; of an f-string key, its fixed beginning."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = [*statement.targets]
    elif isinstance(statement, ast.AugAssign | ast.AnnAssign):
        targets = [statement.target]
    while targets:
        match targets.pop():
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                targets += elements
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.Subscript(value=holder, slice=key):
                yield from _key(key)
                targets.append(holder)


def _key(key: ast.expr) -> Iterator[str]:
    match key:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str() as text), *_]):
            yield text
        case ast.BinOp(left=left):  # "b" + str(layer)
            yield from _key(left)


def _given_to(constructor: Definition | None) -> set[str]:
    """The attributes that are arguments of the constructor as they were given."""
    if constructor is None:
        return set()
    parameters = {one.arg for one in (*constructor.args.args, *constructor.args.kwonlyargs)}
    found = set()
    for node in constructor.body:
        match node:
            case ast.Assign(targets=[ast.Attribute(value=holder, attr=name)], value=ast.Name(id=given)):
                if _is_self(holder) and given in parameters:
                    found.add(name)
    return found


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def names_called(node: ast.AST) -> list[str]:
    """Names of the functions and methods that are called anywhere in a node."""
    names = []
    for part in walk(node):
        match part:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                names.append(name)
    return names
