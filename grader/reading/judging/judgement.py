"""What was found about the way back of a network, as far as it has been judged."""

from collections.abc import Callable, Sequence

import numpy as np

from grader.reading.judging.finding import Finding, Verdict
from grader.reading.judging.fits import STRICT, Fit
from grader.reading.judging.hypotheses import Arrays
from grader.reading.judging.locate import Locator
from grader.reading.judging.optimizers import Optimizer, Replays
from grader.reading.recorded.activations import Activation
from grader.reading.recorded.recording import Array
from grader.reading.structure.network_read import Network

STEPS = 4


class Judgement:
    """All that was found about the way back of a network."""

    def __init__(self, network: Network, cost: str | None) -> None:
        self.network = network
        self.cost = cost
        self.steps = network.steps[:STEPS]
        self.findings: list[Finding] = []
        self.right: dict[str, int | None] = {}  # quantity -> event
        self.right_outside: dict[int, int] = {}  # parameters of no layer that was read -> the event of their step
        self.fits: dict[str, Fit] = {}
        self.optimizers: dict[str, Optimizer] = {}
        self.used_cost: str | None = None  # the cost to which δ of the last layer belongs
        self.used: dict[int, Arrays] = {}  # δ as really used
        self.verdicts: dict[int, Verdict] = {}
        self.right_deltas: dict[int, Arrays] = {}
        self.unread: list[str] = []  # quantities of which nothing can be said
        self.notes: list[str] = []
        self.replays = Replays()
        self.is_aligned = False  # δ goes back through numbers of its own: no gradient is measured then
        self.directions: dict[int, list[float]] = {}  # of steps that are not understood: their cosine to the gradient
        self.penalised: dict[int, bool] = {}
        self.is_driven = False  # by lines that are not the person's
        precise = network.tolerance < 1e-6
        self.strict = STRICT if precise else 2e-4
        self.noise = 2.3e-16 if precise else 1.2e-7
        self.locator = Locator(network.graph, 1e-11 if precise else 1e-6, self.steps[0].n)
        self.start = network.passes[0].last + 1
        self.end = self.steps[0].end

    def activation(self, index: int) -> Activation:
        return self.network.activation(index)

    def function_below(self, index: int) -> Callable[[Array], Array] | None:
        """The activation function of the layer below."""
        return self.activation(index - 1).f if index else None

    def ancestors(self, index: int) -> set[int]:
        """The events between the forward pass of the first step and the update of a weight."""
        parameter = self.network.chain[index]
        use = self.network.flow.uses[self.network.passes[0].layers[index].product]
        if use.version >= len(parameter.updates):
            return set()
        return self.network.graph.ancestors(parameter.updates[use.version], self.start - 1)

    def noise_of(self, before: Sequence[Array]) -> float:
        sizes = [float(np.sqrt(np.mean(w * w))) for w in before if np.isfinite(w).all()]
        return self.noise * max(sizes, default=0.0)

    def pile_up(self, index: int, *, is_bias: bool = False, share: int = 1) -> None:
        """Tell that the gradients pile up; of those of the step before, one part of `share` is left."""
        if any(finding.code.startswith("pile-up") for finding in self.findings):
            return
        graph = self.network.graph
        parameter = self.network.biases[index] if is_bias else self.network.chain[index]
        if parameter is None or not parameter.updates:
            return
        size, forward = graph.size(parameter.first), self.network.passes[len(self.steps[0].sizes) - 1].last
        adding = [
            at
            for at in self.ancestors(index)
            if graph.events[at].op == "Add" and graph.size(graph.events[at].result) == size and at > forward
        ]
        at = max(adding, default=parameter.updates[0])
        code = "pile-up" if share == 1 else "pile-up-divided"
        self.findings.append(Finding("step 2", code, at, index, {} if share == 1 else {"share": share}))
