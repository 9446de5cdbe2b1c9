"""Every mutant of the right base files: `python -m tests.courses`.

Its exit status is 1 if a wrong one passes, or if an entry of those that are as good is of none that would.
"""

import sys
from collections import Counter

from grader import Grader

from .mutants import AS_GOOD, BASES, Fate, judged

FATES: tuple[Fate, ...] = ("loses points", "remarked", "the same function", "as good", "FALSE PASS")


def main() -> int:
    passes = []
    stale = set(AS_GOOD)
    print(f"{'':58}  mutants" + "".join(f"  {fate:>17}" for fate in FATES))
    for course, file in BASES:
        with Grader(course) as session:
            fates = Counter()
            for one in judged(session, course, file):
                fates[one.fate] += 1
                if one.fate == "FALSE PASS":
                    passes.append(f"{course}/{file}, line {one.mutant.line}: {one.mutant.change}")
                elif one.fate == "as good":
                    stale.discard(one.slip)
                elif one.fate == "the same function" and "-v" in sys.argv:
                    print(f"    the same: {one.mutant.function}, line {one.mutant.line}: {one.mutant.change}")
        row = "".join(f"  {fates[fate]:>17}" for fate in FATES)
        print(f"{course + '/' + file:58}  {fates.total():>7}{row}", flush=True)
    print(*passes, sep="\n")
    for slip in sorted(stale):
        print(f"AS_GOOD, {slip.course}/{slip.file}, line {slip.line}: {slip.change}: no such mutant passes; remove it")
    return 1 if passes or stale else 0


if __name__ == "__main__":
    sys.exit(main())
