"""From a recorded run to a network with its steps of training."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from grader.reading.recorded import activations as act
from grader.reading.recorded.graph import GATHERED, PRODUCTS, Graph
from grader.reading.recorded.recording import Array, Recording
from grader.reading.structure.cost import computed_cost, written_cost
from grader.reading.structure.labels_apart import find_labels_apart
from grader.reading.structure.layer_activations import activated, read_activations
from grader.reading.structure.network import Layer, LayerPass, Pass, Step, StepLayer
from grader.reading.structure.network_read import Network
from grader.reading.structure.normalised import normalised_activation
from grader.reading.structure.outputs import descendants, find_output, find_targets, limit_of, put_outputs
from grader.reading.structure.parameters import Parameter, Parameters
from grader.reading.structure.passes import Flow, NoNetwork, Use, as_rows, find_chain, find_passes, kernels_below
from grader.reading.structure.steps import are_in_turns, before_astray, find_steps
from grader.reading.structure.summed_products import GoesOn, check_end, with_products
from grader.reading.structure.texts import Texts

MAX_FROZEN_ABOVE = 2
SPREADS = 4  # by which a share that is drawn may differ from what it is drawn with
IN_TURNS = (
    "its layers are changed in turns, some by one step and the others by the next, each of a pass of its own, as those "
    "of two networks are that learn against one another"
)
_COMPARING = frozenset(["gt", "lt", "ge", "le"])


def read_network(recording: Recording, sources: Sequence[tuple[str, str]]) -> Network:
    """Read the network of a run; `sources` are (filename, text) of everything that was run.  Raises NoNetwork."""
    try:
        return _read(recording, sources)
    except GoesOn:
        return _read(with_products(recording), sources)


def _read(
    recording: Recording, sources: Sequence[tuple[str, str]], above: Sequence[int] = (), largest: float = 1.0
) -> Network:
    """`above` are weights that no update changes, behind the last one that is changed; `largest` is a target."""
    graph = Graph(recording)
    parameters = Parameters(graph)
    texts = Texts(graph, {filename: text.split("\n") for filename, text in sources})
    frozen = [Parameter(0, [value]) for value in above]
    for parameter in frozen:
        _add(parameters, parameter)
    flow = Flow(graph, parameters)
    for _ in range(4):
        chain = find_chain(graph, flow)
        below = _frozen_below(graph, flow, chain)
        if below is None:
            break
        _add(parameters, below)
        frozen.append(below)
        flow = Flow(graph, parameters)
    passes = find_passes(graph, flow, parameters, chain)
    kernels = kernels_below(graph, passes, chain) if passes else []
    if kernels:
        flow = Flow(graph, parameters, kernels)
        chain = find_chain(graph, flow)
        passes = find_passes(graph, flow, parameters, chain)
    passes = _of_one_size(passes)
    if not passes:
        raise NoNetwork("no forward pass is complete", "no-step")
    check_end(graph, parameters, chain, passes[0])
    end = len(graph.events) - 1
    if are_in_turns(graph, flow, chain, passes):
        raise NoNetwork(IN_TURNS, "in-turns")
    groups = find_steps(graph, flow, parameters, chain, passes)
    if not groups:
        raise NoNetwork("no step of training was seen from its forward pass to its update", "no-step")
    seen, groups = len(groups), before_astray(graph, groups, largest)
    used = [one for group in groups for one in group]
    is_column = flow.uses[used[0].layers[0].product].position == 0
    network = Network(
        graph, parameters, flow, texts, chain, [], used, [], [], is_column, None, None, end, frozen=frozen
    )
    network.is_astray = len(groups) < seen
    later = [one for one in passes if one.first > used[-1].first and one.n == used[-1].n]
    network.last_pass = later[-1] if later else None
    network.tolerance = 1e-7 if graph.values.precision(used[0].layers[-1].z_value) < 1e-12 else 2e-5
    read_activations(network)
    found = find_output(graph, used, is_column, end, network.tolerance, texts)
    network.activations.append(found.activation)
    network.activation_values.append(used[0].layers[-1].a_value)
    if found.wrong:
        network.wrong_activations[len(chain) - 1] = found.wrong
    decides = found.activation in act.STEPS
    for k, activation in enumerate(network.activations[:-1]):
        if decides and activation in act.STEPS and chain[k].is_updated:
            network.wrong_activations[k] = "step-sends-nothing"
    if not find_targets(graph, flow, used, is_column, end, texts):
        following = _frozen_above(graph, parameters, used, end) if len(above) < MAX_FROZEN_ABOVE else None
        if following is not None:
            return _read(recording, sources, (*above, following), largest)
        outputs = [(one.layers[-1].a, one.layers[-1].a_value) for one in used if one.layers[-1].a is not None]
        put_outputs(used, [(one.layers[-1].z, one.layers[-1].z_value) for one in used])
        is_linear = found.activation is not act.IDENTITY and find_targets(graph, flow, used, is_column, end, texts)
        if is_linear:  # its function is made for the way back alone
            network.activations[-1], network.activation_values[-1] = act.IDENTITY, used[0].layers[-1].z_value
            network.wrong_activations.pop(len(chain) - 1, None)
        else:
            put_outputs(used, outputs)
        if not is_linear and not find_labels_apart(graph, flow, used):
            raise NoNetwork("what the output is compared with was not found", "no-targets")
    targets = max(float(np.abs(one.y).max()) for one in used if one.y is not None)
    if network.is_astray and found.activation is act.IDENTITY and largest < targets:
        return _read(recording, sources, above, targets)
    _assemble(network, groups)
    if all(any(_goes_back(graph, one, index) for index in range(1, len(chain))) for one in used):
        raise NoNetwork("what looks like a layer is the way back of the one below: it has the same weights", "no-chain")
    if not decides:  # the square of a −1, 0 or 1 is its size
        network.cost = computed_cost(graph, network.steps) or written_cost(sources)
    return network


# --- parameters that never change ------------------------------------------------------------------------------


def _of_one_size(passes: list[Pass]) -> list[Pass]:
    """The passes whose layers have as many units as in most: a product that first weights are made by is none."""
    sizes = [tuple(layer.z.shape[1:] for layer in one.layers) for one in passes]
    return [one for one, own in zip(passes, sizes, strict=True) if own == Counter(sizes).most_common(1)[0][0]]


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
                owner = flow.parameters.owner(base)
                return None if owner is not None and owner[0].is_updated else Parameter(0, [base])
    return None


def _frozen_above(graph: Graph, parameters: Parameters, used: Sequence[Pass], end: int) -> int | None:
    """Weights that were drawn and never change, and that the last layer so far goes into; None if there are none.

    On the way back they are met as well, by a δ, but later.
    """
    last = used[0].layers[-1]
    entering = last.z.shape[1]
    for event in descendants(graph, used[0].last, limit_of(used, 0, end)):
        if event.op not in PRODUCTS or len(event.operands) != 2:
            continue
        for position, operand in enumerate(event.operands):
            base, _ = graph.base(operand, event.index)
            shape = graph.shape(operand)
            is_drawn = base in graph.made_at_random and not graph.values.is_whole(base)
            if len(used) > 1 and graph.users.get(operand, [0])[-1] < used[1].first:
                continue  # drawn anew for each pass
            if is_drawn and len(shape) == 2 and shape[1 - position] == entering and parameters.owner(base) is None:
                return base
    return None


def _add(parameters: Parameters, parameter: Parameter) -> None:
    parameter.number = len(parameters.all)
    parameters.all.append(parameter)
    parameters.of[parameter.first] = (parameter, 0)


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
                    u=_together([part.u for part in parts]),
                    z=_together([part.z for part in parts]),
                    a=_together([activated(part) for part in parts]),
                    W=W,
                    dW=dW,
                    b=b,
                    db=db,
                    mask=np.vstack(masks) if len(masks) == len(parts) else None,
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
        parts = [group[0].layers[index] for group in groups]
        # a product of zeros and a bias of zeros are one value, so that the bias is seen in later steps alone
        part = next((one for one in parts if one.bias is not None), parts[0])
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
                activation=activation.name if activation else _of_no_function(network, index),
                dropout=None if layer.mask is None else _kept_share(network, index),
                weights=network.chain[index].number,
                biases="vector" if part.bias is not None else "row of the weights" if has_row else "none",
            )
        )


def _goes_back(graph: Graph, one: Pass, index: int) -> bool:
    """Whether the weights are those of the layer below, `-W @ v` and then `d @ W`.

    Of two layers of a network they have other shapes, but where both are squares.
    """
    below, above = (graph.array(one.layers[at].weights) for at in (index - 1, index))
    if below is None or above is None or below.shape != above.shape or len(set(below.shape)) < 2:
        return False
    return bool(np.array_equal(np.abs(below), np.abs(above)))


def _together(parts: list[Array]) -> Array:
    """All rows of several arrays; of one, itself: it takes no room twice."""
    return parts[0] if len(parts) == 1 and parts[0].ndim == 2 else np.vstack(parts)


def _of_no_function(network: Network, index: int) -> str | None:
    """What an activation is called that is no function of z: a wrong one was meant to be one."""
    meant = act.MEANT.get(network.wrong_activations.get(index, ""))
    if meant is not None or index == len(network.chain) - 1:
        return meant
    return normalised_activation(network.graph, network.passes, index)


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


def _kept_share(network: Network, index: int) -> float:
    """The share of units that dropout keeps: by what it divides, else the number a mask is compared with, as measured.

    Where the function gives 0, as a ReLU does, the mask is not seen.
    """
    layers = [step.layers[index] for step in network.steps]
    scale = max(float(layer.mask.max()) for layer in layers if layer.mask is not None)
    if scale > 1:
        return 1 / scale
    activation, graph = network.activation(index), network.graph
    kept = [layer.mask[activation.f(layer.z) != 0] for layer in layers if layer.mask is not None]
    measured = float(np.mean(np.concatenate(kept) != 0))
    compared = [graph.values.scalar(one) for event in graph.events if event.op in _COMPARING for one in event.operands]
    shares = [share for one in set(compared) if one is not None and 0 < one < 1 for share in (one, 1 - one)]
    nearest = min(shares, key=lambda share: abs(share - measured), default=measured)
    spread = (measured * (1 - measured) / sum(one.size for one in kept)) ** 0.5
    return nearest if abs(nearest - measured) < SPREADS * spread else measured


def _change(graph: Graph, parameter: Parameter, use: Use, following: int) -> tuple[Array, Array | None]:
    """A weight as (inputs, units), and its change until the event `following`, where the next step begins."""
    event = graph.events[use.event]
    W = graph.array(event.operands[use.position])
    if W is None:
        raise NoNetwork("the weights are too large to be followed", "too-large")
    if W.ndim == 0:
        raise NoNetwork("a weight is a single number at first, and an array later", "no-weights")
    before = as_rows(W, use.position)
    if use.version + 1 >= len(parameter.versions):
        return before, None
    if parameter.updates[use.version] >= following:  # this step left it as it was
        return before, np.zeros_like(before)
    after = graph.array(parameter.versions[use.version + 1])
    if after is None:
        raise NoNetwork("the weights are too large to be followed", "too-large")
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
    """A bias and its change in a step; those of a threshold, which is taken from the product, with a minus."""
    b, db = _added_change(network, part, later, updates, following)
    if network.graph.events[part.summed].op in ("Sub", "subtract"):
        b, db = None if b is None else -b, None if db is None else -db
    return b, db


def _added_change(
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
        b = np.broadcast_to(b, after.shape).astype(float)
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

    Or two biases are the same at the start, and each another one later.
    """
    if part.bias is None or later is None or later.bias is None:
        return None
    sizes = network.graph.size(part.bias), network.graph.size(later.bias)
    if sizes[0] == sizes[1] and later.bias != part.bias:
        owners = [network.parameters.owner(one.bias, one.summed) for one in (part, later) if one.bias is not None]
        is_other = owners[0] is not None and owners[1] is not None and owners[0][0] is not owners[1][0]
        if is_other or sizes[0] > 1 or network.graph.shape(part.bias) == ():
            return later.bias if is_other else None
    if part.z.shape[1] < 2:
        return None
    return later.bias if sizes == (1, part.z.shape[1]) and network.graph.array(later.bias) is not None else None
