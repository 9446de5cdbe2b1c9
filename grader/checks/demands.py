"""Whether the thing itself was written: a gradient by the chain rule, a network that learns from its data.

Right numbers can be had otherwise: by differences of the cost, by a library that differentiates, from weights that the
file brings along. None of this is seen in the numbers, so it is seen in how they come about. What is told here is told
only where nothing that is right looks like it: hundreds of evaluations that give almost the same cost, a training that
does not notice that the labels are others.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Assignment
from grader.checks.local import TrainedBefore
from grader.checks.run import CheckFault, CheckRun, CheckSetting, run_check
from grader.checks.student import Student
from grader.datasets import Dataset
from grader.sandbox import CellFailure, Evaluated

SHARE = 0.9  # of its numbers that an evaluation each was made for
LONGEST_SECONDS = 20.0  # of a training run that is made once more
CHANCE = 0.5  # of the accuracy before, which a network that learns other labels does not fall below
REFERENCE_KEEPS = 0.8  # of its accuracy, or the other labels are no fair trial
FEW = 10  # a tenth of the images is enough to see that a network learns: what does not is given all of them
FEWEST_IMAGES = 200
VERY_FEW, FEWEST_TRAINED = 40, 50  # to begin with: most need no more, and training is what grading takes longest for
OPPOSITE = 1e-9  # as near the relative error of an opposite is to 1
CHANCE_OF_FEW = 0.25  # which guessing does not reach, among ten classes, nor what knows the true labels


@dataclass(frozen=True)
class Unmet:
    """A demand that a function does not meet, and what to tell about it."""

    demand: str  # "derivatives", "training" or "ready_made"
    told: str


def unmet_demands(
    assignment: Assignment, runs: Sequence[CheckRun], student: Student, setting: CheckSetting
) -> dict[str, Unmet]:
    """Function -> what it does in place of what was asked for; only of functions whose checks passed."""
    demands = assignment.metadata.demands
    found: dict[str, Unmet] = {}
    passed = dict.fromkeys(run.check.function for run in runs if run.passed and run.check.points)
    for function in passed:
        if demands.derivatives != "ignore" and (told := _derivative(function, student)):
            found[function] = Unmet("derivatives", told)
    for run in _shortest_trainings(runs) if demands.training != "ignore" else ():
        if run.check.function not in found and (told := _training(run, student, setting)):
            found[run.check.function] = Unmet("training", told)
    return found


def _derivative(function: str, student: Student) -> str:
    call = student.noted.of(function)
    if call is None:
        return ""
    try:
        seen = student.evaluations(call)
    except (CellFailure, ValueError):
        return ""
    return _told(function, seen, call.numbers, call.longest)


def _told(function: str, seen: Evaluated, numbers: int, longest: int) -> str:
    """What a call of many numbers tells; evaluations of each sample by itself are no more than there are samples."""
    enough = max(SHARE * numbers, 3 * longest)
    if seen.complex_ones >= enough:
        return (
            f"`{function}` evaluates a cost at {seen.complex_ones} complex points for the {numbers} numbers that it "
            "gives: a derivative by the complex step, in which no chain rule is written."
        )
    if seen.alike >= enough:
        return (
            f"`{function}` evaluates a cost about {seen.alike} times for the {numbers} numbers that it gives: a "
            "derivative by differences, in which no chain rule is written. (If it is there to check the gradient, "
            "take it out of the function.)"
        )
    if seen.noting:
        return (
            f"`{function}` is differentiated automatically: functions are called with objects of the class "
            f"`{seen.noting}`, which note what is done with them. No chain rule is written."
        )
    return ""


def _shortest_trainings(runs: Sequence[CheckRun]) -> Iterator[CheckRun]:
    """Of each function the training that takes the least to repeat, if that is not long."""
    trained = [run for run in runs if run.passed and _accuracies(run) and run.result.seconds < LONGEST_SECONDS]
    for function in dict.fromkeys(run.check.function for run in trained):
        yield min((run for run in trained if run.check.function == function), key=lambda run: run.result.seconds)


def _training(run: CheckRun, student: Student, setting: CheckSetting) -> str:
    """What becomes of a training run when every label is another one."""
    before = _accuracies(run)
    if before is None or setting.dataset is None or student.has_used_half_its_time:
        return ""
    if before[0] < REFERENCE_KEEPS * before[1]:
        return ""  # it has learned little, or its accuracy is counted wrongly: nothing follows from it
    others = relabelled(setting.dataset)
    very_few = max(FEWEST_TRAINED, len(others.y_train) // VERY_FEW)
    trials = ((few(others, train=very_few), CHANCE_OF_FEW), (few(others), CHANCE_OF_FEW), (others, CHANCE))
    for dataset, chance in trials:
        other = replace(setting, dataset=dataset, redrawn={}, fair=set())
        stand_in = TrainedBefore(setting.solution, run.check.function)
        again = None
        with suppress(CheckFault):  # which may be the stand-in's
            again = run_check(run.check, student, replace(other, solution=stand_in, fair=set()))
        if again is not None and _own_accuracy(again) >= chance * before[0]:
            return ""  # it learns; what the reference learns of these labels need not be known
    if again is None or stand_in.has_stood_in:
        again = run_check(run.check, student, other)
    after = _accuracies(again)
    if after is None or after[0] >= CHANCE * before[0] or after[1] < REFERENCE_KEEPS * before[1]:
        return ""
    return (
        f"`{run.check.function}` gives a network that does not depend on the labels: trained with other ones (each "
        f"digit called by the next one's name) it gets {after[0]:.0%} of the test images right, and {before[0]:.0%} "
        "with the true ones. Are its weights learned here?"
    )


def _accuracies(run: CheckRun) -> tuple[float, float] | None:
    """On the test images, of the submission's own training and of the reference's; None where there was none."""
    for report in run.record.training:
        if report.history and report.reference_history:
            own, right = report.history[-1].test_accuracy, report.reference_history[-1].test_accuracy
            if own is not None and right:
                return own, right
    return None


def _own_accuracy(run: CheckRun) -> float:
    """On the test images, of the submission's own training; 0 where there was none."""
    reached = [report.history[-1].test_accuracy for report in run.record.training if report.history]
    return next((accuracy for accuracy in reached if accuracy is not None), 0.0)


def relabelled(dataset: Dataset) -> Dataset:
    """The same images with the label after their own; after the last comes the first."""
    classes = int(dataset.y_train.max()) + 1
    return replace(
        dataset,
        name=f"{dataset.name}, relabelled",
        y_train=(dataset.y_train + 1) % classes,
        y_test=(dataset.y_test + 1) % classes,
    )


def few(dataset: Dataset, part: int = FEW, *, train: int | None = None) -> Dataset:
    """The first images of a data set, one of so many; of those to train with `train`, where that is given."""
    usual, test = (max(FEWEST_IMAGES, len(labels) // part) for labels in (dataset.y_train, dataset.y_test))
    train = usual if train is None else train
    return replace(
        dataset,
        X_train=dataset.X_train[:train],
        y_train=dataset.y_train[:train],
        X_test=dataset.X_test[:test],
        y_test=dataset.y_test[:test],
    )


def without_points_for_nothing(own: Sequence[CheckRun]) -> list[CheckRun]:
    """A function's checks, where some fail and all that it ever gives is 0, without points for those that like that."""
    if all(run.passed for run in own) or not _is_nothing(own):
        return [*own]
    told = f"`{own[0].check.function}` gives nothing but 0, which says nothing here"
    return [without_points(run, told) if run.passed or run.result.carried else run for run in own]


def without_points(run: CheckRun, told: str) -> CheckRun:
    """The check as failed."""
    changes = {"status": "failed", "score": 0.0, "carried": 0.0, "given": (), "message": told, "outline": told}
    return replace(run, result=run.result.model_copy(update=changes))


def _is_nothing(own: Sequence[CheckRun]) -> bool:
    seen = [observation.value for run in own for observation in run.record.observations if not observation.raised]
    arrays = [array for value in seen for array in _arrays(value)]
    return bool(arrays) and not any(np.any(array) for array in arrays)


def gives_zeros(own: Sequence[CheckRun], function: str) -> bool:
    """Whether a part of what a function gives, such as all its gradients, was nothing but 0 in each of its calls."""
    parts: dict[tuple[int, int], list[NDArray[Any]]] = {}
    for run in own:
        for seen in run.record.observations:
            if seen.function == function and not seen.raised:
                values = seen.value if type(seen.value) is tuple else (seen.value,)
                for place, value in enumerate(values):
                    parts.setdefault((len(values), place), []).extend(_arrays(value))
    return any(
        any(array.size > 1 for array in arrays) and not any(np.any(array) for array in arrays)
        for arrays in parts.values()
    )


def gives_opposites(own: Sequence[CheckRun], function: str) -> bool:
    """Whether all that is wrong with what a function gives is its sign, as far as its own checks compare it.

    Numbers are as far from others as the two are from 0 together only where they point the other way.
    """
    failed = [run for run in own if run.check.function == function and not run.passed]
    wrong = [one for run in failed for one in run.result.comparisons if one.verdict == "wrong"]
    has_values = all(run.result.status == "failed" and run.result.comparisons for run in failed)
    is_opposite = all((one.relative_error or 0.0) > 1 - OPPOSITE for one in wrong)
    return bool(wrong) and has_values and is_opposite and not gives_zeros(failed, function)


def _arrays(value: Any) -> list[NDArray[Any]]:
    """The numbers of a result: its arrays, or what is a number by itself."""
    if isinstance(value, np.ndarray | np.generic | int | float):
        return [np.asarray(value)]
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, tuple | list):
        return []
    found = [array for item in value for array in _arrays(item)]
    return [array for array in found if array.ndim] or found
