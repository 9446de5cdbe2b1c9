"""What a training curve tells about the network that was trained: fingerprints, each with its figures.

A network that gives every image the same outputs has a least cost that is known beforehand: the entropy of the class
shares p (softmax), or the sum of the binary entropies H(p_j) (a sigmoid for each class), 10·H(0.1) = 3.251 for ten
classes of one size. One that knows nothing at all begins at ln k, or at k·ln 2. Curves that begin or end there, weights
that die, costs that rise: each has few causes, and is told with what was measured.

Nothing is said about a run that ends near the reference's.
"""

import math
from collections.abc import Callable

import numpy as np

from grader.checks.record import TrainingEvidence
from grader.diagnosis.training.training_run import TrainingRun, is_near
from grader.report import Diagnosis, TrainingReport

NEAR_PLATEAU = 0.03  # relative distance of a cost to the one it is compared with
NEAR_START = 0.01
FAR_ABOVE_START = 2.0
ONE_CLASS = 0.99  # share of the images that are given one class
SHRUNK = 0.25  # of the weights' norm
SMALL_WEIGHTS = 0.2  # of the standard deviation 1/√n that keeps a signal's size
RISE = 0.05


def diagnose_training(report: TrainingReport, evidence: TrainingEvidence | None) -> tuple[Diagnosis, ...]:
    """Diagnose one run. Each signature excludes those after it: they are ordered from cause to consequence."""
    if evidence is None:
        return ()
    run = TrainingRun(report, evidence)
    if len(run.costs) < 2 or run.is_near_reference:
        return ()
    for signature in SIGNATURES:
        found = signature(run)
        if found is not None:
            return (found,)
    return ()


# Signatures


def divergence(run: TrainingRun) -> Diagnosis | None:
    """NaN or infinity, and where it began."""
    first = next((i for i, cost in enumerate(run.costs) if not math.isfinite(cost)), None)
    if first is None:
        return None
    return Diagnosis(
        code="training.not-finite",
        title=f"The cost is {run.costs[first]} from entry {first} of the history on",
        explanation="Once a number is NaN or infinite, so is every weight after the next step. Three causes are "
        "common: the logarithm of an output that is exactly 0 or 1, an exponential of a large number, and steps so "
        "large that the weights grow without bound.",
        hints=(
            "What was the cost just before: was it falling or growing?",
            "Are the arguments of `log` and `exp` kept in bounds? Does a tenth of the learning rate help?",
        ),
        confidence="certain",
        evidence={"first": first, "before": run.costs[:first][-3:]},
    )


def collapse(run: TrainingRun) -> Diagnosis | None:
    """One class for every image, while the weights have shrunk to a fraction."""
    if run.largest_share < ONE_CLASS or run.shrinkage > SHRUNK:
        return None
    largest = max(float(np.max(np.abs(W))) for W in run.evidence.weights_after.values())
    return Diagnosis(
        code="training.weights-decay-to-nothing",
        title=f"Every image gets the same class, and the weights have shrunk to {run.shrinkage:.1%} of what they were",
        explanation=f"The largest weight is {largest:.2g} after training: the network has forgotten its input, and "
        f"only its biases are left. The cost stays at {run.costs[-1]:.3f}, near {run.describe_plateau()}, the "
        "least cost of outputs that are the same for every image. A penalty on the weights that is far too strong does "
        "this: each step takes more from the weights than the data gives. A penalty that belongs to the whole training "
        "set of n samples, divided by the m samples of a mini-batch instead, is n/m times too strong.",
        hints=(
            "What happens with λ = 0?",
            "By which number is λ divided in a step: the size of the mini-batch, or of the training set?",
        ),
        confidence="likely",
        evidence={
            "share of the most frequent class": round(run.largest_share, 4),
            "norm of the weights, after / before": float(f"{run.shrinkage:.3g}"),
            "largest weight": float(f"{largest:.3g}"),
            "last cost": run.costs[-1],
            "cost of ignorance": run.cost_of_ignorance,
        },
    )


def blind_plateau(run: TrainingRun) -> Diagnosis | None:
    """A cost that sticks where outputs are the same for every image; most often because of the initial weights."""
    if not is_near(run.costs[-1], run.cost_of_ignorance, NEAR_PLATEAU):
        return None
    starts_blind = is_near(run.costs[0], run.cost_of_knowing_nothing, NEAR_START)
    start = f"starts at {run.describe_start()} = {run.cost_of_knowing_nothing:.3f} and " if starts_blind else ""
    weights, cause = _initial_weights(run)
    return Diagnosis(
        code="training.blind-to-the-input",
        title=f"The cost {start}sticks at {run.costs[-1]:.3f}: the cost of a network that ignores its input",
        explanation=f"Outputs that are the same for every image can learn the shares of the classes, and no more: "
        f"their cost cannot fall below {run.describe_plateau()}. Yours ends there. {weights}{cause}",
        hints=(
            "Do the outputs of two different images differ?",
            "Print the first layer's weights and their gradient before the first step.",
        ),
        confidence="certain" if starts_blind and weights else "likely",
        evidence={
            "first cost": run.costs[0],
            "last cost": run.costs[-1],
            "cost of knowing nothing": run.cost_of_knowing_nothing,
            "cost of ignorance": run.cost_of_ignorance,
            "largest initial weight": {
                name: float(f"{np.max(np.abs(W), initial=0.0):.3g}") for name, W in run.evidence.weights_before.items()
            },
        },
    )


def _initial_weights(run: TrainingRun) -> tuple[str, str]:
    """What is wrong with the initial weights, if anything is, and what follows."""
    before = run.evidence.weights_before
    cause = (
        " A signal that passes such layers is gone before it reaches the output, and so is the error on its way back, "
        "so that the last biases alone are learnt, whatever the learning rate and the activations. Draw the weights at "
        "random with a standard deviation near √(2/n) (rectified units) or √(1/n), n the number of inputs of the layer."
    )
    if before and not any(np.any(W) for W in before.values()):
        return "All weights are 0 at first.", cause
    scales = {name: float(np.std(W)) * math.sqrt(max(W.shape)) for name, W in before.items() if W.ndim == 2}
    small = [name for name, scale in scales.items() if scale < SMALL_WEIGHTS]
    if len(small) >= max(1, len(scales) - 1) and small:
        spread = max(float(np.std(before[name])) for name in small)
        return f"The initial weights of {', '.join(small)} are tiny (standard deviation {spread:.2g} or less).", cause
    return "", (
        "That happens when the input does not reach the output (a layer that always gives the same, weights near 0), "
        "when images and labels do not belong together (shuffled apart), or when wrong gradients lead nowhere."
    )


def ascent(run: TrainingRun) -> Diagnosis | None:
    """A cost that rises from beginning to end."""
    steps = np.diff(run.costs)
    if run.costs[-1] <= (1 + RISE) * run.costs[0] or np.mean(steps > 0) < 0.75:
        return None
    return Diagnosis(
        code="training.ascends",
        title=f"The cost rises, from {run.costs[0]:.3f} to {run.costs[-1]:.3f}",
        explanation="A small step against the gradient makes the cost fall. One that rises all the way has the wrong "
        "sign somewhere (in the update, or in the error at the output), or steps that are far too large.",
        hints=("Does the cost fall with a hundredth of the learning rate?", "Look at the signs of error and update."),
        confidence="likely",
        evidence={"first cost": run.costs[0], "last cost": run.costs[-1]},
    )


def never_moves(run: TrainingRun) -> Diagnosis | None:
    """A cost that does not change at all."""
    if max(run.costs) - min(run.costs) > 1e-9 * max(1.0, abs(run.costs[0])):
        return None
    return Diagnosis(
        code="training.never-moves",
        title=f"The cost does not change at all: {run.costs[0]:.4f} throughout",
        explanation="No step reaches the parameters that the cost is computed from: all gradients are 0, the learning "
        "rate is not used, or the new values are stored where nobody looks.",
        hints=("Are the weights different after a step?", "Are the gradients 0?"),
        confidence="likely",
        evidence={"cost": run.costs[0]},
    )


def costly_confidence(run: TrainingRun) -> Diagnosis | None:
    """Cost and accuracy that rise together over the last part of the run."""
    records = [r for r in run.report.history if r.train_cost is not None and r.train_accuracy is not None]
    costs = [r.train_cost for r in records if r.train_cost is not None]
    lowest = int(np.argmin(costs)) if costs else 0
    if len(costs) - lowest < 3 or costs[-1] < (1 + RISE) * costs[lowest]:
        return None
    earlier, last = records[lowest].train_accuracy, records[-1].train_accuracy
    if earlier is None or last is None or last <= earlier:
        return None
    return Diagnosis(
        code="training.cost-and-accuracy-rise",
        title=f"The cost rises (from {costs[lowest]:.3f} to {costs[-1]:.3f}) while the accuracy rises too "
        f"({earlier:.1%} to {last:.1%})",
        explanation="More samples are classified rightly, and those that are not are wrong with more and more "
        "confidence, which cross-entropy punishes without bound. The steps do not follow this cost: the gradient may "
        "be that of another one (the squared error hardly corrects confident mistakes).",
        hints=("Which cost is your gradient the gradient of?", "Compare it with central differences of your cost."),
        confidence="likely",
        evidence={"lowest cost": costs[lowest], "last cost": costs[-1]},
    )


def too_large_at_the_start(run: TrainingRun) -> Diagnosis | None:
    """A first cost far above that of knowing nothing."""
    if run.costs[0] < FAR_ABOVE_START * run.cost_of_knowing_nothing:
        return None
    return Diagnosis(
        code="training.starts-far-above-chance",
        title=f"The cost starts at {run.costs[0]:.1f}, far above {run.describe_start()} = "
        f"{run.cost_of_knowing_nothing:.2f}",
        explanation="Before it has learnt anything a network should be undecided. Yours is sure and wrong: its weights "
        "are too large at first, or its inputs are (pixels from 0 to 255), and training begins with undoing that.",
        hints=(
            "How large are the outputs' pre-activations before training?",
            "With which standard deviation are the weights drawn? Are the inputs scaled to 0 … 1?",
        ),
        confidence="likely",
        evidence={"first cost": run.costs[0], "cost of knowing nothing": run.cost_of_knowing_nothing},
    )


SIGNATURES: tuple[Callable[[TrainingRun], Diagnosis | None], ...] = (
    divergence,
    never_moves,
    collapse,
    blind_plateau,
    ascent,
    costly_confidence,
    too_large_at_the_start,
)
