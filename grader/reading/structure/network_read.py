"""The network of a run, with the way back to its events."""

from dataclasses import dataclass, field

from grader.reading.recorded import activations as act
from grader.reading.recorded.graph import Graph
from grader.reading.structure.cost import Cost
from grader.reading.structure.network import Layer, Pass, Step
from grader.reading.structure.parameters import Parameter, Parameters
from grader.reading.structure.passes import Flow
from grader.reading.structure.texts import Texts


@dataclass
class Network:
    """What was read: layers, steps, cost; and the way back to the run.

    Attributes:
        chain: the weights, from the input up.
        ones: where the weights hold the row of the bias: 0, -1, or None.
        wrong_activations: layer -> code.
        unknown: layers whose activation has no name.
    """

    graph: Graph
    parameters: Parameters
    flow: Flow
    texts: Texts
    chain: list[Parameter]
    layers: list[Layer]
    passes: list[Pass]
    steps: list[Step]
    activations: list[act.Activation | None]
    is_column: bool
    ones: int | None
    cost: Cost | None
    end: int
    wrong_activations: dict[int, str] = field(default_factory=dict)
    activation_values: list[int | None] = field(default_factory=list)
    frozen: list[Parameter] = field(default_factory=list)
    biases: list[Parameter | None] = field(default_factory=list)
    tolerance: float = 1e-7
    is_astray: bool = False  # the weights grow beyond measure, and steps after that are left out
    last_pass: Pass | None = None  # of all that were seen, where it comes after the steps
    is_of_units: bool = False  # put together of single numbers, of which none is left out
    has_more_below: bool = False  # other such units, that were not put together

    @property
    def depth(self) -> int:
        return len(self.layers)

    @property
    def is_single(self) -> bool:
        """Whether the script takes one sample at a time."""
        return all(one.n == 1 for one in self.passes)

    def activation(self, index: int) -> act.Activation:
        """What a layer does; a wrong function with the slope of what it was meant to be."""
        found = self.activations[index]
        return found or act.AS_MEANT.get(self.wrong_activations.get(index, ""), act.IDENTITY)

    @property
    def output_activation(self) -> act.Activation | None:
        """As `activation` of the last layer; None where it is not known what was meant."""
        return self.activations[-1] or act.AS_MEANT.get(self.wrong_activations.get(len(self.activations) - 1, ""))
