"""What the text of a function tells by itself: not written, not used, thrown away, called otherwise than asked.

Each is told in its line; most are found without a call.
"""

import ast
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import numpy as np

from grader.checks.run import CheckRun
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.trace import Trace
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.general.own_text import OwnText
from grader.diagnosis.general.stopped_constructors import stopped_constructor, turned_constructor
from grader.diagnosis.planted.confirm import can_be_run_once_more
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.in_place import base_of
from grader.diagnosis.repair.written import Edit, Written
from grader.diagnosis.written.absent import absent_attribute
from grader.diagnosis.written.causes import kept_nowhere
from grader.diagnosis.written.constructors import (
    own_name,
    reads_any_other,
    with_another_name,
    with_parameters_of_the_task,
)
from grader.diagnosis.written.drawn import draws_without_need, normal_for_even
from grader.diagnosis.written.exceptions import explained
from grader.diagnosis.written.failed_operation import failure_of
from grader.diagnosis.written.first_pass import ends_in_first_pass, leaves_out_the_last
from grader.diagnosis.written.left_open import empty_branch, left_open
from grader.diagnosis.written.mendings import BEGUN, counts_meant, keepings, mendings
from grader.diagnosis.written.other_defaults import Passing, default_of_a_key, other_default
from grader.diagnosis.written.other_keys import other_keys, other_words
from grader.diagnosis.written.result_keys import in_other_letters, other_order, under_another_key
from grader.diagnosis.written.returned import other_count, with_what_is_asked
from grader.diagnosis.written.same_line import same_line
from grader.diagnosis.written.set_anew import set_anew
from grader.diagnosis.written.signatures import other_parameters
from grader.diagnosis.written.sources import sources_of
from grader.diagnosis.written.stopped import stopped
from grader.diagnosis.written.thrown_away import thrown_away
from grader.diagnosis.written.unbound import parameters_for, unbound, unread_for
from grader.diagnosis.written.unused import read_in, unread, unused
from grader.diagnosis.written.unwritten import unwritten
from grader.report import Location
from grader.sandbox import CellFailure, SubmissionRaised

LONGEST = 60  # characters of a name in a sentence
SIZES = 4  # whole numbers that a result of sizes has at most


class TextFacts:
    """What is seen in the functions' text, of those that are wrong."""

    def __init__(self, text: OwnText) -> None:
        self._text, self._repairs = text, text.repairs
        self._mended: dict[str, dict[str, str]] = {}  # constructors put right, by the code of what is told of them

    def unwritten(self, case: Case) -> tuple[tuple[Described, ...], int]:
        """What of the result is not written yet, and the wrong cells that are so explained."""
        written = self._text.of(case.function)
        if written is None:
            return (), 0
        try:
            return unwritten(case, written, self._text.source)
        except RecursionError:
            return (), 0

    def unused(self, case: Case, solution: str) -> tuple[Described, ...]:
        """An argument that the function's own text never looks at, though that of the solution does."""
        written = self._text.of(case.function)
        entry = self._text.entry(case.function)
        if written is None or entry is None or entry.kind == "class" or self._reads_what_is_kept(written):
            return ()  # the numbers may come in by what an earlier method kept of them
        right = [value for value in case.right if isinstance(value, np.ndarray)]
        gives_sizes = all(value.size <= SIZES and not (value % 1).any() for value in right)
        return unused(entry, written, gives_sizes=gives_sizes, read=read_in(solution, case.function))

    def _reads_what_is_kept(self, written: Written) -> bool:
        """Whether a method reads an attribute of its object that it puts nothing under, and that is no method."""
        owner, _, own = written.function.rpartition(".")
        attributes = [
            node
            for node in ast.walk(written.definition)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
        ]
        stored = {node.attr for node in attributes if isinstance(node.ctx, ast.Store)}
        made = {
            base_of(target).removeprefix("self.")
            for name, method in self._text.source.methods(owner).items()
            if name not in ("__init__", own)
            for target in ast.walk(method)
            if isinstance(target, ast.Attribute | ast.Subscript) and isinstance(target.ctx, ast.Store)
        }
        kept = {node.attr for node in attributes if isinstance(node.ctx, ast.Load)} - stored
        return bool(owner) and bool((kept | {own}) & made)  # what a method puts under its own name is what runs

    def unread(self, case: Case, needed: Collection[str]) -> tuple[Described, ...]:
        """A variable that the function computes and never reads, in its line.

        What functions of the contract give that a right one does not call, as a cost to be printed, is not `needed`.
        """
        written = self._text.of(case.function)
        for_show = {entry.name for entry in self._text.contract} - {*needed}
        found = unread(case.function, written, for_show) if written is not None else None
        if written is None or found is None:
            return ()
        told, statement = found
        return (replace(told, location=self._text.place(written, written.line(statement))),)

    def ends_in_first_pass(self, function: str) -> tuple[Described, ...]:
        """That a `return` ends a loop of the function in its first pass, in its line."""
        return self._at_its_line(function, lambda written: ends_in_first_pass(function, written))

    def other_keys(self, function: str, traces: Sequence[Trace]) -> tuple[Described, ...]:
        """Keys that the function looks up in a dict which is given with others, each in its line."""
        return self._not_given(function, other_keys, traces)

    def other_words(self, function: str, traces: Sequence[Trace]) -> tuple[Described, ...]:
        """The word that the function compares an argument with and that no call gives, in its line."""
        return self._not_given(function, other_words, traces)

    def _not_given(
        self, function: str, find: Callable[..., list[tuple[Described, ast.expr]]], traces: Sequence[Trace]
    ) -> tuple[Described, ...]:
        written = self._text.of(function)
        found = find(function, self._text.contract, written, traces) if written is not None else []
        return tuple(
            replace(told, location=self._text.place(written, node.lineno + written.offset))
            for told, node in found
            if written is not None
        )

    def under_another_key(self, case: Case) -> tuple[Described, ...]:
        """That what belongs under a key of the task is put under another one, where that is written."""
        written = self._text.of(case.function)
        found = under_another_key(case, written) if written is not None else None
        if written is None or found is None:
            return ()
        told, node = found
        line = getattr(node, "lineno", written.definition.lineno) + written.offset
        return (replace(told, location=self._text.place(written, line)),)

    def other_order(self, function: str, solution: str) -> tuple[Described, ...]:
        """That the parts of an argument get their names in another order than in `solution`, the own text there."""
        return self._at_its_line(function, lambda written: other_order(function, written, solution))

    def drawn(self, function: str, solution: str) -> tuple[Described, ...]:
        """Random numbers that do not belong there; `solution` is the text of all that a right one does."""
        return self._at_its_line(function, lambda written: draws_without_need(function, written, solution))

    def normal_for_even(self, function: str) -> tuple[Described, ...]:
        """Normally distributed numbers that are compared with a probability."""
        return self._at_its_line(function, lambda written: normal_for_even(function, written))

    def _at_its_line(
        self, function: str, find: Callable[[Written], tuple[Described, ast.stmt] | None]
    ) -> tuple[Described, ...]:
        written = self._text.of(function)
        found = find(written) if written is not None else None
        if written is None or found is None:
            return ()
        told, statement = found
        return (replace(told, location=self._text.place(written, written.line(statement))),)

    def ends_too_soon(self, function: str) -> tuple[Described, ...]:
        """That a loop is ended in its first pass, or leaves out the last of what it goes through."""
        return self.ends_in_first_pass(function) or self._at_its_line(
            function, lambda written: leaves_out_the_last(function, written)
        )

    def set_anew(self, function: str) -> tuple[Described, ...]:
        """What the function begins anew in every pass of a loop or every call, though it goes on with it."""
        return self._at_its_line(function, set_anew)

    def other_count(self, function: str) -> tuple[Described, ...]:
        """That every `return` of the function gives another number of values than the task asks for, in its line."""
        entry = self._text.entry(function)
        if entry is None:
            return ()
        return self._at_its_line(function, lambda written: other_count(entry, written))

    def behind_a_stop(self, function: str, case: Case | None = None) -> tuple[Described, ...]:
        """What the text tells of lines that no call has come to, and of what comes back.

        Of a `case` these are its keys, else names that have no value: that would be its exception.
        """
        own = self._at_its_line(
            function,
            lambda written: (
                unbound(function, written, self._text.source)
                if case is None  # else it is the exception
                else in_other_letters(case, written)
            ),
        )
        return (*self.ends_in_first_pass(function), *own, *self.other_count(function))

    def same_line(self, function: str, other: str, place: Location, title: str) -> tuple[Described, ...]:
        """That a line in which `other` has the mistake of this title stands in the function as well."""
        written, wrong = (self._text.of(name) for name in (function, other))
        if written is None or wrong is None:
            return ()
        locate = self._text.source.submission.locate
        for line in {wrong.line(one.statement) for one in wrong.places}:
            if locate(wrong.unit.filename, line) == place:
                told = same_line(function, written, other, wrong, line, title)
                if told is not None and isinstance(again := told.evidence["line"], int):
                    return (replace(told, location=locate(written.unit.filename, again)),)
        return ()

    def does_nothing(self, case: Case) -> tuple[Described, ...]:
        """A line whose result is thrown away, a branch with nothing in it, or a placeholder."""
        try:
            for written in self._text.all(case.function):
                bench = self._text.bench(case)

                def is_list(text: str, bench: Bench = bench, written: Written = written) -> bool:
                    return bench.kinds(written).types(text) == {"list"}

                found = thrown_away(case.function, written, is_list) or empty_branch(case.function, written, bench)
                if found is not None:
                    told, statement = found
                    place = self._text.place(written, written.line(statement))
                    return (replace(told, location=place),)
        except (RecursionError, CellFailure):
            pass
        if (unread_one := self._not_looked_at(case)) is not None:
            return (unread_one,)
        is_constructor = any(entry.name == case.function and entry.kind == "class" for entry in self._text.contract)
        placeholder = left_open(case.function, self._text.source, is_judged=True) if not is_constructor else None
        return (placeholder,) if placeholder is not None else ()

    def _not_looked_at(self, case: Case) -> Described | None:
        """A parameter that one of the submission's own functions is given in this one's service and never looks at."""
        for written in self._text.all(case.function)[1:]:
            unread = [name for name in written.parameters if name in written.unread]
            if unread and "." not in written.function:
                own, unread_name = cut(written.function, LONGEST), cut(unread[0], LONGEST)
                return Described(
                    code=f"{case.function}.argument-not-used",
                    title=f"`{own}`, which is called here, never looks at its argument `{unread_name}`",
                    explanation=f"What `{own}` does is the same, whatever it is given there. Where does it enter?",
                    hints=(f"Search for `{unread_name}` in `{own}`. What is done with it?",),
                    confidence="likely",
                    evidence={"argument": unread_name},
                    location=self._text.place(written, written.definition.lineno),
                )
        return None

    def other_parameters(self, name: str, runs: Sequence[CheckRun], traces: Sequence[Trace]) -> tuple[Described, ...]:
        """That the parameters of the function, or of its class's constructor, are not those of the task."""
        for asked in filter(None, (name, name.rpartition(".")[0])):
            entry = self._text.entry(asked)
            told = other_parameters(entry, runs, traces, self._text.source) if entry is not None else None
            if told is not None:
                evidence = {**told.evidence, "class": asked} if asked != name else told.evidence
                return (replace(told, code=told.code.replace(asked, name, 1), evidence=evidence),)
        return ()

    def other_default(self, name: str, runs: Sequence[CheckRun], *, in_part: bool = False) -> tuple[Described, ...]:
        """That a parameter, of the function or of its class, has another default than in the task.

        The checks pass with that one; `in_part`, some that failed.
        """
        for asked in filter(None, (name, name.rpartition(".")[0])):
            entry, written = self._text.entry(asked), self._text.of(asked)
            if entry is not None and written is not None:
                passing = self._passing(name, written.function, runs, in_part=in_part)
                if (told := other_default(name, entry, written, self._text.source, passing)) is not None:
                    return (told,)
        return ()

    def default_of_a_key(self, case: Case, runs: Sequence[CheckRun]) -> tuple[Described, ...]:
        """That something else than in the task is taken where a dict has nothing under a key."""
        written = self._text.of(case.function)
        if written is None:
            return ()
        passing = self._passing(case.function, written.function, runs, in_part=True)
        return tuple(default_of_a_key(case, written, self._text.source, passing))

    def _passing(
        self, name: str, definition: str, runs: Sequence[CheckRun], *, in_part: bool
    ) -> Callable[[str], Passing]:
        """What of a function's checks passes with a definition, where that is tried."""

        def passing(text: str) -> Passing:
            try:
                titles = self._repairs.mended({definition: text}, runs) if all(map(can_be_run_once_more, runs)) else ()
            except (CellFailure, SubmissionRaised):
                return Passing()
            is_all = bool(titles) and len(titles) == sum(not run.passed for run in runs)
            return Passing(titles, name if is_all else "") if is_all or in_part else Passing()

        return passing

    def absent_attribute(self, name: str, runs: Sequence[CheckRun]) -> tuple[Described, ...]:
        """An attribute that the task asks for, where a method's checks fail since nothing is put under its name."""
        written = self._text.of(name)
        entry = self._text.entry(name)
        words = re.findall(r"\w+", entry.documentation) if entry is not None else ()
        told = absent_attribute(written, runs, self._text.source, words) if written is not None else None
        return (told,) if told is not None else ()

    def stopped_constructor(self, name: str, runs: Sequence[CheckRun]) -> tuple[Described, ...]:
        """What ends the constructor of a method's class with an error, or makes its arrays the wrong way round."""
        entry = self._text.entry(name)
        is_of_class = "." in name or (entry is not None and entry.kind == "class")
        found = stopped_constructor(self._text, name, runs) if is_of_class else None
        found = found or (turned_constructor(self._text, name, runs) if "." in name else None)
        if found is None:
            return ()
        told, self._mended[found[0].code] = found
        return (told,)

    def constructor_put_right(self, name: str, told: Described) -> dict[str, str]:
        """The text of the constructor, by its name, without the slip that is told of a method of its class.

        Nothing where the slip is another one, or no other name is evident.
        """
        if told.code in self._mended:
            return self._mended[told.code]
        owner = name.rpartition(".")[0] or name
        entry, found = self._text.entry(owner), self._text.source.definition(f"{owner}.__init__")
        if entry is None or found is None:
            return {}
        constructor, method = found[1], self._text.source.definition(name)
        kind, text = told.code.rpartition(".")[2], None
        if kind == "other-parameters" and told.evidence.get("class") == owner:
            needs_others = method is not None and reads_any_other(method[1], constructor, entry)
            text = with_parameters_of_the_task(constructor, entry) if not needs_others else None
        elif kind == "attribute-missing":
            attribute = str(told.evidence["attribute"])
            own = own_name(constructor, attribute)
            text = with_another_name(constructor, attribute, own) if own is not None else None
        return {f"{owner}.__init__": text} if text is not None else {}

    def mendings(self, case: Case) -> list[Edit]:
        """The edits with which the operation is put right that raised, where the text shows what is meant."""
        try:
            bench = self._text.bench(case)
            failure = failure_of(bench)
            written = next((one for one in bench.written if failure and one.function == failure.function), None)
            if failure is None or written is None:
                return []
            constructor = self._text.of(f"{written.function.rpartition('.')[0]}.__init__")
            found = mendings(failure, written, bench.keys, constructor) or counts_meant(
                failure, written, bench.kinds(written).sizes
            )
            if not found and (attribute := kept_nowhere(failure, written, self._text.source)):
                owner, _, own = written.function.rpartition(".")
                others = [name for name in self._text.source.methods(owner) if name not in (own, "__init__")]
                others.sort(key=lambda name: name not in ("forward", "__call__"))
                texts = [text for name in others if (text := self._text.of(f"{owner}.{name}")) is not None]
                found = next((edits for one in texts if (edits := keepings(attribute, one))), [])
            if any(one.kind not in (BEGUN, "key") for one in found):
                return found
            return [*parameters_for(failure, written), *unread_for(failure, written), *found]
        except (RecursionError, CellFailure):
            return []

    def with_what_is_asked(self, function: str) -> list[Edit]:
        """Each `return` of a function with the values that the task asks for, where the text tells which these are."""
        entry, written = self._text.entry(function), self._text.of(function)
        edit = with_what_is_asked(entry, written) if entry is not None and written is not None else None
        return [edit] if edit is not None and entry is not None and entry.returns else []

    def explained(self, case: Case, others: Sequence[Sequence[Value]] = ()) -> tuple[Described | None, set[int]]:
        """What an exception of a function's was about, and the lines that may be behind it."""
        try:
            bench = self._text.bench(case, others)
            failure = failure_of(bench) or stopped(case, bench.written, self._text.source)
            if failure is None:
                return None, set()
            told = explained(failure, case, bench, self._text.contract, self._text.source)
            return told, sources_of(failure, bench.written) | _conditions_over(failure.statement, bench.written)
        except (RecursionError, CellFailure):
            return None, set()


def _conditions_over(statement: ast.stmt, texts: Sequence[Written]) -> set[int]:
    """The lines of the conditions that a statement stands under."""
    return {
        written.line(place.statement)
        for written in texts
        for place in written.places
        if isinstance(place.statement, ast.If) and any(node is statement for node in ast.walk(place.statement))
    }
