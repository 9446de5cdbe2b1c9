"""Where something is in a submission's text: what is wrong, a named mistake, a value that goes wrong first."""

import ast
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import ROUNDING, Path, is_distinctive, leaves_of, same
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.verdict import Named, Verdict
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.cases.where import names_called
from grader.diagnosis.general.alone_in_wrong import alone_in_wrong
from grader.diagnosis.general.own_text import OwnText
from grader.diagnosis.places import places_of
from grader.diagnosis.repair.in_place import InPlace
from grader.diagnosis.traced.first_wrong import FirstWrong, first_wrong_values
from grader.diagnosis.traced.mistaken_step import line_of_step
from grader.diagnosis.traced.steps import Steps
from grader.diagnosis.written.slices import is_plain
from grader.report import Location
from grader.sandbox import CellFailure

DRAWING = frozenset(
    ["rand", "randn", "random", "normal", "standard_normal", "uniform", "binomial", "choice", "permutation", "shuffle"]
)


class Places:
    """The places of what is known of functions, as far as the text tells them."""

    def __init__(self, text: OwnText) -> None:
        self._text = text

    def first_wrong(
        self, case: Case, steps: Steps, symbols: Callable[[int, int], Mapping[str, float]]
    ) -> tuple[tuple[FirstWrong, Location | None], ...]:
        """The values with which a function goes wrong, where they show, with their lines."""
        try:
            bench = self._text.bench(case)
            found = first_wrong_values(case, bench, steps, symbols)
        except (RecursionError, CellFailure):
            return ()
        written = {one.function: one for one in bench.written}
        return tuple(
            (one, self._text.place(own, one.line + own.offset))
            for one in found
            if (own := written.get(one.function)) is not None
        )

    def of_step(
        self, step: str, case: Case, mistaken: Steps, right: Steps, symbols: Callable[[int, int], Mapping[str, float]]
    ) -> Location | None:
        """Where a submission has what a step of the solution gives with a known mistake in it."""
        try:
            bench = self._text.bench(case)
            found = line_of_step(step, case, bench, mistaken, right, symbols)
        except (RecursionError, CellFailure):
            return None
        own = next((one for one in bench.written if found is not None and one.function == found[0]), None)
        return self._text.place(own, found[1] + own.offset) if found is not None and own is not None else None

    def lines(self, function: str, found: Sequence[FirstWrong]) -> set[int]:
        """The lines of first wrong values, as the unit counts them."""
        offsets = {written.function: written.offset for written in self._text.all(function)}
        return {one.line + offsets[one.function] for one in found if one.function in offsets}

    def of_verdict(self, function: str, verdict: Verdict) -> list[Location | None]:
        """Where what is told of a function is, one after the other."""
        return [*places_of(self._text.source, function, verdict)]

    def shared(self, function: str, other: str, place: Location | None) -> str:
        """The function of the submission's own that holds a place and that two others call; "" if there is none."""
        names = (
            self._text.reached(function) & self._text.reached(other) - {function, other}
            if place is not None
            else frozenset()
        )
        return next((name for name in sorted(names) if place and self._text.source.holds(name, place)), "")

    def lacks(self, function: str, entry: Named) -> bool:
        """Whether the text alone does not show where a named mistake is."""
        return self.looking_like(function, entry) is None

    def looking_like(self, function: str, entry: Named) -> Location | None:
        """The statement that looks as if a named mistake were there."""
        return self._text.source.statement(function, entry.mistake.place)

    def is_elsewhere(self, case: Case, entry: Named) -> bool:
        """Whether nothing that is wrong is computed by the statement that looks as if a mistake were there."""
        written = self._text.of(case.function)
        place = self._text.source.statement(case.function, entry.mistake.place)
        if written is None or place is None or place.line is None or not self._text.source.holds(case.function, place):
            return False
        return not self._text.slices(written).may_hold(Parts(case, self._text.contract), place.line)

    def of_the_change(self, function: str, argument: str) -> Location | None:
        """The one statement of a function that changes an argument in place."""
        written = self._text.of(function)
        found = InPlace(written.definition).only_change(argument) if written is not None else None
        return self._text.place(written, written.line(found)) if written is not None and found is not None else None

    def of_what_is_returned(self, case: Case, *, put_together: bool) -> Location | None:
        """The one `return` that ends the calls; with `put_together` only if what it returns is put together there."""
        written = self._text.of(case.function)
        statements = [place.statement for place in written.places] if written is not None else []
        found = [one for one in statements if isinstance(one, ast.Return) and one.value is not None]
        if written is None or not found:
            return None
        if len(found) > 1:
            seen = self._text.bench(case).seen_in_all
            found = [one for one in found if any(one.lineno in run.executed(written.function) for _, run in seen)]
        is_there = len(found) == 1 and not (put_together and isinstance(found[0].value, ast.Name | ast.Attribute))
        return self._text.place(written, written.line(found[0])) if is_there else None

    def of_the_draw(self, function: str) -> Location | None:
        """The one statement of a function that draws random numbers."""
        own = self._text.of(function)
        simple = [place.statement for place in own.places if not hasattr(place.statement, "body")] if own else []
        found = [one for one in simple if not DRAWING.isdisjoint(names_called(one))]
        return self._text.place(own, own.line(found[0])) if own and len(found) == 1 else None

    def of_parts(self, case: Case, names: Collection[str]) -> Location | None:
        """The one line that computes parts of the result, by their names, and nothing that is right."""
        written = self._text.of(case.function)
        if written is None or not names:
            return None
        parts = Parts(case, self._text.contract)
        every = dict.fromkeys([*parts.of_cell, *(parts.of(one.cell) for one in case.drawn)])
        wrong = [part for part in every if part.name.strip("`") in names]
        right = [part for part in every if part not in {*wrong, *parts.wrong}]
        one = self._computing(self._text.slices(written).alone_in(wrong, right))
        return self._text.place(written, written.line(one)) if one is not None else None

    def of_the_end(self, function: str, case: Case | None) -> Location | None:
        """The line of a function that gives nothing back in which it has the value asked for, or else its last one."""
        written = self._text.of(function)
        if written is None or not written.places:
            return None
        last = written.places[-1].statement
        if any(isinstance(one.statement, ast.Return) and one.statement.value is not None for one in written.places):
            # What it gives back is nothing: then a function that it calls does not come to a `return`.
            others = [
                one for one in self._text.all(function)[1:] if not isinstance(one.definition.body[-1], ast.Return)
            ]
            return (
                self._text.place(others[0], others[0].line(others[0].places[-1].statement))
                if len(others) == 1
                else None
            )
        cells = [i for i, cell in enumerate(case.cells) if case.call(cell).function == function] if case else []
        right = [case.right[i] for i in cells if case is not None and not case.cells[i].path]
        wanted = [one for one in right if isinstance(one, np.ndarray) and is_distinctive(one)]
        runs = [run for _, run in self._text.bench(case).seen_in_all] if case and wanted else []
        for number, (statement, _) in runs[-1].watch.targets.items() if runs else ():
            values = [run.seen[number].last for run in runs if number in run.seen]
            is_seen = runs[-1].watch.owners[number] == function and len(values) == len(runs)
            if is_seen and all(isinstance(one, np.ndarray) and any(same(one, it) for it in wanted) for one in values):
                last = statement
        return self._text.place(written, written.line(last))

    def of_the_name(self, function: str, name: str) -> Location | None:
        """The one statement of a function that gives a parameter another value, or an attribute of its object one."""
        written = self._text.of(function) or self._text.of(f"{function}.__init__")
        if written is None:
            return None
        names = {f"self.{name}", *({name} & {*written.parameters})}
        own = [one.statement for one in written.places if names & {*map(ast.unparse, targets_of(one.statement))}]
        return self._text.place(written, written.line(own[0])) if len(own) == 1 else None

    def of_each_part(self, case: Case) -> list[Location | None]:
        """The line of each wrong part, if all have one, that computes nothing right, or lacks an argument behind it."""
        written, parts = self._text.of(case.function), Parts(case, self._text.contract)
        if written is None:
            return []
        of = self._text.slices(written)
        if _lacks_arguments(case):
            found = [of.last(part) for part in parts.wrong]
        else:
            found = [self._computing(of.alone_in([part], parts.right)) for part in parts.wrong]
            found = found if len({*found}) == len(found) else []
        return [self._text.place(written, written.line(one)) for one in found if one is not None and None not in found]

    def of_what_is_wrong(self, case: Case) -> Location | None:
        """The one line that computes what is wrong, in every call in which it is, and nothing that is right."""
        written, one = self._text.of(case.function), self._computing(alone_in_wrong(self._text, case))
        if written is None or one is None:
            return None
        match one:
            case ast.Return(value=ast.Name()) if len(written.places) > 1:
                return None  # what should have changed it before may stand above
        seen = self._text.bench(case).seen_in_all
        if not all(one.lineno in run.executed(written.function) for _, run in seen):
            return None  # what is wrong in a call that does not come there is wrong for something else
        return self._text.place(written, written.line(one))

    def computing_what_is_wrong(self, case: Case) -> set[int]:
        """The lines that compute what is wrong alone, as the student counts them."""
        written = self._text.of(case.function)
        found = [one for one in alone_in_wrong(self._text, case) if not is_plain(one)]
        places = [self._text.place(written, written.line(one)) for one in found] if written is not None else []
        return {place.line for place in places if place is not None and place.line is not None}

    def _computing(self, statements: Sequence[ast.stmt]) -> ast.stmt | None:
        """The only one of some statements that computes something, if it calls no function of the submission's."""
        own = [one for one in statements if not is_plain(one)]
        is_clear = len(own) == 1 and self._text.source.own_functions.isdisjoint(names_called(own[0]))
        return own[0] if is_clear else None


def _lacks_arguments(case: Case) -> bool:
    """Whether all that is lacking anywhere are multiples of an argument, or of the sum of its squares."""
    cells = [i for i in range(len(case.cells)) if case.wrong >> i & 1]
    shares: dict[Path, list[set[float]]] = {}
    for i in cells:
        found, right = case.found[i], case.right[i]
        if not isinstance(found, np.ndarray) or not isinstance(right, np.ndarray) or found.shape != right.shape:
            return False
        given = [leaf for one in case.call(case.cells[i]).arguments for leaf in leaves_of(one).values()]
        arrays = [one.ravel() for one in given if isinstance(one, np.ndarray)]
        numbers = [float(one[0]) for one in arrays if one.size == 1 and one[0]]
        lacking, wholes = (right - found).ravel(), [one for one in arrays if one.size > 1 and one.any()]
        if lacking.size > 1:
            alike = (one for one in wholes if one.size == lacking.size)
            if not any((lacking @ one) ** 2 > (1 - ROUNDING) * (lacking @ lacking) * (one @ one) for one in alike):
                return False
        elif lacking.size:
            of_squares = {round(float(lacking[0] / (one @ one) / number), 9) for one in wholes for number in numbers}
            shares.setdefault(case.cells[i].path, []).append(of_squares)
    return bool(cells) and all(len(sets) > 1 and set.intersection(*sets) for sets in shares.values())
