"""What an assignment is made of, from its source notebook: contract, solution, checks, questions for a person."""

import ast
import copy
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import CodeType

from grader.assignments.contract import ContractFunction
from grader.assignments.contract_file import declared_functions
from grader.assignments.declarations import Check, WrittenQuestion
from grader.assignments.errors import AssignmentError
from grader.assignments.notebooks.cells import Cell, SourceNotebook
from grader.assignments.notebooks.names import bound, first_line, needed
from grader.assignments.notebooks.tests import NotebookTest, check_function, seeds
from grader.sandbox.inside.standins import DISPLAY_MODULES
from grader.submissions.magics import plain_python

_PROMPT = re.compile(r"\s*#\s*BEGIN PROMPT", re.IGNORECASE)
_NO_MODULES = frozenset({"otter", *DISPLAY_MODULES})  # what comes of these is for the eye, or for another grader


@dataclass(frozen=True)
class _Statement:
    """A statement of the notebook with what it needs and binds."""

    cell: Cell
    node: ast.stmt
    binds: frozenset[str]
    needs: frozenset[str]


class Derived:
    """Everything that a source notebook says about an assignment, read once.

    Raises:
        AssignmentError: a cell is not Python, or nothing is asked for.
    """

    def __init__(self, notebook: SourceNotebook) -> None:
        self.notebook = notebook
        self._texts = {id(cell): plain_python(cell.source).source for cell in notebook.cells}
        self.statements = [*self._read_statements()]
        self._answers = {name for one in self.statements if one.cell.kind == "answer" for name in one.binds}
        if not self._answers and not any(cell.kind == "written" for cell in notebook.cells):
            raise AssignmentError(
                f"{notebook.path}: nothing is asked for: no solution (nbgrader), no question (otter), no function"
            )

    def _read_statements(self) -> Iterator[_Statement]:
        display: set[str] = set()
        for cell in self.notebook.cells:
            if cell.kind not in ("given", "answer") or cell.raw.cell_type != "code":
                continue
            for node in self._parsed(cell).body:
                binds, needs = frozenset(bound(node)), frozenset(needed([node]))
                if _imports(node, _NO_MODULES):
                    display |= binds
                elif cell.kind == "answer" or not needs & display or isinstance(node, ast.FunctionDef | ast.ClassDef):
                    yield _Statement(cell, node, binds, needs)

    def _parsed(self, cell: Cell) -> ast.Module:
        try:
            return ast.parse(self._texts[id(cell)])
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            where = f"{self.notebook.path}, {cell.place}{f', line {line}' if line else ''}"
            raise AssignmentError(f"{where} is not Python: {error}") from error

    # --- contract ----------------------------------------------------------------------------------------

    @cached_property
    def contract(self) -> tuple[ContractFunction, ...]:
        """Functions and classes that students write, and variables that tests read of them."""
        wanted = self._asked | ({name for cell in self._tests for name in self._reach(cell)} & self._answers)
        functions: dict[str, list[ContractFunction]] = {}
        for name, node, cell in self._definitions:
            if name in wanted:
                functions[name] = [*self._declared(node, cell)]
        read = {name for cell in self._tests for name in self._reach(cell)}
        variables = [name for name in self._variables if name in read]
        variables_too = {name: [_variable(name)] for name in variables if name not in functions}
        order = {name: i for i, name in enumerate(name for one in self.statements for name in sorted(one.binds))}
        groups = sorted((functions | variables_too).items(), key=lambda item: order.get(item[0], 0))
        return tuple(function for _, group in groups for function in group)

    @cached_property
    def _asked(self) -> set[str]:
        """Functions and classes that stand in what students get of the answers."""
        texts = [
            cell.student
            for cell in self.notebook.cells
            if cell.kind in ("answer", "left-out") and cell.student and cell.raw.cell_type == "code"
        ]
        bodies = [node for text in texts for node in _body(text)]
        return {node.name for node in bodies if isinstance(node, ast.FunctionDef | ast.ClassDef)}

    @property
    def _definitions(self) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef, Cell]]:
        for one in self.statements:
            if one.cell.kind == "answer" and isinstance(one.node, ast.FunctionDef | ast.ClassDef):
                yield one.node.name, one.node, one.cell

    def _declared(self, node: ast.FunctionDef | ast.ClassDef, cell: Cell) -> Iterator[ContractFunction]:
        node = copy.deepcopy(node)
        members = [member for member in getattr(node, "body", ()) if isinstance(member, ast.FunctionDef)]
        for one in (node, *(members if isinstance(node, ast.ClassDef) else ())):
            if _PROMPT.match(ast.get_docstring(one) or ""):  # otter's: what students see in the place of the answer
                del one.body[0]
            if not ast.get_docstring(one):
                text = f"`{one.name}`, as the notebook asks." if one is node else f"`{one.name}` of `{node.name}`."
                one.body.insert(0, ast.Expr(ast.Constant(text)))
        place = Path(f"{self.notebook.path}, {cell.place}")
        for function in declared_functions([node], place):
            yield replace(function, line=node.lineno)

    # --- which name is whose -------------------------------------------------------------------------------

    @cached_property
    def _dependent(self) -> set[str]:
        """Names whose values depend on what students write."""
        found: set[str] = set()
        changed = True
        while changed:  # a function may be given before what it calls is written
            before = len(found)
            for one in self.statements:
                if one.cell.kind == "answer" or one.needs & found:
                    found |= one.binds
            changed = len(found) > before
        return found

    @cached_property
    def _carried(self) -> Mapping[str, _Statement]:
        """Functions and classes that are given and depend on the students': they run beside the tests."""
        return {
            name: one
            for one in self.statements
            for name in one.binds
            if one.cell.kind == "given"
            and name in self._dependent - self._answers
            and isinstance(one.node, ast.FunctionDef | ast.ClassDef)
        }

    @cached_property
    def _variables(self) -> tuple[str, ...]:
        """Variables that depend on the students' work, in the order in which they are first assigned."""
        definitions = {name for name, *_ in self._definitions} | self._carried.keys()
        order = [name for one in self.statements for name in sorted(one.binds)]
        return tuple(dict.fromkeys(name for name in order if name in self._dependent and name not in definitions))

    @cached_property
    def _given(self) -> set[str]:
        return {name for one in self.statements for name in one.binds} - self._dependent

    # --- tests ---------------------------------------------------------------------------------------------

    @cached_property
    def _tests(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.notebook.cells if cell.kind == "test")

    def _reach(self, cell: Cell) -> set[str]:
        """Names that a test needs, by way of earlier tests and of given functions as well."""
        return self._closure(cell)[0]

    def _closure(self, cell: Cell) -> tuple[set[str], list[tuple[str, str]]]:
        names: set[str] = set()
        pieces: dict[str, tuple[str, str]] = {}
        body = self._parsed(cell).body
        own = {name for node in body for name in bound(node)}
        waiting = sorted(needed(body))
        earlier = self._earlier_bindings(cell)
        while waiting:
            name = waiting.pop()
            if name in names:
                continue
            names.add(name)
            if name in self._carried:
                one = self._carried[name]
                pieces[name] = self._piece(one.cell, [one.node])
                waiting += sorted(one.needs)
            elif name in earlier and name not in self._known:
                other, nodes = earlier[name]
                pieces[name] = self._piece(other, nodes)
                waiting += sorted(needed(nodes))
        reached = names - (own - self._known)
        order = {self._filename(other): i for i, other in enumerate(self.notebook.cells)}
        return reached, sorted({*pieces.values()}, key=lambda piece: order[piece[0]])

    @cached_property
    def _known(self) -> set[str]:
        return self._given | self._dependent

    def _earlier_bindings(self, cell: Cell) -> Mapping[str, tuple[Cell, list[ast.stmt]]]:
        """What earlier tests bind, which later ones may read: the test, and its statements that are no demand."""
        found: dict[str, tuple[Cell, list[ast.stmt]]] = {}
        for other in self._tests:
            if other is cell:
                break
            body = [node for node in self._parsed(other).body if not isinstance(node, ast.Assert | ast.Expr)]
            found |= {name: (other, body) for node in body for name in bound(node)}
        return found

    def _piece(self, cell: Cell, nodes: Sequence[ast.stmt]) -> tuple[str, str]:
        """These statements of a cell, on the lines on which they stand."""
        lines = self._texts[id(cell)].split("\n")
        kept = {line for node in nodes for line in range(first_line(node), (node.end_lineno or 0) + 1)}
        return self._filename(cell), "\n".join(line if i in kept else "" for i, line in enumerate(lines, start=1))

    def _filename(self, cell: Cell) -> str:
        return f"{self.notebook.path}, {cell.place}"

    def without_secrets(self, pieces: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Pieces of cells, (filename, source), without the lines that students do not see."""
        secret = {self._filename(cell): cell.secret for cell in self.notebook.cells}
        return tuple(
            (name, "\n".join("" if i in secret[name] else line for i, line in enumerate(text.split("\n"), start=1)))
            for name, text in pieces
        )

    @property
    def checks(self) -> tuple[Check, ...]:
        """A check for each test cell, about the function or variable that it is about."""
        return tuple(check for check, _ in self.tests)

    @cached_property
    def tests(self) -> tuple[tuple[Check, NotebookTest], ...]:
        """The checks, each with the test cell that it runs."""
        names = [function.name for function in self.contract]
        variables = {function.name for function in self.contract if function.kind == "variable"}
        checks = []
        for cell in self._tests:
            reached, before = self._closure(cell)
            test = NotebookTest(
                source=self._texts[id(cell)],
                filename=self._filename(cell),
                before=tuple(before),
                functions=tuple(sorted(reached & set(names) - variables)),
                variables=tuple(sorted(reached & variables)),
                given=tuple(sorted(reached & self._given)),
                secret=cell.secret,
                expected=cell.expected,
                points=cell.points,
                on_failure=cell.on_failure,
                shares_random_state=seeds(self._texts[id(cell)]),
            )
            function = self._subject(cell, reached, names)
            if function is None:
                continue
            run = check_function(test, _identifier(cell.name), f"{self.notebook.path.name}, {cell.place}")
            checks.append((Check(function, cell.points, _title(cell), run, ("student", "solution")), test))
        return tuple(checks)

    def _subject(self, cell: Cell, reached: Collection[str], names: Sequence[str]) -> str | None:
        """What a test is about: of what it needs, the last that is written above it; or the answer next above it."""
        direct = needed(self._parsed(cell).body)
        above = [
            name
            for other in self.notebook.cells[: self.notebook.cells.index(cell)]
            for one in self.statements
            if one.cell is other
            for name in sorted(one.binds)
            if name in names
        ]
        for candidates in (direct & set(names), set(reached) & set(names), set(names)):
            if found := [name for name in above if name in candidates]:
                return found[-1]
        return next((name for name in names if name in reached), names[0] if names else None)

    # --- the rest --------------------------------------------------------------------------------------------

    @cached_property
    def written(self) -> tuple[WrittenQuestion, ...]:
        """Questions that a person reads."""
        return tuple(
            WrittenQuestion(
                name=cell.name,
                points=cell.points,
                prompt=(cell.prompt or cell.student or "").strip(),
                rubric=cell.rubric.strip(),
                stub=(cell.student or "").strip(),
                is_code=cell.raw.cell_type == "code",
            )
            for cell in self.notebook.cells
            if cell.kind == "written" and cell.name
        )

    @cached_property
    def solution_text(self) -> str:
        """The given code and the answers as one module."""
        return "\n\n".join(text for _, text in self._solution_parts) + "\n"

    @property
    def solution_codes(self) -> tuple[CodeType, ...]:
        """The same, cell by cell, to be run one after the other in one module."""
        return tuple(compile(text, filename, "exec", dont_inherit=True) for filename, text in self._solution_parts)

    @cached_property
    def _solution_parts(self) -> tuple[tuple[str, str], ...]:
        parts = []
        for cell in self.notebook.cells:
            nodes = [one.node for one in self.statements if one.cell is cell]
            if nodes:
                parts.append(self._piece(cell, nodes))
        return tuple(parts)

    @property
    def given_parts(self) -> tuple[tuple[str, str], ...]:
        """The code that students are given and that runs without theirs: (filename, source)."""
        parts = []
        for cell in self.notebook.cells:
            own = [one for one in self.statements if one.cell is cell and cell.kind == "given"]
            nodes = [one.node for one in own if not (one.binds | one.needs) & self._dependent]
            if nodes:
                _, text = self._piece(cell, nodes)
                parts.append((f"{self.notebook.path.name}, {cell.place}", text))
        return tuple(parts)

    @cached_property
    def packages(self) -> tuple[str, ...]:
        """Modules that the notebook imports, by their first names."""
        found = [name for one in self.statements for name in _imported(one.node)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """What is not as in the notebook, for the author."""
        told = [*self.notebook.remarks]
        cells: dict[str, list[Cell]] = {}
        tested = {name for cell in self._tests for name in self._reach(cell)}
        for one in self.statements:
            for name in one.binds & tested & self._dependent:
                if one.cell not in cells.setdefault(name, []):
                    cells[name].append(one.cell)
        for name, places in sorted(cells.items()):
            if len(places) > 1:
                where = ", ".join(cell.place for cell in places)
                told.append(f"`{name}` is assigned in several cells ({where}); tests see what it is at the end")
        for cell in self._tests:
            unknown = self._reach(cell) - self._known - set(self._earlier_bindings(cell)) - {"_"}
            own = {name for node in ast.walk(self._parsed(cell)) for name in _parameters_and_targets(node)}
            if missing := sorted(unknown - own):
                told.append(f"{cell.place}: the test needs {', '.join(missing)}, which nothing in the notebook defines")
        return tuple(told)


def _parameters_and_targets(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler) and node.name:
        yield node.name


def _variable(name: str) -> ContractFunction:
    return ContractFunction(
        name, "variable", "()", f"The variable `{name}`, as the notebook leaves it.", f"{name} = ...", returns=True
    )


def _body(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(plain_python(text).source).body
    except (SyntaxError, ValueError):  # an answer taken out of the middle of something
        heads = re.findall(r"^(?:def|class)\s+\w+.*?:\s*$", text, re.MULTILINE)
        return [node for head in heads for node in _body(f"{head} ...")] if f"{text}".count("\n") else []


def _imports(node: ast.stmt, modules: Collection[str]) -> bool:
    return any(name in modules for name in _imported(node))


def _imported(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Import():
            yield from (alias.name.partition(".")[0] for alias in node.names)
        case ast.ImportFrom(module=str(module)):
            yield module.partition(".")[0]


def _identifier(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_").lower() or "test"


def _title(cell: Cell) -> str:
    first = next((line.strip() for line in cell.source.split("\n") if line.strip()), "")
    if first.startswith("#") and 1 not in cell.secret and not first.startswith("##"):
        return first.lstrip("# ").rstrip(".")
    name = re.sub(r"^test[_ -]+", "", cell.name).replace("_", " ")
    return f"Hidden test {name}" if cell.is_hidden else f"Test {name}"
