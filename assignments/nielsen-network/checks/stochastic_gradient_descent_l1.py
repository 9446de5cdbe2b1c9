"""The author's question: where do the spikes come from that an L1 penalty brings?"""

import numpy as np

from grader.checks import check, cost_spikes, flipped_share, note_own_training

from .networks import SEED, network
from .stochastic_gradient_descent import as_samples

L1_RUN = {"epochs": 60, "batch_size": 5, "eta": 2.0, "lmbda_L1": 0.1}
L1_SAMPLES = 100
EVERY_OTHER_PIXEL = np.arange(784).reshape(28, 28)[::2, ::2].ravel()
FEW_FLIPS = 0.005  # of the weights: a sign change that none shows is not told of
HARMLESS = 0.1  # relative, of the cost
SETTLED_BELOW = 0.9  # of the first cost
SIZES = [EVERY_OTHER_PIXEL.size, 30, 10]


@check("NN2.stochastic_gradient_descent", points=0, title="A run with an L1 penalty: what its spikes come from")
def nn2_stochastic_gradient_descent_l1_run(student, solution, dataset):
    samples_of_run = [as_samples(dataset, start, start + L1_SAMPLES, EVERY_OTHER_PIXEL) for start in (0, L1_SAMPLES)]
    slow = {**L1_RUN, "epochs": 2 * L1_RUN["epochs"], "eta": L1_RUN["eta"] / 2}

    def right():
        return [
            solution.remembered(key, lambda options=options: l1_run(solution, samples_of_run, options))
            for key, options in (("l1", L1_RUN), ("slow l1", slow))
        ]

    with solution.meanwhile(right):
        curves, before, after = l1_run(student, samples_of_run, L1_RUN)
    (reference_curves, _, _), slow_run = right()
    is_known = steps_are_known(student, solution, samples_of_run[0])
    remarks = spike_remarks(solution, samples_of_run[0], (curves, before, after), slow_run, is_known=is_known)
    note_own_training("NN2.stochastic_gradient_descent", dataset, curves, reference_curves, remarks=remarks)


def l1_run(implementation, data, options):
    """The curves of a run, and the parameters before and after one more epoch."""
    net = implementation.NN2(SIZES, SEED)
    curves = net.stochastic_gradient_descent(*data, **options)
    before = net.weights, net.biases
    net.stochastic_gradient_descent(*data, **{**options, "epochs": 1})
    return curves, before, (net.weights, net.biases)


def steps_are_known(student, solution, training):
    """Whether a step goes where the solution's goes: only then is it known what moves the weights in this run.

    Without inputs the first layer feels the penalty alone, whatever the order of the samples; in a single batch of all
    samples the order does not matter.
    """
    blank = [(np.zeros_like(x), y) for x, y in training]
    weights, biases = solution.remembered("l1 start", lambda: start(solution))
    for data, batch_size in ((blank, L1_RUN["batch_size"]), (training, L1_SAMPLES)):
        found, right = (network(implementation, (weights, biases)) for implementation in (student, solution))
        for net in (found, right):
            net.stochastic_gradient_descent(data, data, **{**L1_RUN, "epochs": 1, "batch_size": batch_size})
        if not np.allclose(found.weights[0], right.weights[0], rtol=1e-6, atol=1e-9):
            return False
    return True


def start(solution):
    net = solution.NN2(SIZES, SEED)
    return net.weights, net.biases


def spike_remarks(solution, training, run, slow_run, *, is_known):
    """What the run shows about spikes and sign changes, in words; nothing when its numbers cannot be read.

    Why it does is told where the steps are known, and of spikes where there are any.
    """
    curves, before, after = run
    costs = curves.get("train_cost") if isinstance(curves, dict) else None
    if not costs or not np.isfinite(costs).all():
        return []
    spikes, slow_spikes = cost_spikes(costs), cost_spikes(slow_run[0]["train_cost"])
    flips, slow_flips = (flipped_share(a[0][0], b[0][0]) for a, b in ((before, after), slow_run[1:]))
    pull = L1_RUN["eta"] * L1_RUN["lmbda_L1"] / L1_SAMPLES
    weights, biases = before
    hovering = [np.abs(w) < 5 * pull for w in weights]
    without = [np.where(small, 0.0, w) for small, w in zip(hovering, weights, strict=True)]
    cost, cost_without = (network(solution, (w, biases)).total_cost(training) for w in (weights, without))
    seen = (
        f"The training cost jumps above twice its median ({spikes.median:.3g}) in "
        f"{len(spikes.epochs)} of the last {spikes.settled_epochs} epochs, up to {spikes.largest:.3g}."
        if spikes.epochs
        else _without_spikes(curves["train_cost"], spikes.median)
    )
    told = [
        f"This run has an L1 penalty: lmbda_L1 = {L1_RUN['lmbda_L1']:g}, eta = {L1_RUN['eta']:g}, mini-batches of "
        f"{L1_RUN['batch_size']}, {L1_SAMPLES} images of 14 × 14 pixels.",
        seen,
    ]
    if not is_known or flips < FEW_FLIPS:
        return [*told, "Nothing of this costs points."]
    told += [
        f"Each step of the L1 penalty moves every weight by eta·λ₁/n = {pull:g} towards zero, however small it is. "
        f"Weights near zero overshoot it and change sign: {flips:.0%} of the first layer's did so within one epoch.",
    ]
    if np.isclose(cost_without, cost, rtol=HARMLESS):
        told.append(
            f"Those sign changes are harmless by themselves: with the {sum(map(np.sum, hovering)):,} weights below "
            f"{5 * pull:g} set to 0 the cost {_told_apart(cost_without, cost)}."
        )
    spikes_come = (
        "Spikes come from the learning rate: the penalty never lets go, so the network stays where the cost is "
        f"steeply curved, and there a step with eta = {L1_RUN['eta']:g} leaps across the valley. The reference with "
        f"half the learning rate and twice the epochs has {len(slow_spikes.epochs)} spikes, although "
        f"{slow_flips:.0%} of the signs change in one epoch there too."
    )
    return [*told, *([spikes_come] if spikes.epochs else []), "Nothing of this costs points."]


def _without_spikes(costs, settled):
    """What is said of a curve without spikes: one that rises, or does not fall, has settled nowhere."""
    if settled < SETTLED_BELOW * costs[0]:
        return f"The training cost settles at {settled:.3g}, without spikes in this run."
    how = "hardly falls" if costs[-1] < costs[0] else "does not fall"
    return f"The training cost {how} in this run: it is {costs[0]:.4g} at first and {costs[-1]:.4g} at the end."


def _told_apart(now, before):
    """Two costs with as many digits as show a difference, if there is one."""
    for digits in range(3, 7):
        if f"{now:.{digits}g}" != f"{before:.{digits}g}":
            return f"is {now:.{digits}g} instead of {before:.{digits}g}"
    return f"is {now:.3g} as before"
