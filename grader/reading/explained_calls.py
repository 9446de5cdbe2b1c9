"""What is told of a training that was recorded from outside, call by call."""

from dataclasses import dataclass

from grader.reading.costs import COSTS, CostOption
from grader.reading.judged import Judged
from grader.reading.recorded.recording import Recording
from grader.reading.runs.run import never
from grader.reading.structure.negated import without_negated
from grader.reading.structure.one_by_one import network_of_units
from grader.reading.structure.passes import NoNetwork
from grader.reading.structure.reader import read_network
from grader.reading.told.explanation import Explanation
from grader.submissions import Submission


@dataclass(frozen=True)
class Followed:
    """What is read of a training whose inputs are nobody's choice, and the cost that its δ of the output belongs to."""

    explanation: Explanation
    used_cost: CostOption | None


def explain_recording(recording: Recording, submission: Submission, cost: CostOption | None) -> Followed | None:
    """Read and judge what was seen of calls that are made from outside; None where it is no network."""
    sources = [(unit.filename, unit.source) for unit in (*submission.modules.values(), *submission.units)]
    try:
        network = network_of_units(recording, sources) or read_network(without_negated(recording), sources)
    except NoNetwork:
        return None
    judged = Judged(network, cost, never, is_driven=True)
    used = next((option for option in COSTS.values() if option == judged.judgement.used_cost), None)
    return Followed(judged.told(submission), used)
