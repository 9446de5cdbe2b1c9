"""Every attack in every combination, as a table attack × combination -> contained by.

`python -m tests.hostile` runs all combinations of this machine; its exit status is 1 if anything got through.
`--layers` runs one of them, each outcome a line of JSON; `--only TEXT` runs the attacks whose name holds TEXT.
"""

import argparse
import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence

from .arena import Arena, Outcome
from .combinations import REPOSITORY, Combination, combinations
from .files import FILE_ATTACKS
from .layers import LAYERS
from .registry import source_attacks


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--layers", choices=LAYERS)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    if options.layers:
        for outcome in _outcomes(options.layers, options.only):
            print(json.dumps(dataclasses.asdict(outcome)), flush=True)
        return 0
    columns = {}
    for combination in combinations():
        print(f"{combination.name} …", file=sys.stderr)
        columns[combination.name] = _run(combination, options.only)
    print(_table(columns))
    problems = [f"{name}: {o.attack}: {p}" for name, column in columns.items() for o in column for p in o.problems]
    print(*problems, sep="\n")
    return 1 if problems else 0


def _outcomes(layers: str, only: str) -> Iterator[Outcome]:
    with Arena(layers) as arena:
        for attack in [*source_attacks(), *FILE_ATTACKS]:
            if only in attack.id:
                yield arena.attack(attack)


def _run(combination: Combination, only: str) -> list[Outcome]:
    """The outcomes of one combination, each in a process of its own, as whoever the combination says."""
    command = [*combination.command, sys.executable, "-B", "-m", "tests.hostile"]
    command += ["--layers", combination.layers, "--only", only]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=True)
    return [Outcome(**json.loads(line)) for line in done.stdout.splitlines()]


def _table(columns: dict[str, Sequence[Outcome]]) -> str:
    """One row for each attack, and a summary of every column."""
    rows = [["attack", *columns]]
    for same_attack in zip(*columns.values(), strict=True):
        rows.append([same_attack[0].attack, *map(_cell, same_attack)])
    through = [sum(bool(outcome.problems) for outcome in column) for column in columns.values()]
    rows.append([f"{len(rows) - 1} attacks", *(f"{count} got through" for count in through)])
    rows.append(["seconds", *(f"{sum(o.seconds for o in column):.0f}" for column in columns.values())])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _cell(outcome: Outcome) -> str:
    if outcome.problems:
        return "GOT THROUGH"
    printable = "".join(c if c.isprintable() else " " for c in outcome.evidence)
    return f"{outcome.contained_by} ({printable[:28].strip()})"


if __name__ == "__main__":
    sys.exit(main())
