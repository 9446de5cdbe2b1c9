"""What a cell costs: cold start, one more from the zygote, calls, submissions a second, and growth over thousands.

python benchmarks/sandbox.py [--submissions 5000]
"""

import argparse
import gc
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from grader.sandbox import Limits, Sandbox

COLD_BAR_MS, WARM_BAR_MS, RATE_BAR = 200.0, 15.0, 60.0
TRIVIAL = "import numpy as np\ndef double(x):\n    return 2 * x\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=5000)
    submissions = parser.parse_args().submissions
    cold = [_milliseconds(_cold_start) for _ in range(8)][1:]
    _tell("cold start to ready", cold, COLD_BAR_MS)
    with Sandbox() as sandbox:
        print(f"  layers: {', '.join(sandbox.layers)}")
        warm = [_milliseconds(lambda: sandbox.cell().close()) for _ in range(60)][10:]
        _tell("a cell from the zygote, ready and ended", warm, WARM_BAR_MS)
        _calls(sandbox)
    _rate(seconds=5.0, at_a_time=os.cpu_count() or 1)
    _growth(submissions)


def _cold_start() -> None:
    sandbox = Sandbox()
    try:
        sandbox.start()
        sandbox.layers  # noqa: B018 - waits until the zygote is ready
    finally:
        started = time.perf_counter()
        sandbox.close()
        _ending.append(time.perf_counter() - started)


_ending: list[float] = []


def _calls(sandbox: Sandbox) -> None:
    with sandbox.cell() as cell:
        cell.run(TRIVIAL, "trivial.py", seconds=5)
        for name, array in (("(7, 4)", np.ones((7, 4))), ("1 MB both ways", np.ones(1 << 17))):
            times = [_milliseconds(lambda a=array: cell.call("double", [a])) for _ in range(60)][10:]
            print(f"a call, {name:31}{statistics.median(times):8.2f} ms")


def _rate(seconds: float, at_a_time: int) -> None:
    """Trivial submissions a second, each in its own cell."""
    deadline = time.perf_counter() + seconds

    def work() -> int:
        done = 0
        with Sandbox() as sandbox:
            _grade_trivial(sandbox)
            while time.perf_counter() < deadline:
                _grade_trivial(sandbox)
                done += 1
        return done

    with ThreadPoolExecutor(at_a_time) as pool:
        total = sum(future.result() for future in [pool.submit(work) for _ in range(at_a_time)])
    verdict = "within" if total / seconds >= RATE_BAR else "BELOW"
    print(f"trivial submissions a second, {at_a_time} at a time {total / seconds:8.1f}     {verdict} {RATE_BAR:g}")


def _growth(submissions: int) -> None:
    with Sandbox() as sandbox:
        for _ in range(50):
            _grade_trivial(sandbox)
        gc.collect()
        before = _usage()
        for _ in range(submissions):
            _grade_trivial(sandbox)
        gc.collect()
        after = _usage()
    print(f"growth over {submissions} submissions:")
    for name in before:
        print(f"  {name:30} {before[name]:10} -> {after[name]}")


def _grade_trivial(sandbox: Sandbox) -> None:
    with sandbox.cell(Limits(call_seconds=5)) as cell:
        cell.run(TRIVIAL, "trivial.py", seconds=5)
        cell.call("double", [np.ones(3)])


def _usage() -> dict[str, int]:
    """Resident kilobytes, open descriptors and threads of this process, and its descendants."""
    status = Path("/proc/self/status").read_text().splitlines()
    values = {line.split(":")[0]: line.split()[1] for line in status if line.startswith(("VmRSS", "Threads"))}
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
    descendants, frontier = 0, {os.getpid()}
    while frontier:
        frontier = {pid for pid, parent in parents.items() if parent in frontier}
        descendants += len(frontier)
    return {
        "resident memory (kB)": int(values["VmRSS"]),
        "threads": int(values["Threads"]),
        "open descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "descendant processes": descendants,
    }


def _milliseconds(action: Callable[[], object]) -> float:
    _ending.clear()
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started - sum(_ending)) * 1e3


def _tell(name: str, values: list[float], bar: float) -> None:
    middle = statistics.median(values)
    verdict = "within" if middle <= bar else "ABOVE"
    print(f"{name:39}{middle:8.1f} ms  [{min(values):.1f} – {max(values):.1f}]  {verdict} {bar:g} ms")


if __name__ == "__main__":
    main()
