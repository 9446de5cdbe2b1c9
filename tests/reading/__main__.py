"""The table of `grade explain` on every script of the tests: `python -m tests.reading [FOLDER ...]`.

Its exit status is 1 if a right script is called wrong, or if a share falls below what is promised.
"""

import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from grader.reading.explain import explain_submission
from grader.sandbox import Sandbox
from grader.submissions import load_source

from .scripts import ASIDE, CORPUS, Outcome, outcome_of
from .timed import MEGABYTES, TIMED

PROMISED = {"structure": 0.9, "quantity": 0.9, "named": 0.8, "line": 0.8}


def main() -> int:
    folders = [Path(argument) for argument in sys.argv[1:]] or [CORPUS, ASIDE]
    failures = _timed()
    with Sandbox() as sandbox:
        for folder in folders:
            outcomes = []
            print(f"{folder.name}")
            for path in sorted(folder.glob("*.py")):
                started = time.perf_counter()
                outcomes.append(outcome_of(path, sandbox))
                print(_row(outcomes[-1], time.perf_counter() - started), flush=True)
            failures += _summary(outcomes)
    return 1 if failures else 0


def _timed() -> int:
    """Seconds and memory for networks of three sizes; on a machine that is busy otherwise, seconds fail nothing."""
    failures = 0
    is_busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    print("time and memory" + (", on a busy machine" if is_busy else ""))
    for what, text, allowed in TIMED:
        with Sandbox() as sandbox:
            explanation = explain_submission(load_source(text, "network.py"), sandbox)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        is_late = explanation.seconds > allowed and not is_busy
        failures += is_late or megabytes > MEGABYTES or bool(explanation.faults)
        taken = f"{explanation.seconds:5.1f} s (of {allowed:g}), {megabytes:3.0f} MB (of {MEGABYTES})"
        print(f"  {what:44} {taken}  {explanation.status} {explanation.reason}", flush=True)
    return failures


def _row(outcome: Outcome, seconds: float) -> str:
    explanation = outcome.explanation
    if outcome.expected.is_right:
        marks = [outcome.structure, outcome.quantity]
    else:
        marks = [outcome.structure, outcome.quantity, outcome.named, outcome.line]
    found = ", ".join(
        f"{fault.quantity} {fault.code} {fault.location.line if fault.location else ''}" for fault in explanation.faults
    )
    ticks = "".join("✓" if mark else "✗" for mark in marks)
    return f"  {ticks:4} {outcome.path.stem:52} {seconds:5.1f} s  {found or explanation.reason or explanation.status}"


def _summary(outcomes: list[Outcome]) -> int:
    right = [outcome for outcome in outcomes if outcome.expected.is_right]
    wrong = [outcome for outcome in outcomes if not outcome.expected.is_right]
    shares = {
        "structure": [outcome.structure for outcome in outcomes],
        "quantity": [outcome.quantity for outcome in wrong],
        "named": [outcome.named for outcome in wrong],
        "line": [outcome.line for outcome in wrong],
    }
    alarms = [outcome for outcome in right if outcome.explanation.faults]
    too_sure = [o for o in right if o.expected.status != "right" and o.explanation.status == "right"]
    failures = len(alarms) + len(too_sure)
    print(f"  {len(right)} right scripts: {len(right) - len(alarms)} without a sentence about a fault")
    print(f"  {len(too_sure)} called right although not all was judged")
    for name, marks in shares.items():
        share = sum(marks) / max(1, len(marks))
        failures += share < PROMISED[name]
        print(f"  {name:10} {sum(marks):3} of {len(marks):3}  {share:4.0%}")
    return failures


if __name__ == "__main__":
    sys.exit(main())
