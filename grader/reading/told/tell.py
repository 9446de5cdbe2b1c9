"""From a judgement to an explanation: names and lines of the person's own, the chain, the words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from grader.reading.judging.bias_places import sum_before
from grader.reading.judging.finding import Finding
from grader.reading.judging.fits import Fit
from grader.reading.judging.judgement import Judgement
from grader.reading.judging.own_rate import rate_of, written_rates
from grader.reading.judging.stray_factors import CODES as STRAY
from grader.reading.judging.unjudged import Unjudged
from grader.reading.judging.updates import has_memory
from grader.reading.told.explanation import Explanation, Fault, LayerDescription, NetworkDescription, Quantity
from grader.reading.told.placed import fault_of
from grader.reading.told.places_of_faults import Places
from grader.reading.told.words import words_for
from grader.submissions import Submission

MAX_FAULTS = 8
MAX_WRITTEN = 40  # characters of an expression that is told in a sentence
_SIGNS = frozenset(["sign", "abs", "absolute", "fabs", "where"])  # of which the derivative of |a − y| is made
_OF_ONE = {"mean over the samples": "", "half the mean": "half the sum", "mean over all entries": "mean of the outputs"}
WRITTEN = 1e-5  # up to which a strength is a number that the file has


class Teller(Places):
    """Puts what was found into words and places."""

    def __init__(self, judgement: Judgement, submission: Submission) -> None:
        super().__init__(judgement, submission)
        self._names: dict[int, list[tuple[int, str]]] = {}
        for at, where, name, value in self.recording.named:
            place = self.recording.places[where]
            if name.startswith("_") and submission.locate(place.filename, place.line) is None:
                continue  # lines that were added to the file have names of their own
            self._names.setdefault(value, []).append((at, name))

    def name(self, value: int | None, since: int | None = None) -> str:
        """What the person calls a value, or what it is a view of (`b.T`): the name that held it first.

        With `since`, the first one from that event on: something else may be equal to it (z to b, of an input of 0).
        """
        if value is None:
            return ""
        held = self._names.get(value) or self._names.get(self.network.graph.base(value)[0], [])
        names = [name for at, name in sorted(held) if since is None or at > since] or [name for _, name in sorted(held)]
        return next((name for name in names if "…" not in name), names[0] if names else "")[:60]

    def expression(self, value: int) -> str:
        """A value without a name, as the text writes it where it is made, in one short line."""
        maker = self.network.graph.maker(value)
        if maker is None:
            return ""
        written = " ".join(self.network.texts(maker.place).split())
        return f"`{written}`" if 0 < len(written) <= MAX_WRITTEN else ""

    @staticmethod
    def _open(network: NetworkDescription) -> NetworkDescription:
        """No cost is said to be that of a network whose person is asked for it."""
        return network.model_copy(update={"cost": "open", "cost_scaling": ""})

    # --- parts -----------------------------------------------------------------------------------------

    def network_description(self) -> NetworkDescription:
        network = self.network
        first = network.passes[0]
        step = network.steps[0]
        layers = []
        for index, layer in enumerate(network.layers):
            part = first.layers[index]
            events = {
                "z": part.summed,
                "a": self._event_of(part.a_value, part.product),
                "delta": self.judgement.right.get(f"δ{index + 1}"),
                "dW": self.judgement.right.get(f"dW{index + 1}"),
                "db": self.judgement.right.get(f"db{index + 1}"),
            }
            values = {"W": part.weights, "b": self._bias(index), "z": part.z_value, "a": part.a_value}
            values |= {
                key: self.network.graph.events[at].result
                for key, at in events.items()
                if at is not None and key not in values
            }
            since = {"z": part.summed, "a": events["a"]}
            names = {key: self.name(value, since.get(key)) for key, value in values.items()}
            names["b"] = self._name_of_bias(index) or names["b"]
            lines = {
                key: self.recording.place_of(network.graph.events[at]).line
                for key, at in events.items()
                if at is not None
            }
            layers.append(
                LayerDescription(
                    inputs=layer.inputs,
                    units=layer.units,
                    activation="unknown" if self._is_guessed(index) else layer.activation or "unknown",
                    biases=layer.biases,
                    dropout=layer.dropout,
                    names={key: name for key, name in names.items() if name},
                    lines=lines,
                )
            )
        fits, optimizers = self.judgement.fits, self.judgement.optimizers
        fitted = next((at for at in range(network.depth - 1, -1, -1) if f"dW{at + 1}" in fits), None)
        fit = fits[f"dW{fitted + 1}"] if fitted is not None else None
        replayed = next((at for at in range(network.depth - 1, -1, -1) if f"dW{at + 1}" in optimizers), None)
        optimizer = optimizers[f"dW{replayed + 1}"] if replayed is not None else None
        penalty, strength = self._penalty(step.n)
        name = "gradient descent" if fit is not None else "unknown"
        is_left_over = any(finding.code == "pile-up-divided" for finding in self.judgement.findings)
        if optimizer is not None:
            name = optimizer.name
        elif fit is not None and 0 < fit.momentum < 0.999 and not is_left_over:
            name = f"momentum {fit.momentum:.4g}" if self._is_number(fit.momentum) else "unknown"
        elif fit is not None and fit.before:
            name = f"gradient descent, with {fit.before / fit.c:.4g} of the gradient before"
        is_one = self._is_of_one_rate(fit)
        if not is_one and fitted is not None and has_memory(self.judgement, fitted):
            name, fit, is_one = "unknown", None, True  # of steps that rounding blurs, what the step before has left
        at = replayed if replayed is not None else fitted
        rate = None if at is None else rate_of(self.judgement, at, fit, optimizer)
        if any(finding.code == "adam-step-never-counted" for finding in self.judgement.findings):
            name, rate = "Adam", None  # what was read has its correction in the rate
        name_of_cost, scaling = self._cost()
        return NetworkDescription(
            layers=tuple(layers),
            cost=name_of_cost,
            cost_scaling=scaling,
            penalty=penalty,
            penalty_strength=strength,
            layout="single samples" if network.is_single else "columns" if network.is_column else "rows",
            batch=step.n,
            optimizer=name,
            rate=None if rate is None else float(f"{rate:.6g}"),
            has_one_rate=optimizer is not None or is_one or self.judgement.is_driven,
            steps_read=len(network.steps),
        )

    def _is_of_one_rate(self, fit: Fit | None) -> bool:
        """Whether the rate is one number in all steps; of means over batches of several sizes, times their sizes."""
        rates = () if fit is None else fit.rates
        means = [rate * step.n for rate, step in zip(rates, self.judgement.steps, strict=False)]
        return any(len({f"{rate:.3g}" for rate in one}) < 2 for one in (rates, means))

    def _is_guessed(self, index: int) -> bool:
        """Whether the output is taken for z itself as no function was recognised, and no δ bears that out."""
        delta = f"δ{index + 1}"
        told = {finding.quantity for finding in self.judgement.findings} | self.judgement.right.keys()
        is_last = index == self.network.depth - 1
        return is_last and self.network.activation(index).name == "identity" and delta not in told

    def _cost(self) -> tuple[str | None, str]:
        """The cost and its scaling. An absolute error is mostly shown only, while another cost is minimised.

        What only the text has may be anything: a penalty, what one part of a robust cost is.
        """
        cost, used, top = self.network.cost, self.judgement.used_cost, self.network.depth - 1
        told = {finding.quantity for finding in self.judgement.findings} | self.judgement.right.keys()
        if cost is not None and cost.event is None and f"δ{top + 1}" not in told:
            return None, ""
        if cost is not None and cost.event is None and used == "squared error" != cost.name:
            return used, ""  # the text may have that of another training
        if cost is not None and (cost.name != "absolute error" or used == cost.name):
            return cost.name, _OF_ONE.get(cost.scaling, cost.scaling) if self.network.is_single else cost.scaling
        if any(finding.code == "output-slope-left-out" for finding in self.judgement.findings):
            return None, ""
        is_error = cost is not None and used is None and top in self.judgement.verdicts
        steps = self.network.graph.events[self.judgement.start :]
        if used == "absolute error" and not _SIGNS & {event.op for event in steps}:
            return None, ""  # a margin's derivative has these values as well, as long as none is kept
        return ("squared error" if is_error else self.judgement.cost or used), ""

    def _is_number(self, momentum: float) -> bool:
        """Whether a momentum, or 1 minus it, is a number of the run: else it only happens to fit."""
        numbers = self.judgement.network.graph.values.scalars
        return any(min(abs(one - momentum), abs(1 - one - momentum)) < 1e-4 for one in numbers)

    def _penalty(self, n: int) -> tuple[str | None, float | None]:
        """The kind of the penalty and its λ, which is None where not all layers have the same."""
        fits = [self.judgement.fits.get(f"dW{index + 1}") for index in range(self.network.depth)]
        found = [(fit.kappa or fit.kappa_sign) / fit.c for fit in fits if fit is not None and fit.c]
        is_one = all(abs(one - found[-1]) <= WRITTEN * abs(found[-1]) for one in found)
        for index in range(self.network.depth - 1, -1, -1):
            fit = self.judgement.fits.get(f"dW{index + 1}")
            if fit is None or not fit.c or not (fit.kappa or fit.kappa_sign):
                continue
            kind = "L1 and L2" if fit.kappa and fit.kappa_sign else "L2" if fit.kappa else "L1"
            strength = abs((fit.kappa or fit.kappa_sign) / fit.c) / n  # beside the gradient of half the squared error
            written = [abs(number) for number in written_rates(self.judgement)]
            own = (
                f * strength
                for f in (1, 2, 0.5)
                if any(abs(f * strength / one - 1) < WRITTEN for one in written if one)
            )
            return kind, float(f"{next(own, strength):.6g}") if is_one else None
        return None, None

    def _event_of(self, value: int | None, after: int) -> int | None:
        if value is None:
            return None
        graph = self.network.graph
        made = [next((at for at in graph.makers.get(v, ()) if at > after), None) for v in (graph.base(value)[0], value)]
        return next((at for at in made if at is not None), None)

    def _gradient_event(self, name: str, index: int) -> int | None:
        """Where what is right is made; of a gradient that is 0 in the first step, what its update is made of."""
        judgement, network = self.judgement, self.network
        at, parameter = judgement.right[name], network.chain[index] if name.startswith("dW") else network.biases[index]
        update = next((one for one in parameter.updates if one >= judgement.start), None) if parameter else None
        if at is not None or update is None or parameter is None or name.startswith("δ"):
            return at
        if name.startswith("db"):
            return sum_before(judgement, index, update)
        product = judgement.locator.product(update, judgement.start, network.graph.shape(parameter.first))
        return update if product is None else product

    def chain(self, faults: Sequence[Finding]) -> tuple[Quantity, ...]:
        network, judgement = self.network, self.judgement
        wrong = {finding.quantity: finding for finding in faults}
        found: list[Quantity] = []

        def add(name: str, event: int | None, is_known: bool) -> None:
            finding = wrong.get(name)
            event = finding.event if finding is not None and finding.event is not None else event
            value = network.graph.events[event].result if event is not None else None
            is_found = finding is not None and finding.event is not None
            location, text = self.location_of(finding) if finding is not None and is_found else self.place(event)
            found.append(
                Quantity(
                    name=name,
                    status="wrong" if finding else "right" if is_known else "unknown",
                    own_name=self.name(value),
                    location=location,
                    text=text,
                )
            )

        first = network.passes[0]
        before_product = {name for name, one in wrong.items() if one.code == "bias-before-product"}  # a part of a
        for given in ("X", "y"):  # what the file learns from comes before what it makes of it
            if given in wrong:
                add(given, None, False)
        for index, part in enumerate(first.layers):
            add(f"z{index + 1}", part.summed, True)
            is_known = network.activations[index] is not None and f"z{index + 2}" not in before_product
            # what a ReLU makes of positive numbers is what it had
            event = self._event_of(part.a_value, part.summed if part.a_value == part.z_value else part.product)
            if is_known and network.activation(index).name == "identity":
                continue
            add(f"a{index + 1}", event, is_known)
        is_told = network.cost is not None and network.cost.event is not None and self._cost()[0] == network.cost.name
        if is_told or "cost" in wrong:  # else it is a measure that is shown
            add("cost", network.cost.event if network.cost else None, True)
        for index in range(network.depth - 1, -1, -1):
            number = index + 1
            has_bias = network.layers[index].biases == "vector"
            for name in (f"δ{number}", f"dW{number}", *([f"db{number}"] if has_bias else [])):
                event = self._gradient_event(name, index) if name in judgement.right else None
                add(name, event, name in judgement.right and name not in judgement.unread)
        for value, update in judgement.right_outside.items():
            own = self.name(value) or "a parameter"
            location, text = self.place(update)
            found.append(Quantity(name=own, status="right", own_name=own, location=location, text=text))
        for name, finding in wrong.items():
            if name not in {quantity.name for quantity in found}:
                add(name, finding.event, True)
        return tuple(_given_what_is_wrong(found))

    def faults(self, findings: Sequence[Finding]) -> tuple[Fault, ...]:
        found = []
        for finding in findings[:MAX_FAULTS]:
            if "value" in finding.facts:
                value = int(finding.facts["value"])
                name = self.name(value)
                quantity = (name or "a parameter") if finding.quantity == "the gradient" else finding.quantity
                if finding.code in STRAY:
                    name = f"`{name}`" if name else self.expression(value) or "what stands there"
                else:
                    name = f"`{name}`" if name else "a parameter"
                finding = replace(finding, quantity=quantity, facts={**finding.facts, "name": name})
            words = words_for(finding, self.judgement)
            title = words.title if finding.quantity in words.title else f"{finding.quantity}: {words.title}"
            found.append(fault_of(finding, words, self.location_of(finding), title))
        return tuple(found)

    def explanation(self, findings: Sequence[Finding], unjudged: Sequence[Unjudged], question: str) -> Explanation:
        ordered = self._upstream_first(findings)
        return Explanation(
            name=self.submission.name,
            status="fault" if ordered else "partly" if unjudged else "right",
            network=self._open(self.network_description()) if question else self.network_description(),
            chain=self.chain(ordered),
            faults=self.faults(ordered),
            unjudged=self.left_open(unjudged),
            notes=tuple(dict.fromkeys(self.judgement.notes)),
            question=question,
        )

    def left_open(self, unjudged: Sequence[Unjudged]) -> tuple[Quantity, ...]:
        return tuple(self._unjudged(one) for one in unjudged)

    def _bias(self, index: int) -> int | None:
        """A bias as the first step has it; as it is after it, where another one starts with the same numbers."""
        bias, first = self.network.biases[index], self.network.passes[0].layers[index].bias
        others = [one for one in self.network.biases if one is not None and one is not bias]
        is_shared = bias is not None and bias.is_updated and any(one.first == bias.first for one in others)
        return bias.versions[1] if bias is not None and is_shared else first

    def _name_of_bias(self, index: int) -> str:
        """The name that a bias keeps when it is changed: what it begins as, [[0]], may be that of another network."""
        bias, first = self.network.biases[index], self.network.passes[0].layers[index].bias
        if bias is None or first is None or not bias.is_updated:
            return ""
        kept = {name for _, name in self._names.get(bias.versions[1], [])}
        return next((name for _, name in sorted(self._names.get(first, [])) if name in kept), "")[:60]

    def _unjudged(self, one: Unjudged) -> Quantity:
        location, text = self.place(one.event)
        return Quantity(
            name=one.quantity or self.name(one.value) or "a parameter",
            status="unknown",
            own_name=self.name(one.value),
            location=location,
            text=text,
        )

    def _upstream_first(self, findings: Sequence[Finding]) -> list[Finding]:
        """In the order in which the quantities are made: forward from below, backward from above; one for each."""
        depth = self.network.depth

        def key(finding: Finding) -> tuple[int, int]:
            name = finding.quantity.rstrip("0123456789 ")
            if finding.code in ("zero-weights", "equal-weights"):
                return 0, finding.layer
            if name in ("X", "y"):
                return 0, depth
            if name in ("z", "a"):
                return 1, finding.layer
            if name == "cost" or finding.code == "uphill":  # which no other gradient makes good
                return 2, 0
            if name in ("δ", "dW", "db", "b", "W"):
                return 3, (depth - finding.layer) * 10 + ("δ", "dW", "db", "W", "b").index(name)
            return 4, 0

        distinct: dict[str, Finding] = {}
        for finding in sorted(findings, key=key):
            distinct.setdefault(finding.quantity, finding)
        return list(distinct.values())


def _given_what_is_wrong(chain: Sequence[Quantity]) -> Iterator[Quantity]:
    """The chain, where what was made of a wrong activation or δ is right given that, and no more."""
    given = ""
    for quantity in chain:
        if quantity.status == "right" and given:
            yield quantity.model_copy(update={"given": given})
        else:
            yield quantity
        if quantity.status == "wrong" and quantity.name[:1] in "azδ":
            given = quantity.name


def rounded(number: float) -> float:
    return float(np.format_float_positional(number, 6, fractional=False))
