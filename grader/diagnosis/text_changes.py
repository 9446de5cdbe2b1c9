"""What is wrong with a function as changes of its text tell: those with which all of it, or a part, is right."""

import ast
import itertools
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from grader.checks.run import CheckRun
from grader.diagnosis.cases.budget import Budget
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.verdict import Described, Named, Verdict
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.numbers.drawn import describe_drawn
from grader.diagnosis.numbers.other_order import in_another_order
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.planted.confirm import Confirmation
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.planted.probing import Righted
from grader.diagnosis.repair import Repair
from grader.diagnosis.repair.misspelt import is_beyond_doubt, unbound_names
from grader.diagnosis.repair.repair import beside_each_other, is_whole
from grader.diagnosis.repair.sentences_of_bindings import OF_BINDINGS
from grader.diagnosis.repair.statements import entries_put_over_others
from grader.diagnosis.repair.steps import only_hides
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit
from grader.diagnosis.unknown import UnknownMistakes
from grader.diagnosis.written.mendings import NOT_IMPORTED
from grader.submissions.trees import walk

# Where calls raise, these confirm a known mistake, which says what is turned or sized; others tell another one.
TURNED = {
    *("transposed", "untransposed", "not-transposed", "transposed-as-a-whole", "axis", "axis-throughout", "broadcast"),
    *("axes", "axes-missing", "elementwise", "product", "padding-once", "size-formula", "size-of-another-axis"),
}
# With these what raised may not be come to any more, or get a number that does not raise.
HIDING = {
    *("constant", "operator", "order", "too-much", "number-too-much", "multiply", "divide", "sign", "sign-missing"),
    *("always", "never", "comparison", "condition-reversed"),
}
IS_BOUND = re.compile(r"expected at (least|most) ")  # in the message of a check on an accuracy
OF_SPREAD = (".drawn-too-wide", ".drawn-too-narrow")


class TextChanges:
    """Looks for them in one submission's functions, and keeps those that make a function right in `others`."""

    def __init__(
        self,
        confirmation: Confirmation,
        others: OtherFunctions,
        unknown: UnknownMistakes,
        general: GeneralMeans | None,
    ) -> None:
        self.confirmation, self.others, self.unknown, self.general = confirmation, others, unknown, general
        self.assignment = confirmation.assignment
        self.one_of_several: dict[str, tuple[Described, ...]] = {}  # changes that right a line alone
        self.mendings: dict[str, tuple[Repair, ...]] = {}  # with which functions come to right values, or to an end

    def repaired(self, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun]) -> Verdict:
        """The change of the submission's text that makes all of a function right, if there is one."""
        if self.general is None or self.others.obscure(known):
            return Verdict()
        context = self.others.of_what_it_meets(known, context)
        case = known.case(context) if known.case(context).wrong else known.failed_case(context)
        others = self._in_other_conventions(known, context, case)
        exception, focus = (
            self.general.facts.explained(case, others) if RAISED in case.paths(case.wrong) else (None, set())
        )

        if exception is not None and NOT_IMPORTED.search(exception.title):
            return Verdict(described=(exception,))  # of changes that do without the module none is meant

        def first_wrong() -> set[int]:
            return self.unknown.lines_of_first_wrong(known, context)

        if self.general.text.is_long(known.function) and not focus:
            focus = first_wrong()
        below = self.others.named_below(known)
        base = self.confirmation.planting.module(context) if below else None
        repairs = self.general.changes.repaired(
            case,
            runs,
            focus,
            others,
            base=base,
            first_wrong=first_wrong,
            steps=lambda: self.unknown.steps(known, context, case, with_expressions=True),
        )
        if not is_whole(repairs) and known.failed_case(context) is not case:  # one fault more shows in other checks
            further = self.general.changes.repaired(known.failed_case(context), runs, focus, base=base)
            repairs = further if is_whole(further) else repairs
        whole = repairs[0] if is_whole(repairs) else None
        if kept := self.general.changes.kept_wrong(case, runs, whole):
            self.others.repairs[known.function], of_the_maker = kept
            return Verdict(described=(of_the_maker,))
        if whole is not None:
            self.others.repairs[known.function] = whole
        # Elsewhere than where they are returned, names that are exchanged would be others than the ones of their lines.
        if exception is None and not (whole is not None and (len(whole.edits) == 1 or _is_returned(whole))):
            exchanged = in_another_order(case, Parts(case, self.assignment.contract), by_shapes=False)
            if exchanged is not None:
                place = self.general.places.of_what_is_returned(case, put_together=True)
                return Verdict(described=(replace(exchanged, location=place),))
        on_the_way = [one for one in repairs if one.on_the_way]
        self.one_of_several[known.function] = ()
        if exception is None and on_the_way:
            self.one_of_several[known.function] = self.general.changes.one_of_several(on_the_way[0], case)
        if exception is not None and on_the_way:
            exception = self.general.changes.with_what_it_takes(exception, on_the_way[0])
        endings = (one for one in on_the_way if one.mending and not any(map(only_hides, one.mending)))
        self.mendings[known.function] = tuple(endings)
        repairs = () if on_the_way else repairs  # no word of it, unless what is wrong behind that is known as well
        repairs = tuple(
            one for one in repairs if not one.paths or self._rights_them_everywhere(one, known, context, runs)
        )
        of_parts = whole is None and not any(one.of_a_branch for one in repairs)
        named = self._named_beside(repairs, known, context) if repairs and of_parts else ()
        told_of = repairs
        if of_parts and not named:  # else what is left wrong has a name, and so a cause, of its own
            told_of = self.general.changes.weighed(repairs, case)
        described = [told for one in told_of for told in self.general.changes.told(one, case, below)]
        is_open = whole is None and not named and exception is None
        if (
            is_open
            and (parts := beside_each_other(told_of)) is not None
            and len({e.function for e in parts.edits}) == 1
        ):
            self.mendings[known.function] = (replace(parts, paths=told_of[0].paths, mending=parts.edits),)
        if whole is not None and all(edit.kind.partition(":")[0] in TURNED for edit in whole.edits):
            described = [_given_turned(one, self.others.turned(known, TURNED)) for one in described]
        if is_whole(repairs) and repairs[0].is_of_one_value and (plain := self.unknown.as_numbers_tell(known, context)):
            described = [replace(plain, location=self.general.text.place_of(repairs[0]))]
        if exception is not None and not is_whole(repairs):
            described += [*self.general.facts.does_nothing(case), exception]
        elif exception is not None and whole is not None and any(map(_hides_a_name, whole.edits)):
            described = [exception, *described]
        if (
            described
            and whole is None
            and all(edit.kind != "out-of-the-block" for one in repairs for edit in one.edits)
        ):
            described = [*self.general.facts.ends_in_first_pass(known.function), *described]
        if repairs and of_parts and exception is None:
            spoken_of = {
                *(path for one in repairs for path in one.paths),
                *(path for one in named for path in one.paths),
            }
            described += self.unknown.beside(known, context, spoken_of)
        return Verdict(named, tuple(described))

    def kept_rather(
        self, verdict: Verdict, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun]
    ) -> Verdict:
        """What is too much in what another function keeps, if all is right without: a known mistake looks like it.

        So does an entry that is made of another one and put under another key, which leaves the other as it was.
        """
        if self.general is None or not verdict.named:
            return verdict
        for written in self.general.text.all(known.function):
            for edit in (e for place in written.places for e in entries_put_over_others(written, place.statement)):
                if self.general.text.repairs.passes({edit.function: edit.text}, runs):
                    repair = self.others.repairs[known.function] = Repair((edit,))
                    return Verdict(described=tuple(self.general.changes.told(repair, known.case(context))))
        kept = self.general.changes.kept_wrong(known.case(context), runs, None, only_taken_out=True)
        if kept is None:
            return verdict
        self.others.repairs[known.function], of_the_maker = kept
        return Verdict(described=(of_the_maker,))

    def undone_otherwise(
        self, verdict: Verdict, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun]
    ) -> Verdict:
        """What is too much where no known mistake lacks anything: errors are alike whose causes are not.

        Where all that is seen are exceptions, a change that turns and sizes nothing is told as well: of shapes that do
        not fit there are many causes. So are several changes: what is wrong behind the exception nobody has seen.
        """
        if self.general is None:
            return verdict
        case = known.case(context)
        only_raised = RAISED in case.paths(case.wrong)
        undone = self.general.changes.undone(
            case, runs, lambda: self.unknown.steps(known, context, case, with_expressions=True)
        )
        if not is_whole(undone):
            return verdict
        kind = undone[0].edits[0].kind
        is_one = not only_raised or len({edit.kind for edit in undone[0].edits}) == 1
        if is_one and (kind in TURNED if only_raised else kind not in ODD):
            return verdict
        self.others.repairs[case.function] = undone[0]
        return Verdict(described=tuple(self.general.changes.told(undone[0], case)))

    def checked(
        self,
        known: KnownMistakes,
        ground: Mistakes,
        runs: Sequence[CheckRun],
        in_two_steps: Callable[[Case], None],
        righted: Righted | None = None,
    ) -> Verdict:
        """The change with which checks pass that judge what is drawn at random: there are no values to go by.

        Of a training, of which checks bound an accuracy, experiments have to come out right as well: `righted` asks.
        Where no change does, but two may, `in_two_steps` is called.
        """
        failed = [run for run in runs if not run.passed]
        # What a function does that calls no other one is no training, of which an accuracy would verify nothing.
        has_values = any(run.passed and any(c.verdict == "right" for c in run.result.comparisons) for run in runs)
        compares = not self.assignment.callees[known.function] or all(
            any(c.verdict == "wrong" for c in run.result.comparisons)
            # A behaviour that was found is one of many: what makes it go away need not be right.
            or (has_values and not run.record.findings and not IS_BOUND.search(run.result.message))
            for run in failed
        )
        is_shown = compares or righted is not None
        if self.general is None or not failed or self.others.failing_below(known.function):
            return Verdict()
        case = known.case(ground)
        if not is_shown:
            return Verdict(described=self.exception(known, ground) or self.general.facts.does_nothing(case))
        repairs = self.general.changes.checked(case, runs, None if compares else righted)
        if _may_only_hide_an_error(repairs, failed):
            repairs = ()
        if is_whole(repairs):
            self.others.repairs[known.function] = repairs[0]
        elif compares:
            in_two_steps(case)
        described = tuple(told for one in repairs for told in self.general.changes.told(one, case))
        if not described and any(run.result.status == "error" for run in failed):
            described = self.exception(known, ground)
        described = described or self._drawn(case)
        described = described or self.general.facts.does_nothing(case)
        return Verdict(described=described or self.general.facts.unread(case, self.assignment.callees[known.function]))

    def _drawn(self, case: Case) -> tuple[Described, ...]:
        """What is wrong with what is drawn, at the line that draws it."""
        assert self.general is not None
        places, told = self.general.places, describe_drawn(case, self.assignment.contract)
        drawn = places.of_the_draw(case.function)  # how far numbers spread may be decided above
        found = []
        for one in told:
            place = places.of_parts(case, one.parts) or (None if one.code.endswith(OF_SPREAD) else drawn)
            named = one.evidence.get("parts")
            if place is None and isinstance(named, list) and not one.code.endswith(OF_SPREAD):
                place = next((at for name in named if (at := places.of_the_name(case.function, name))), None)
            found.append(replace(one, location=place))
        return tuple(found)

    def checked_in_two_steps(
        self, case: Case, runs: Sequence[CheckRun], *, both: bool = False
    ) -> tuple[Described, ...]:
        """The two changes, with the first of which some checks pass, where no single one was found: that takes long.

        With `both`, only if all checks pass with the two.
        """
        if self.general is None:
            return ()
        repairs = self.general.changes.checked(case, runs, in_two_steps=True)
        if both and not is_whole(repairs):
            return ()
        if _may_only_hide_an_error(repairs, runs):
            return ()
        return tuple(told for one in repairs for told in self.general.changes.told(one, case))

    def exception(self, known: KnownMistakes, ground: Mistakes) -> tuple[Described, ...]:
        """What an exception was about that ended a call in the failed checks."""
        case = known.failed_case(ground)
        if self.general is None or RAISED not in case.paths(case.wrong):
            return ()
        told, _ = self.general.facts.explained(case)
        return (told,) if told is not None else ()

    def _rights_them_everywhere(
        self, repair: Repair, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun]
    ) -> bool:
        """Whether the parts of the result that a repair rights in the calls it was tried in are right in all others.

        What rights one branch may spoil another one, which no such call takes: checks that passed are to pass.
        """
        assert self.general is not None
        passed = [run for run in runs if run.passed]
        with self.general.changes.holding([repair]):
            if not all(run.passed for run in self.confirmation.as_it_is_now(passed)):
                return False
            now = self.confirmation.as_it_is_now(known.evident)
            case = KnownMistakes(known.function, now, self.confirmation, Budget(0)).case(context)
            return not {*case.paths(case.wrong)} & {*repair.paths}

    def _named_beside(self, repairs: Sequence[Repair], known: KnownMistakes, context: Mistakes) -> tuple[Named, ...]:
        """Known mistakes of the outputs that no repair makes right, where they explain every number of these."""
        righted = {path for repair in repairs for path in repair.paths}
        twice = known.drawn_twice(context)
        named = [entry for entry in known.partly(context, twice)[0] if not _share(righted, entry.paths)]
        told = {*righted, *(path for entry in named for path in entry.paths)}
        if told.issuperset(twice.paths(twice.wrong)):  # nothing is left to look for
            named = [replace(entry, note="") for entry in named]
        return tuple(named)

    def _in_other_conventions(self, known: KnownMistakes, context: Mistakes, case: Case) -> list[Sequence[Value]]:
        """The case's values in conventions that a call which raised could not show, or one in which all is wrong."""
        is_open = not any(one in context for one in self.assignment.conventions)
        if RAISED not in case.paths(case.wrong) and not is_open:
            return []
        others = [one for one in self.assignment.conventions if one not in context]
        return [known.case((one, *context)).right for one in others]


def _is_returned(repair: Repair) -> bool:
    return any(isinstance(edit.statement, ast.Return) for edit in repair.edits)


def _hides_a_name(edit: Edit) -> bool:
    """Whether a name without value stands within what is replaced for another reason: it ends the call before that."""
    nodes = [one for one in walk(edit.span[0]) if isinstance(one, ast.Name)]
    names = {one.id for one in nodes} & {*unbound_names(edit.written)}
    is_within = isinstance(edit.span[0], ast.expr) and edit.before not in names and edit.kind not in OF_BINDINGS
    return (
        bool(names)
        and is_within
        and not is_beyond_doubt(edit)
        and not names & {*re.findall(r"(?<![\w.])\w+", edit.after)}
    )


def _given_turned(told: Described, others: Sequence[str]) -> Described:
    """What is told to be turned where others are judged as they are once turned: one of these alone may be meant so."""
    if not others:
        return told
    names = " and ".join(f"`{one}`" for one in others)
    title = f"With {names} changed as it is told there, {told.title[:1].lower()}{told.title[1:]}"
    why = "Which way round the arrays of the two lie is one question: it has one answer for both."
    return replace(told, title=title, explanation=f"{told.explanation} {why}", confidence="likely")


def _may_only_hide_an_error(repairs: Sequence[Repair], runs: Sequence[CheckRun]) -> bool:
    """Whether checks may pass as what raised is not come to any more, or does not raise, whatever numbers are drawn."""
    may_hide = any(one.checks or edit.kind.partition(":")[0] in HIDING for one in repairs for edit in one.edits)
    return may_hide and any(run.result.status == "error" for run in runs)


def _share(some: Collection[Path], others: Collection[Path]) -> bool:
    """Whether a part is among both, or within one of the others."""
    pairs = itertools.product(some, others)
    return any(one[: len(other)] == other or other[: len(one)] == one for one, other in pairs)
