"""What an assignment's `checks.py` is written with, and what runs it."""

from grader.assignments.declarations import check
from grader.checks.compare import Tolerance
from grader.checks.expect import compared, expect
from grader.checks.properties import (
    depends_on_its_argument,
    gives_separate_results,
    is_deterministic,
    is_independent_of_batch,
    leaves_arguments_alone,
    lose_samples,
    remark_on_extremes,
    uses_every_sample,
)
from grader.checks.record import TrainingEvidence, fail, follows_convention, remark
from grader.checks.spikes import Spikes, cost_spikes, flipped_share
from grader.checks.training import (
    Schedule,
    accuracy,
    costs_coincide,
    note_own_training,
    one_hot,
    unusual_initial_weights,
    weight_matrices,
)

__all__ = [
    "Schedule",
    "Spikes",
    "Tolerance",
    "TrainingEvidence",
    "accuracy",
    "check",
    "compared",
    "cost_spikes",
    "costs_coincide",
    "depends_on_its_argument",
    "expect",
    "fail",
    "flipped_share",
    "follows_convention",
    "gives_separate_results",
    "is_deterministic",
    "is_independent_of_batch",
    "leaves_arguments_alone",
    "lose_samples",
    "note_own_training",
    "one_hot",
    "remark",
    "remark_on_extremes",
    "unusual_initial_weights",
    "uses_every_sample",
    "weight_matrices",
]
