"""Training runs: one that the grader drives step by step, and one that the submission's own `train` does.

In a driven run both sides get the same weights and the same batches, so that the whole curve must coincide, and the
first step at which it parts is known. A submission's own run is judged by what it reached: accuracy is computed here
from predictions, since labels of the test set never enter the cell.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.describe import describe
from grader.checks.implementation import Implementation
from grader.checks.local import Solution
from grader.checks.record import EpochDone, TrainingEvidence, announce_epoch, fail, note_training
from grader.datasets import Dataset
from grader.report import EpochRecord, TrainingReport

Array = NDArray[np.float64]
Parameters = dict[str, Array]
Step = Callable[[Implementation, Parameters, Array, Array], tuple[float, Mapping[str, Array]]]

MAX_EPOCHS = 10_000
COSTS_COINCIDE = 1e-3  # relative; float32 arithmetic stays below it over a few hundred steps
COSTS_COINCIDE_PER_STEP = 1e-5  # it grows from about 1e-7; a slip that moves few numbers shows in a short run, too


@dataclass(frozen=True)
class Schedule:
    """Mini-batch gradient descent with a constant learning rate."""

    epochs: int
    batch_size: int
    learning_rate: float


def one_hot(labels: NDArray[np.int64], classes: int = 10) -> Array:
    """Labels (n,) as rows of the identity, (n, classes)."""
    return np.eye(classes)[labels]


def accuracy(predicted: Any, labels: NDArray[np.int64]) -> float:
    """Share of right labels; 0.0 when the prediction is not an array of n labels."""
    if not isinstance(predicted, np.ndarray) or predicted.size != labels.size:
        return 0.0
    return float(np.mean(predicted.reshape(-1) == labels))


def costs_coincide(
    function: str,
    student: Implementation,
    solution: Solution,
    *,
    step: Step,
    start: Parameters,
    images: Array,
    targets: Array,
    schedule: Schedule,
    dataset: Dataset,
    rng: np.random.Generator,
    remarks: Sequence[str] = (),
) -> None:
    """Drive both implementations through the same steps and demand the same cost at every one.

    Args:
        function: the function of the contract that the run is about.
        step: cost and gradient of one batch, computed by an implementation.
        start: initial parameters; images (n, d); targets as `step` wants them, (n, …).
    """
    batches = [
        order[i : i + schedule.batch_size]
        for order in [rng.permutation(len(images)) for _ in range(schedule.epochs)]
        for i in range(0, len(images) - schedule.batch_size + 1, schedule.batch_size)
    ]
    run = (function, step.__qualname__, start, images, targets, batches, schedule.learning_rate)
    expected = solution.remembered(run, lambda: _drive("", solution, step, start, images, targets, schedule, batches))
    found = _drive(function, student, step, start, images, targets, schedule, batches)
    divergent = first_divergence(found, expected)
    note_training(
        TrainingReport(
            function=function,
            dataset=dataset.title,
            dataset_is_stand_in=dataset.is_stand_in,
            step_costs=tuple(found),
            reference_step_costs=tuple(expected),
            first_divergent_step=divergent,
            remarks=tuple(remarks),
        )
    )
    if divergent is not None and divergent < len(found):
        fail(
            f"trained from the same weights on the same batches, the cost leaves the reference at step {divergent}: "
            f"{found[divergent]:.6g} instead of {expected[divergent]:.6g}",
            f"trained from the same weights on the same batches, the cost leaves the reference at step {divergent}",
        )


def first_divergence(found: Sequence[float], expected: Sequence[float]) -> int | None:
    """The first step at which two cost curves part; None when they coincide."""
    for i, (a, b) in enumerate(zip(found, expected, strict=False)):
        tolerance = min(COSTS_COINCIDE, COSTS_COINCIDE_PER_STEP * (i + 1))
        if not math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance):
            return i
    return None if len(found) == len(expected) else min(len(found), len(expected))


def _drive(
    function: str,
    network: Implementation,
    step: Step,
    start: Parameters,
    images: Array,
    targets: Array,
    schedule: Schedule,
    batches: Sequence[NDArray[np.int64]],
) -> list[float]:
    parameters = {key: value.copy() for key, value in start.items()}
    costs: list[float] = []
    per_epoch = max(1, len(batches) // schedule.epochs)
    for i, batch in enumerate(batches):
        cost, gradients = step(network, parameters, images[batch], targets[batch])
        costs.append(_number(cost))
        if not math.isfinite(costs[-1]):
            break
        for key, value in parameters.items():
            gradient = gradients.get(key) if isinstance(gradients, Mapping) else None
            if not isinstance(gradient, np.ndarray) or gradient.size != value.size:
                fail(f"no training is possible: the gradient of {key} is {describe(gradient)}")
                return costs
            value -= schedule.learning_rate * gradient.reshape(value.shape)
        if function and (i + 1) % per_epoch == 0:
            announce_epoch(EpochDone(function, (i + 1) // per_epoch, schedule.epochs, costs[-1]))
    return costs


def note_own_training(
    function: str,
    dataset: Dataset,
    history: Any,
    reference_history: Any,
    *,
    test_accuracy: float | None = None,
    reference_test_accuracy: float | None = None,
    remarks: Sequence[str] = (),
    evidence: TrainingEvidence | None = None,
) -> None:
    """Put a submission's own training run into the report, beside the reference's; see `epoch_records`.

    With `evidence` the run is diagnosed as well.
    """
    note_training(
        TrainingReport(
            function=function,
            dataset=dataset.title,
            dataset_is_stand_in=dataset.is_stand_in,
            history=epoch_records(history, test_accuracy),
            reference_history=epoch_records(reference_history, reference_test_accuracy),
            remarks=tuple(remarks),
        ),
        evidence,
    )


def weight_matrices(parameters: Any) -> dict[str, Array]:
    """The finite matrices among named parameters (biases have one row or column, or one dimension), by name."""
    if not isinstance(parameters, Mapping):
        return {}
    return {
        str(name): np.asarray(value, dtype=np.float64)
        for name, value in parameters.items()
        if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and _is_matrix(value)
    }


def _is_matrix(value: NDArray[Any]) -> bool:
    return value.ndim == 2 and min(value.shape) > 1 and bool(np.isfinite(value).all())


def epoch_records(history: Any, test_accuracy: float | None = None) -> tuple[EpochRecord, ...]:
    """A history as records; what cannot be read is None.

    Args:
        history: a list with a dict for each epoch (`{"cost", "accuracy"}` of the training data, `{"train_cost",
            "test_cost", …}` of both), or a dict with a list for each of these.
        test_accuracy: on the test set; known only at the end, it is put into the last record.
    """
    entries = _entries(history)
    records = []
    for epoch, values in enumerate(entries, start=1):
        is_last = epoch == len(entries)
        own_test_accuracy = _optional(values.get("test_accuracy"))
        records.append(
            EpochRecord(
                epoch=epoch,
                train_cost=_optional(values.get("train_cost", values.get("cost"))),
                test_cost=_optional(values.get("test_cost")),
                train_accuracy=_optional(values.get("train_accuracy", values.get("accuracy"))),
                test_accuracy=test_accuracy if is_last and test_accuracy is not None else own_test_accuracy,
            )
        )
    return tuple(records)


def _entries(history: Any) -> list[Mapping[Any, Any]]:
    """One mapping for each epoch, at most `MAX_EPOCHS`."""
    if isinstance(history, Mapping):
        curves = {name: list(curve) for name, curve in history.items() if _is_curve(curve)}
        longest = max(map(len, curves.values()), default=0)
        epochs = range(min(longest, MAX_EPOCHS))
        return [{name: curve[i] for name, curve in curves.items() if i < len(curve)} for i in epochs]
    if isinstance(history, list | tuple):
        return [entry if isinstance(entry, Mapping) else {} for entry in history[:MAX_EPOCHS]]
    return []


def _is_curve(value: Any) -> bool:
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim == 1)


def _number(value: Any) -> float:
    number = _optional(value)
    return float("nan") if number is None else number


def _optional(value: Any) -> float | None:
    if not isinstance(value, int | float | np.generic | np.ndarray):
        return None
    array = np.asarray(value)
    return float(array.reshape(-1)[0]) if array.size == 1 and array.dtype.kind in "biuf" else None


LARGE = 3.0  # times √(2/n), n the number of inputs
MOST = 0.9  # of the weights: where many are 0, something else has happened to them
SMALL = 0.3  # times √(1/n)
NUMBERS = 50  # of a matrix, at least: the spread of a few says nothing

Weights = Mapping[str, NDArray[np.float64]]


def unusual_initial_weights(weights: Weights, *, inputs_first: bool = True) -> tuple[str, ...]:
    """Remarks on the weights before the first step; none where they are drawn in one of the many good ways.

    Args:
        weights: matrices by name, (inputs, outputs) or, unless `inputs_first`, (outputs, inputs).
    """
    drawn = {name: W for name, W in weights.items() if W.ndim == 2 and W.size >= NUMBERS and np.ptp(W) > 0}
    if positive := [name for name, W in drawn.items() if W.min() >= 0 and np.mean(W > 0) > MOST]:
        W = drawn[positive[0]]
        return (
            f"All weights of {_listed(positive)} begin positive ({W.min():.2g} to {W.max():.2g}): with positive inputs "
            "the sums grow from layer to layer, and the units of a layer say nearly the same. `rand` draws between 0 "
            "and 1; `randn` has mean 0.",
        )
    inputs = {name: W.shape[0 if inputs_first else 1] for name, W in drawn.items()}
    large = [name for name, W in drawn.items() if W.std() > LARGE * math.sqrt(2 / inputs[name])]
    if large:
        times = max(drawn[name].std() / math.sqrt(2 / inputs[name]) for name in large)
        return (
            f"{_sizes(large[0], drawn, inputs)}: {_listed(large)} {'are' if large[1:] else 'is'} up to {times:.1f} "
            "times as large at first. What a layer gives is that much larger too: with several such layers the network "
            "is sure of wrong classes before it has learnt anything, and the first steps go into undoing that.",
        )
    small = [name for name, W in drawn.items() if W.std() < SMALL * math.sqrt(1 / inputs[name])]
    if small and len(small) >= len(drawn) - 1:
        return (
            f"{_sizes(small[0], drawn, inputs)}: {_listed(small)} {'are' if small[1:] else 'is'} much smaller at "
            "first. A signal shrinks in such a layer, and so does the error on its way back: learning begins slowly, "
            "and with more layers, or weights that are smaller still, not at all.",
        )
    return ()


def _sizes(name: str, drawn: Weights, inputs: Mapping[str, int]) -> str:
    n = inputs[name]
    return (
        f"The weights of {name} begin with a standard deviation of {drawn[name].std():.2g}; with {n} inputs "
        f"√(2/{n}) = {math.sqrt(2 / n):.2g} keeps the size of a signal"
    )


def _listed(names: list[Any]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]
