"""What is told of a mistake that nobody wrote down: found in the submission's own text, by trying.

Results that are never computed, and changes of one place (or two, or three) with which every check of the function
passes. A place in the text comes with each.
"""

import ast
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from types import ModuleType

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.run import CheckRun, CheckSetting
from grader.checks.student import Student
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.parts import Parts, listed
from grader.diagnosis.cases.phrases import begun
from grader.diagnosis.cases.trace import Trace
from grader.diagnosis.cases.verdict import Described, Named, Verdict
from grader.diagnosis.cases.where import Source, names_called
from grader.diagnosis.places import places_of
from grader.diagnosis.planted.confirm import can_be_run_once_more, is_quick
from grader.diagnosis.planted.probing import Righted
from grader.diagnosis.repair import Repair, Repairs
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.in_place import base_of
from grader.diagnosis.repair.kept_parts import PUT_IN
from grader.diagnosis.repair.words import explanation_of, hints_of, title_of_repair
from grader.diagnosis.repair.worth import worth_of
from grader.diagnosis.repair.written import Written
from grader.diagnosis.traced.first_wrong import FirstWrong, first_wrong_values
from grader.diagnosis.traced.steps import Steps
from grader.diagnosis.written.absent import absent_attribute
from grader.diagnosis.written.empty_branches import empty_branch
from grader.diagnosis.written.exceptions import explained, failure_of
from grader.diagnosis.written.first_pass import ends_in_first_pass
from grader.diagnosis.written.handed_on import is_of_arguments
from grader.diagnosis.written.kept import kept
from grader.diagnosis.written.left_open import left_open
from grader.diagnosis.written.other_defaults import other_default
from grader.diagnosis.written.other_keys import other_key
from grader.diagnosis.written.returned import other_count
from grader.diagnosis.written.same_line import same_line
from grader.diagnosis.written.signatures import other_parameters
from grader.diagnosis.written.slices import Slices, is_plain
from grader.diagnosis.written.sources import sources_of
from grader.diagnosis.written.stopped import stopped
from grader.diagnosis.written.thrown_away import thrown_away
from grader.diagnosis.written.unused import read_in, unread, unused
from grader.diagnosis.written.unwritten import unwritten
from grader.report import Location
from grader.sandbox import CellFailure
from grader.submissions.trees import walk

SIZES = 4  # whole numbers that a result of sizes has at most
OF_NAMES = {"NameError", "UnboundLocalError", "AttributeError", "ImportError", "ModuleNotFoundError", "KeyError"}
# With these a line may make up for a slip above it.
MAKING_UP = {
    *("sign", "sign-missing", "order", "operator", "constant", "multiply", "divide", "number-too-much", "too-much"),
    *("once-too-often", "upside-down", "square", "root", "log", "exp", "one-minus", "term", "scale"),
}
FOR_A_PLACE = (600, 450_000)  # trials and function calls to find the line of a mistake that is known by name


class GeneralMeans:
    """The means on one submission that is still alive."""

    def __init__(
        self,
        student: Student,
        source: Source,
        contract: Sequence[ContractFunction],
        setting: CheckSetting,
        runs: Sequence[CheckRun],
    ) -> None:
        self._source, self._contract = source, contract
        self._repairs = Repairs(student, source, contract, setting, runs)
        self._benches: dict[Case, Bench] = {}
        self._slices: dict[Written, Slices] = {}

    def unwritten(self, case: Case) -> tuple[tuple[Described, ...], int]:
        """What of the result is not written yet, and the wrong cells that are so explained."""
        written = self._own_text(case)
        if written is None:
            return (), 0
        try:
            return unwritten(case, written, self._source)
        except RecursionError:
            return (), 0

    def unused(self, case: Case, solution: str) -> tuple[Described, ...]:
        """An argument that the function's own text never looks at, though that of the solution does."""
        written = self._own_text(case)
        entry = next((one for one in self._contract if one.name == case.function), None)
        if written is None or entry is None or entry.kind == "class" or self._reads_what_is_kept(written):
            return ()  # the numbers may come in by what an earlier method kept of them
        right = [value for value in case.right if isinstance(value, np.ndarray)]
        gives_sizes = all(value.size <= SIZES and not (value % 1).any() for value in right)
        return unused(entry, written, gives_sizes=gives_sizes, read=read_in(solution, case.function))

    def _reads_what_is_kept(self, written: Written) -> bool:
        """Whether a method reads an attribute of its object that it puts nothing under, and that is no method."""
        owner = written.function.rpartition(".")[0]
        attributes = [
            node
            for node in ast.walk(written.definition)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
        ]
        stored = {node.attr for node in attributes if isinstance(node.ctx, ast.Store)}
        made = {
            base_of(target).removeprefix("self.")
            for name, method in self._source.methods(owner).items()
            if name not in ("__init__", written.function.rpartition(".")[2])
            for target in ast.walk(method)
            if isinstance(target, ast.Attribute | ast.Subscript) and isinstance(target.ctx, ast.Store)
        }
        kept = {node.attr for node in attributes if isinstance(node.ctx, ast.Load)} - stored
        return bool(owner) and bool(kept & made)

    def unread(self, case: Case, needed: Collection[str]) -> tuple[Described, ...]:
        """A variable that the function computes and never reads, in its line.

        What functions of the contract give that a right one does not call, as a cost to be printed, is not `needed`.
        """
        written = self._own_text(case)
        for_show = {entry.name for entry in self._contract} - {*needed}
        found = unread(case.function, written, for_show) if written is not None else None
        if written is None or found is None:
            return ()
        told, statement = found
        return (replace(told, location=self._source.submission.locate(written.unit.filename, written.line(statement))),)

    def ends_in_first_pass(self, function: str) -> tuple[Described, ...]:
        """That a `return` ends a loop of the function in its first pass, in its line."""
        written = next(iter(self._repairs.written(function)), None)
        found = ends_in_first_pass(function, written) if written is not None else None
        if written is None or found is None:
            return ()
        told, statement = found
        return (replace(told, location=self._source.submission.locate(written.unit.filename, written.line(statement))),)

    def other_key(self, function: str, traces: Sequence[Trace]) -> tuple[Described, ...]:
        """A key that the function looks up in a dict which is given with another one, in its line."""
        written = next(iter(self._repairs.written(function)), None)
        found = other_key(function, self._contract, written, traces) if written is not None else None
        if written is None or found is None:
            return ()
        told, key = found
        place = self._source.submission.locate(written.unit.filename, key.lineno + written.offset)
        return (replace(told, location=place),)

    def other_count(self, function: str) -> tuple[Described, ...]:
        """That every `return` of the function gives another number of values than the task asks for, in its line."""
        entry = next((one for one in self._contract if one.name == function), None)
        written = next(iter(self._repairs.written(function)), None)
        found = other_count(entry, written) if entry is not None and written is not None else None
        if written is None or found is None:
            return ()
        told, statement = found
        return (replace(told, location=self._source.submission.locate(written.unit.filename, written.line(statement))),)

    def same_line(self, function: str, other: str, place: Location, title: str) -> tuple[Described, ...]:
        """That a line in which `other` has the mistake of this title stands in the function as well."""
        written, wrong = (next(iter(self._repairs.written(name)), None) for name in (function, other))
        if written is None or wrong is None:
            return ()
        locate = self._source.submission.locate
        for line in {wrong.line(one.statement) for one in wrong.places}:
            if locate(wrong.unit.filename, line) == place:
                told = same_line(function, written, other, wrong, line, title)
                if told is not None and isinstance(again := told.evidence["line"], int):
                    return (replace(told, location=locate(written.unit.filename, again)),)
        return ()

    def does_nothing(self, case: Case) -> tuple[Described, ...]:
        """A line whose result is thrown away, a branch with nothing in it, or a placeholder."""
        try:
            for written in self._repairs.written(case.function):
                found = thrown_away(case.function, written) or empty_branch(case.function, written, self._bench(case))
                if found is not None:
                    told, statement = found
                    place = self._source.submission.locate(written.unit.filename, written.line(statement))
                    return (replace(told, location=place),)
        except (RecursionError, CellFailure):
            pass
        if (unread_one := self._not_looked_at(case)) is not None:
            return (unread_one,)
        is_constructor = any(entry.name == case.function and entry.kind == "class" for entry in self._contract)
        placeholder = left_open(case.function, self._source, is_judged=True) if not is_constructor else None
        return (placeholder,) if placeholder is not None else ()

    def _not_looked_at(self, case: Case) -> Described | None:
        """A parameter that one of the submission's own functions is given in this one's service and never looks at."""
        for written in self._repairs.written(case.function)[1:]:
            unread = [name for name in written.parameters if name in written.unread]
            if unread and "." not in written.function:
                own = written.function
                return Described(
                    code=f"{case.function}.argument-not-used",
                    title=f"`{own}`, which is called here, never looks at its argument `{unread[0]}`",
                    explanation=f"What `{own}` does is the same, whatever it is given there. Where does it enter?",
                    hints=(f"Search for `{unread[0]}` in `{own}`. What is done with it?",),
                    confidence="likely",
                    evidence={"argument": unread[0]},
                    location=self._source.submission.locate(written.unit.filename, written.definition.lineno),
                )
        return None

    def other_parameters(self, name: str, runs: Sequence[CheckRun], traces: Sequence[Trace]) -> tuple[Described, ...]:
        """That the parameters of the function, or of its class's constructor, are not those of the task."""
        for asked in filter(None, (name, name.rpartition(".")[0])):
            entry = next((one for one in self._contract if one.name == asked), None)
            told = other_parameters(entry, runs, traces, self._source) if entry is not None else None
            if told is not None:
                return (replace(told, code=told.code.replace(asked, name, 1)),)
        return ()

    def other_default(self, name: str, runs: Sequence[CheckRun]) -> tuple[Described, ...]:
        """That a parameter has another default than in the task, where the checks pass with that one."""
        entry = next((one for one in self._contract if one.name == name), None)
        written = next((one for one in self._repairs.written(name) if one.function == name), None)
        if entry is None or written is None or not all(map(can_be_run_once_more, runs)):
            return ()

        def is_right(text: str) -> bool:
            try:
                return self._repairs.passes({name: text}, runs) and self._repairs.passes_once({name: text}, runs)
            except CellFailure:
                return False

        told = other_default(entry, written, self._source, is_right)
        return (told,) if told is not None else ()

    def absent_attribute(self, name: str, runs: Sequence[CheckRun]) -> tuple[Described, ...]:
        """An attribute that the task asks for, where a method's checks fail since nothing is put under its name."""
        written = next(iter(self._repairs.written(name)), None)
        told = absent_attribute(written, runs, self._source) if written is not None else None
        return (told,) if told is not None else ()

    def kept(self, case: Case) -> tuple[Described, ...]:
        """That what an object keeps from one call to the next is wrong."""
        written = self._own_text(case)
        return kept(case, self._bench(case), written) if written is not None else ()

    def repaired(
        self,
        case: Case,
        runs: Sequence[CheckRun],
        focus: Collection[int] = (),
        others: Sequence[Sequence[Value]] = (),
        *,
        base: ModuleType | None = None,
        first_wrong: Callable[[], Collection[int]] = frozenset,
    ) -> tuple[Repair, ...]:
        """Changes that make all of a function right, or all of one of its outputs.

        Args:
            focus: lines that are tried first.
            others: the case's values in other conventions.
            base: what is right where a function below is wrong; without it, the checks tell.
            first_wrong: asked for the lines of the first wrong values, if no slip does.
        """
        return self._searched(case, runs, focus, others, base=base, first_wrong=first_wrong)

    def kept_wrong(self, case: Case, runs: Sequence[CheckRun], instead: Repair | None) -> Described | None:
        """What a function that is right keeps for this one, a cache or attributes, where a change of it does all.

        `instead` is the repair of this one's own text, if there is one: it is told unless it only undoes that again.
        """
        if not _can_be_verified(runs) or (instead is not None and instead.edits[0].kind not in PUT_IN):
            return None
        for maker in self._makers(case):
            repair = self._repairs.of_what_is_kept(maker, runs, only_taken_out=instead is not None)
            if repair is not None:
                told = self.described(repair, case)
                kept = f"It is in what `{maker}` keeps for `{case.function}`."
                return replace(told, explanation=f"{kept} {told.explanation}")
        return None

    def one_array(self, case: Case, runs: Sequence[CheckRun]) -> Repair | None:
        """The copy that is missing where two names stand for one array, list or dict, if all checks pass with it."""
        if not _can_be_verified(runs) or all(run.passed or _is_of_a_name(run) for run in runs):
            return None
        function = case.function
        owner = function.rpartition(".")[0]
        names = [f"{owner}.{name}" for name in self._source.methods(owner)] if owner else []
        names += [name for name, _, _ in self._source.reached(function)]
        others = [name for name in dict.fromkeys((*self._makers(case), *names)) if name != function]
        others = [name for name in others if name not in self._repairs.failing]
        try:
            return self._repairs.of_what_is_shared(function, others, runs)
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
            return self._repairs.by_checks(self._bench(case), runs, righted, in_two_steps=in_two_steps)
        except RecursionError:
            return ()

    def located(self, case: Case, runs: Sequence[CheckRun], base: ModuleType | None = None) -> tuple[Repair, ...]:
        """The change of one place that undoes a mistake which has its name already; the search for it is short.

        With a `base`, what this gives is what should be left: that has the mistakes beside it.
        """
        with self._repairs.allowance.at_most(*FOR_A_PLACE):
            return self._searched(case, runs, base=base, chains=False)

    def undone(self, case: Case, runs: Sequence[CheckRun]) -> tuple[Repair, ...]:
        """Changes that undo all of a function's mistakes, whether they have names or not; the search is short."""
        with self._repairs.allowance.at_most(*FOR_A_PLACE):
            return self._searched(case, runs)

    def _searched(
        self,
        case: Case,
        runs: Sequence[CheckRun],
        focus: Collection[int] = (),
        others: Sequence[Sequence[Value]] = (),
        *,
        base: ModuleType | None = None,
        chains: bool = True,
        first_wrong: Callable[[], Collection[int]] = frozenset,
    ) -> tuple[Repair, ...]:
        if not _can_be_verified(runs):
            return ()
        try:
            focus = focus or self._lines_alone_in_what_is_wrong(case)
            bench = self._bench(case, others)
            return self._repairs.search(bench, runs, focus, base=base, chains=chains, first_wrong=first_wrong)
        except RecursionError:
            return ()

    def reached(self, function: str) -> frozenset[str]:
        """The functions that one of the submission's calls, however deep, and it itself; none if it has no text."""
        return frozenset(name for name, _, _ in self._source.reached(function))

    def hands_on_arguments(self, function: str, path: Path) -> bool:
        """Whether a part of a function's result holds nothing but what the function was given."""
        found = self._source.definition(function)
        return found is not None and is_of_arguments(found[1], path)

    def explained(self, case: Case, others: Sequence[Sequence[Value]] = ()) -> tuple[Described | None, set[int]]:
        """What an exception of a function's was about, and the lines that may be behind it."""
        try:
            bench = self._bench(case, others)
            failure = failure_of(bench) or stopped(case, bench.written, self._source)
            if failure is None:
                return None, set()
            told = explained(failure, case, bench, self._contract, self._source)
            return told, sources_of(failure, bench.written) | _conditions_over(failure.statement, bench.written)
        except (RecursionError, CellFailure):
            return None, set()

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
        is_script = any(entry.name == function and entry.script is not None for entry in self._contract)
        own = self._repairs.written(function)[:1] if is_script else []
        failed = [run for run in runs if not run.passed]
        try:
            return bool(failed) and any(self._repairs.passes({function: one.text}, failed) for one in own)
        except CellFailure:
            return False

    def share(self, later: int) -> AbstractContextManager[None]:
        """Within a `with` block one function's part of the trials, when so many functions are looked at later."""
        return self._repairs.allowance.share(later)

    @contextmanager
    def holding(self, repairs: Sequence[Repair]) -> Iterator[None]:
        """Have functions be as repairs define them within a `with` block."""
        with self._repairs.student.loaded.edited({e.function: e.text for one in repairs for e in one.edits}):
            yield

    def first_wrong(
        self, case: Case, steps: Steps, symbols: Callable[[int, int], Mapping[str, float]]
    ) -> tuple[tuple[FirstWrong, Location | None], ...]:
        """The values with which a function goes wrong, where they show, with their lines."""
        try:
            bench = self._bench(case)
            found = first_wrong_values(case, bench, steps, symbols)
        except (RecursionError, CellFailure):
            return ()
        written = {one.function: one for one in bench.written}
        return tuple(
            (one, self._source.submission.locate(own.unit.filename, one.line + own.offset))
            for one in found
            if (own := written.get(one.function)) is not None
        )

    def is_long(self, function: str) -> bool:
        """Whether changes are tried only where something tells that the mistake is there."""
        return any(written.is_long for written in self._repairs.written(function))

    def lines(self, function: str, found: Sequence[FirstWrong]) -> set[int]:
        """The lines of first wrong values, as the unit counts them."""
        offsets = {written.function: written.offset for written in self._repairs.written(function)}
        return {one.line + offsets[one.function] for one in found if one.function in offsets}

    def described(self, repair: Repair, case: Case, below: Sequence[str] = ()) -> Described:
        """A repair in words, at its place."""
        edit, function = repair.edits[0], case.function
        parts = Parts(case, self._contract)
        left = {
            parts.of(cell) for i, cell in enumerate(case.cells) if case.wrong >> i & 1 and cell.path not in repair.paths
        }
        righted = [part for part in parts.wrong if part not in left]
        title = title_of_repair(repair, listed(righted))
        return Described(
            code=f"{function}.{_code(repair)}",
            title=begun(title),
            explanation=" ".join(
                filter(None, [explanation_of(repair, function, listed(righted), below), self._worth(repair, case)])
            ),
            hints=hints_of(edit),
            confidence="certain" if repair.rival is None and not repair.checks and not repair.is_shared else "likely",
            evidence={
                "edits": [
                    {"line": one.place, "before": one.before[:200], "after": one.after[:200]} for one in repair.edits
                ],
                "parts": [part.name.strip("`") for part in righted],
            },
            location=self.place(repair),
        )

    def weighed(self, repairs: Sequence[Repair], case: Case) -> tuple[Repair, ...]:
        """Repairs of parts, with whether a slip in what these have in common with others may be behind all of them.

        What makes one part right then may only make up for it.
        """
        written = self._own_text(case)
        parts = Parts(case, self._contract).wrong
        righted = [path for one in repairs for path in one.paths]
        left = [part for part in parts if part.path not in righted]
        if written is None or not left:
            return (*repairs,)
        of = self._sliced(written)
        own = [[part for part in parts if part.path in one.paths] for one in repairs]
        return tuple(
            replace(one, is_shared=one.edits[0].kind in MAKING_UP and of.have_one_source(mine, left))
            for one, mine in zip(repairs, own, strict=True)
        )

    def _worth(self, repair: Repair, case: Case) -> str:
        try:
            return worth_of(repair, self._bench(case))
        except CellFailure:
            return ""

    def place(self, repair: Repair) -> Location | None:
        edit = repair.edits[0]
        return self._source.submission.locate(edit.unit.filename, edit.place)

    def places(self, function: str, verdict: Verdict) -> list[Location | None]:
        """Where what is told of a function is, one after the other."""
        return [*places_of(self._source, function, verdict)]

    def shared(self, function: str, other: str, place: Location | None) -> str:
        """The function of the submission's own that holds a place and that two others call; "" if there is none."""
        names = self.reached(function) & self.reached(other) - {function, other} if place is not None else frozenset()
        return next((name for name in sorted(names) if place and self._source.holds(name, place)), "")

    def lacks_place(self, function: str, entry: Named) -> bool:
        """Whether the text alone does not show where a named mistake is."""
        return self._source.statement(function, entry.mistake.place) is None

    def is_elsewhere(self, case: Case, entry: Named) -> bool:
        """Whether nothing that is wrong is computed by the statement that looks as if a mistake were there."""
        written = self._own_text(case)
        place = self._source.statement(case.function, entry.mistake.place)
        if written is None or place is None or place.line is None or not self._source.holds(case.function, place):
            return False
        return not self._sliced(written).may_hold(Parts(case, self._contract), place.line)

    def place_of_what_is_wrong(self, case: Case) -> Location | None:
        """The one line that computes what is wrong, and nothing that is right."""
        written = self._own_text(case)
        if written is None:
            return None
        own = [one for one in self._alone_in_what_is_wrong(case) if not is_plain(one)]
        if len(own) != 1 or any(name in self._source.own_functions for name in names_called(own[0])):
            return None
        return self._source.submission.locate(written.unit.filename, written.line(own[0]))

    def _lines_alone_in_what_is_wrong(self, case: Case) -> set[int]:
        """Their lines, with those of conditions that they stand under and of the submission's functions they call."""
        statements = self._alone_in_what_is_wrong(case)
        names = {name for one in statements for name in names_called(one)}
        lines = set()
        for number, written in enumerate(self._repairs.written(case.function)):
            if number == 0:
                lines = {written.line(one) for one in statements}
                branches = [place.statement for place in written.places if isinstance(place.statement, ast.If)]
                lines |= {written.line(one) for one in branches if not {*statements}.isdisjoint(walk(one))}
            elif written.function.rpartition(".")[2] in names:
                lines |= {written.line(place.statement) for place in written.places}
        return lines

    def _alone_in_what_is_wrong(self, case: Case) -> list[ast.stmt]:
        """The statements that compute what is wrong alone; none where a call raised, which they would not show."""
        written = self._own_text(case)
        if written is None or RAISED in case.paths(case.wrong):
            return []
        return self._sliced(written).alone_in(Parts(case, self._contract))

    def _sliced(self, written: Written) -> Slices:
        return self._slices.setdefault(written, Slices(written))

    def _bench(self, case: Case, others: Sequence[Sequence[Value]] = ()) -> Bench:
        if case not in self._benches:
            self._benches[case] = self._repairs.bench(case, others)
        return self._benches[case]

    def _own_text(self, case: Case) -> Written | None:
        return next(iter(self._repairs.written(case.function)), None)


def _code(repair: Repair) -> str:
    """What sort of slip a repair undoes; of different ones no more than that there are several."""
    kinds = {edit.kind.partition(":")[0] for edit in repair.edits}
    return kinds.pop() if len(kinds) == 1 else "several-places"


def _conditions_over(statement: ast.stmt, texts: Sequence[Written]) -> set[int]:
    """The lines of the conditions that a statement stands under."""
    return {
        written.line(place.statement)
        for written in texts
        for place in written.places
        if isinstance(place.statement, ast.If) and any(node is statement for node in ast.walk(place.statement))
    }


def _is_of_a_name(run: CheckRun) -> bool:
    """Whether a check ended with an exception that no copy would have kept from being raised."""
    return run.result.error is not None and run.result.error.type in OF_NAMES


def _can_be_verified(runs: Sequence[CheckRun]) -> bool:
    """Whether checks failed that can be run again: a training run's bound on an accuracy would verify nothing."""
    return any(not run.passed and run.result.status in ("failed", "error") and is_quick(run) for run in runs)
