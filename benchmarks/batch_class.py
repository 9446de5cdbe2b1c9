"""A mixed class in one go: every student has a row, and the totals are those of grading each alone.

    python benchmarks/batch_class.py [--students 300] [--jobs 2] [--keep FOLDER]

Right, wrong, hanging, hostile, unreadable and equal submissions, names with commas, quotes, formulas and scripts of
other alphabets. Afterwards every submission is graded once more by `grade()`, in a sandbox of its own. The exit status
is 1 if a row is missing or a total differs.
"""

import argparse
import csv
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from made_up_class import Handed, assignment, mixed, write_class

from grader.assignments import load_assignment
from grader.batch import BatchResult, grade_batch
from grader.grading import grade


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="leave the class and its gradebook in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = arguments.keep or Path(scratch)
        root.mkdir(parents=True, exist_ok=True)
        handed = list(mixed(arguments.students))
        write_class(root / "class", iter(handed))
        rules = assignment(root / "linear-regression")
        started = time.perf_counter()
        result = grade_batch(rules, root / "class", root / "graded", jobs=arguments.jobs)
        seconds = time.perf_counter() - started
        print(f"{len(handed)} students in {seconds:.0f} s, {60 * len(handed) / seconds:.0f} a minute")
        _tell_kinds(handed, result)
        problems = [*_rows(handed, root / "graded" / "grades.csv"), *_alone(rules, root, result, arguments.jobs)]
    print(*problems, sep="\n")
    print(f"{len(problems)} problems")
    return 1 if problems else 0


def _tell_kinds(handed: list[Handed], result: BatchResult) -> None:
    status = {row.student.key: row.status for row in result.gradebook.rows}
    kinds = Counter((one.kind, status.get(one.student, "no row")) for one in handed)
    for (kind, what), number in sorted(kinds.items()):
        print(f"  {number:4} {kind:12}{what}")


def _rows(handed: list[Handed], path: Path) -> list[str]:
    """Students without a row of their own, as a spreadsheet reads the gradebook."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = Counter(line["student"].removeprefix("'") for line in csv.DictReader(file, strict=True))
    missing = [f"{one.student!r} has {rows[one.student]} rows" for one in handed if rows[one.student] != 1]
    return missing + ([] if rows.total() == len(handed) else [f"{rows.total()} rows for {len(handed)} students"])


def _alone(rules: Path, root: Path, result: BatchResult, jobs: int) -> list[str]:
    """Totals that differ from those of `grade()`."""
    loaded = load_assignment(rules)
    files = {entry.student.key: root / "class" / entry.files[0].stored for entry in result.discovery.entries}

    def difference(row: int) -> str:
        found = result.gradebook.rows[row]
        alone = grade(loaded, files[found.student.key])
        total = found.score.raw if found.score else None
        same = (found.status, total) == (alone.status, alone.score)
        return "" if same else f"{found.student.key!r}: {found.status} {total}, alone {alone.status} {alone.score}"

    with ThreadPoolExecutor(jobs) as threads:
        return list(filter(None, threads.map(difference, range(len(result.gradebook.rows)))))


if __name__ == "__main__":
    sys.exit(main())
