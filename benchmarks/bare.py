"""How many mistakes are named without anybody having written them down, as in an instructor's own new assignment.

    python benchmarks/bare.py [--assignment mnist-mlp] [--sentences]

Every wrong example of an assignment is graded without the assignment's mistakes. A mistake counts as named when the
function that it is in is told something that was verified or read off its numbers: a change with which every check
passes, a result that is not written, an exception, a behaviour, a term or factor. Told in a function that is right, it
counts as wrong. `wrong-in-some-parts` names nothing. With `--sentences` each title is shown, to be read.
"""

import argparse
import dataclasses
from dataclasses import dataclass

from grader.assignments import Assignment, load_assignment
from grader.assignments.library import library_folders
from grader.grading import Grader
from grader.report import Report
from grader.validation.examples import Example, read_examples

NAMING_NOTHING = ("wrong-in-some-parts", "first-wrong-value", "works-at-some-sizes-only", "depends-on-the-batch")


@dataclass(frozen=True)
class Tally:
    """Functions with a mistake of their own, those of them that it was named in, and right ones that were blamed."""

    faulty: int = 0
    named: int = 0
    blamed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.faulty + other.faulty, self.named + other.named, self.blamed + other.blamed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--assignment", action="append", help="of the library, several times for several; default all")
    parser.add_argument("--sentences", action="store_true", help="show what is told")
    options = parser.parse_args()
    names = options.assignment or sorted(library_folders())
    print(f"{'assignment':32} {'with a mistake':>14} {'named':>12} {'right ones blamed':>18}")
    total = Tally()
    for name in names:
        tally = of_assignment(load_assignment(name), sentences=options.sentences)
        total += tally
        tell(name, tally)
    tell("all", total)


def tell(name: str, tally: Tally) -> None:
    share = f"{tally.named} ({tally.named / tally.faulty:.0%})" if tally.faulty else "0"
    print(f"{name:32} {tally.faulty:14} {share:>12} {tally.blamed:18}", flush=True)


def of_assignment(assignment: Assignment, *, sentences: bool) -> Tally:
    tally = Tally()
    wrong = [example for example in read_examples(assignment.folder) if example.failed and example.diagnoses]
    with Grader(dataclasses.replace(assignment, mistakes=())) as session:
        for example in wrong:
            report = session.grade(assignment.folder / "examples" / example.file)
            tally += of_example(example, report, sentences=sentences)
    return tally


def of_example(example: Example, report: Report, *, sentences: bool) -> Tally:
    tally = Tally()
    for function in report.functions:
        own = [one for one in function.diagnoses if one.code.rpartition(".")[2] not in NAMING_NOTHING]
        if sentences:
            for one in function.diagnoses:
                print(f"    {example.file}: {function.name}: {one.title}")
        if function.status == "passed":
            tally += Tally(blamed=len(own))
        elif not function.follows_from and function.status != "missing":
            tally += Tally(faulty=1, named=bool(own))
    return tally


if __name__ == "__main__":
    main()
