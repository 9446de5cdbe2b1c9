"""What is wrong behind an exception: its cause is put right as the text shows it, and the function judged once more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.checks.run import CheckRun
from grader.diagnosis.behaviour import describe_behaviour, findings_of, told_of
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.forms import ANOTHER_FORM
from grader.diagnosis.cases.leaves import RAISED, is_distinctive
from grader.diagnosis.cases.phrases import begun, cut
from grader.diagnosis.cases.verdict import Described, Verdict
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.general.alone_in_wrong import lines_alone_in_wrong
from grader.diagnosis.planted.confirm import Confirmation
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.repair import Repair
from grader.diagnosis.repair.misspelt import NAMES, OF_WORDS, SET_BESIDE, SURELY, as_it_is_written, is_beyond_doubt
from grader.diagnosis.repair.nodes import parsed, said
from grader.diagnosis.repair.words import hints_of, title_of, why_of
from grader.diagnosis.repair.written import Edit
from grader.diagnosis.text_changes import TextChanges
from grader.diagnosis.waiting import Waiting
from grader.diagnosis.written.mendings import BEGUN, IMPORTS, KEPT, MENDED, OF_PYTHON_2
from grader.diagnosis.written.unbound import PARAMETER
from grader.sandbox import CellFailure, SubmissionRaised
from grader.submissions.trees import walk

MEANT = 3  # edits that are tried, where it is not clear what is meant
DEEPEST, DEEPEST_IF_SURE = 3, 6  # exceptions one behind the other; those whose mending is beyond doubt
LONGEST = 60
OF_ALL, OF_NAMED, OF_VALUES = 2, 3, 4  # ranks: all is right then, what is left has a name, only values show it
AT_MOST = 2  # edits with which no more is known than that a function comes further
MAKING_UP = ("factors", "terms")  # tiers of edits
OPEN = (".first-wrong-value", ".wrong-in-some-parts", ".zero-result")  # of which no more is known than where it is

STOPS = (".exception", f".{ANOTHER_FORM}", ".returns-nothing")  # after which nothing is seen of the values
OF_SHAPES = ("not-transposed", "untransposed")  # kinds of edits
OF_SIZES = "size-undefined"  # a kind of edit

Judge = Callable[[Sequence[CheckRun]], Verdict]


MORE = "more shows, which is told as well."


@dataclass(frozen=True)
class Judged:
    """What is wrong with an edit: `then` says what that makes of the function, `rank` how surely it is meant."""

    edit: Edit
    found: Verdict
    then: str
    rank: int
    edits: tuple[Edit, ...] = ()  # the last of which it is
    repair: Repair | None = None


class BehindExceptions:
    """Judges functions of one submission once more, with what raised in them, or is wrong first, put right."""

    def __init__(
        self, confirmation: Confirmation, changes: TextChanges, waiting: Waiting, general: GeneralMeans | None
    ) -> None:
        self._confirmation, self._changes, self._waiting, self._general = confirmation, changes, waiting, general
        self._others = changes.others
        self._depth = self._sure = 0

    def meant(self, known: KnownMistakes, context: Mistakes, stop: Described | None = None) -> list[Edit]:
        """The edits with which what raised is put right, as the text shows them: what is behind waits for these."""
        if stop is not None and not stop.code.endswith(STOPS[0]) and self._general is not None:
            return self._general.facts.with_what_is_asked(known.function)
        case = known.case(context) if known.case(context).wrong else known.failed_case(context)
        if self._general is None or self._is_deep() or RAISED not in case.paths(case.wrong):
            return []
        found = self._general.facts.mendings(case)
        if self._depth:  # of what is tried as nothing tells what is meant one at a time is enough
            found = [one for one in found if one.kind != PARAMETER]
        return sorted(found, key=lambda one: not is_beyond_doubt(one))[:MEANT]

    def beside(
        self, verdict: Verdict, known: KnownMistakes, context: Mistakes, runs: Sequence[CheckRun], judge: Judge
    ) -> Verdict:
        """A verdict that tells of an exception, with what `judge` finds in checks that were run with that put right.

        Where several things may be meant, one is if everything that is wrong behind it has a cause then. Where only
        values tell what is meant, some of the result has to be right, or what is wrong first. Of such a line that is
        told rather than where it is.
        """
        name = known.function
        found = (*verdict.described, *describe_behaviour(name, runs))
        stop = next((one for one in found if one.code in [f"{name}{stop}" for stop in STOPS]), None)
        steps = sorted(self._changes.mendings.pop(name, ()), key=lambda one: len(one.mending))
        rights_parts = any(one.paths for one in steps)
        if (first := self._without_return(stop, known, context)) is not None:
            verdict, stop = Verdict(described=(first,)), first
        is_open = stop is not None or rights_parts or all(one.code.endswith(OPEN) for one in verdict.described)
        is_named = bool(verdict.named)  # by what raised, or there is nothing more to know
        is_done = (is_named and not _only_raised(known.case(context))) or name in self._others.repairs
        if not is_open or self._general is None or is_done or self._is_deep():
            return verdict
        meant = self.meant(known, context, stop) if stop is not None or is_named else []
        apart = {tuple(edit.change for edit in one.mending): one for one in reversed(steps)}
        if apart and all(edit.kind == PARAMETER for edit in meant):
            meant = []  # values tell more of what is meant
        ways = [Repair((edit,), mending=(edit,)) for edit in meant] or [*apart.values()][::-1][:AT_MOST]
        candidates: list[Judged] = []
        for number, way in enumerate(ways):
            edit = way.mending[-1]
            with self._general.changes.share(len(ways) - number - 1), self._general.changes.behind():
                is_sure = _is_alone(edit, meant)
                judged = self._judged_with(edit, known, context, verdict, runs, judge, is_sure=is_sure)
            repair = self._others.repairs.pop(name, None)
            is_certain = not way.comes_through and edit.kind != PARAMETER
            least = OF_ALL if not is_certain else OF_NAMED if meant or way.paths else OF_VALUES
            if _is_of_print(edit):  # which may show anything: it is meant if nothing is wrong then
                least = 0
            if judged is not None and judged.rank <= least:
                candidates.append(replace(judged, edits=way.mending, repair=repair))
        if not candidates:
            return verdict
        best = min(candidates, key=lambda one: one.rank)
        is_guess = best.edit.kind in (OF_WORDS, PARAMETER) or (best.rank and best.edit.kind in NAMES)
        if is_guess and not is_beyond_doubt(best.edit) and sum(one.rank == best.rank for one in candidates) > 1:
            return verdict  # as near as each other: nothing tells which of them is meant
        if best.repair is not None:
            self._others.repairs[name] = best.repair
        behind = [_once_put_right(one, name, best.edit) for one in best.found.described]
        if is_named:
            more = tuple(one for one in best.found.named if one.mistake not in {old.mistake for old in verdict.named})
            named = verdict.named
            if len(named) == 1 and named[0].location is None and best.rank <= OF_ALL:
                place = self._general.text.place_of(Repair(best.edit.parts))
                named = (replace(named[0], location=place),)
            return Verdict((*named, *more), (*verdict.described, *behind))
        if rights_parts:
            of_parts = (one for one in verdict.described if "edits" in one.evidence)
            return Verdict(best.found.named, (*of_parts, *behind))
        told = [
            replace(
                _with_what_is_meant(stop, one, name, best.then),
                # Of what is put in at the beginning it is where the value is needed.
                location=(stop.location if stop is not None and one.kind == BEGUN else None)
                or self._general.text.place_of(Repair(one.parts)),
            )
            for one in best.edits
        ]
        kept = (one for one in verdict.described if one is not stop and stop is not None)
        return Verdict(best.found.named, (*told, *kept, *behind))

    def _judged_with(
        self,
        edit: Edit,
        known: KnownMistakes,
        context: Mistakes,
        verdict: Verdict,
        runs: Sequence[CheckRun],
        judge: Judge,
        *,
        is_sure: bool,
    ) -> Judged | None:
        """What is wrong with an edit; None if the same line raises then, or nothing says that it is what is meant."""
        assert self._general is not None
        name, verdicts = known.function, self._waiting.verdicts
        is_certain = is_sure and is_beyond_doubt(edit)
        self._depth, self._sure = self._depth + (not is_certain), self._sure + is_certain
        try:
            with self._general.changes.mending(edit), self._waiting.apart():
                now = self._confirmation.as_it_is_now(runs)
                left = KnownMistakes(name, now, self._confirmation, known.budget).case(context)
                if all(run.passed for run in now):
                    self._others.repairs[name] = Repair((edit,))
                    passes = self._general.text.repairs.passes({edit.function: edit.text}, now)
                    by_chance = Judged(edit, Verdict(), "its checks pass as they were drawn.", OF_NAMED)
                    here = by_chance if is_certain else None
                    return Judged(edit, Verdict(), f"every check of `{name}` passes.", 0) if passes else here
                found = judge(now)
                if found.follows_from or not found:
                    # What is left to fail is not its own, if nothing that it gives is wrong.
                    failed = {run.check.id for run in runs if not run.passed}
                    mended = sum(run.passed and run.check.id in failed for run in now)
                    then = f"{mended} of the {len(failed)} checks that fail pass."
                    is_right = mended > 0 and not left.wrong and not findings_of(now, name)
                    if is_right:
                        self._others.repairs[name] = Repair((edit,))
                        return Judged(edit, Verdict(), then, 1)
                    goes_on = Judged(edit, Verdict(), f"`{name}` goes on, and is wrong all the same.", OF_NAMED)
                    return goes_on if is_certain else None
                if any(_is_told_again(one, verdict, edit, is_sure=is_sure) for one in found.described):
                    return None
                verdicts[name] = found
                self._waiting.look()
                found = verdicts.pop(name)
                alone = lines_alone_in_wrong(self._general.text, left)
        except (CellFailure, SubmissionRaised):
            return None
        finally:
            self._depth, self._sure = self._depth - (not is_certain), self._sure - is_certain
        inner = self._others.repairs.get(name)
        if inner is not None and any(e.place == edit.place and _undoes(e.before, e.after, edit) for e in inner.edits):
            return None
        if inner is not None and edit.function not in {one.function for one in inner.edits}:
            self._others.repairs[name] = replace(inner, edits=(*inner.edits, edit))
        if inner is not None:
            return Judged(edit, found, MORE, OF_ALL)
        if is_sure or (found.named and not any(entry.note for entry in found.named)):
            return Judged(edit, found, MORE, OF_NAMED)
        rights_a_part = _is_right_in_part(left) and bool(alone) and edit.line not in alone
        raised = any(one.code == f"{name}.exception" for one in verdict.described)
        is_shown = rights_a_part if raised else self._is_at(edit, verdict)
        return Judged(edit, found, MORE, OF_VALUES) if is_shown else None

    def _without_return(self, stop: Described | None, known: KnownMistakes, context: Mistakes) -> Described | None:
        """That nothing comes back of a function, as its text tells, where an exception hides it."""
        if stop is None or not stop.code.endswith(STOPS[0]) or self._general is None:
            return None
        edits = self._general.facts.with_what_is_asked(known.function)
        return told_of(known.function, "returns-nothing") if edits and edits[0].kind == BEGUN else None

    def _is_deep(self) -> bool:
        return self._depth == DEEPEST or self._sure == DEEPEST_IF_SURE

    def _is_at(self, edit: Edit, verdict: Verdict) -> bool:
        """Whether an edit is in the line that is wrong first, as the values tell, and makes up for nothing."""
        assert self._general is not None
        place = self._general.text.place_of(Repair(edit.parts))
        told = [one.location for one in verdict.described if one.code.endswith(OPEN[0])]
        return place is not None and place in told and edit.tier not in MAKING_UP


def _is_of_print(edit: Edit) -> bool:
    """Whether what a function prints in the end is returned as well."""
    return edit.kind == BEGUN and edit.replacement.startswith("print(")


def _is_alone(edit: Edit, meant: Sequence[Edit]) -> bool:
    """Whether nothing else may be meant, which no size or part of a name tells that is the only one."""
    sure = [one for one in meant if is_beyond_doubt(one)]
    return [edit] == (sure or meant) and edit.kind not in (OF_SIZES, OF_WORDS, PARAMETER, *OF_SHAPES)


def _is_told_again(one: Described, before: Verdict, edit: Edit, *, is_sure: bool) -> bool:
    """Whether the same line raises with an edit, or is to be changed again where that has changed it.

    What raises for another reason, once a name is put right that nothing else is meant by, is another slip.
    """
    operands = one.evidence.get("operands")
    if edit.kind == "self-missing" and isinstance(operands, list) and edit.after in operands:
        return True  # what the object has under that name does not fit: it is another thing that is meant
    raises = one.code.endswith(".exception") and any(
        (one.code, one.location) == (other.code, other.location)
        and not (is_sure and is_beyond_doubt(edit) and one.title != other.title)
        for other in before.described
    )
    edits = one.evidence.get("edits")
    return raises or any(
        again["line"] == edit.place and _undoes(str(again["before"]), str(again["after"]), edit)
        for again in (edits if isinstance(edits, list) else ())
    )


def _undoes(before: str, after: str, edit: Edit) -> bool:
    """Whether what an edit has put there is to be replaced again, and not only to be put into something."""
    return _is_within(before, edit.after) and not _is_within(edit.after, after)


def _is_within(one: str, other: str) -> bool:
    """Whether an expression is another one, or a part of it."""
    first, second = parsed(one), parsed(other)
    if first is None or second is None:
        return one == other
    return said(first) in map(said, walk(second))


def _only_raised(case: Case) -> bool:
    """Whether no number that is wrong was seen, as what gives them ended."""
    return RAISED in case.paths(case.wrong) and not case.has_numbers(case.wrong)


def _is_right_in_part(case: Case) -> bool:
    """Whether nothing raises, and an array of the result is right, in every call, that others beside it are not."""
    wrong = {*case.paths(case.wrong)}
    right = [one for one, cell in zip(case.right, case.cells, strict=True) if cell.path not in wrong]
    return RAISED not in wrong and any(isinstance(one, np.ndarray) and is_distinctive(one) for one in right)


def _with_what_is_meant(stop: Described | None, edit: Edit, name: str, then: str) -> Described:
    """What raised, if anything did, with what is put in its place, and what that makes of the function."""
    before, after = (cut(text, LONGEST) for text in (edit.before, edit.after))
    if stop is None:
        return Described(
            code=f"{name}.{edit.kind.partition(':')[0]}",
            title=begun(title_of(edit)),
            explanation=f"{why_of(edit)} With `{after}` in the place of `{before}` {then}".strip(),
            hints=hints_of(edit),
            confidence="likely",
            evidence={"edits": [{"line": edit.place, "before": edit.before[:200], "after": edit.after[:200]}]},
        )
    if edit.kind in (MENDED, SURELY):
        return replace(stop, explanation=f"{stop.explanation} With `{after}` in the place of `{before}` {then}")
    if edit.kind == BEGUN:
        is_first = edit.after.rpartition(" = ")[2] == "None" or edit.after in IMPORTS.values()
        where = "at the beginning" if is_first else f"beside `{before}`"
        where = "at the end" if edit.after.startswith("return ") else where
        where += ", and `range` for `xrange`, which is Python 2," if OF_PYTHON_2 in edit.replacement else ""
        return replace(stop, explanation=f"{stop.explanation} With `{after}` {where} {then}")
    if edit.kind != KEPT:
        is_name = edit.kind in (*NAMES, SET_BESIDE, "self-missing")  # where it comes from is told
        raised = f"As it is, {stop.title[:1].lower()}{stop.title[1:]}. {'' if is_name else stop.explanation}".strip()
        is_part = edit.kind == "option-outside"  # what is told is a part of what is replaced
        proof = f"With {'it put right' if is_part else f'`{after}` in the place of `{before}`'} {then}"
        return replace(stop, title=begun(title_of(edit)), explanation=f"{raised} {proof}")
    method, (attribute, _, value) = edit.function.rpartition(".")[2], edit.after.partition(" = ")
    return replace(
        stop,
        title=f"`{method}` does not keep what `{name.rpartition('.')[2]}` needs in `{attribute}`",
        explanation=f"Line {edit.line} is the last one that has it. With `{after}` above it {then}",
        hints=(f"Is `{value}` what is needed there?", *stop.hints[1:]),
    )


def _once_put_right(one: Described, name: str, edit: Edit) -> Described:
    """What is told of what stands behind, whose proof holds with the cause of the exception put right."""
    proof = f"every check of `{name}` passes"
    explanation = one.explanation.replace(f"{proof}.", f"{proof}, once that is put right as well.")
    return replace(one, title=as_it_is_written(one.title, edit), explanation=as_it_is_written(explanation, edit))
