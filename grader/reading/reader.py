"""From a recorded run to a network with its steps of training."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.reading import activations as act
from grader.reading.cost import Cost, computed_cost, written_cost
from grader.reading.graph import GATHERED, PRODUCTS, Graph
from grader.reading.network import Layer, LayerPass, Pass, Step, StepLayer
from grader.reading.outputs import Texts, find_output, find_targets
from grader.reading.parameters import Parameter, Parameters
from grader.reading.passes import Flow, NoNetwork, Use, as_rows, find_chain, find_passes, kernels_below, rows
from grader.reading.recording import Array, Recording
from grader.reading.replay import slope_by_replay
from grader.reading.steps import before_astray, find_steps

MAX_ROWS = 6_000  # samples that an activation is recognised by


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

    @property
    def depth(self) -> int:
        return len(self.layers)

    @property
    def is_single(self) -> bool:
        """Whether the script takes one sample at a time."""
        return all(one.n == 1 for one in self.passes)

    def activation(self, index: int) -> act.Activation:
        found = self.activations[index]
        return act.IDENTITY if found is None else found


def read_network(recording: Recording, sources: Sequence[tuple[str, str]]) -> Network:
    """Read the network of a run; `sources` are (filename, text) of everything that was run.  Raises NoNetwork."""
    graph = Graph(recording)
    parameters = Parameters(graph)
    texts = Texts(graph, {filename: text.split("\n") for filename, text in sources})
    flow = Flow(graph, parameters)
    frozen: list[Parameter] = []
    for _ in range(4):
        chain = find_chain(graph, flow)
        below = _frozen_below(graph, flow, chain)
        if below is None:
            break
        _add(parameters, below)
        frozen.append(below)
        flow = Flow(graph, parameters)
    passes = find_passes(graph, flow, parameters, chain)
    kernels = kernels_below(passes, chain) if passes else []
    if kernels:
        flow = Flow(graph, parameters, kernels)
        chain = find_chain(graph, flow)
        passes = find_passes(graph, flow, parameters, chain)
    if not passes:
        raise NoNetwork("no forward pass is complete")
    end = len(graph.events) - 1
    groups = find_steps(graph, flow, parameters, chain, passes)
    if not groups:
        raise NoNetwork("no step of training was seen from its forward pass to its update")
    seen, groups = len(groups), before_astray(graph, groups)
    used = [one for group in groups for one in group]
    is_column = flow.uses[used[0].layers[0].product].position == 0
    network = Network(
        graph, parameters, flow, texts, chain, [], used, [], [], is_column, None, None, end, frozen=frozen
    )
    network.is_astray = len(groups) < seen
    later = [one for one in passes if one.first > used[-1].first and one.n == used[-1].n]
    network.last_pass = later[-1] if later else None
    network.tolerance = 1e-7 if graph.values.precision(used[0].layers[-1].z_value) < 1e-12 else 2e-5
    _read_activations(network)
    found = find_output(graph, used, is_column, end, network.tolerance)
    network.activations.append(found.activation)
    network.activation_values.append(used[0].layers[-1].a_value)
    if found.wrong:
        network.wrong_activations[len(chain) - 1] = found.wrong
    if not find_targets(graph, flow, used, is_column, end, texts):
        raise NoNetwork("what the output is compared with was not found")
    _assemble(network, groups)
    network.cost = computed_cost(graph, network.steps) or written_cost(sources)
    return network


# --- parameters that never change ------------------------------------------------------------------------------


def _frozen_below(graph: Graph, flow: Flow, chain: list[Parameter]) -> Parameter | None:
    """A weight below the first one that no update changes; None if the first layer has the data."""
    use = next(use for use in flow.uses.values() if use.parameter is chain[0])
    source = graph.sources[use.event][1 - use.position]
    if source < 0:
        return None
    entering = graph.shape(graph.events[use.event].operands[1 - use.position])
    for index in sorted(graph.ancestors(source, max(-1, source - 400)), reverse=True):
        event = graph.events[index]
        if event.op not in PRODUCTS or len(event.operands) != 2:
            continue
        for position in (1, 0):
            operand, other = event.operands[position], event.operands[1 - position]
            base, _ = graph.base(operand, index)
            is_drawn = base in graph.made_at_random and len(graph.shape(base)) == 2
            if is_drawn and not graph.values.is_whole(base) and graph.shape(event.result)[-1:] == entering[-1:]:
                other_base = graph.base(other, index)[0]
                if other_base in graph.made_at_random and graph.size(other) < graph.size(operand):
                    continue
                return Parameter(0, [base])
    return None


def _add(parameters: Parameters, parameter: Parameter) -> None:
    parameter.number = len(parameters.all)
    parameters.all.append(parameter)
    parameters.of[parameter.first] = (parameter, 0)


# --- activations -----------------------------------------------------------------------------------------------


def _read_activations(network: Network) -> None:
    """Recognise the activations between the layers, and put their values into the passes."""
    passes, graph = network.passes, network.graph
    for index in range(len(network.chain) - 1):
        for one in passes:
            lower, upper = one.layers[index], one.layers[index + 1]
            a, ones = _without_ones(upper.u, lower.z.shape[1])
            if ones is not None:
                network.ones = ones
            if a.shape != lower.z.shape:
                raise NoNetwork(
                    f"what layer {index + 1} gives ({lower.z.shape[1]} units) "
                    f"is not what layer {index + 2} takes ({a.shape[1]})"
                )
            lower.a, lower.a_value = a, upper.input_value
        sample = _sample(passes)
        z = np.vstack([one.layers[index].z for one in sample])
        a = np.vstack([_a(one.layers[index]) for one in sample])
        activation = act.recognise(z, a, network.tolerance)
        if activation is None:
            activation = _dropped(network, index)
        if activation is None:
            biggest = max(passes, key=lambda one: one.n).layers[index]
            wrong = act.recognise_wrong(biggest.z, _a(biggest), network.tolerance)
            step = act.recognise_steps(z, a)
            if wrong is not None and act.is_wrong_like(
                wrong, [(one.layers[index].z, _a(one.layers[index])) for one in sample]
            ):
                network.wrong_activations[index] = wrong
            elif step is not None:
                activation = step
            else:
                _hold_to_chain(network, index)
                activation = _own(network, index)
        network.activations.append(activation)
        network.activation_values.append(passes[0].layers[index].a_value)
    _agree(network)
    first = passes[0].layers[0].u
    if network.ones is None and first.shape[1] > 1 and len(passes) * len(first) > 1:
        u = np.vstack([one.layers[0].u for one in _sample(passes)])
        for place in (0, -1):
            if (u[:, place] == 1).all() and passes[0].layers[0].bias is None:
                network.ones = place
                break
    _ = graph


def _agree(network: Network) -> None:
    """Where z is never negative, a leaky ReLU looks like a ReLU or like nothing: what the other layers have decides."""
    leaky = next((a for a in network.activations if a is not None and a.name.startswith(("leaky", "ELU"))), None)
    rectified = act.RELU if act.RELU in network.activations else None
    for index, activation in enumerate(network.activations):
        z = np.vstack([one.layers[index].z for one in _sample(network.passes)])
        if activation in (act.RELU, act.IDENTITY) and (z >= 0).all():
            network.activations[index] = leaky or rectified or activation


def _a(layer: LayerPass) -> Array:
    assert layer.a is not None
    return layer.a


def _sample(passes: list[Pass]) -> list[Pass]:
    found, count = [], 0
    for one in passes:
        found.append(one)
        count += one.n
        if count >= MAX_ROWS:
            break
    return found


def _without_ones(u: Array, units: int) -> tuple[Array, int | None]:
    if u.shape[1] == units + 1:
        for place, rest in ((0, u[:, 1:]), (-1, u[:, :-1])):
            if abs(u[0, place]) == 1 and (u[:, place] == u[0, place]).all():  # thresholds are taken times −1
                return rest, place
    return u, None


def _dropped(network: Network, index: int) -> act.Activation | None:
    """An activation with dropout: the masks go into the passes."""
    found: act.Activation | None = None
    for one in network.passes:
        layer = one.layers[index]
        dropped = act.recognise_dropped(layer.z, _a(layer))
        if dropped is None:
            return None
        found, layer.mask = dropped
    return found


def _hold_to_chain(network: Network, index: int) -> None:
    """What enters the layer above must be made of this one's z alone.  Raises NoNetwork."""
    graph, flow = network.graph, network.flow
    lower, upper = network.passes[0].layers[index], network.passes[0].layers[index + 1]
    entering = graph.base(lower.input_value)[0] if index else None  # of the data no gradient is needed
    seen, pending = {lower.summed}, [graph.sources[upper.product][1 - flow.uses[upper.product].position]]
    while pending:
        at = pending.pop()
        if at < 0 or at in seen:
            continue
        seen.add(at)
        operands = graph.events[at].operands
        if at in flow.uses or any(graph.base(operand, at)[0] == entering for operand in operands):
            raise NoNetwork(f"a path goes past layer {index + 1}: the layers are no single chain")
        pending.extend(graph.sources[at])


def _own(network: Network, index: int) -> act.Activation | None:
    """An elementwise function of the person's own: its values as they are, its slope by carrying it out again."""
    graph = network.graph
    slopes: list[Array] = []
    for one in network.passes:
        layer = one.layers[index]
        source = graph.sources[one.layers[index + 1].product]
        position = 1 - network.flow.uses[one.layers[index + 1].product].position
        slope = slope_by_replay(graph, layer.summed, source[position]) if source[position] >= 0 else None
        if slope is None:
            return None
        slopes.append(rows(slope, network.is_column).reshape(layer.z.shape))
    known = np.vstack([one.layers[index].z for one in network.passes])
    values = np.vstack([_a(one.layers[index]) for one in network.passes])
    table = np.vstack(slopes)

    def look_up(z: Array, what: Array) -> Array:
        if z.shape == known.shape and np.array_equal(z, known):
            return what
        order = np.argsort(known.ravel())
        return np.interp(z.ravel(), known.ravel()[order], what.ravel()[order]).reshape(z.shape)

    return act.Activation(act.OWN, lambda z: look_up(z, values), lambda z: look_up(z, table))


# --- putting it together -----------------------------------------------------------------------------------------


def _assemble(network: Network, groups: list[list[Pass]]) -> None:
    graph, flow = network.graph, network.flow
    starts = [min(one.first for one in group) for group in groups]
    for s, group in enumerate(groups):
        layers: list[StepLayer] = []
        updates: list[int] = []
        following = starts[s + 1] if s + 1 < len(starts) else network.end + 1
        for index, parameter in enumerate(network.chain):
            parts = [one.layers[index] for one in group]
            use = flow.uses[parts[0].product]
            W, dW = _change(graph, parameter, use, following)
            if use.version < len(parameter.updates) and parameter.updates[use.version] < following:
                updates.append(parameter.updates[use.version])
            later = groups[s + 1][0].layers[index] if s + 1 < len(groups) else None
            b, db = _bias_change(network, parts[0], later, updates, following)
            masks = [part.mask for part in parts if part.mask is not None]
            layers.append(
                StepLayer(
                    u=np.vstack([part.u for part in parts]),
                    z=np.vstack([part.z for part in parts]),
                    a=np.vstack([_a(part) for part in parts]),
                    W=W,
                    dW=dW,
                    b=b,
                    db=db,
                    mask=np.vstack(masks) if len(masks) == len(parts) else None,
                    b_shape=graph.shape(parts[0].bias) if parts[0].bias is not None else None,
                )
            )
        targets = [one.y for one in group if one.y is not None]
        network.steps.append(
            Step(
                layers,
                np.vstack(targets),
                starts[s],
                min(max(updates, default=following), following),
                [one.n for one in group],
            )
        )
    first = network.steps[0].layers
    for index, layer in enumerate(first):
        part = groups[0][0].layers[index]
        later = groups[1][0].layers[index] if len(groups) > 1 else None
        broadened = _broadened(network, part, later)
        place, summed = (part.bias, part.summed) if broadened is None or later is None else (broadened, later.summed)
        bias = network.parameters.owner(place, summed) if place is not None else None
        network.biases.append(bias[0] if bias else None)
        units = layer.z.shape[1]
        has_row = network.ones is not None and (index == 0 or layer.W.shape[0] == first[index - 1].z.shape[1] + 1)
        is_added = index > 0 or _is_put_together(graph, part.input_value, part.product)
        activation = network.activations[index]
        network.layers.append(
            Layer(
                inputs=layer.W.shape[0] - (has_row and is_added),
                units=units,
                activation=activation.name if activation else act.MEANT.get(network.wrong_activations.get(index, "")),
                dropout=None if layer.mask is None else _kept_share(layer.mask),
                weights=network.chain[index].number,
                biases="vector" if part.bias is not None else "row of the weights" if has_row else "none",
            )
        )


def _is_put_together(graph: Graph, value: int, before: int) -> bool:
    """Whether a column of ones was put beside the data by the script; otherwise it is one of the data's own."""
    for _ in range(6):
        maker = graph.maker(value, before)
        if maker is None:
            return False
        if maker.op in (
            GATHERED,
            "concatenate",
            "hstack",
            "vstack",
            "column_stack",
            "append",
            "insert",
            "pad",
            "Set",
            "stack",
        ):
            return True
        if not maker.operands:
            return False
        value, before = maker.operands[0], maker.index
    return False


def _kept_share(mask: Array) -> float:
    scale = float(mask.max())
    return 1 / scale if scale > 1 else float(np.mean(mask != 0))


def _change(graph: Graph, parameter: Parameter, use: Use, following: int) -> tuple[Array, Array | None]:
    """A weight as (inputs, units), and its change until the event `following`, where the next step begins."""
    event = graph.events[use.event]
    W = graph.array(event.operands[use.position])
    if W is None:
        raise NoNetwork("the weights are too large to be followed")
    before = as_rows(W, use.position)
    if use.version + 1 >= len(parameter.versions):
        return before, None
    if parameter.updates[use.version] >= following:  # this step left it as it was
        return before, np.zeros_like(before)
    after = graph.array(parameter.versions[use.version + 1])
    if after is None:
        raise NoNetwork("the weights are too large to be followed")
    if after.size != W.size:
        return before, None
    # what it was made of at the start may be the other way round already, as in `W = draw().T`
    is_turned = use.is_turned
    if W.ndim == 2 and W.shape[0] != W.shape[1] and after.shape in (W.shape, W.shape[::-1]):
        is_turned = after.shape != W.shape
    after = after.reshape(W.shape[::-1]).T if is_turned and W.ndim == 2 else after.reshape(W.shape)
    return before, as_rows(after, use.position) - before


def _bias_change(
    network: Network, part: LayerPass, later: LayerPass | None, updates: list[int], following: int
) -> tuple[Array | None, Array | None]:
    if part.bias is None:
        return None, None
    graph = network.graph
    b = graph.array(part.bias)
    broadened = _broadened(network, part, later)
    if b is not None and broadened is not None and later is not None:
        maker = graph.maker(broadened, later.summed)
        updates += [maker.index] if maker is not None and maker.index < following else []
        after = graph.array(broadened)
        assert after is not None
        b = np.full(after.shape, b.item(), float)
        return b, after - b
    owner = network.parameters.owner(part.bias, part.summed)
    if b is None or owner is None or owner[1] + 1 >= len(owner[0].versions):
        return b, None
    next_owner = None if later is None or later.bias is None else network.parameters.owner(later.bias, later.summed)
    is_changed = next_owner is not None and next_owner[0] is owner[0] and next_owner[1] > owner[1]
    if owner[0].updates[owner[1]] >= following and not is_changed:
        return b, np.zeros_like(b)
    after = graph.array(owner[0].versions[owner[1] + 1])
    updates.append(owner[0].updates[owner[1]])
    if after is None or after.size != b.size:
        return b, None
    return b, after.reshape(b.shape) - b


def _broadened(network: Network, part: LayerPass, later: LayerPass | None) -> int | None:
    """What a bias is in the next step where its first value does not tell: `b = 0`, and then a vector, `b -= db`.

    Or two biases are the same number at the start, and each another one later.
    """
    if part.bias is None or later is None or later.bias is None:
        return None
    sizes = network.graph.size(part.bias), network.graph.size(later.bias)
    if sizes == (1, 1) and network.graph.shape(part.bias) == ():
        owners = [network.parameters.owner(one.bias, one.summed) for one in (part, later) if one.bias is not None]
        is_other = owners[0] is not None and owners[1] is not None and owners[0][0] is not owners[1][0]
        return later.bias if is_other else None
    if part.z.shape[1] < 2:
        return None
    return later.bias if sizes == (1, part.z.shape[1]) and network.graph.array(later.bias) is not None else None
