"""What `grade explain` gives: the network, what is right, what is wrong, in one form that all renderers read."""

from typing import Literal

from pydantic import Field

from grader.report import Location, Told, _Record

#: what `data` calls lines that were added to a file, and what these were given
LINES_ADDED, DATA_OF_LINES = "lines that train it", "data for them"
EXPLANATION_VERSION: Literal[1] = 1


class LayerDescription(_Record):
    """A layer as it was read."""

    inputs: int
    units: int
    activation: str = Field(description="`unknown` where no known function makes a of z")
    kind: Literal["dense"] = "dense"
    biases: Literal["vector", "row of the weights", "none"]
    dropout: float | None = Field(None, description="the share of units that is kept")
    names: dict[str, str] = Field(default_factory=dict, description="the person's own names: W, b, z, a, dW, db, delta")
    lines: dict[str, int] = Field(default_factory=dict, description="the line of each quantity")


class NetworkDescription(_Record):
    """The network as it was read."""

    layers: tuple[LayerDescription, ...]
    cost: str | None = Field(None, description="`squared error` …; `open` if it is asked for")
    cost_scaling: str = ""
    penalty: str | None = Field(None, description="`L1`, `L2` or `L1 and L2`")
    penalty_strength: float | None = Field(None, description="λ, as the gradient has it beside the mean gradient")
    layout: Literal["rows", "columns", "single samples"]
    batch: int = Field(description="samples of one step")
    optimizer: str = Field(description="`gradient descent`, `momentum 0.9`, `Adam` …, or `unknown`")
    rate: float | None = Field(None, description="by which the file multiplies the gradient of its cost; the first one")
    has_one_rate: bool = Field(True, description="whether it is the same in all steps that were read")
    steps_read: int = 0


class Quantity(_Record):
    """A link of the chain X → z₁ → a₁ → … → δ → dW → update."""

    name: str
    status: Literal["right", "wrong", "unknown"]
    given: str = Field("", description="the wrong quantity that it was made of, where it is right given that")
    own_name: str = ""
    location: Location | None = None
    text: str = Field("", description="the source line, stripped")


class Fault(_Record):
    """A wrong quantity."""

    quantity: str
    code: str
    title: Told
    explanation: Told
    effect: str = ""
    location: Location | None = None
    text: str = Field("", description="the source line, stripped")


class Explanation(_Record):
    """All that was found about a file."""

    schema_version: Literal[1] = EXPLANATION_VERSION
    name: str
    status: Literal["right", "partly", "unjudged", "fault", "unread"] = Field(
        description="`partly`: what was judged is right, and there is more, which was not; `unjudged`: the layers were "
        "read, and no gradient of a parameter was judged"
    )
    reason: str = Field("", description="why it could not be read")
    reason_code: str = Field("", description="the same as a code: `stops`, `data-missing`, `no-chain` …")
    advice: str = Field("", description="what to do, or to add, so that it can be read")
    network: NetworkDescription | None = None
    chain: tuple[Quantity, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    unjudged: tuple[Quantity, ...] = Field((), description="what training changes and of which nothing can be said")
    question: str = Field("", description="what has to be known from the person to be sure")
    data: tuple[tuple[str, str], ...] = Field((), description="data that were asked for, and what was given instead")
    output: str = ""
    seconds: float = 0.0

    @property
    def has_gradient(self) -> bool:
        """Whether a gradient of a parameter was judged, so that more is known than what the layers are.

        Where no layers were read, the chain is of the parameters themselves.
        """
        return any(link.status == "right" and (link.name[:1] == "d" or self.network is None) for link in self.chain)
