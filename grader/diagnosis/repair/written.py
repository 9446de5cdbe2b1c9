"""A function as its author wrote it, and the same text with one place changed."""

import ast
import itertools
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from grader.diagnosis.repair.contents import Contents, Definition
from grader.diagnosis.repair.nodes import in_brackets, said
from grader.submissions import SourceUnit

Span = tuple[ast.expr | ast.stmt, ast.expr | ast.stmt]

WHOLE_TURNED = "transposed-as-a-whole"  # the kind of an edit that transposes all that a statement gives


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

    @property
    def leaves_its_block(self) -> bool:
        """Whether what is put there ends further left than it begins: it cannot stand in another block's place."""
        return self.kind == "out-of-the-block" and self.span[0] is not self.span[1]

    @cached_property
    def text(self) -> str:
        """The whole definition with the change, and with those that are made together with it."""
        return self.written.spliced([(part.span, part.replacement) for part in self.parts])

    @cached_property
    def change(self) -> Hashable:
        """What is put in the place of which nodes: edits that do the same have the same."""
        return (*((*map(id, part.span), part.replacement) for part in self.parts),)

    @property
    def parts(self) -> tuple["Edit", ...]:
        """The places that are changed, in the text's order."""
        return (*self.beside, self)


class Written(Contents):
    """The text of one function of a submission."""

    def __init__(
        self,
        function: str,
        unit: SourceUnit,
        definition: Definition,
        source: str,
        offset: int = 0,
        *,
        is_edited: bool = False,
    ) -> None:
        """`source` is the text that the definition's lines count in; `offset` lines of the unit come before it."""
        super().__init__(function, unit, definition)
        self._is_edited = is_edited
        self.offset = offset
        self._lines = [_indented_with_spaces(line) for line in source.encode().splitlines(keepends=True)]
        self._sources: dict[ast.AST, str] = {}  # of nodes of which most are the place of many edits
        self._first = min([definition.lineno, *(decorator.lineno for decorator in definition.decorator_list)])

    def edited(self, edit: Edit) -> "Written | None":
        """The function after an edit, ready for another one; None if lines have moved."""
        if edit.shift:
            return None
        text, offset = self._with_as_many_lines(edit), self.offset + self._first - 1
        (definition,) = ast.parse(text).body
        assert isinstance(definition, Definition)
        return Written(self.function, self.unit, definition, text, offset, is_edited=True)

    def _with_as_many_lines(self, edit: Edit) -> str:
        """The text after an edit, what stands below it in the lines where it stood: an expression is put into one."""
        lost = self.text.count("\n") - edit.text.count("\n")
        if lost <= 0 or edit.beside:
            return edit.text
        body = getattr(edit.statement, "body", None)
        last = body[0].lineno - 1 if body else edit.statement.end_lineno or edit.statement.lineno
        lines = edit.text.splitlines(keepends=True)
        end = last - self._first + 1 - lost
        return "".join([*lines[:end], *["\n"] * lost, *lines[end:]])

    @property
    def text(self) -> str:
        last = self.definition.end_lineno or self.definition.lineno
        return self._dedented(b"".join(self._lines[self._first - 1 : last]))

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

    def below(self, block: ast.For | ast.While | ast.If, kind: str) -> Edit | None:
        """The `return` at the end of a block, with the line before it, put below the block where it stands."""
        before, last = block.body[-2:]
        if block.orelse or before.lineno == last.lineno or not isinstance(last, ast.Return):
            return None
        kept = b"".join(self._lines[before.lineno - 1 : last.lineno - 1])[before.col_offset :].decode(errors="replace")
        text = kept + " " * block.col_offset + _ends(self._lines, last)
        return Edit(self, last, (before, last), kind, self.source(last), said(last), text)

    def source(self, node: ast.AST) -> str:
        """A node as it is written, in one line; over several with comments or `\\` between them, as it is read.

        So it is after an edit, which may have put brackets around what has some.
        """
        if node not in self._sources:
            text = said(node) if self._is_edited else _ends(self._lines, node)
            is_broken = "\n" in text and ("#" in text or "\\" in text)
            text = " ".join((said(node) if is_broken else text).split())
            self._sources[node] = f"({text})" if isinstance(node, ast.NamedExpr) and text[:1] != "(" else text
        return self._sources[node]

    def spliced(self, pieces: Sequence[tuple[Span, str]]) -> str:
        """The definition with the text from the first to the last node of each span replaced; spans in order."""
        end = self.definition.end_lineno or self.definition.lineno
        made = b"".join(self._lines[self._first - 1 : end])
        for (first, last), replacement in reversed(pieces):
            after = self._offset(last.end_lineno or 0, last.end_col_offset or 0)
            made = made[: self._offset(first.lineno, first.col_offset)] + replacement.encode() + made[after:]
        return self._dedented(made)

    def _dedented(self, text: bytes) -> str:
        """A definition as if it stood alone; of lines that begin further left, as comments may, nothing is cut off.

        Empty lines stay: those below them keep their numbers.
        """
        column = self.definition.col_offset
        lines = text.decode(errors="replace").splitlines(keepends=True)
        return (
            "".join((line[column:] or "\n") if line[:column].isspace() else line for line in lines)
            if column
            else "".join(lines)
        )

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
        return self._dedented(b"".join(made))

    def has_lines_of_its_own(self, span: tuple[ast.AST, ast.AST]) -> bool:
        """Whether nothing but a comment shares the first and the last line of a run of statements."""
        first, last = span
        before = self._lines[first.lineno - 1][: first.col_offset]  # type: ignore[attr-defined]
        after = self._lines[last.end_lineno - 1][last.end_col_offset :].strip()  # type: ignore[attr-defined]
        return not before.strip() and (not after or after.startswith(b"#"))


def _indented_with_spaces(line: bytes) -> bytes:
    """A line with a space for each tab that it begins with: what is put beside it begins with spaces.

    One for each, so that whatever stands in it keeps its column.
    """
    start = len(line) - len(line.lstrip(b" \t"))
    return line[:start].replace(b"\t", b" ") + line[start:]


def _ends(lines: Sequence[bytes], node: ast.AST) -> str:
    first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
    piece = [*lines[first - 1 : last]]
    piece[-1] = piece[-1][: node.end_col_offset]  # type: ignore[attr-defined]
    piece[0] = piece[0][node.col_offset :]  # type: ignore[attr-defined]
    return b"".join(piece).decode(errors="replace")


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """The edits of one function from the top to the bottom."""
    return sorted(edits, key=lambda edit: (edit.span[0].lineno, edit.span[0].col_offset))


def are_apart(edits: Sequence[Edit]) -> bool:
    """Whether no two of some edits in their order change the same."""
    return all(one.ends_before(other) for one, other in itertools.pairwise(edits))


def at_all(edits: Iterable[Edit]) -> Edit:
    """Edits at several places as one, which is told with the first of them."""
    *others, last = in_order(edits)
    return replace(last, beside=(*others,)) if others else last
