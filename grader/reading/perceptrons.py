"""Perceptrons: one unit with a step for its activation, whose weights are changed by rate · (t − o) · x.

A step has no slope, so there is no cost and no gradient to be right or wrong. In most files nothing leads from z to o
but an `if`: that o is the step of z, and t − o what the weights are changed by, is seen from the values of some steps.
Where there is no difference, or it is not seen, how z and the weights move tells the rule: see `perceptron_rule`.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from grader.reading.judging.finding import Finding
from grader.reading.judging.needs_hidden import is_beyond_one_layer
from grader.reading.judging.perceptron_biases import ALIKE, LEAST, fits_bias, moving, moving_bias, wrong_bias
from grader.reading.judging.perceptron_rule import Rule, moves_of, of_training, rule_of, sums_of_products, thresholds
from grader.reading.judging.perceptron_steps import UnitStep, is_learned, steps_of_unit
from grader.reading.probed.learned_numbers import learned_numbers
from grader.reading.recorded.graph import ADDING, PARTS, PRODUCTS, SCALING, Graph
from grader.reading.recorded.recording import Array, Event
from grader.reading.structure.parameters import Parameter, Parameters
from grader.reading.told.explanation import Explanation, Fault, LayerDescription, NetworkDescription, Quantity
from grader.reading.told.placed import fault_of, placed
from grader.reading.told.words import words_without_network
from grader.submissions import Submission

MOST_TARGETS = 3  # different ones; of a sigmoid that decides rightly, its target is the step of z as well
MANY = 80  # versions of a threshold: most samples leave it as it is
MAX_UNITS = 12  # that have lines of their own
_PUTTING_BESIDE = frozenset(["insert", "append", "concatenate", "hstack", "column_stack"])
_STEPS = (
    (lambda z: (z >= 0) * 1.0, "step"),
    (lambda z: (z > 0) * 1.0, "step"),
    (lambda z: np.where(z >= 0, 1.0, -1.0), "sign"),
    (lambda z: np.where(z > 0, 1.0, -1.0), "sign"),
    (np.sign, "sign"),
)


def find_perceptron(graph: Graph, submission: Submission, *, is_driven: bool = False) -> Explanation | None:
    """The explanation of a file that trains a perceptron; None if it trains none that is understood.

    With `is_driven`, targets that its step never gives are not the person's: it is read with others.
    """
    parameters = Parameters(graph)
    places = _places(graph, parameters)
    beside = _beside_each_other(graph, parameters, places, submission)
    if beside is not None:
        return beside
    for place in places:
        seen = list(steps_of_unit(graph, parameters, _products(graph, place)))
        other = _other(graph, parameters, place)
        told = _told(graph, seen, submission, other, is_driven)
        told = told or _by_any_rule(graph, seen, submission, other, is_driven)
        if told is not None:
            return told
    return None


def by_decisions(graph: Graph, submission: Submission, *, is_driven: bool = False) -> Explanation | None:
    """The explanation of a unit whose error is seen, and made of the step of z: None of all others."""
    parameters = Parameters(graph)
    units = ((one, steps_of_unit(graph, parameters, _products(graph, one))) for one in _places(graph, parameters))
    told = (_told(graph, list(seen), submission, _other(graph, parameters, one), is_driven) for one, seen in units)
    return next((one for one in told if one is not None), None)


def _places(graph: Graph, parameters: Parameters) -> list[int]:
    """The places of the products with what is learned."""
    events = [e for e in graph.events if e.op in PRODUCTS and any(is_learned(parameters, o, e) for o in e.operands)]
    return list(dict.fromkeys(event.place for event in events))


def _by_any_rule(
    graph: Graph, steps: list[UnitStep], submission: Submission, other: Event | None, is_driven: bool
) -> Explanation | None:
    """What is told of steps by how they move, whatever z is compared with; None if that is no perceptron's rule."""
    if moves_of(steps) is None and all(one.z.size == 1 for one in steps):
        return None
    text = "\n".join(unit.source for unit in (*submission.modules.values(), *submission.units))
    fixed = [[replace(one, z=one.z - threshold) for one in steps] for threshold in thresholds(graph, text)]
    compared = [steps, of_training(graph, steps), *_compared(graph, steps), *fixed]
    rules = [(rule, found) for found in compared if (rule := rule_of(graph, found)) is not None]
    if not rules:
        return None
    rule, found = min(rules, key=lambda one: not one[0].is_right)  # without its threshold, z may seem to move away
    return _by_rule(graph, found, rule, submission, other, is_driven)


def _by_rule(
    graph: Graph, steps: list[UnitStep], rule: Rule, submission: Submission, other: Event | None, is_driven: bool
) -> Explanation:
    """What is told of steps of which only their moves are known."""
    at = next(k for k, move in enumerate(rule.moves) if move)
    first, following = steps[at], steps[at + 1]
    between = [one for one in graph.events[first.summed.index + 1 : following.product.index] if one.op in ADDING]
    k = int(np.flatnonzero(first.after != first.w)[0]) if (first.after != first.w).any() else 0
    step = moving(graph, between, first.w, first.after, k) or first.summed
    findings = [Finding("step", "perceptron-away", step.index)] if rule.is_away else []
    if not findings and rule.bias is not None and rule.bias < 0 and first.b is not None:
        findings.append(Finding("b₁", "perceptron-bias-away", (moving_bias(graph, first, following) or step).index))
    if not findings and not is_driven and is_beyond_one_layer(rule.table, 1):
        findings.append(Finding("z₁", "one-layer-for-xor", first.summed.index))
    factors = {operand for event in graph.events if event.op in SCALING for operand in event.operands}
    written = [graph.values.scalar(operand) or 0.0 for operand in factors if graph.maker(operand) is None]
    rate = next((one for one in (1.0, *written) if abs(one - rule.rate) <= ALIKE * rule.rate), None)
    errors = [np.array([move / rule.rate]) for move in rule.moves]
    others = [other or _product_below(graph, steps)]
    return _described(graph, steps, "step", submission, others, rate, step, errors, findings, rule)


def perceptron_of_sums(graph: Graph, submission: Submission, *, is_driven: bool = False) -> Explanation | None:
    """The explanation of a perceptron whose z is a sum of products of numbers."""
    found = (_by_any_rule(graph, steps, submission, None, is_driven) for steps in sums_of_products(graph))
    return next((told for told in found if told is not None), None)


def _compared(graph: Graph, steps: list[UnitStep]) -> Iterator[list[UnitStep]]:
    """Steps with a number that is learned for a threshold, which z is compared with."""
    for number in (one for one in learned_numbers(graph, MANY, is_compared=True) if graph.size(one.first) == 1):
        known = [one for one in steps if len(number.updates) < MANY - 1 or one.summed.index < number.updates[-1]]
        versions = [number.versions[bisect_left(number.updates, one.summed.index)] for one in known]
        values = np.array([graph.values.scalar(version) or 0.0 for version in versions])
        for sign in (1.0, -1.0):  # `z > -b` is compared with a bias
            pairs = zip(known, (sign * values).tolist(), strict=True)
            yield [replace(one, z=one.z + b, b=(one.b or 0.0) + b) for one, b in pairs]


def _beside_each_other(
    graph: Graph, parameters: Parameters, places: list[int], submission: Submission
) -> Explanation | None:
    """One layer of several units that each have lines of their own, if all are right, and like each other."""
    learned = [parameter for parameter in parameters.weights if _is_learned(graph, parameter)]
    if not 1 < len(learned) == len(places) <= MAX_UNITS:
        return None
    units = [list(steps_of_unit(graph, parameters, _products(graph, place))) for place in places]
    rules = [rule_of(graph, steps) for steps in units]
    forms = {(rule.rate, steps[0].w.size, rule.bias is None) for rule, steps in zip(rules, units, strict=True) if rule}
    if len(forms) > 1 or not all(rule is not None and rule.is_right for rule in rules) or rules[0] is None:
        return None
    first = _by_rule(graph, units[0], rules[0], submission, None, False)
    if first.status != "right" or first.network is None:
        return None
    layer = first.network.layers[0].model_copy(update={"units": len(units)})
    return first.model_copy(update={"network": first.network.model_copy(update={"layers": (layer,)})})


def _products(graph: Graph, place: int) -> list[Event]:
    return [event for event in graph.events if event.op in PRODUCTS and event.place == place]


def _is_learned(graph: Graph, parameter: Parameter) -> bool:
    """Whether it was changed; of outputs of 0, t − o is what the targets seem to be changed to, once."""
    return len(parameter.updates) >= LEAST or (parameter.is_updated and parameter.first in graph.made_at_random)


def _other(graph: Graph, parameters: Parameters, place: int) -> Event | None:
    """A product with something else that is learned, in another place: a layer below, or another network."""
    learned = {id(p) for p in parameters.weights if _is_learned(graph, p)}
    elsewhere = {
        id(owner[0]): event
        for event in reversed(graph.events)
        if event.op in PRODUCTS
        for owner in [parameters.owner(operand, event.index) for operand in event.operands]
        if owner is not None and event.place != place
    }
    here = {
        id(owner[0])
        for event in graph.events
        if event.place == place
        for owner in [parameters.owner(operand, event.index) for operand in event.operands]
        if owner is not None
    }
    return next((event for key, event in elsewhere.items() if key in learned - here), None)


def _told(
    graph: Graph, seen: list[UnitStep], submission: Submission, other: Event | None, is_driven: bool
) -> Explanation | None:
    steps = [one for one in seen if one.error is not None or not np.array_equal(one.w, one.after)]
    if len(steps) <= LEAST or any(one.error is None for one in steps):
        return None
    fits = [
        (own, name)
        for own in (0, 1)
        for step, name in _STEPS
        if all(np.array_equal(step(one.z), one.sides[own]) for one in steps)
        and len({float(target) for one in steps for target in one.sides[1 - own]}) <= MOST_TARGETS  # else an output
    ]
    if not fits:
        return None
    # outputs that are all 1 are those of either step: the targets tell which
    own, name = next((fit for fit in fits if _beyond(steps, *fit) is None), fits[0])
    if is_driven and _beyond(steps, own, name):
        return None
    return _explained(graph, steps, own, name, submission, other, is_driven)


def _explained(
    graph: Graph,
    steps: list[UnitStep],
    own: int,
    name: str,
    submission: Submission,
    other: Event | None,
    is_driven: bool,
) -> Explanation | None:
    errors = [one.sides[1 - own] - one.sides[own] for one in steps]
    G = np.concatenate([one.x.T @ error for one, error in zip(steps, errors, strict=True)])
    change = np.concatenate([one.after - one.w for one in steps])
    moving = sum(bool((one.x.T @ error).any()) for one, error in zip(steps, errors, strict=True))
    if moving < LEAST or not np.isfinite(change).all():
        return None
    rate = float(G @ change) / float(G @ G)
    if not rate or float(np.abs(change - rate * G).max()) > ALIKE * max(1.0, float(np.abs(change).max())):
        return None
    beyond = _beyond(steps, own, name)
    error = steps[0].error
    findings = [Finding("t − o", "perceptron-away", error.index)] if error is not None and rate < 0 else []
    if not findings and beyond is not None and error is not None:
        findings.append(Finding("y", "targets-of-no-step", error.index, 0, beyond))
    findings += wrong_bias(graph, steps, errors, rate) if rate > 0 else []
    table = np.vstack([np.column_stack([one.x, one.sides[1 - own]]) for one in steps])
    if not findings and not is_driven and is_beyond_one_layer(table, 1):
        findings.append(Finding("z₁", "one-layer-for-xor", steps[0].summed.index))
    below, factor = _product_below(graph, steps), _changing_factor(graph, steps)
    return _described(graph, steps, name, submission, [other or below, factor], rate, error, errors, findings)


def _described(
    graph: Graph,
    steps: list[UnitStep],
    name: str,
    submission: Submission,
    others: list[Event | None],
    rate: float | None,
    step: Event | None,
    errors: list[Array],
    findings: list[Finding],
    rule: Rule | None = None,
) -> Explanation:
    """What is told: of steps by a difference t − o with these `errors`, or of those that follow a rule."""
    is_biased = steps[0].b is not None
    is_of_bias = any(finding.quantity == "b₁" for finding in findings)
    is_bias_right = is_of_bias or (bool(rule.bias) if rule else fits_bias(steps, errors, abs(rate or 1.0)))
    first = steps[0]

    def quantity(label: str, event: Event | None, status: str) -> Quantity:
        where = graph.recording.place_of(event) if event is not None else None
        location, text = (None, "") if where is None else placed(submission, where.filename, where.line)
        return Quantity.model_validate({"name": label, "status": status, "location": location, "text": text})

    is_away = any(finding.code == "perceptron-away" for finding in findings)
    step_place = quantity("t − o" if rule is None else "step", step, "wrong" if is_away else "right")
    faults = list[Fault]()
    for finding in findings:
        event = graph.events[finding.event] if finding.event is not None else None
        at = quantity(finding.quantity, event, "wrong") if event is not None else step_place
        faults.append(fault_of(finding, words_without_network(finding), (at.location, at.text)))
    is_inserted = _is_inserted(graph, first)
    open_ones = (
        ("b₁", first.summed if is_biased and not is_bias_right else None),
        ("the other weights that are learned", others[0]),
        ("what t − o is multiplied by", others[-1] if len(others) > 1 else None),
    )
    unjudged = tuple(quantity(label, event, "unknown") for label, event in open_ones if event is not None)
    network = NetworkDescription(
        layers=(
            LayerDescription(
                inputs=first.w.size - is_inserted,
                units=1,
                activation=name,
                biases="vector" if is_biased else "row of the weights" if is_inserted else "none",
                lines={"z": graph.recording.place_of(first.summed).line},
            ),
        ),
        layout="single samples" if first.z.size == 1 else "rows",
        batch=first.z.size,
        optimizer="the perceptron's rule",
        rate=None if rate is None else float(f"{abs(rate):.6g}"),
        steps_read=len(steps),
    )
    of_z = "wrong" if any(finding.quantity == "z₁" for finding in findings) else "right"
    chain = [quantity("z₁", first.summed, of_z), step_place]
    return Explanation(
        name=submission.name,
        status="fault" if faults else "partly" if unjudged else "right",
        network=network,
        chain=tuple(chain),
        faults=tuple(faults),
        unjudged=unjudged,
    )


def _beyond(steps: list[UnitStep], own: int, name: str) -> dict[str, float | int | str] | None:
    """The targets that the step gives for no z, if there are any: −1 of one that gives 0 and 1."""
    targets = np.concatenate([one.sides[1 - own] for one in steps])
    # np.sign gives 0 as well: with targets of −1, 0 and 1 it may be meant to
    given = (0.0, 1.0) if name == "step" else (-1.0, 0.0, 1.0) if (targets == -1).any() else (-1.0, 1.0)
    others = sorted(set(targets[~np.isin(targets, given)].tolist()))
    if not others or not np.isfinite(targets).all():
        return None
    return {"gives": "0 or 1" if name == "step" else "−1 or 1", "others": f"{others[0]:g}".replace("-", "−")}


def _product_below(graph: Graph, steps: list[UnitStep]) -> Event | None:
    """A product of a layer below: what comes in is made by it anew in each step."""
    for before, one in pairwise(steps):
        sources = [source for source in graph.sources[one.product.index] if source > before.product.index]
        for source in sources:
            made = graph.ancestors(source, before.summed.index)
            products = [at for at in made if graph.events[at].op in PRODUCTS and not _is_of_error(graph, at, before)]
            if products:
                return graph.events[max(products)]
    return None


def _is_of_error(graph: Graph, at: int, step: UnitStep) -> bool:
    if min(map(graph.size, graph.events[at].operands)) == 1:  # a target, times an input
        return True
    return step.error is not None and step.error.index in graph.ancestors(at, step.product.index)


def _changing_factor(graph: Graph, steps: list[UnitStep]) -> Event | None:
    """Where t − o is multiplied by a number that is another one in another step, on its way into the weights.

    The steps that were seen agree with the rule; where the number is 0 and t − o is not, they need not. Whole numbers
    are known by what they are only: which side is t − o is told by the steps in which it is not 0.
    """
    factors: dict[tuple[int, int], list[tuple[Event, tuple[float, ...], Array]]] = {}
    on_way: dict[tuple[int, int], list[set[int]]] = {}  # by place, and how often it came: the sides that may be t − o
    for one, following in pairwise(steps):
        if one.error is None:
            continue
        error = graph.values.scalar(one.error.result)
        way, count = {error}, Counter[int]()
        for event in graph.events[one.error.index + 1 : following.product.index]:
            numbers = tuple(graph.values.scalar(operand) for operand in event.operands)
            if event.op not in SCALING or len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
                continue
            count[event.place] += 1
            key = event.place, count[event.place]
            factors.setdefault(key, []).append((event, (numbers[0], numbers[1]), one.x.ravel()))
            sides = {side for side in (0, 1) if numbers[side] in way}
            if error:
                on_way.setdefault(key, []).append(sides)
                way |= {graph.values.scalar(event.result)} if sides else set()
    for key, sides_of_steps in on_way.items():
        sides = set.intersection(*sides_of_steps)
        if len(sides) != 1:
            continue
        others = np.array([numbers[1 - min(sides)] for _, numbers, _ in factors[key]])
        x = np.array([inputs for _, _, inputs in factors[key]])
        if np.ptp(others) > 0 and not (x == others[:, None]).all(axis=0).any():
            return factors[key][0][0]
    return None


def _is_inserted(graph: Graph, first: UnitStep) -> bool:
    """Whether a 1 was put beside the inputs of each sample."""
    ones = (first.x == 1).all(axis=0)
    return bool(ones[0] or ones[-1]) and any(_puts_beside(graph, one, first) for one in first.product.operands)


def _puts_beside(graph: Graph, value: int, first: UnitStep) -> bool:
    """Whether arrays put beside one another made a value, or all samples of which it is one."""
    maker = graph.maker(value, first.product.index)
    if maker is not None and maker.op in PARTS and maker.operands:
        maker = graph.maker(maker.operands[0], maker.index)
    return maker is not None and maker.op in _PUTTING_BESIDE
