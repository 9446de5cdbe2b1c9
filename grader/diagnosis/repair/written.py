"""A function as its author wrote it, and the same text with one place changed."""

import ast
import functools
import itertools
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.submissions import SourceUnit
from grader.submissions.syntax import parse
from grader.submissions.trees import children, walk

Definition = ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.For | ast.While
Span = tuple[ast.expr | ast.stmt, ast.expr | ast.stmt]

WHOLE_TURNED = "transposed-as-a-whole"  # the kind of an edit that transposes all that a statement gives

PASSING_ON = {"float", "squeeze", "asarray", "array", "item", "astype"}
LONG = 300  # statements of one function: every name is compared with every other one
KEPT = 5  # attributes that other methods keep for one
CHOICES = 6  # words that functions are told what to do with
_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Dict)


@dataclass(eq=False)  # not frozen: thousands are made, and a frozen one takes three times as long
class Edit:
    """One place of a function changed.

    Attributes:
        written: the function that it is an edit of.
        statement: the one that it is about.
        span: the nodes that are replaced, from the first to the last; one of them twice if it is only one.
        kind: what sort of slip it undoes, a key of `words`.
        before, after: the changed piece of text, as it is told.
        replacement: what stands in the place of the nodes.
        shift: by how many lines what stands below it moves.
        beside: edits of places above it that are made together with it.
    """

    written: "Written"
    statement: ast.stmt
    span: Span
    kind: str
    before: str
    after: str
    replacement: str
    tier: str = ""
    shift: int = 0
    beside: tuple["Edit", ...] = ()

    @property
    def function(self) -> str:
        return self.written.function

    @property
    def unit(self) -> SourceUnit:
        return self.written.unit

    @property
    def line(self) -> int:
        """Where the statement begins, in the unit."""
        return self.written.line(self.statement)

    @property
    def place(self) -> int:
        """Where what is changed begins, in the unit: of a statement of several lines, in which of them."""
        node = self.span[0]
        is_within = self.span[1] is node and isinstance(node, ast.expr)
        return node.lineno + self.written.offset if is_within else self.line

    def ends_before(self, other: "Edit") -> bool:
        """Whether another edit of the same function changes something further down, and nothing of the same."""
        end, start = self.span[1], other.span[0]
        is_above = (end.end_lineno or 0, end.end_col_offset or 0) <= (start.lineno, start.col_offset)
        return self.written is other.written and is_above and not self.shift

    @cached_property
    def text(self) -> str:
        """The whole definition with the change, and with those that are made together with it."""
        return self.written.spliced([(part.span, part.replacement) for part in self.parts])

    @property
    def parts(self) -> tuple["Edit", ...]:
        """The places that are changed, in the text's order."""
        return (*self.beside, self)


@dataclass(frozen=True)
class Place:
    """A statement, and where it stands: in which list of statements, and below which loops."""

    statement: ast.stmt
    body: Sequence[ast.stmt]
    index: int
    loops: tuple[Loop, ...]


class Written:
    """The text of one function of a submission."""

    def __init__(self, function: str, unit: SourceUnit, definition: Definition, source: str, offset: int = 0) -> None:
        """`source` is the text that the definition's lines count in; `offset` lines of the unit come before it."""
        self.function, self.unit, self.definition, self.offset = function, unit, definition, offset
        self._lines = source.encode().splitlines(keepends=True)
        self._first = min([definition.lineno, *(decorator.lineno for decorator in definition.decorator_list)])

    def edited(self, edit: Edit) -> "Written | None":
        """The function after an edit, ready for another one; None if lines have moved."""
        if edit.shift:
            return None
        (definition,) = ast.parse(edit.text).body
        assert isinstance(definition, Definition)
        return Written(self.function, self.unit, definition, edit.text, self.offset + self._first - 1)

    @property
    def text(self) -> str:
        last = self.definition.end_lineno or self.definition.lineno
        return textwrap.dedent(b"".join(self._lines[self._first - 1 : last]).decode(errors="replace"))

    def line(self, statement: ast.stmt) -> int:
        return statement.lineno + self.offset

    def edit(self, statement: ast.stmt, node: ast.expr | ast.stmt, replacement: str, kind: str) -> Edit:
        """The definition with the source of a node replaced."""
        text = replacement
        if isinstance(node, ast.expr) and node is not getattr(statement, "value", None):
            text = in_brackets(replacement)
        return Edit(self, statement, (node, node), kind, self.source(node), replacement, text)

    def spanning(
        self, first: ast.stmt, last: ast.stmt, replacement: Sequence[ast.stmt] | str, kind: str, about: ast.stmt
    ) -> Edit:
        """The definition with neighbouring statements replaced by others, at their indentation; `about` one of them."""
        indent = " " * first.col_offset
        text = replacement if isinstance(replacement, str) else "\n".join(map(said, replacement))
        lines = text.splitlines() or ["pass"]
        height = (last.end_lineno or last.lineno) - first.lineno + 1
        shift = max(len(lines) - height, 0)
        lines += [""] * (height - len(lines))
        text = lines[0] + "".join(f"\n{indent}{line}" if line else "\n" for line in lines[1:])
        return Edit(self, about, (first, last), kind, self.source(about), said(about), text, shift=shift)

    def source(self, node: ast.AST) -> str:
        """A node as it is written, in one line; over several with comments or `\\` between them, as it is read."""
        text = _ends(self._lines, node)
        is_broken = "\n" in text and ("#" in text or "\\" in text)
        return " ".join((ast.unparse(node) if is_broken else text).split())

    def spliced(self, pieces: Sequence[tuple[Span, str]]) -> str:
        """The definition with the text from the first to the last node of each span replaced; spans in order."""
        end = self.definition.end_lineno or self.definition.lineno
        made = b"".join(self._lines[self._first - 1 : end])
        for (first, last), replacement in reversed(pieces):
            after = self._offset(last.end_lineno or 0, last.end_col_offset or 0)
            made = made[: self._offset(first.lineno, first.col_offset)] + replacement.encode() + made[after:]
        return textwrap.dedent(made.decode(errors="replace"))

    def _offset(self, line: int, column: int) -> int:
        """How many bytes of the definition stand before a place."""
        return self._starts[line - self._first] + column

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *itertools.accumulate(map(len, self._lines[self._first - 1 :]))]

    def with_pieces(self, pieces: Sequence[tuple[tuple[int, int], str]]) -> str:
        """The definition with texts put in at places, (line, column), that are in order."""
        last = self.definition.end_lineno or self.definition.lineno
        made = []
        waiting = [*pieces][::-1]
        for number in range(self._first, last + 1):
            line, done = self._lines[number - 1], 0
            while waiting and waiting[-1][0][0] == number:
                (_, column), text = waiting.pop()
                made += [line[done:column], text.encode()]
                done = column
            made.append(line[done:])
        return textwrap.dedent(b"".join(made).decode(errors="replace"))

    def has_lines_of_its_own(self, span: tuple[ast.AST, ast.AST]) -> bool:
        """Whether nothing but a comment shares the first and the last line of a run of statements."""
        first, last = span
        before = self._lines[first.lineno - 1][: first.col_offset]  # type: ignore[attr-defined]
        after = self._lines[last.end_lineno - 1][last.end_col_offset :].strip()  # type: ignore[attr-defined]
        return not before.strip() and (not after or after.startswith(b"#"))

    # --- what is in it -----------------------------------------------------------------------------------

    @cached_property
    def places(self) -> Sequence[Place]:
        """Every statement below the definition, outside functions and classes inside it, in the text's order."""
        return [*_places(self.definition.body, ())]

    @cached_property
    def expressions(self) -> Sequence[tuple[ast.stmt, ast.AST, ast.expr]]:
        """Every expression that is read, with its statement and what it is a part of.

        An f-string is one: its parts have no places of their own.
        """
        found: list[tuple[ast.stmt, ast.AST, ast.expr]] = []
        for place in self.places:
            waiting: list[tuple[ast.AST, ast.expr]] = [(place.statement, one) for one in _operands(place.statement)]
            while waiting:
                parent, node = waiting.pop(0)
                found.append((place.statement, parent, node))
                if not isinstance(node, ast.JoinedStr | ast.Lambda):
                    waiting = [*((node, one) for one in _operands(node)), *waiting]
        return found

    @cached_property
    def is_long(self) -> bool:
        """Whether there are too many statements to try changes in all of them."""
        return self.statements > LONG

    @cached_property
    def statements(self) -> int:
        """How many statements it has."""
        return sum(isinstance(node, ast.stmt) for node in walk(self.definition))

    @cached_property
    def parameters(self) -> Sequence[str]:
        arguments = self.definition.args
        return [
            one.arg
            for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
            if one.arg != "self" and not one.arg.startswith("__")
        ]

    @cached_property
    def numbers_by_default(self) -> Sequence[str]:
        """The parameters that are a number with a fraction, or a tiny one, unless they are given."""
        arguments = self.definition.args
        positional = [*arguments.posonlyargs, *arguments.args]
        pairs = [*zip(reversed(positional), reversed(arguments.defaults), strict=False)]
        pairs += [
            (one, default)
            for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if default is not None
        ]
        return [one.arg for one, default in pairs if isinstance(default, ast.Constant) and type(default.value) is float]

    @cached_property
    def choices(self) -> Sequence[str]:
        """Words that anything in the text is compared with, as `activation == "relu"`."""
        tree = parse(self.unit.source)
        words: dict[str, None] = {}
        for node in walk(tree) if tree is not None else ():
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                sides = (node.left, *node.comparators)
                texts = (side.value for side in sides if isinstance(side, ast.Constant))
                words.update({text: None for text in texts if isinstance(text, str) and text.isidentifier()})
        return [*words][:CHOICES]

    @cached_property
    def kept_by_others(self) -> Sequence[str]:
        """The attributes that other methods of its class put something under and that it does not read."""
        owner, _, own = self.function.rpartition(".")
        tree = parse(self.unit.source) if owner else None
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == owner] if tree else []
        stored: dict[str, None] = {}
        for method in (node for one in classes for node in one.body if isinstance(node, Definition)):
            for node in walk(method) if method.name != own else ():
                match node:
                    case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                        stored[f"self.{name}"] = None
                    case ast.Subscript(
                        value=ast.Attribute(value=ast.Name(id="self")), slice=ast.Constant(value=str()), ctx=ast.Store()
                    ):
                        stored[said(node)] = None
        read = {said(node) for node in walk(self.definition) if isinstance(node, ast.Attribute | ast.Subscript)}
        return [name for name in stored if name not in read][:KEPT]

    @cached_property
    def reads(self) -> Sequence[tuple[int, frozenset[str]]]:
        """What each statement reads, those inside it included, with the line in which it begins."""
        found = []
        for place in self.places:
            names = (node for node in walk(place.statement) if isinstance(node, ast.Name))
            read = frozenset(node.id for node in names if isinstance(node.ctx, ast.Load))
            found.append((place.statement.lineno, read))
        return found

    @cached_property
    def divisors(self) -> Mapping[str, str]:
        """Variables that are whole parts of a quotient, `m // size` or `int(m / size)`, with what is divided by."""
        found: dict[str, str] = {}
        for place in self.places:
            match place.statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    if isinstance(value, ast.Call) and name_called(value.func) in ("floor", "int") and value.args:
                        value = value.args[0]
                        value = value.args[0] if isinstance(value, ast.Call) and value.args else value
                    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.FloorDiv | ast.Div):
                        found[name] = in_brackets(said(value.right))
        return found

    @cached_property
    def unread(self) -> frozenset[str]:
        """Parameters and local variables that nothing reads, but for those that are called `_`."""
        nodes = [node for node in walk(self.definition) if isinstance(node, ast.Name)]
        read = {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
        return frozenset(name for name in self.names if name not in read and name.strip("_"))

    @cached_property
    def sums_with(self) -> Mapping[str, Sequence[str]]:
        """The sums and differences that a name or attribute is a part of, by its text."""
        found: dict[str, dict[str, None]] = {}
        for _, _, node in self.expressions:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
                for side in (node.left, node.right):
                    if isinstance(side, ast.Name | ast.Attribute):
                        found.setdefault(said(side), {})[said(node)] = None
        return {text: [*sums] for text, sums in found.items()}

    @cached_property
    def names(self) -> Sequence[str]:
        """Parameters and local variables."""
        names = [*self.parameters]
        for node in walk(self.definition):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and not node.id.startswith("__"):
                names.append(node.id)
        return [*dict.fromkeys(names)]


def _places(body: Sequence[ast.stmt], loops: tuple[Loop, ...], is_top: bool = True) -> Iterator[Place]:
    for index, statement in enumerate(body):
        if isinstance(statement, Definition | ast.ClassDef) or (is_top and index == 0 and _is_text(statement)):
            continue
        yield Place(statement, body, index, loops)
        inner = (*loops, statement) if isinstance(statement, Loop) else loops
        for field in ("body", "orelse", "finalbody"):
            yield from _places(getattr(statement, field, []), inner, is_top=False)
        for handler in getattr(statement, "handlers", []):
            yield from _places(handler.body, inner, is_top=False)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _operands(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions right below a node, without those of statements inside it."""
    for child in children(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.keyword | ast.comprehension | ast.withitem):
            yield from _operands(child)


def _ends(lines: Sequence[bytes], node: ast.AST) -> str:
    first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
    piece = [*lines[first - 1 : last]]
    piece[-1] = piece[-1][: node.end_col_offset]  # type: ignore[attr-defined]
    piece[0] = piece[0][node.col_offset :]  # type: ignore[attr-defined]
    return b"".join(piece).decode(errors="replace")


@functools.lru_cache(maxsize=16_384)
def in_brackets(text: str) -> str:
    """An expression so that it can stand anywhere in another one; the same few are put in at every place."""
    if text.isidentifier():
        return text
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return text
    is_atom = isinstance(node, _ATOMS) and not (isinstance(node, ast.Tuple) and not text.startswith("("))
    return text if is_atom else f"({text})"


@functools.lru_cache(maxsize=16_384)
def said(node: ast.AST) -> str:
    """A node of a text as Python writes it; asked for the same nodes again and again."""
    return ast.unparse(node)


def name_called(function: ast.expr) -> str:
    """`sum` of `np.sum` and of `sum`."""
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def is_numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


def is_passed_on(value: ast.expr) -> bool:
    """Whether an expression is another one's value in another shape or type: `float(np.squeeze(cost))`."""
    while isinstance(value, ast.Call) and name_called(value.func) in PASSING_ON:
        if value.args:
            value = value.args[0]
        else:
            value = value.func.value if isinstance(value.func, ast.Attribute) else value.func
    return isinstance(value, ast.Name | ast.Attribute)
