"""The scripts that `grade explain` is measured on: what each is expected to give stands in its first two lines.

# right                                   or   # fault: QUANTITY CODE LINE     (? where any will do)
# partly     (right, but not all of it is judged, and must not be called right)
# unjudged   (no gradient of a parameter is judged)
# network: INPUTS UNITS:ACTIVATION ...    or   # network: unread, or none (no layers, gradients alone)
"""

from dataclasses import dataclass
from pathlib import Path

from grader.reading.explain import explain_submission
from grader.reading.told.explanation import Explanation
from grader.sandbox import Sandbox
from grader.submissions import load_submission

CORPUS = Path(__file__).parent / "corpus"
ASIDE = Path(__file__).parent / "aside"  # written when the reader was finished, to see how it does on what is new


@dataclass(frozen=True)
class Expected:
    """What the first lines of a script promise; `quantity` is empty for a right one."""

    network: str
    quantity: str = ""
    code: str = ""
    line: str = ""
    status: str = "right"  # of one without a fault

    @property
    def is_right(self) -> bool:
        return not self.quantity


@dataclass(frozen=True)
class Outcome:
    """What was promised of a script and what was found."""

    path: Path
    expected: Expected
    explanation: Explanation

    @property
    def structure(self) -> bool:
        network = self.explanation.network
        if network is None:
            return self.expected.network in ("unread", "none")
        layers = [f"{layer.units}:{layer.activation}" for layer in network.layers]
        return self.expected.network in ("?", " ".join([str(network.layers[0].inputs), *layers]))

    @property
    def quantity(self) -> bool:
        faults = self.explanation.faults
        if self.expected.is_right:
            wanted = "unread" if self.expected.network == "unread" else self.expected.status
            return not faults and self.explanation.status == wanted
        return bool(faults) and _fits(self.expected.quantity, faults[0].quantity.replace(" ", ""))

    @property
    def named(self) -> bool:
        faults = self.explanation.faults
        return bool(faults) and faults[0].code != "unexplained" and _fits(self.expected.code, faults[0].code)

    @property
    def line(self) -> bool:
        faults = self.explanation.faults
        place = faults[0].location if faults else None
        return bool(faults) and _fits(self.expected.line, str(place.line if place else None))


def _fits(expected: str, found: str) -> bool:
    return found in expected.split("|") or expected == "?"


def expected_of(path: Path) -> Expected:
    first, second = path.read_text("utf-8").split("\n")[:2]
    network = second.removeprefix("# network:").strip()
    if first in ("# right", "# partly", "# unjudged"):
        return Expected(network, status=first.removeprefix("# "))
    quantity, code, line = first.removeprefix("# fault:").split()
    return Expected(network, quantity, code, line)


def outcome_of(path: Path, sandbox: Sandbox) -> Outcome:
    return Outcome(path, expected_of(path), explain_submission(load_submission(path), sandbox))
