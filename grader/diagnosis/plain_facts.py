"""What the text of a function that is wrong tells plainly, where its numbers tell little.

Keys that nobody gives, results of another number, a line that is wrong in another function too, and what the exception
in its own text is about: each holds by itself, however many mistakes there are beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.checks.run import CheckRun
from grader.diagnosis.cases.verdict import Described, Verdict, says_little
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.text_changes import TextChanges
from grader.diagnosis.written.drawn import texts_of

OF_KEYS = (".wrong-in-some-parts", ".left-as-it-was")  # what is told where a key is another one
OF_FORM = (".other-count", ".another-form-of-result")  # that another number of values comes back than is asked for
OF_STOPS = (".exception", ".other-parameters", *OF_FORM)
GUESSES = ("first-wrong-value", "argument-not-used")  # from the values and the text of one call


class PlainFacts:
    """Looks for them in one submission's functions, when each has had its turn."""

    def __init__(self, general: GeneralMeans, changes: TextChanges) -> None:
        self._general, self._changes = general, changes

    def beside(
        self,
        known: KnownMistakes,
        ground: Mistakes,
        runs: Sequence[CheckRun],
        verdicts: Mapping[str, Verdict],
    ) -> Verdict:
        """The verdict on a function with what its text tells; `runs` are its failed checks."""
        name, general = known.function, self._general
        verdict = verdicts.get(name, Verdict())
        if told := general.facts.other_keys(name, known.traces):  # where its value goes wrong is no news then
            kept = tuple(one for one in verdict.described if not one.code.endswith(GUESSES))
            return replace(verdict, described=(*told, *kept))
        is_of_keys = not verdict.named and all(one.code.endswith(OF_KEYS) for one in verdict.described)
        if is_of_keys and (told := general.facts.under_another_key(known.case(ground))):
            return replace(verdict, described=told)  # which of its parts differ is said by that
        is_open = not (verdict.named or verdict.follows_from) and all(
            one.confidence != "certain" for one in verdict.described
        )
        if (is_open or says_little(verdict)) and (told := general.facts.normal_for_even(name)):
            return replace(verdict, described=told)
        if not verdict and any(stops_in(run, name) for run in runs):
            told = self._changes.exception(known, ground)
        if says_little(verdict) or all(one.code.endswith(".exception") for one in verdict.described):
            own = texts_of(self._changes.assignment.solution_source, {name})
            own_runs = (run for run in self._changes.confirmation.runs if run.check.function == name and run.passed)
            are_right = any(one.verdict == "right" for run in own_runs for one in run.result.comparisons)
            if not are_right or verdict.described:  # with a cache of its own all may be right, and another one raises
                told = general.facts.other_order(name, own) or told
        if not told and says_little(verdict):
            early = general.facts.ends_too_soon(name) if not verdict else ()
            told = (*early, *general.facts.other_count(name)) or self._drawn(name) or self._same_line(name, verdicts)
        elif not told and all(one.code.endswith(".exception") for one in verdict.described):
            told = self._same_line(name, verdicts)  # which may be what the exception comes of
        described = (*told, *verdict.described)
        if described and all(one.code.endswith(OF_STOPS) for one in described):  # nobody has seen what comes back
            told_already = {one.code for one in described}
            if any(code.endswith(OF_FORM) for code in told_already):
                told_already |= {f"{name}{kind}" for kind in OF_FORM}
            behind = general.facts.behind_a_stop(name, known.case(ground))
            described += tuple(one for one in behind if one.code not in told_already)
        return replace(verdict, described=described)

    def _drawn(self, name: str) -> tuple[Described, ...]:
        """Random numbers that a right function does not draw, or not so."""
        assignment = self._changes.assignment
        if not texts_of(assignment.solution_source, {name}):
            return ()  # as of a class
        steps = {name, *assignment.reached_steps.get(name, ())}
        return self._general.facts.drawn(name, texts_of(assignment.solution_source, steps))

    def _same_line(self, name: str, verdicts: Mapping[str, Verdict]) -> tuple[Described, ...]:
        """What is told of a line in which another function has a mistake, as a change of the text has shown."""
        for other, verdict in verdicts.items():
            shown = [(one.mistake.title, one.location) for one in verdict.named if not one.is_elsewhere]
            shown += [(one.title, one.location) for one in verdict.described if "edits" in one.evidence]
            for title, place in shown if other != name else ():
                if place is not None and (told := self._general.facts.same_line(name, other, place, title)):
                    return told
        return ()


def stops_in(run: CheckRun, function: str) -> bool:
    """Whether a line of the function itself ended a check of it."""
    error = run.result.error
    return bool(error and error.frames and error.frames[-1].function == function.rpartition(".")[2])
