"""What can be said of a mistake without a name, for which no change of the text was found: what its numbers tell."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from grader.assignments import Mistake
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.forms import ANOTHER_FORM, IN_ANOTHER_ORDER
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.quantities import quantities_of
from grader.diagnosis.cases.trace import Rerun
from grader.diagnosis.cases.verdict import WEAK, Described, Verdict
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.general.own_text import Held
from grader.diagnosis.numbers.drawn import describe_drawn
from grader.diagnosis.numbers.explain import explain
from grader.diagnosis.numbers.other_order import ANOTHER_ORDER
from grader.diagnosis.numbers.sizes import describe_sizes
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.planted.confirm import Confirmation
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes, plant
from grader.diagnosis.traced.expressions import Expressions
from grader.diagnosis.traced.first_wrong import FirstWrong
from grader.diagnosis.traced.first_wrong_words import beside
from grader.diagnosis.traced.intermediates import Symbols
from grader.diagnosis.traced.steps import Steps
from grader.report import Location

AS_A_WHOLE = (f".{ANOTHER_FORM}", f".{ANOTHER_ORDER}")
STOP = ".exception"  # the code of what is told of one
NOTHING_MADE = ("zero-result", "left-as-it-was")  # by the function for a part of its result
OF_VALUES = ("another-shape", "should-be-zero", "transposed", "constant-factor", "rearranged", "reshaped")
PLAIN = ("transposed", "rearranged", "reshaped", "constant-factor")  # what holds for whole results


class UnknownMistakes:
    """Describes them, of one submission's functions."""

    def __init__(self, confirmation: Confirmation, others: OtherFunctions, general: GeneralMeans | None) -> None:
        self.assignment, self.others, self.general = confirmation.assignment, others, general
        self._found: dict[tuple[str, Mistakes, Held], tuple[tuple[FirstWrong, Location | None], ...]] = {}

    def as_numbers_tell(self, known: KnownMistakes, context: Mistakes) -> Described | None:
        """How all that is wrong is arranged or scaled, if that is plain: it says more than where to turn each term."""
        case = known.drawn_twice(context)
        told = explain(case, self.assignment)
        wrong = {part.name.strip("`") for part in Parts(case, self.assignment.contract).wrong}
        if len(told) == 1 and told[0].code.rpartition(".")[2] in PLAIN and told[0].parts == wrong:
            return told[0]
        return None

    def verdict(self, known: KnownMistakes, context: Mistakes) -> Verdict:
        """What can be said where nothing explains everything.

        Little, while a function that it is built on is wrong in a way that is not known: these may be its numbers.
        """
        drawn_twice = known.drawn_twice(context)
        told, unwritten = self.general.facts.unwritten(drawn_twice) if self.general else ((), 0)
        if self.others.has_unknown_callees(known.function):
            return Verdict((), told)
        named, covered = known.partly(context, drawn_twice) if not told else ((), unwritten)
        by_parts = not self.others.failing_callees(known) and not told
        described = (*told, *explain(drawn_twice, self.assignment, covered, by_parts=by_parts))
        if drawn_twice.is_of_another_object:  # what is right there is of another shape, or nothing at all
            described = tuple(one for one in described if one.code.rpartition(".")[2] not in OF_VALUES)
        described = tuple(self._at_its_line(one, known.case(context)) for one in described)
        early = self.general.facts.ends_in_first_pass(known.function) if self.general and not told else ()
        has_another_form = any(one.code.endswith(AS_A_WHOLE) for one in described)  # each part may be right
        if by_parts and not covered and not has_another_form and not early:
            described = self._with_first_wrong(known, context, drawn_twice, described)
        if (
            not named
            and not told
            and not early
            and self.general
            and (lines := self.general.facts.does_nothing(drawn_twice))
        ):
            nothing = (f".{code}" for code in NOTHING_MADE)  # which these lines say better
            return Verdict(named, (*lines, *(one for one in described if not one.code.endswith(tuple(nothing)))))
        described = (*early, *described)
        is_nothing = any(one.code.endswith((".zero-result", ".left-as-it-was")) for one in described)  # say it better
        has_ended = RAISED in drawn_twice.paths(drawn_twice.wrong)  # before what it computes was of any use
        if not told and not named and not is_nothing and self.general and not has_ended:
            described = (*self.general.facts.unused(drawn_twice, self.assignment.solution_source), *described)
        if not self.others.failing_callees(known):  # else what it is given may not fit, as another function is wrong
            described = described or describe_sizes(known.with_passed(context), self.assignment.contract)
        if self.general and not told and not named:
            drawn = describe_drawn(drawn_twice, self.assignment.contract)
            described = (*(self._at_its_line(one, drawn_twice) for one in drawn), *described)
        if (
            self.general
            and not named
            and not has_ended
            and all(one.code.endswith(".wrong-in-some-parts") for one in described)
        ):
            described = (*self.general.facts.unread(drawn_twice, self.assignment.callees[known.function]), *described)
        return Verdict(named, described)

    def _at_its_line(self, one: Described, case: Case) -> Described:
        """What is told of a result as a whole, at the line that returns it; of parts, at the one that makes them."""
        if self.general is None or one.location is not None:
            return one
        if one.code.endswith(AS_A_WHOLE):
            is_order = one.code.endswith(ANOTHER_ORDER) or IN_ANOTHER_ORDER in one.title
            return replace(one, location=self.general.places.of_what_is_returned(case, put_together=is_order))
        place = self.general.places.of_parts(case, one.parts)
        if place is None and one.code.endswith(".left-as-it-was") and len(one.parts) == 1:
            place = self.general.places.of_the_name(case.function, *one.parts)
        return replace(one, location=place)

    def _with_first_wrong(
        self, known: KnownMistakes, context: Mistakes, case: Case, described: tuple[Described, ...]
    ) -> tuple[Described, ...]:
        """What is described of the results, at the line where it comes in; or that line, where nothing else is told."""
        found = self._first_wrong_of(known, context, case)
        return beside(described, found, Parts(case, self.assignment.contract), known.function) if found else described

    def beside(self, known: KnownMistakes, context: Mistakes, told: Collection[Path]) -> tuple[Described, ...]:
        """What is plain of the parts that nothing was told of yet, where a change was found for others."""
        case = known.drawn_twice(context)
        covered = sum(1 << i for i, cell in enumerate(case.cells) if any(_is_within(cell.path, path) for path in told))
        found = explain(case, self.assignment, covered, by_parts=False)
        plain = (one for one in found if one.code.rpartition(".")[2] in (*PLAIN, *NOTHING_MADE))
        return tuple(self._at_its_line(one, known.case(context)) for one in plain)

    def with_what_is_reached(self, verdict: Verdict, known: KnownMistakes, context: Mistakes) -> Verdict:
        """A verdict, and what results come of, where no more is told than an exception, or of some of them alone."""
        is_open = not verdict.named and all(
            one.code.endswith(STOP) or one.code.rpartition(".")[2] in WEAK or one.parts for one in verdict.described
        )
        if (
            self.general is None
            or not is_open
            or verdict.follows_from
            or self.others.has_unknown_callees(known.function)
        ):
            return verdict
        # Of a value that is wrong first it is known where it is, and not why.
        covered = {
            name for one in verdict.described if not _is_weak(one) and "value" not in one.evidence for name in one.parts
        }
        found = self.general.reached.described(known.case(context), covered)
        weak = [one for one in verdict.described if _is_weak(one)]
        left = tuple(one for one in verdict.described if one not in weak)
        return replace(verdict, described=(*left, *found, *(() if found else weak)))

    def lines_of_first_wrong(self, known: KnownMistakes, context: Mistakes) -> set[int]:
        """Where the first wrong values of a function are, as its unit counts lines."""
        found = [one for one, _ in self.first_wrong(known, context)]
        return self.general.places.lines(known.function, found) if self.general is not None else set()

    def first_wrong(self, known: KnownMistakes, context: Mistakes) -> tuple[tuple[FirstWrong, Location | None], ...]:
        """The first wrong values of a function, with their places."""
        return self._first_wrong_of(known, context, known.drawn_twice(context))

    def _first_wrong_of(
        self, known: KnownMistakes, context: Mistakes, case: Case
    ) -> tuple[tuple[FirstWrong, Location | None], ...]:
        """The first wrong values of a case of two draws, looked for once."""
        held = self.general.text.held if self.general is not None else frozenset()
        key = known.function, context, held
        if key not in self._found:
            self._found[key] = self._first_wrong(known, context, case)
        return self._found[key]

    def _first_wrong(
        self, known: KnownMistakes, context: Mistakes, case: Case
    ) -> tuple[tuple[FirstWrong, Location | None], ...]:
        if self.general is None or self.others.obscure(known):
            return ()
        if not case.wrong or RAISED in case.paths(case.wrong):
            return ()
        return self.general.places.first_wrong(case, *self.steps(known, context, case))

    def place_of(self, mistake: Mistake, known: KnownMistakes, context: Mistakes) -> Location | None:
        """Where a submission has what the step of a mistake gives, beside what else is known to be wrong."""
        case = known.drawn_twice(context)
        if self.general is None or self.others.obscure(known) or RAISED in case.paths(case.wrong):
            return None
        mistaken, symbols = self.steps(known, (*context, mistake), case)
        right, _ = self.steps(known, context, case)
        return self.general.places.of_step(mistake.step, case, mistaken, right, symbols)

    def steps(
        self, known: KnownMistakes, context: Mistakes, case: Case, *, with_expressions: bool = False
    ) -> tuple[Steps, Symbols]:
        """The steps that a function of the solution is made of, and the numbers that are in play in a call."""
        reached = self.assignment.reached_steps.get(known.function, frozenset()) - {known.function}

        def symbols(trace: int, call: int) -> Mapping[str, float]:
            arguments = Rerun(case.traces[trace], case.base).given(call)
            return quantities_of(self.assignment, case.function, arguments, case.base).symbols

        module = plant(self.assignment, context)
        expressions = None
        if with_expressions:
            right = reached | {known.function}
            right -= {mistake.step for mistake in context}
            expressions = Expressions(module, self.assignment.solution_source, right)
        return Steps(module, reached, expressions), symbols


def _is_weak(one: Described) -> bool:
    return one.code.rpartition(".")[2] in WEAK


def _is_within(path: Path, whole: Path) -> bool:
    return path[: len(whole)] == whole
