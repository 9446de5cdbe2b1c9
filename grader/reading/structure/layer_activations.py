"""Which activation each layer has, by what it makes of z; the values go into the passes."""

import numpy as np

from grader.reading.recorded import activations as act
from grader.reading.recorded.graph import VIEWS
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import LayerPass, Pass
from grader.reading.structure.network_read import Network
from grader.reading.structure.passes import NoNetwork, rows
from grader.reading.structure.replay import slope_by_replay

MAX_DECIDED = 3  # numbers that a decision gives: −1, 0 and 1
MAX_ROWS = 6_000  # samples that an activation is recognised by


def read_activations(network: Network) -> None:
    """Recognise the activations between the layers, and put their values into the passes."""
    passes = network.passes
    for index in range(len(network.chain) - 1):
        for one in passes:
            lower, upper = one.layers[index], one.layers[index + 1]
            a, ones = _without_ones(upper.u, lower.z.shape[1])
            if ones is not None:
                network.ones = ones
            if a.shape != lower.z.shape:
                if a.shape[1] == lower.z.shape[1]:
                    raise NoNetwork(
                        f"layer {index + 1} gives {len(lower.z)} samples at a time, and layer {index + 2} takes "
                        f"{len(a)}: what the lower one gives seems to be computed once for several steps"
                    )
                raise NoNetwork(
                    f"what layer {index + 1} gives ({lower.z.shape[1]} units) "
                    f"is not what layer {index + 2} takes ({a.shape[1]})"
                )
            lower.a, lower.a_value = a, upper.input_value
        sample = _sample(passes)
        z = np.vstack([one.layers[index].z for one in sample])
        a = np.vstack([activated(one.layers[index]) for one in sample])
        activation = act.recognise(z, a, network.tolerance)
        if activation in (act.TANH, act.SIGMOID) and _is_decided(network, index):
            activation = None  # where z is large, a sign is a tanh
        if activation is act.TANH and not z.any():
            activation = _of_zeros(network, index)
        if activation is act.SIGMOID and _is_made_by(network, index, "tanh"):
            activation = act.TANH  # where z is large, both are 1
        if activation is None:
            activation = _dropped(network, index)
        if activation is None:
            biggest = max(passes, key=lambda one: one.n).layers[index]
            wrong = act.recognise_wrong(biggest.z, activated(biggest), network.tolerance)
            wrong = wrong or act.recognise_wrong_of_numbers(z, a, network.tolerance)
            step = act.recognise_steps(z, a) or (act.STEP_CLOSED if _is_decided(network, index) else None)
            if wrong is not None:
                network.wrong_activations[index] = wrong
            elif step is not None:
                activation = step
            else:
                _hold_to_chain(network, index)
                activation = _own(network, index)
        if activation is act.RELU and (z >= 0).all() and np.array_equal(z, a) and not _has_function(network, index):
            activation = act.IDENTITY
        network.activations.append(activation)
        network.activation_values.append(passes[0].layers[index].a_value)
    _agree(network)
    first = passes[0].layers[0].u
    if network.ones is None and first.shape[1] > 1 and len(passes) * len(first) > 1:
        u = np.vstack([one.layers[0].u for one in _sample(passes)])
        constant = int(np.sum((u == 1).all(axis=0)))  # several are of the data: points that are on in all pictures
        for place in (0, -1):
            if (u[:, place] == 1).all() and constant == 1 and passes[0].layers[0].bias is None:
                network.ones = place
                break


def _is_decided(network: Network, index: int) -> bool:
    """Whether what a layer gives is one of two numbers that stand in the text, as of `np.where(z > 0, 1, -1)`."""
    graph, value = network.graph, network.passes[0].layers[index].a_value
    maker = graph.maker(graph.base(value)[0]) if value is not None else None
    if maker is None or maker.op not in ("where", "sign", "heaviside"):
        return False
    given = graph.array(maker.result)  # a sigmoid may be put together by `where` as well
    return given is None or np.unique(given).size <= MAX_DECIDED


def _of_zeros(network: Network, index: int) -> act.Activation:
    """The function that gives 0 for 0, as all weights begin at 0: its operation tells which."""
    graph, layer = network.graph, network.passes[0].layers[index]
    maker = graph.maker(graph.base(layer.a_value)[0]) if layer.a_value is not None else None
    made = [] if maker is None else [graph.events[at].op for at in graph.ancestors(maker.index, layer.summed)]
    if {"tanh", "exp"} & set(made):
        return act.TANH
    return act.RELU if {"maximum", "where", "Mult", "multiply", "clip", "Set"} & set(made) else act.IDENTITY


def _is_made_by(network: Network, index: int, op: str) -> bool:
    graph, value = network.graph, network.passes[0].layers[index].a_value
    maker = graph.maker(graph.base(value)[0]) if value is not None else None
    return maker is not None and maker.op == op


def _agree(network: Network) -> None:
    """Where z is never negative, a leaky ReLU looks like a ReLU or like nothing: what the other layers have decides."""
    leaky = next((a for a in network.activations if a is not None and a.name.startswith(("leaky", "ELU"))), None)
    rectified = act.RELU if act.RELU in network.activations else None
    for index, activation in enumerate(network.activations):
        z = np.vstack([one.layers[index].z for one in _sample(network.passes)])
        if activation in (act.RELU, act.IDENTITY) and (z >= 0).all() and _has_function(network, index):
            network.activations[index] = leaky or rectified or activation


def _has_function(network: Network, index: int) -> bool:
    """Whether anything but a view is made of z, on the way to the layer above, that leaves its numbers as they are.

    Of a ReLU nothing is seen where z is never negative; without one, nothing stands there.
    """
    graph, layer = network.graph, network.passes[0].layers[index]
    values = {layer.z_value, graph.base(layer.z_value, layer.summed + 1)[0]}
    if graph.events[layer.summed].result not in values or layer.a_value is None:
        return True
    if not {layer.a_value, graph.base(layer.a_value)[0]} & values:
        return True  # other numbers than z's
    first = graph.events[layer.summed].result
    return any(e.op not in VIEWS and e.result in values for e in graph.users_after(first, layer.summed))


def activated(layer: LayerPass) -> Array:
    """What a layer gives, which is known of all but the last when their activations have been read."""
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
        dropped = act.recognise_dropped(layer.z, activated(layer))
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
    values = np.vstack([activated(one.layers[index]) for one in network.passes])
    table = np.vstack(slopes)

    def look_up(z: Array, what: Array) -> Array:
        if z.shape == known.shape and np.array_equal(z, known):
            return what
        order = np.argsort(known.ravel())
        return np.interp(z.ravel(), known.ravel()[order], what.ravel()[order]).reshape(z.shape)

    return act.Activation(act.OWN, lambda z: look_up(z, values), lambda z: look_up(z, table))
