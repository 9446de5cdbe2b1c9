"""One of several edits that are made one after the other: what it brings, and what it leaves as it was."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.diagnosis.cases.leaves import Path
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.by_chance import are_inverse
from grader.diagnosis.repair.nodes import parsed, said
from grader.diagnosis.repair.order import rank
from grader.diagnosis.repair.twins import Signature, signature
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

# With these an array has other numbers, or there is none.
OF_NUMBERS = {
    *("operator", "order", "sign", "sign-missing", "number-too-much", "always", "never", "comparison"),
    *("condition-reversed", "sum", "mean", "product", "off-by-one", "range", "size-formula"),
}
FITTED = {"broadcast", "ones-missing", "star-missing"}  # kinds of edits
MOST = 12  # steps in all
RENAMED = {"name", "made-of-it"}  # kinds of edits
_ONE_MORE = re.compile(r"[-+] 1$")
_AS_WRITTEN = re.compile(r"""[\s'"()]""")
MUCH = 3  # of what edits bring that right a result: of those that bring more the likeliest is taken
# Together these only take 1 away: `x - 1`.
NEVER_TOGETHER = [{"one-minus", kind} for kind in ("sign-missing", "sign", "order")]


@dataclass(frozen=True)
class Gain:
    """An edit, and what it brings: parts of the result, and quantities, weighted by how much of each."""

    edit: Edit
    results: int
    levels: int
    quantities: Mapping[Any, int] = field(default_factory=dict)  # and how much of each is shown with it, in every call

    @property
    def worth(self) -> tuple[Any, ...]:
        much = min(self.levels, MUCH if self.results else self.levels)
        return -self.results, -much, self.edit.kind == "divided-by", rank(self.edit)

    @property
    def worth_where_it_raised(self) -> tuple[Any, ...]:
        """The same where a call raised: that it comes further with an edit says nothing of the results behind that.

        One more or less is the likeliest of what does as well.
        """
        return -self.levels, -self.results, self.edit.kind != "off-by-one", rank(self.edit)


@dataclass(frozen=True)
class Step:
    """An edit that was taken, with the texts of its function before and after it.

    `righted` are the parts of the result that are right after it.
    """

    edit: Edit
    before: str
    after: str
    righted: frozenset[Path] = frozenset()


def only_hides(edit: Edit) -> bool:
    """Whether an edit leaves out what raised, or makes shapes fit that should be others; a number that is added counts.

    Of a size that is one too large or too small, leaving that out is what is meant.
    """
    kind = edit.kind.partition(":")[0]
    is_left_out = kind in ODD or kind.endswith("too-much")
    return kind in FITTED or (is_left_out and not _ONE_MORE.search(edit.before))


def may_only_fit(edit: Edit) -> bool:
    """Whether with an edit what raised may be another number, or an array of another size, that happens to fit."""
    kind = edit.kind.partition(":")[0]
    return only_hides(edit) or kind in (ODD | OF_NUMBERS) or edit.tier in ("factors", "functions", "terms")


def gives_values(edit: Edit, nameless: Mapping[int, set[str]]) -> bool:
    """Whether an edit puts something else in the place of a name without value, if there is one in its lines.

    `nameless` are such names by line. To leave the name out, with what it stands beside, is nothing else.
    """
    met = [part for part in edit.parts if part.line in nameless]
    puts = (part for part in met if not only_hides(edit))
    return not met or any(
        isinstance(part.span[0], ast.stmt)  # which may give it a value
        or {one.id for one in walk(part.span[0]) if isinstance(one, ast.Name)}
        & nameless[part.line] - {*re.findall(r"\w+", part.replacement)}
        for part in puts
    )


def is_beside(edit: Edit, others: Sequence[Edit]) -> bool:
    """Whether an edit leaves those before it as they are, and does not make up for one of them."""
    for other in others:
        if are_inverse(edit, other) or {edit.kind, other.kind} in NEVER_TOGETHER:
            return False
        is_close = edit.function == other.function and edit.line == other.line and not other.leaves_its_block
        if is_close and not _is_outside(edit, other):
            return False
    return True


def _is_outside(edit: Edit, other: Edit) -> bool:
    """Whether an edit of a statement changes nothing of what another one has put there, unless all around it.

    Another name may be meant for what stood there before it as well.
    """
    put_there = parsed(other.after)
    if put_there is None or "exchanged" in edit.kind + other.kind:
        return False
    wholes = [node for node in walk(edit.statement) if isinstance(node, ast.expr) and said(node) == said(put_there)]
    inside = {id(node) for whole in wholes for node in walk(whole)}
    return bool(wholes) and all(
        part.span[0] is part.span[1]
        and (id(part.span[0]) not in inside or (edit.kind in RENAMED and _plain(part.before) in _plain(other.before)))
        for part in edit.parts
    )


def _plain(text: str) -> str:
    return _AS_WRITTEN.sub("", text)


def is_of_a_repeated_key(edit: Edit) -> bool:
    """Whether an edit changes one of several keys of a statement that are numbered alike: `v["dW" + str(l + 1)]`."""
    keys = [node.slice for node in walk(edit.statement) if isinstance(node, ast.Subscript)]
    numbers = [[ast.dump(one) for one in walk(key) if isinstance(one, ast.Call | ast.FormattedValue)] for key in keys]
    are_alike = len(keys) > 1 and bool(numbers[0]) and all(one == numbers[0] for one in numbers)
    return are_alike and not edit.beside and any(node is edit.span[0] for key in keys for node in walk(key))


def parts_of(steps: Sequence[Step]) -> tuple[Edit, ...]:
    """The places that steps change; the last one of a function has the text with all of them."""
    return tuple(part for step in steps for part in step.edit.parts)


def taken_back(texts: Mapping[str, str], step: Step) -> dict[str, str] | None:
    """Texts without one of several steps; None if its lines were changed again."""
    name = step.edit.function
    before, after, now = (text.splitlines() for text in (step.before, step.after, texts[name]))
    if not len(before) == len(after) == len(now):
        return None
    for i, (a, b) in enumerate(zip(before, after, strict=True)):
        if a != b:
            if now[i] != b:
                return None
            now[i] = a
    return {**texts, name: "\n".join(now)}


def same_elsewhere(
    steps: Sequence[Step],
    texts: Mapping[str, str],
    bench: Bench,
    of_tiers: Callable[[Sequence[str], Callable[[Edit], bool]], Iterator[Edit]],
) -> tuple[list[Step], dict[str, str]]:
    """Steps and their texts with the same slips undone in lines like theirs, which too few values may tell."""
    found, now = [*steps], {**texts}
    for step in steps:
        slips, form = _slips_of(step.edit), _form_of(step.edit.statement)

        def is_alike(edit: Edit, line: int = step.edit.line, slips: object = slips, form: str = form) -> bool:
            return edit.line != line and _slips_of(edit) == slips and _form_of(edit.statement) == form

        while len(found) < MOST and (edit := next(of_tiers([step.edit.tier], is_alike), None)) is not None:
            before = next(one for one in bench.written if one.function == edit.function)
            if (after := before.edited(edit)) is None:
                break
            bench.written = [after if one is before else one for one in bench.written]
            found.append(Step(edit, before.text, after.text))
            now[edit.function] = after.text
    return found, now


def _slips_of(edit: Edit) -> tuple[Signature, ...]:
    return tuple(map(signature, edit.parts))


def _form_of(statement: ast.stmt) -> str:
    """A statement without the keys, which alone differ where it is copied for other parameters."""
    return re.sub(r"'\w+'", "~", said(statement))


def lines_given_back(written: Written) -> Iterator[int]:
    """The lines of statements whose value is returned as it is, under its name."""
    statements = [place.statement for place in written.places]
    names = {said(one.value) for one in statements if isinstance(one, ast.Return) and one.value is not None}
    for one in statements:
        if isinstance(one, ast.Assign) and {*map(said, one.targets)} & names:
            yield written.line(one)


def named_by(edit: Edit) -> tuple[Any, ...]:
    """What is the same of an edit on the text as it is after another one, which is written as Python would."""
    return edit.function, edit.line, edit.kind, _plain(edit.before), _plain(edit.after)
