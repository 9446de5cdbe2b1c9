"""What diagnosing a wrong submission costs, and how often two mistakes at a time are both named.

    python benchmarks/diagnosis.py [--assignment mnist-mlp | --all] [--runs 3] [--pairs 100] [--seed 7]

The first part grades every wrong example of the assignment (or of the whole library, whose distribution comes last) and
takes the time between the last check and the report; and the processor time of the whole grading, the cells' included,
which other programs on the machine do not change.
The second plants two known mistakes of different steps in the solution at a time. Pairs of which one member alone
gives the same numbers as both cannot be told from it, and are counted apart.
"""

import argparse
import itertools
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from batch_setting.processes import used_so_far

from grader.assignments import Mistake, load_assignment
from grader.assignments.library import library_folders
from grader.checks.local import Variant
from grader.checks.observations import reproduces
from grader.checks.run import CheckRun, run_check
from grader.diagnosis.planted.planting import plant
from grader.garbage import collect_seldom, leave_out_what_is_there
from grader.grading import Grader
from grader.report import Report
from grader.validation.examples import read_examples

MEDIAN_BAR_SECONDS = 0.300
BAR_SECONDS = 1.500  # for 95 of 100
PAIRS_BAR = 0.8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--assignment", default="mnist-mlp")
    parser.add_argument("--all", action="store_true", help="the whole library; no pairs")
    parser.add_argument("--runs", type=int, default=3, help="gradings of each example; the fastest counts; 0 for none")
    parser.add_argument("--pairs", type=int, default=100, help="number of pairs to try; 0 for none")
    parser.add_argument("--seed", type=int, default=7, help="of the sample of pairs")
    options = parser.parse_args()
    collect_seldom()  # as every process of the grader does
    if options.all:
        tell_library(max(options.runs, 1))
        return
    assignment = load_assignment(options.assignment)
    with Grader(assignment) as session:
        if options.runs:
            tell_times(assignment.id, times_of(session, options.runs), options.runs)
        if options.pairs:
            tell_pairs(session, random.Random(options.seed), options.pairs)


@dataclass(frozen=True)
class Timed:
    """How long one example took to be diagnosed, and what was found."""

    seconds: float
    processor: float
    name: str
    codes: str


def tell_library(runs: int) -> None:
    """Times of the wrong examples of every assignment, and of all together."""
    every: list[Timed] = []
    for name in sorted(library_folders()):
        with Grader(load_assignment(name)) as session:
            measured = times_of(session, runs)
        if measured:
            tell_times(name, measured, runs)
        every += [replace(one, name=f"{name}/{one.name}") for one in measured]
    tell_times("the library", every, runs)


def times_of(session: Grader, runs: int) -> list[Timed]:
    """Time of the diagnosis of every wrong example, the fastest of several gradings."""
    measured = []
    leave_out_what_is_there()  # as workers of a batch do once an assignment is read
    for example in read_examples(session.assignment.folder):
        if example.failed:
            path = session.assignment.folder / "examples" / Path(example.file)
            reports, spent = [], [used_so_far()]
            for _ in range(runs):
                reports.append(session.grade(path))
                spent.append(used_so_far())
            seconds = min(report.timing.diagnosis for report in reports)
            processor = min(after - before for before, after in itertools.pairwise(spent))
            measured.append(Timed(seconds, processor, example.file, _codes(reports[0])))
    return measured


def tell_times(title: str, measured: Sequence[Timed], runs: int) -> None:
    """The distribution, slowest last."""
    ordered = sorted(measured, key=lambda one: one.seconds)
    times = [one.seconds for one in ordered]
    print(f"{title}: diagnosis of {len(times)} wrong examples, the fastest of {runs} runs each")
    for one in ordered[-8:]:
        print(f"  {one.seconds * 1e3:6.0f} ms  {one.name}  {one.codes}")
    shares = _shares(times)
    print(f"  {_said(shares)}")
    print(f"  processor time of the whole grading: {_said(_shares(sorted(one.processor for one in measured)))}")
    is_within = statistics.median(times) <= MEDIAN_BAR_SECONDS and shares[0.95] <= BAR_SECONDS
    print(f"  maximum {times[-1] * 1e3:.0f} ms")
    print(
        f"  {'within' if is_within else 'ABOVE'} the bars of {MEDIAN_BAR_SECONDS * 1e3:.0f} ms in the median "
        f"and {BAR_SECONDS * 1e3:.0f} ms for 95 of 100\n",
        flush=True,
    )


def _shares(ordered: Sequence[float]) -> dict[float, float]:
    return {share: ordered[min(int(share * len(ordered)), len(ordered) - 1)] for share in (0.5, 0.75, 0.9, 0.95)}


def _said(shares: dict[float, float]) -> str:
    return ", ".join(f"{share:.0%} within {seconds * 1e3:.0f} ms" for share, seconds in shares.items())


def _codes(report: Report) -> str:
    return ", ".join(diagnosis.code for diagnosis in report.diagnoses())


def tell_pairs(session: Grader, rng: random.Random, size: int) -> None:
    """How many of a sample of pairs are both named, among those that can be told from one of their members."""
    own = [mistake for mistake in session.assignment.mistakes if not _needs_training(session, mistake)]
    pairs = [pair for pair in itertools.combinations(own, 2) if pair[0].step != pair[1].step]
    sample = rng.sample(pairs, min(size, len(pairs)))
    told = [named for pair in sample if (named := _named_of(session, pair)) is not None]
    both = told.count(2)
    verdict = "within" if both >= PAIRS_BAR * len(told) else "BELOW"
    print(f"{session.assignment.id}: {len(told)} of {len(sample)} pairs differ from each of their members")
    print(f"  both named {both} ({both / len(told):.0%}), one of them {told.count(1)}")
    print(f"  {verdict} the bar of {PAIRS_BAR:.0%}")


def _needs_training(session: Grader, mistake: Mistake) -> bool:
    """Whether no function but a probed one, which draws random numbers of its own, shows the mistake."""
    probed = {probe.function for probe in session.assignment.probes}
    reached = session.assignment.reached_steps
    return not any(mistake.step in steps for name, steps in reached.items() if name not in probed)


def _named_of(session: Grader, pair: Sequence[Mistake]) -> int | None:
    """How many of two mistakes are named; None when one of them, or none, gives the same numbers as both."""
    runs = _runs(session, pair)
    for fewer in ((), pair[:1], pair[1:]):
        variant = Variant(session.assignment.contract, plant(session.assignment, fewer))
        if all(reproduces(run, variant, session.setting) for run in runs):
            return None
    student = Variant(session.assignment.contract, plant(session.assignment, pair))
    findings = session.diagnoser.diagnose(runs, session.setting, student=student)
    told = {diagnosis.code for found in findings.diagnoses.values() for diagnosis in found}
    return sum(mistake.code in told for mistake in pair)


def _runs(session: Grader, mistakes: Sequence[Mistake]) -> list[CheckRun]:
    student = Variant(session.assignment.contract, plant(session.assignment, mistakes))
    quick = [check for check in session.assignment.checks if "dataset" not in check.arguments]
    return [run_check(check, student, session.setting) for check in quick]


if __name__ == "__main__":
    main()
