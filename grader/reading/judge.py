"""Judges the change of every parameter: which δ, dW and db explain it, and which mistake a wrong one is.

From the output down. The right formulas are tried first, strictly; then the wrong ones, strictly; then the right ones
up to what does no harm (an ε inside a logarithm). A layer whose right gradient stands among what its update was made
of, but whose update is of no known form, is let be: the gradient is right, and the rest is not understood.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader.reading import activations as act
from grader.reading.activations import Activation
from grader.reading.biases import judge_bias
from grader.reading.finding import Finding, Verdict
from grader.reading.fits import LOOSE, STRICT, TERMS, Change, Fit, fit_each_step, fit_plain, length
from grader.reading.graph import ADDING, OUTER, PARTS, PRODUCTS, VIEWS
from grader.reading.hypotheses import (
    Arrays,
    Hypothesis,
    hidden_deltas,
    output_deltas,
    weight_gradients,
)
from grader.reading.locate import Locator
from grader.reading.optimizers import Optimizer, recognise_optimizer
from grader.reading.parameters import Parameter
from grader.reading.reader import Network
from grader.reading.recording import Array

STEPS = 4
EACH_STEP = ((), ("W",), ("sign",), ("previous",), ("W", "previous"), ("sign", "previous"))
MANY_ENTRIES = 4_000  # of a weight; of more, a selection of its inputs is looked at


class Judgement:
    """All that was found about the way back of a network."""

    def __init__(self, network: Network, cost: str | None) -> None:
        self.network = network
        self.cost = cost
        self.steps = network.steps[:STEPS]
        self.findings: list[Finding] = []
        self.right: dict[str, int | None] = {}  # quantity -> event
        self.fits: dict[str, Fit] = {}
        self.optimizers: dict[str, Optimizer] = {}
        self.used_cost: str | None = None  # the cost to which δ of the last layer belongs
        self.used: dict[int, Arrays] = {}  # δ as really used
        self.verdicts: dict[int, Verdict] = {}
        self.right_deltas: dict[int, Arrays] = {}
        self.unread: list[str] = []  # quantities of which nothing can be said
        self.notes: list[str] = []
        self._penalised: dict[int, bool] = {}
        precise = network.tolerance < 1e-6
        self.strict = STRICT if precise else 2e-4
        self.noise = 2.3e-16 if precise else 1.2e-7
        self.locator = Locator(network.graph, 1e-11 if precise else 1e-6)
        self.start = network.passes[0].last + 1
        self.end = self.steps[0].end
        self._judge()

    # --- layers ----------------------------------------------------------------------------------------

    def _judge(self) -> None:
        above: Arrays | None = None
        for index in range(self.network.depth - 1, -1, -1):
            hypotheses = self._deltas(index, above)
            verdict = self._weights(index, hypotheses)
            verdict = self._sent_back_right(index, verdict) or verdict
            with np.errstate(all="ignore"):
                self.right_deltas[index] = next(h for h in hypotheses if h.is_right).arrays()
            if verdict is None:
                deltas = self._unexplained(index, hypotheses)
            else:
                self._report(index, verdict)
                deltas = verdict.deltas
            self.used[index] = deltas
            if verdict is not None:
                self.verdicts[index] = verdict
            if verdict is not None or not self.network.chain[index].is_updated:
                judge_bias(self, index, deltas, above, verdict)
            above = deltas
            if verdict is None and self.network.chain[index].is_updated and index:
                # what stands below an unexplained layer was made of something that is not known
                self.unread += [f"δ{lower + 1}" for lower in range(index)]
                break

    def _sent_back_right(self, index: int, verdict: Verdict | None) -> Verdict | None:
        """Whether a wrong δ above went into its dW alone, and the right one was sent back: then dW is wrong, not δ."""
        up = index + 1
        number = next((k for k, f in enumerate(self.findings) if f.quantity == f"δ{up + 1}"), None)
        if number is None or (verdict is not None and verdict.delta.is_right) or up not in self.right_deltas:
            return None
        rows = self._rows(index)
        change = self._change(index, rows)
        if change is None or change.is_lost_in_rounding:
            return None
        hypotheses = [h for h in self._deltas(index, self.right_deltas[up]) if h.is_right]
        found = self._first_fit(index, change, rows, hypotheses, True, self.strict)
        if found is None and self._is_adaptive(index):
            found = self._first_adaptive(index, change, rows, hypotheses)
        if found is not None:
            self.findings[number] = replace(self.findings[number], quantity=f"dW{up + 1}")
            self.right.pop(f"dW{up + 1}", None)
            self.right[f"δ{up + 1}"] = self._delta_event(up, self.right_deltas[up][0])
            self._judge_bias_again(up)
        return found

    def _judge_bias_again(self, index: int) -> None:
        """With the right δ, now that it is known to be the one that was sent on."""
        quantity = f"db{index + 1}"
        self.findings = [finding for finding in self.findings if finding.quantity != quantity]
        self.right.pop(quantity, None)
        above = self.used.get(index + 1)
        judge_bias(self, index, self.right_deltas[index], above, self.verdicts.get(index))

    def activation(self, index: int) -> Activation:
        return self.network.activation(index)

    def _deltas(self, index: int, above: Arrays | None) -> list[Hypothesis]:
        network = self.network
        if above is None:
            return output_deltas(self.steps, network.activations[-1], self.cost)
        E = [step.out - step.y for step in self.steps]
        is_raw = index == network.depth - 2 and not all(np.allclose(e, d) for e, d in zip(E, above, strict=True))
        return hidden_deltas(self.steps, index, self.activation(index), above, is_raw=is_raw, ones=network.ones)

    def _weights(self, index: int, hypotheses: Sequence[Hypothesis]) -> Verdict | None:
        rows = self._rows(index)
        change = self._change(index, rows)
        if change is None:
            return None
        if change.is_lost_in_rounding:
            self.notes.append(f"W{index + 1} hardly changes: its steps are lost in rounding")
            first = hypotheses[0]
            return Verdict(first, Hypothesis("right", list), None, None, first.arrays(), is_loose=True)
        right = [h for h in hypotheses if h.is_right]
        if self.activation(index).name == act.OWN:  # its slope was measured
            found = self._first_fit(index, change, rows, right, True, LOOSE)
            if found is not None:
                return found
        wrong = [h for h in hypotheses if not h.is_right]
        found = self._first_fit(index, change, rows, right, True, self.strict)
        adaptive = found is None and self._is_adaptive(index)
        if found is None and adaptive:
            found = self._first_adaptive(index, change, rows, [*right, *wrong])
        if found is None:
            found = self._first_fit(index, change, rows, right, False, self.strict)
        if found is None:
            found = self._first_fit(index, change, rows, wrong, False, self.strict)
        if found is None and self.steps[0].out.size > 2:
            found = self._first_fit(index, change, rows, right, True, self.strict, each_step=True)
            found = found or self._first_fit(index, change, rows, wrong, False, self.strict, each_step=True)
        if found is None:
            found = self._first_fit(index, change, rows, right, True, LOOSE)
        if found is None:
            found = self._standing(index, right)
        return found

    def _first_fit(
        self,
        index: int,
        change: Change,
        rows: Array | None,
        deltas: Sequence[Hypothesis],
        only_right: bool,
        tolerance: float,
        *,
        each_step: bool = False,
    ) -> Verdict | None:
        for delta in deltas:
            with np.errstate(all="ignore"):
                arrays = delta.arrays()
                if not all(np.isfinite(array).all() for array in arrays):
                    continue
                gradients = weight_gradients(self.steps, index, arrays, rows)
            for gradient in gradients:
                if only_right and not gradient.is_right:
                    continue
                with np.errstate(all="ignore"):
                    G = gradient.arrays()
                terms = self._terms(index)
                if each_step:
                    fit = fit_each_step(change, G, tolerance, [t for t in terms if t in EACH_STEP])
                else:
                    fit = fit_plain(change, G, tolerance, terms)
                if fit is not None and not self._is_degenerate(G, delta, gradient):
                    return Verdict(delta, gradient, fit, None, arrays, tolerance == LOOSE)
        return None

    def _terms(self, index: int) -> list[tuple[str, ...]]:
        """What an update may be made of beside the gradient: the weights only where something is made of them."""
        if index not in self._penalised:
            self._penalised[index] = self._weights_go_in(index)
        return [t for t in TERMS if self._penalised[index] or not {"W", "sign", "total"} & set(t)]

    def _weights_go_in(self, index: int) -> bool:
        """Whether a product of the weights with a number, their sum or their sign is a part of their update."""
        graph = self.network.graph
        versions = set(self.network.chain[index].versions)
        for at in self.ancestors(index):
            event = graph.events[at]
            if at <= self.start or event.op in PRODUCTS | VIEWS | OUTER or event.op in PARTS:
                continue
            for operand in event.operands:
                if graph.size(operand) > 1 and self._is_of(operand, at, versions):
                    others = [o for o in event.operands if o != operand]
                    if event.op not in ADDING or any(self._is_gradient_like(o, index) for o in others[:1]):
                        return True
        return False

    def _is_of(self, value: int, before: int, versions: set[int]) -> bool:
        """Whether a value is one of some others, or a view or a part of one."""
        graph = self.network.graph
        for _ in range(6):
            if value in versions:
                return True
            maker = graph.maker(value, before)
            if maker is None or not maker.operands or (maker.op not in VIEWS and maker.op not in PARTS):
                return False
            value, before = maker.operands[0], maker.index
        return False

    def _is_gradient_like(self, value: int, index: int) -> bool:
        """Whether what is added to the weights is not the step itself: `dW + W`, of which the step is made."""
        updates = set(self.network.chain[index].updates)
        graph = self.network.graph
        return not any(event.index in updates for event in graph.users_after(value, self.start))

    @staticmethod
    def _is_degenerate(G: Sequence[Array], delta: Hypothesis, gradient: Hypothesis) -> bool:
        """Whether a wrong formula would fit anything: a gradient of a single number says little."""
        return not (delta.is_right and gradient.is_right) and sum(np.unique(g).size for g in G) < 3

    def _first_adaptive(
        self, index: int, change: Change, rows: Array | None, deltas: Sequence[Hypothesis]
    ) -> Verdict | None:
        constants = self.constants(index)
        for delta in deltas:
            with np.errstate(all="ignore"):
                arrays = delta.arrays()
                if not all(np.isfinite(array).all() for array in arrays):
                    continue
                gradient = weight_gradients(self.steps, index, arrays, rows)[0]
                G = gradient.arrays()
                has_root = self.has_root(index)
                for factor in self.factors(self.steps[0].layers[index].u.T @ arrays[0], self.ancestors(index)):
                    optimizer = recognise_optimizer(change, [g * factor for g in G], constants, has_root=has_root)
                    if optimizer is not None:
                        return Verdict(delta, gradient, None, optimizer, arrays)
        return None

    def factors(self, G: Array, ancestors: set[int]) -> list[float]:
        """The factors that a gradient has where it stands in the script (a sum, a mean): one goes into the rule."""
        graph = self.network.graph
        norm = float(np.sum(G * G))
        found: list[float] = []
        for at in sorted(ancestors):
            value = graph.events[at].result
            array = graph.array(value) if graph.size(value) == G.size and at > self.start else None
            if array is None or not norm:
                continue
            for one in (G.ravel(), G.T.ravel()):
                c = float(np.einsum("i,i->", array.ravel(), one)) / norm
                if c and length(array.ravel() - c * one) < 1e-7 * abs(c) * np.sqrt(norm):
                    if all(abs(abs(c) / other - 1) > 1e-9 for other in found):
                        found.append(abs(c))
                    break
        return found[:4] or [1.0 / self.steps[0].n]

    def _standing(self, index: int, right: Sequence[Hypothesis]) -> Verdict | None:
        """The right gradient stands among what the update was made of: it is right, whatever comes after."""
        ancestors = self.ancestors(index)
        if not ancestors:
            return None
        sizes = self.steps[0].sizes
        for delta in right:
            with np.errstate(all="ignore"):
                arrays = delta.arrays()
            layer = self.steps[0].layers[index]
            whole = layer.u.T @ arrays[0]
            one = layer.u[: sizes[0]].T @ arrays[0][: sizes[0]]
            if whole.size > 3 and self.locator.among([whole, one], ancestors) is not None:
                self.notes.append(f"how W{index + 1} is changed by dW{index + 1} was not understood")
                return Verdict(delta, Hypothesis("right", list), None, None, arrays)
        return None

    def ancestors(self, index: int) -> set[int]:
        """The events between the forward pass of the first step and the update of a weight."""
        parameter = self.network.chain[index]
        use = self.network.flow.uses[self.network.passes[0].layers[index].product]
        if use.version >= len(parameter.updates):
            return set()
        return self.network.graph.ancestors(parameter.updates[use.version], self.start - 1)

    def _is_adaptive(self, index: int) -> bool:
        return self.has_root(index) or self._has_memory(index)

    def has_root(self, index: int) -> bool:
        graph = self.network.graph
        for at in self.ancestors(index):
            event = graph.events[at]
            if event.op == "sqrt" and graph.size(event.result) > 1:
                return True
            if (
                event.op in ("Pow", "power")
                and len(event.operands) > 1
                and graph.values.scalar(event.operands[1]) == 0.5
            ):
                return True
        return False

    def _has_memory(self, index: int) -> bool:
        """Whether an update has to do with the step before by more than the parameters, as momentum does."""
        network, graph = self.network, self.network.graph
        if len(network.steps) < 2:
            return False
        parameter = network.chain[index]
        barrier = {at for p in network.parameters.all for at in p.updates}
        second = network.steps[1]
        later = [at for at in parameter.updates if at >= second.start]
        if not later:
            return False
        earlier = network.steps[0].start
        seen, pending = {later[0]}, [later[0]]
        while pending:
            at = pending.pop()
            for source in graph.sources[at]:
                if source < earlier or source in seen or source in barrier:
                    continue
                if source < second.start and graph.size(graph.events[source].result) == graph.size(parameter.first):
                    return True
                seen.add(source)
                pending.append(source)
        return False

    def constants(self, index: int) -> list[float]:
        graph = self.network.graph
        found: dict[float, None] = {}
        for at in sorted(self.ancestors(index)):
            for operand in graph.events[at].operands:
                value = graph.values.scalar(operand)
                if value is not None and 0 < value < 1:
                    found[value] = None
                    if value < 0.5:
                        found[round(1 - value, 12)] = None
        return list(found)[:24]

    def _rows(self, index: int) -> Array | None:
        """Which inputs are looked at: all, or of many those that vary most and a few others."""
        u = self.steps[0].layers[index].u
        units = self.steps[0].layers[index].z.shape[1]
        few = max(24, MANY_ENTRIES // units)
        if u.shape[1] <= few:
            return None
        spread = u.std(0) if len(u) > 1 else np.abs(u[0])
        rng = np.random.default_rng(0)
        chosen = {*np.argsort(-spread)[: few * 2 // 3].tolist(), *rng.permutation(u.shape[1])[: few // 3].tolist()}
        if self.network.ones is not None:
            chosen.add(0 if self.network.ones == 0 else u.shape[1] - 1)
        return np.array(sorted(chosen))

    def _change(self, index: int, rows: Array | None) -> Change | None:
        before, changes = [], []
        for step in self.steps:
            layer = step.layers[index]
            if layer.dW is None:
                break
            part = slice(None) if rows is None else rows
            before.append(layer.W[part])
            changes.append(layer.dW[part])
        if len(changes) < len(self.steps):
            return None
        return Change(before, changes, self.noise_of(before))

    def noise_of(self, before: Sequence[Array]) -> float:
        sizes = [float(np.sqrt(np.mean(w * w))) for w in before if np.isfinite(w).all()]
        return self.noise * max(sizes, default=0.0)

    # --- findings --------------------------------------------------------------------------------------

    def _unexplained(self, index: int, hypotheses: Sequence[Hypothesis]) -> Arrays:
        """Nothing fits: say so if the update is plain enough to be sure, and go on with the right δ."""
        network = self.network
        right = next(h for h in hypotheses if h.is_right)
        with np.errstate(all="ignore"):
            deltas = right.arrays()
        parameter = network.chain[index]
        if not parameter.is_updated:
            self._frozen(index, parameter, deltas)
            return deltas
        if any(step.layers[index].dW is None for step in self.steps):
            self.unread.append(f"dW{index + 1}")
            return deltas
        is_output = index == network.depth - 1  # a cost of its own (weighted, robust) has a δ of its own
        is_known = not is_output or (network.cost is not None and network.cost.event is not None)
        if not is_known or not self._is_plain_update(index) or network.activations[index] is None:
            self.unread.append(f"dW{index + 1}")
            return deltas
        at = self._delta_event(index, deltas[0])
        use = network.flow.uses[network.passes[0].layers[index].product]
        update = parameter.updates[use.version]
        product = self.locator.product(update, self.start, network.graph.shape(parameter.first))
        event = product if product is not None else update
        if at is None and product is not None:
            event = self._made_of(product, index)
        if at is not None:
            self.right[f"δ{index + 1}"] = at
            self.findings.append(Finding(f"dW{index + 1}", "unexplained", event, index))
        else:
            self.findings.append(Finding(f"δ{index + 1}", "unexplained", event, index))
        return deltas

    def _made_of(self, product: int, index: int) -> int:
        """The event that makes what stands in the place of δ in a product that gives dW."""
        graph = self.network.graph
        entering = self.network.passes[0].layers[index].input_value
        for operand in graph.events[product].operands:
            base, _ = graph.base(operand, product)
            maker = graph.maker(base, product)
            if base != entering and maker is not None and maker.index > self.start:
                return maker.index
        return product

    def _is_plain_update(self, index: int) -> bool:
        """Whether nothing but sums, products and factors lies between the output and the weight."""
        odd = {"sqrt", "clip", "sign", "norm", "median", "argsort", "convolve"}
        return not any(self.network.graph.events[at].op in odd for at in self.ancestors(index) if at > self.start)

    def _frozen(self, index: int, parameter: Parameter, deltas: Arrays) -> None:
        layer = self.steps[0].layers[index]
        G = layer.u.T @ deltas[0]
        at = self.locator.first([G], self.start, self.end)
        if at is not None:
            self.findings.append(Finding(f"W{index + 1}", "never-updated", at, index))
        else:
            self.notes.append(f"W{index + 1} is never changed")

    def _report(self, index: int, verdict: Verdict) -> None:
        number = index + 1
        at = self._delta_event(index, verdict.deltas[0])
        if verdict.fit is not None:
            self.fits[f"dW{number}"] = verdict.fit
        if verdict.optimizer is not None:
            self.optimizers[f"dW{number}"] = verdict.optimizer
        if index == self.network.depth - 1:
            self.used_cost = verdict.delta.cost or None
        if verdict.delta.is_right:
            self.right[f"δ{number}"] = at
        else:
            event = at if at is not None else self._weight_event(index, verdict)
            self.findings.append(Finding(f"δ{number}", verdict.delta.code, event, index))
        if verdict.gradient.is_right:
            self.right[f"dW{number}"] = self._weight_event(index, verdict)
        else:
            self.findings.append(
                Finding(f"dW{number}", verdict.gradient.code, self._wrong_weight_event(index, verdict), index)
            )
        if verdict.fit is not None and abs(verdict.fit.momentum - 1) < 1e-4:
            self.pile_up(index)

    def _delta_event(self, index: int, delta: Array) -> int | None:
        """Where δ is made: among what went into the update, else anywhere in the step."""
        first = self.steps[0].sizes[0]
        arrays = [delta[:first], delta]
        at = self.locator.among(arrays, (e for e in self.ancestors(index) if e >= self.start))
        return at if at is not None else self.locator.first(arrays, self.start, self.end)

    def _weight_event(self, index: int, verdict: Verdict) -> int | None:
        layer, first = self.steps[0].layers[index], self.steps[0].sizes[0]
        d = verdict.deltas[0]
        return self.locator.first([layer.u[:first].T @ d[:first], layer.u.T @ d], self.start, self.end)

    def _wrong_weight_event(self, index: int, verdict: Verdict) -> int | None:
        one = weight_gradients([self.steps[0]], index, verdict.deltas[:1], None)
        arrays = [h.arrays()[0] for h in one if h.code == verdict.gradient.code]
        at = self.locator.first(arrays, self.start, self.end)
        if at is None and arrays and np.unique(arrays[0]).size == 1:
            at = self.locator.scalar(float(arrays[0].flat[0]), self.start, self.end)
        if at is not None:
            return at
        use = self.network.flow.uses[self.network.passes[0].layers[index].product]
        parameter = self.network.chain[index]
        return self.locator.product(
            parameter.updates[use.version], self.start, self.network.graph.shape(parameter.first)
        )

    def pile_up(self, index: int, *, is_bias: bool = False) -> None:
        if any(finding.code == "pile-up" for finding in self.findings):
            return
        graph = self.network.graph
        parameter = self.network.biases[index] if is_bias else self.network.chain[index]
        if parameter is None or not parameter.updates:
            return
        size = graph.size(parameter.first)
        adding = [
            at
            for at in self.ancestors(index)
            if graph.events[at].op == "Add" and graph.size(graph.events[at].result) == size
        ]
        self.findings.append(Finding("step 2", "pile-up", max(adding, default=parameter.updates[0]), index))
