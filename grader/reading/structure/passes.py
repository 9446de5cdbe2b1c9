"""Forward passes: which products belong together, what z is, which step a pass belongs to.

A product with a weight is one of a forward pass if nothing that goes into it descends from a product with the same
weight; on the way back, δ does. The chain of such products from the output down is a pass.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from grader.reading.recorded.graph import ADDING, PARTS, PRODUCTS, VIEWS, Graph
from grader.reading.recorded.recording import Array, Event
from grader.reading.structure.network import LayerPass, Pass
from grader.reading.structure.parameters import Parameter, Parameters

MAX_NEAREST = 4
MAX_PASSES = 3_000
RECURRENT = "a weight is used again on what it has given (a recurrent network)"


class NoNetwork(Exception):
    """The run holds no chain of layers that can be read: why, and a code for it."""

    def __init__(self, why: str, code: str = "no-chain") -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True)
class Use:
    """A product u W of a forward pass."""

    event: int
    parameter: Parameter
    version: int
    is_turned: bool
    position: int  # of the weight among the operands: 0 means columns


class Flow:
    """For every event: which weights had a part in it, and which products of a forward pass are nearest before it.

    `kernels` are weights whose products are no layers.
    """

    def __init__(self, graph: Graph, parameters: Parameters, kernels: Collection[Parameter] = ()) -> None:
        self.graph = graph
        self.parameters = parameters
        self.kernels = kernels
        self.uses: dict[int, Use] = {}
        self.parts: list[int] = []  # bits of weights
        self.nearest: list[frozenset[int]] = []
        self.bias_places: set[int] = set()
        self.is_recurrent = False
        self._used: set[tuple[int, int, int]] = set()  # (place, parameter, version) of the uses
        versions = {
            parameter.versions[k + 1]: at for parameter in parameters.all for k, at in enumerate(parameter.updates)
        }
        others = {at for parameter in parameters.others for at in parameter.updates}
        places = {graph.events[at].place for at in versions.values()}
        empty: frozenset[int] = frozenset()
        for event in graph.events:
            sources = graph.sources[event.index]
            if parameters.is_filling(event) and 2 * graph.size(event.operands[1]) > graph.size(event.result):
                sources = sources[1:2]  # a buffer, of which no more than the ones of the bias is kept
            elif event.op in PARTS:
                sources = sources[:1]  # which samples are taken may go by the outputs
            bits = 0
            near: frozenset[int] = empty
            for source in sources:
                if source >= 0:
                    bits |= self.parts[source]
                    near = near | self.nearest[source] if near else self.nearest[source]
            if len(near) > MAX_NEAREST:
                near = frozenset(sorted(near)[-MAX_NEAREST:])
            if event.op in PRODUCTS and len(event.operands) == 2:
                use = self._use(event, parameters, sources)
                if use is not None:
                    self.uses[event.index] = use
                    near = frozenset([event.index])
                for operand in event.operands:
                    owner = parameters.owner(operand, event.index)
                    if owner is not None and not owner[0].is_bias:
                        bits |= 1 << owner[0].number
            if event.index in others:
                bits, near = 0, empty
            is_kept = event.place in places and event.result in event.operands and event.result in parameters.of
            if versions.get(event.result) == event.index or is_kept:  # a step of 0 leaves it what it was
                bits, near = 0, empty
            self.parts.append(bits)
            self.nearest.append(near)

    def _use(self, event: Event, parameters: Parameters, sources: tuple[int, ...]) -> Use | None:
        graph = self.graph
        owners = [parameters.owner(operand, event.index) for operand in event.operands]
        for position in (0, 1):
            owner = owners[position]
            if owner is None or owner[0].is_bias:
                continue
            other = owners[1 - position]
            if other is not None and not other[0].is_bias:
                continue
            if any(owner[0] is kernel for kernel in self.kernels):
                return None
            source = sources[1 - position]
            parameter, version, is_turned = owner
            used = event.place, parameter.number, version
            if source >= 0 and self.parts[source] >> parameter.number & 1:
                is_square = len(set(graph.shape(event.operands[position]))) == 1
                self.is_recurrent = self.is_recurrent or (is_square and used in self._used)
                continue
            if len(graph.shape(event.operands[position])) > 2 or len(graph.shape(event.operands[1 - position])) > 2:
                continue
            self._used.add(used)
            return Use(event.index, parameter, version, is_turned, position)
        return None


def find_chain(graph: Graph, flow: Flow) -> list[Parameter]:
    """The weights in the order of the layers.  Raises NoNetwork."""
    if flow.is_recurrent:
        raise NoNetwork(RECURRENT, "recurrent")
    below: dict[int, set[int]] = {}
    seen: dict[int, Parameter] = {}
    for use in flow.uses.values():
        position = 1 - use.position
        source = graph.sources[use.event][position]
        near = flow.nearest[source] if source >= 0 else frozenset()
        lower = {flow.uses[i].parameter.number for i in near}
        seen[use.parameter.number] = use.parameter
        below.setdefault(use.parameter.number, set()).update(lower)
    if not seen:
        raise NoNetwork(
            "no product with a parameter that training changes could be followed through several steps: neither of "
            "arrays, nor of single numbers unit by unit",
            "no-weights",
        )
    depth: dict[int, int] = {}

    def deep(number: int, path: frozenset[int] = frozenset()) -> int:
        if number in path:
            raise NoNetwork(RECURRENT, "recurrent")
        if number not in depth:
            depth[number] = 1 + max([deep(lower, path | {number}) for lower in below.get(number, ())], default=0)
        return depth[number]

    for number in seen:
        deep(number)
    order = sorted(seen, key=lambda number: depth[number])
    if sorted(depth[number] for number in order) != list(range(1, len(order) + 1)):
        raise NoNetwork(
            "the layers are no single chain: several heads or branches, weights that are used once for each part of a "
            "sequence, or a vector of weights for each unit"
        )
    return [seen[number] for number in order]


def find_passes(graph: Graph, flow: Flow, parameters: Parameters, chain: list[Parameter]) -> list[Pass]:
    """All forward passes in the order of time."""
    passes: list[Pass] = []
    known: set[tuple[int, int]] = set()  # the first product, and what the last one gives
    for use in flow.uses.values():
        if use.parameter is not chain[-1] or len(passes) >= MAX_PASSES:
            continue
        uses = _uses_of_pass(graph, flow, use, chain)
        if uses is not None:
            key = uses[0].event, graph.events[use.event].result
            if key in known:  # the way back computes z once more
                continue
            known.add(key)
            layers = [_layer(graph, flow, parameters, one) for one in uses]
            if all(layer is not None for layer in layers):
                passes.append(Pass([layer for layer in layers if layer is not None]))
    return passes


def kernels_below(graph: Graph, passes: list[Pass], chain: list[Parameter]) -> list[Parameter]:
    """The weights up to the last one whose product has another number of rows than the layer above has samples.

    A kernel is multiplied with every patch of an image: the patches of all images are the rows, or each of the patches
    of all images has a product of its own.
    """
    first = passes[0].layers
    for index in range(len(chain) - 1, 0, -1):
        below, above = first[index - 1], first[index]
        units, entering = below.z.shape[1], above.u.shape[1]
        if len(below.z) != len(above.u) and units + 1 < entering:
            return chain[:index]
        if units < entering and entering % units == 0 and _times(graph, below) >= entering // units:
            return chain[:index]
    return []


def _times(graph: Graph, layer: LayerPass) -> int:
    """How often the weights of a layer stand in its product, in this version."""
    place = graph.events[layer.product].place
    return sum(graph.events[at].place == place for at in graph.users[layer.weights] if graph.events[at].op in PRODUCTS)


def _uses_of_pass(graph: Graph, flow: Flow, top: Use, chain: list[Parameter]) -> list[Use] | None:
    found = [top]
    for parameter in reversed(chain[:-1]):
        source = graph.sources[found[0].event][1 - found[0].position]
        near = [
            flow.uses[i] for i in (flow.nearest[source] if source >= 0 else ()) if flow.uses[i].parameter is parameter
        ]
        if not near:
            return None
        found.insert(0, near[-1])
    return found


def _layer(graph: Graph, flow: Flow, parameters: Parameters, use: Use) -> LayerPass | None:
    event = graph.events[use.event]
    weights, entering = event.operands[use.position], event.operands[1 - use.position]
    summed, z_value, bias = _with_bias(graph, flow, parameters, event)
    u, z = graph.array(entering), graph.array(z_value)
    if u is None or z is None or bias in parameters.moved:
        return None
    is_column = use.position == 0
    return LayerPass(
        product=use.event,
        summed=summed,
        weights=weights,
        bias=bias,
        u=rows(u, is_column),
        z=_rows_of_sum(z, is_column, len(rows(u, is_column))),
        input_value=entering,
        z_value=z_value,
    )


def _rows_of_sum(z: Array, is_column: bool, n: int) -> Array:
    found = rows(z, is_column)
    is_other = len(found) != n and z.size % n == 0
    return found.reshape(n, -1) if is_other and (z.ndim == 1 or n == 1) else found  # a vector, and a bias in a row


def rows(array: Array, is_column: bool) -> Array:
    """An array of samples with the samples in rows; a vector is one sample."""
    if array.ndim < 2:
        return array.reshape(1, -1)
    return array.T if is_column else array


def _with_bias(graph: Graph, flow: Flow, parameters: Parameters, product: Event) -> tuple[int, int, int | None]:
    """(event, value, bias) of z: the product, and what is added to it that no weight had a part in.

    Where a bias has been added, later sums at the same place are taken alike: one that was changed in an unknown way.
    """
    at, value, bias = product.index, product.result, None
    n = graph.size(value)
    for _ in range(3):
        following = next((e for e in graph.users_after(value, at) if e.op in VIEWS or e.op in ADDING), None)
        if following is None or graph.size(following.result) != n:
            break
        if following.op in VIEWS:
            at, value = following.index, following.result
            continue
        operands = following.operands
        others = [k for k, operand in enumerate(operands) if operand != value]
        is_equal = not others and following.op in ("Add", "add") and _is_bias(parameters, value)
        others = [1] if is_equal else others  # a product of 0, and a bias of 0
        if (following.op in ("Sub", "subtract") and operands[0] != value) or not others:
            break
        other = operands[others[0]]
        is_parameter = parameters.owner(other, following.index) is not None
        if not is_parameter and (
            following.op in ("Sub", "subtract") or (graph.size(other) == n > 1 and not _is_drawn(graph, other))
        ):
            break  # a difference to the targets
        source = graph.sources[following.index][others[0]]
        if source >= 0 and flow.parts[source] and following.place not in flow.bias_places and not is_equal:
            break
        if not is_parameter and _is_of_several_rows(graph, graph.maker(other, following.index)):
            raise NoNetwork("a row that is looked up in a table is added to a product (an embedding)", "no-chain")
        flow.bias_places.add(following.place)
        return following.index, following.result, operands[others[0]]
    return product.index, product.result, bias


def _is_of_several_rows(graph: Graph, taken: Event | None) -> bool:
    """Whether a part is taken with other indices at the same place: of words or letters, one row for each."""
    return (
        taken is not None
        and taken.op in PARTS
        and len(graph.shape(taken.operands[0])) > len(graph.shape(taken.result))
        and any(
            graph.events[at].place == taken.place and graph.events[at].result != taken.result
            for at in graph.users[taken.operands[0]]
        )
    )


def _is_bias(parameters: Parameters, value: int) -> bool:
    owner = parameters.of.get(value)
    return owner is not None and owner[0].is_bias


def _is_drawn(graph: Graph, value: int) -> bool:
    return graph.base(value)[0] in graph.made_at_random


def as_rows(parameter_value: Array, position: int) -> Array:
    """A weight as it is used, in the form (inputs, units)."""
    if parameter_value.ndim == 1:
        return parameter_value.reshape(-1, 1)
    return parameter_value.T if position == 0 else parameter_value


def same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.array_equal(one, other))
