"""What shows of a submission's function when one place of its arguments after the other is given other numbers."""

import ast
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.assignments.result_names import subscripts
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import Leaves, Path
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.trace import Rerun
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.general.own_text import OwnText
from grader.diagnosis.numbers.reach import Reach, reaches
from grader.diagnosis.numbers.reach_words import Told, told_of_reach
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.failed_calls import Probe
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.strides import statements_of_windows
from grader.diagnosis.repair.written import Written
from grader.sandbox import CellFailure
from grader.submissions.trees import walk

CALLS = 3_000  # function calls of one call, at most: it is made dozens of times
TRIED = 2  # calls in which something is wrong
AT_MOST = 3  # sentences about one function
TELLING = {"places-left-out", "windows-move", "windows-length", "windows-begin"}  # kinds whose titles are all told
WINDOWS = {"windows-move", "windows-length", "windows-begin", "another-window"}


class Reached:
    """Looks at functions of one submission."""

    def __init__(self, text: OwnText) -> None:
        self._text = text

    def described(self, case: Case, told: Collection[str] = ()) -> tuple[Described, ...]:
        """What comes of other places than it should; nothing of parts, by their names, of which something is told."""
        written = self._text.of(case.function)
        if written is None:
            return ()
        try:
            bench = self._text.bench(case)
            probes = [probe for probe in bench.telling if bench.price(probe) <= CALLS]
            tried = (self._of_call(case, bench, probe, written, told) for probe in probes[:TRIED])
            found = next(filter(None, tried), [])
        except (CellFailure, RecursionError, ValueError, TypeError, LookupError):
            return ()
        made: dict[tuple[str, int, Path, Path], list[Told]] = {}
        for one in found:
            made.setdefault((one.kind, one.reach.argument, one.reach.within, one.reach.part), []).append(one)
        ranked = sorted(made.values(), key=lambda group: (group[0].reach.is_everywhere, group[0].reach.axis))
        # What is never looked at, of what all belongs into everything, is so for what else is wrong with that argument.
        local = {one.reach.source for group in ranked for one in group if not one.reach.is_everywhere}
        plainer = {one.reach.array for group in ranked for one in group if one.kind != "left-out"}
        firsts = [(group, group[0]) for group in ranked]
        kept = [group for group, one in firsts if not one.reach.is_everywhere or one.reach.source not in local]
        kept = [group for group in kept if group[0].kind != "left-out" or group[0].reach.array not in plainer]
        return tuple(self._described(case, written, group) for group in kept[:AT_MOST])

    def _of_call(self, case: Case, bench: Bench, probe: Probe, written: Written, told: Collection[str]) -> list[Told]:
        trace_number = case.cells[probe.cells[0]].trace
        trace = case.traces[trace_number]
        position = next(i for i, one in enumerate(trace.calls) if one is probe.call)
        if probe.call.named or probe.call.found.raised is not None:
            return []
        rerun = Rerun(trace, case.base)
        given = rerun.arguments(position)[probe.item or 0]
        before = probe.arguments[: len(probe.arguments) - len(given)]  # the object, of what is called by a function

        def student(arguments: tuple[Any, ...]) -> Leaves | None:
            return bench.with_others(probe, (*before, *arguments))

        def solution(arguments: tuple[Any, ...]) -> Leaves | None:
            call = replace(probe.call, kind="call")
            fresh = rerun if call.instance is None else Rerun(trace, case.base)  # what an object keeps is as it was
            leaves = call.leaves(fresh.with_others(position, arguments), case.kept)
            return leaves if probe.item is None else {(probe.item, *path): leaf for path, leaf in leaves.items()}

        of = Parts(case, self._text.contract)
        parts = {
            case.cells[i].path: _name_of_result(of.of_cell[i].name, written)
            for i in probe.cells
            if case.wrong >> i & 1 and isinstance(right := case.right[i], np.ndarray) and right.ndim > 1
        }
        parts = {path: name for path, name in parts.items() if name not in told}
        entry = self._text.entry(case.function)
        names = [one for one in written.parameters if one not in ("self", "cls")]
        if entry is None or not parts or len(names) < len(given):
            return []
        found = [
            told_of_reach(one, _name(one, names, written), parts[one.part])
            for one in reaches(probe.arguments[len(before) :], given, [*parts], student, solution)
        ]
        return [one for one in found if one is not None]

    def _described(self, case: Case, written: Written, group: list[Told]) -> Described:
        first, reach = group[0], group[0].reach
        others = [f"{one.title}." for one in group if one.title != first.title and one.kind in TELLING]
        examples = [*dict.fromkeys([*others, *(one.example for one in group if one.example)])]
        why = next((one.why for one in group if one.why), "")
        statement = _statement(written, first)
        return Described(
            code=f"{case.function}.{first.kind}",
            title=first.title[:1].upper() + first.title[1:],
            explanation=" ".join([*examples[:3], why]).strip(),
            hints=(
                "Print, for a small input, which indices your loops visit, and compare them with what they should be.",
            ),
            evidence={"axis": reach.axis, "axis_of_the_result": reach.part_axis},
            location=self._text.place(written, written.line(statement)) if statement is not None else None,
        )


def _name_of_result(name: str, written: Written) -> str:
    """What a result is called in the task, or by the function that returns it."""
    if name.count("`") == 2 and name.startswith("`"):
        return name.strip("`")
    returned = [place.statement.value for place in written.places if isinstance(place.statement, ast.Return)]
    names = {one.id for one in returned if isinstance(one, ast.Name)}
    return names.pop() if len(names) == 1 else "result"


def _name(reach: Reach, names: list[str], written: Written) -> str:
    """What an argument is called, or what the function calls the part of it that it takes out."""
    name = names[reach.argument]
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Tuple(elts=parts)], value=ast.Name(id=holder)) if holder == name:
                (first, *_) = reach.within or (-1,)
                if isinstance(first, int) and 0 <= first < len(parts) and isinstance(one := parts[first], ast.Name):
                    return one.id + subscripts(reach.within[1:])
    return name + subscripts(reach.within)


def _statement(written: Written, told: Told) -> ast.stmt | None:
    """Where it is in the text, as far as that shows: where windows begin, or the loop that leaves places out."""
    loops = [place.statement for place in written.places if isinstance(place.statement, ast.For)]
    if told.kind in WINDOWS:
        return next(iter(statements_of_windows(written)), None)
    if told.kind == "places-left-out":
        stepping = [one for one in loops if isinstance(one.iter, ast.Call) and len(one.iter.args) == 3]
        return next(iter(stepping), None) or _loop_over(written, loops, told)
    if told.kind == "place-left-out":
        return _loop_over(written, loops, told)
    if told.kind == "own-part":
        counters = {node.id for one in loops for node in walk(one.target) if isinstance(node, ast.Name)}
        for place in written.places:
            entries = (node for node in walk(place.statement) if isinstance(node, ast.Subscript))
            picked = (one for one in entries if said(one.value) == told.argument)
            is_there = any(
                counters & {node.id for node in walk(one.slice) if isinstance(node, ast.Name)} for one in picked
            )
            if is_there and not hasattr(place.statement, "body"):
                return place.statement
    return None


def _loop_over(written: Written, loops: Sequence[ast.For], told: Told) -> ast.stmt | None:
    """The one loop that counts the places of the result along the axis that something is told of."""
    found: dict[ast.For, None] = {}
    for place in written.places:
        for target in targets_of(place.statement):
            match target:
                case ast.Subscript(value=whole, slice=ast.Tuple(elts=places)) if (
                    said(whole) == told.names.part and len(places) > told.reach.part_axis
                ):
                    counted = said(places[told.reach.part_axis])
                    found |= {one: None for one in loops if said(one.target) == counted}
    return next(iter(found)) if len(found) == 1 else None
