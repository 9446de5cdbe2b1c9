"""Changes of the submission's own text that make a function right: searched for, weighed, and told in words."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from types import ModuleType

from grader.checks.run import CheckRun
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.parts import Parts, listed
from grader.diagnosis.cases.phrases import begun, enumerated, is_or_are
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.general.alone_in_wrong import lines_alone_in_wrong, lines_left_alone
from grader.diagnosis.general.own_text import OwnText
from grader.diagnosis.planted.confirm import can_be_run_once_more, is_quick
from grader.diagnosis.planted.probing import Righted
from grader.diagnosis.repair import Repair
from grader.diagnosis.repair.allowance import BEHIND
from grader.diagnosis.repair.kept_parts import PUT_IN
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.steps import may_only_fit, only_hides
from grader.diagnosis.repair.words import (
    explanation_of,
    faults_of,
    hints_of,
    proof_of_line,
    title_of,
    title_of_repair,
    why_of,
)
from grader.diagnosis.repair.worth import worth_of
from grader.diagnosis.repair.written import Edit
from grader.diagnosis.traced.intermediates import Intermediates, Symbols
from grader.diagnosis.traced.steps import Steps
from grader.diagnosis.written.failed_operation import failure_of
from grader.sandbox import CellFailure

OF_NAMES = {"NameError", "UnboundLocalError", "AttributeError", "ImportError", "ModuleNotFoundError", "KeyError"}
# With these a line may make up for a slip above it.
MAKING_UP = {
    *("sign", "sign-missing", "order", "operator", "constant", "multiply", "divide", "number-too-much", "too-much"),
    *("once-too-often", "upside-down", "square", "root", "log", "exp", "one-minus", "term", "scale"),
}
FOR_A_PLACE_KNOWN = (100, 80_000)  # the same, where a line looks as if it were there
FOR_A_PLACE = (600, 450_000)  # trials and function calls to find the line of a mistake that is known by name


class Changes:
    """Changes of one place (or two, or three) with which every check of a function passes."""

    def __init__(self, text: OwnText) -> None:
        self._text, self._repairs = text, text.repairs

    def repaired(
        self,
        case: Case,
        runs: Sequence[CheckRun],
        focus: Collection[int] = (),
        others: Sequence[Sequence[Value]] = (),
        *,
        base: ModuleType | None = None,
        first_wrong: Callable[[], Collection[int]] = frozenset,
        steps: Callable[[], tuple[Steps, Symbols]] | None = None,
    ) -> tuple[Repair, ...]:
        """Changes that make all of a function right, or all of one of its outputs.

        Args:
            focus: lines that are tried first.
            others: the case's values in other conventions.
            base: what is right where a function below is wrong; without it, the checks tell.
            first_wrong: asked for the lines of the first wrong values, if no slip does.
            steps: asked for what the solution is made of, if no change of one place does.
        """
        return self._searched(case, runs, focus, others, base=base, first_wrong=first_wrong, steps=steps)

    def located(
        self, case: Case, runs: Sequence[CheckRun], wanted: Collection[str], base: ModuleType | None = None
    ) -> tuple[Repair, ...]:
        """The change of one place that undoes a mistake which has its name already; the search for it is short.

        What puts in names that are `wanted`, since the mistake leaves them out, is tried first. With a `base`, what
        this gives is what should be left: that has the mistakes beside it.
        """
        with self._repairs.allowance.at_most(*FOR_A_PLACE):
            return self._searched(case, runs, base=base, chains=False, only_place=True, wanted=wanted)

    def located_soon(
        self, case: Case, runs: Sequence[CheckRun], focus: Collection[int] = (), base: ModuleType | None = None
    ) -> tuple[Repair, ...]:
        """The same where lines look as if the mistake were there: a few trials are enough to see that it is."""
        with self._repairs.allowance.at_most(*FOR_A_PLACE_KNOWN):
            return self._searched(case, runs, focus, base=base, chains=False)

    def undone(
        self, case: Case, runs: Sequence[CheckRun], steps: Callable[[], tuple[Steps, Symbols]] | None = None
    ) -> tuple[Repair, ...]:
        """Changes that undo all of a function's mistakes, whether they have names or not; the search is short.

        `steps` are asked for what the solution is made of, if no change of one place does.
        """
        with self._repairs.allowance.at_most(*FOR_A_PLACE):
            return self._searched(case, runs, steps=steps)

    def _searched(
        self,
        case: Case,
        runs: Sequence[CheckRun],
        focus: Collection[int] = (),
        others: Sequence[Sequence[Value]] = (),
        *,
        base: ModuleType | None = None,
        chains: bool = True,
        only_place: bool = False,
        wanted: Collection[str] = (),
        first_wrong: Callable[[], Collection[int]] = frozenset,
        steps: Callable[[], tuple[Steps, Symbols]] | None = None,
    ) -> tuple[Repair, ...]:
        if not _can_be_verified(runs):
            return ()
        try:
            focus = focus or lines_alone_in_wrong(self._text, case)
            bench = self._text.bench(case, others)
            left_alone = partial(lines_left_alone, self._text, case)
            found = self._repairs.search(
                bench,
                runs,
                focus,
                base=base,
                chains=chains,
                only_place=only_place,
                wanted=wanted,
                first_wrong=first_wrong,
                intermediates=(lambda: Intermediates(case, bench, *steps(), left_alone)) if steps is not None else None,
            )
            reducing = [one for one in found if case.raised and any(e.kind in ("mean", "sum") for e in one.edits)]
            failure = failure_of(bench) if reducing else None
            # What raised in a function below takes a single number by chance: it is that which is wrong.
            is_below = failure is not None and failure.function != case.function
            return tuple(one for one in found if not (is_below and one in reducing))
        except RecursionError:
            return ()

    def checked(
        self, case: Case, runs: Sequence[CheckRun], righted: Righted | None = None, *, in_two_steps: bool = False
    ) -> tuple[Repair, ...]:
        """The change with which all checks of a function pass, where its values are drawn.

        With `righted`, whether experiments come out right, those are asked first; `in_two_steps`, two changes, of which
        one is told if with it some checks pass.
        """
        if not _can_be_verified(runs) and righted is None:
            return ()
        try:
            return self._repairs.by_checks(self._text.bench(case), runs, righted, in_two_steps=in_two_steps)
        except RecursionError:
            return ()

    def kept_wrong(
        self, case: Case, runs: Sequence[CheckRun], instead: Repair | None, *, only_taken_out: bool = False
    ) -> tuple[Repair, Described] | None:
        """What a function that is right keeps for this one, a cache or attributes, where a change of it does all.

        `instead` is the repair of this one's own text, if there is one: it is told unless it only undoes that again.
        """
        if not _can_be_verified(runs) or (instead is not None and instead.edits[0].kind not in PUT_IN):
            return None
        for maker in self._makers(case):
            repair = self._repairs.of_what_is_kept(maker, runs, only_taken_out=only_taken_out or instead is not None)
            if repair is not None:
                told = self.described(repair, case)
                kept = f"It is in what `{maker}` keeps for `{case.function}`."
                return repair, replace(told, explanation=f"{kept} {told.explanation}")
        return None

    def one_array(self, case: Case, runs: Sequence[CheckRun]) -> Repair | None:
        """The copy that is missing where two names stand for one array, list or dict, if all checks pass with it."""
        if not _can_be_verified(runs) or all(run.passed or _is_of_a_name(run) for run in runs):
            return None
        function = case.function
        owner = function.rpartition(".")[0]
        names = [f"{owner}.{name}" for name in self._text.source.methods(owner)] if owner else []
        names += [name for name, _, _ in self._text.source.reached(function)]
        others = [name for name in dict.fromkeys((*self._makers(case), *names)) if name != function]
        others = [name for name in others if name not in self._repairs.failing]
        try:
            return self._repairs.of_what_is_shared(self._text.bench(case), others, runs)
        except RecursionError:
            return None

    def _makers(self, case: Case) -> list[str]:
        """The functions that are right and made what the calls of this one may be given, or kept it in its object."""
        found: dict[str, None] = {}
        for trace in case.traces:
            own = [(i, call) for i, call in enumerate(trace.calls) if call.function == case.function]
            made = [trace.calls[origin.call] for _, call in own for origin in call.origins]
            made += [  # what a check takes apart comes without its origin
                earlier
                for i, call in own
                for earlier in trace.calls[:i]
                if earlier.instance == call.instance and earlier.kind == "call"
            ]
            found.update(dict.fromkeys(one.function for one in made if one.function != case.function))
        return [name for name in found if self._repairs.is_right(name)]

    def pass_with(self, repairs: Sequence[Repair], runs: Sequence[CheckRun]) -> bool:
        """Whether the failed checks of a function pass once functions that it calls are repaired."""
        texts = {edit.function: edit.text for repair in repairs for edit in repair.edits}
        failed = [run for run in runs if not run.passed]
        if not texts or not all(map(can_be_run_once_more, failed)):
            return False
        try:
            return self._repairs.passes(texts, failed) and self._repairs.passes_once(texts, failed)
        except CellFailure:
            return False

    def needs_no_change(self, function: str, runs: Sequence[CheckRun]) -> bool:
        """Whether a script passes as it is what it failed, as far as that is quick, while others are held.

        It calls what is held only where it is put in as a function: any change of it that changes nothing would do.
        """
        is_script = any(entry.name == function and entry.script is not None for entry in self._text.contract)
        own = self._text.all(function)[:1] if is_script else []
        failed = [run for run in runs if not run.passed]
        try:
            return bool(failed) and any(self._repairs.passes({function: one.text}, failed) for one in own)
        except CellFailure:
            return False

    def share(self, later: int) -> AbstractContextManager[None]:
        """Within a `with` block one function's part of the trials, when so many functions are looked at later."""
        return self._repairs.allowance.share(later)

    def behind(self) -> AbstractContextManager[None]:
        """Within a `with` block enough trials to look for what is wrong behind an exception."""
        return self._repairs.allowance.at_least(*BEHIND)

    @contextmanager
    def holding(self, repairs: Sequence[Repair]) -> Iterator[None]:
        """Have functions be as repairs define them within a `with` block."""
        with self.holding_texts({e.function: e.text for one in repairs for e in one.edits}):
            yield

    @contextmanager
    def holding_texts(self, texts: Mapping[str, str]) -> Iterator[None]:
        """Have functions have other texts within a `with` block."""
        with self._repairs.student.loaded.edited(dict(texts)):
            yield

    def mending(self, edit: Edit) -> AbstractContextManager[None]:
        """Have a function be as an edit leaves it within a `with` block, and be read so."""
        mended = edit.written.edited(edit)
        return self._repairs.mending(mended) if mended is not None else nullcontext()

    def is_long(self, function: str) -> bool:
        """Whether changes are tried only where something tells that the mistake is there."""
        return any(written.is_long for written in self._text.all(function))

    def weighed(self, repairs: Sequence[Repair], case: Case) -> tuple[Repair, ...]:
        """Repairs of parts, with whether a slip in what these have in common with others may be behind all of them.

        What makes one part right then may only make up for it.
        """
        written = self._text.of(case.function)
        parts = Parts(case, self._text.contract).wrong
        righted = [path for one in repairs for path in one.paths]
        left = [part for part in parts if part.path not in righted]
        if written is None or not left:
            return (*repairs,)
        of = self._text.slices(written)
        own = [[part for part in parts if part.path in one.paths] for one in repairs]
        return tuple(
            replace(
                one,
                is_shared=_may_make_up(one) and of.have_one_source(mine, left),
            )
            for one, mine in zip(repairs, own, strict=True)
        )

    def told(self, repair: Repair, case: Case, below: Sequence[str] = ()) -> list[Described]:
        """A repair in words; each of several faults in its own line, and what is proved with the others put right."""
        faults = faults_of(repair)
        if len(faults) == 1:
            return [self.described(repair, case, below)]
        found: list[Described] = []
        for edits in faults:
            one = self.described(replace(repair, edits=edits), case, below)
            others = sorted({edit.place for edit in repair.edits} - {edit.place for edit in edits})
            lines = f"line{'s' * (len(others) > 1)} {enumerated([str(line) for line in others])}"
            proof, lines = f"every check of `{case.function}` passes", lines if others else "the rest of this line"
            once = f"{proof}, once {lines} {is_or_are(others)} right as well"
            found.append(replace(one, explanation=one.explanation.replace(proof, once)))
        return found

    def described(self, repair: Repair, case: Case, below: Sequence[str] = ()) -> Described:
        """A repair in words, at its place."""
        edit, function = repair.edits[0], case.function
        parts = Parts(case, self._text.contract)
        left = {
            parts.of(cell) for i, cell in enumerate(case.cells) if case.wrong >> i & 1 and cell.path not in repair.paths
        }
        righted = [part for part in parts.wrong if part not in left]
        title = title_of_repair(repair, listed(righted))
        return Described(
            code=f"{function}.{_code(repair)}",
            title=begun(title),
            explanation=" ".join(
                filter(
                    None,
                    [
                        explanation_of(repair, function, listed(righted), below),
                        "A check that costs nothing may fail all the same."
                        if self._repairs.unasked(function)
                        else None,
                        self._worth(repair, case),
                    ],
                )
            ),
            hints=hints_of(edit),
            confidence="certain" if repair.is_sure else "likely",
            evidence={
                "edits": [
                    {"line": one.place, "before": one.before[:200], "after": one.after[:200]} for one in repair.edits
                ],
                "parts": [part.name.strip("`") for part in righted],
            },
            location=self._text.place_of(repair),
        )

    def with_what_it_takes(self, exception: Described, repair: Repair) -> Described:
        """What is told of a line that raised, with the change after which it gives what a right solution has as well.

        What is wrong behind it nobody has seen: so that is no repair, and the line alone is spoken of.
        """
        first = repair.edits[0]
        if not repair.rights_its_line or exception.location != self._text.place_of(repair) or only_hides(first):
            return exception
        later = (node for at, _, node in first.written.expressions if first.written.line(at) > first.line)
        if first.kind == "name-throughout" and first.before in map(said, later):
            return exception  # which it would only put off to the next line that reads the same
        told = f"{proof_of_line(first)} As it is: {exception.title}. {exception.explanation}"
        return replace(exception, title=begun(title_of(first)), explanation=told, hints=hints_of(first))

    def one_of_several(self, repair: Repair, case: Case) -> tuple[Described, ...]:
        """The change with which a line gives what a right solution has, where more is wrong that nobody knows.

        A number, a factor or a term may make up for what is wrong above it, and so may what nothing wrong is made of.
        """
        first, parts = repair.edits[0], Parts(case, self._text.contract)
        kind = first.kind.partition(":")[0]
        is_of_it = self._text.slices(first.written).may_hold(parts, first.line)
        if not repair.rights_its_line or not is_of_it or may_only_fit(first) or kind in MAKING_UP:
            return ()
        again = {one.place for one in repair.edits if one.kind == first.kind} - {first.place}
        lines = (
            f"In line{'s' * (len(again) > 1)} {enumerated([str(one) for one in sorted(again)])} it is the same."
            if again
            else ""
        )
        told = [why_of(first), proof_of_line(first), lines, "Something else is wrong as well."]
        return (
            Described(
                code=f"{case.function}.{kind}",
                title=begun(title_of(first)),
                explanation=" ".join(filter(None, told)),
                hints=hints_of(first),
                confidence="likely",
                location=self._text.place_of(repair),
            ),
        )

    def _worth(self, repair: Repair, case: Case) -> str:
        try:
            return worth_of(repair, self._text.bench(case))
        except CellFailure:
            return ""


def _code(repair: Repair) -> str:
    """What sort of slip a repair undoes; of different ones no more than that there are several."""
    kinds = {edit.kind.partition(":")[0] for edit in repair.edits}
    return kinds.pop() if len(kinds) == 1 else "several-places"


def _may_make_up(repair: Repair) -> bool:
    """Whether edits may right a part that is wrong for what is above it; a mean is the sum, divided."""
    first, *others = repair.edits
    is_scaled = not others and first.kind == "function" and ("mean" in first.before) != ("mean" in first.after)
    return is_scaled or any(edit.kind in MAKING_UP for edit in repair.edits)


def _is_of_a_name(run: CheckRun) -> bool:
    """Whether a check ended with an exception that no copy would have kept from being raised."""
    return run.result.error is not None and run.result.error.type in OF_NAMES


def _can_be_verified(runs: Sequence[CheckRun]) -> bool:
    """Whether checks failed that can be run again: a training run's bound on an accuracy would verify nothing."""
    return any(not run.passed and run.result.status in ("failed", "error") and is_quick(run) for run in runs)
