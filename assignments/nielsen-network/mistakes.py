"""Known mistakes of this assignment: a network in columns, its two costs, elastic-net steps and monitored training."""

from assignments.catalogue import (
    column_accuracy,
    column_backpropagation,
    column_cost,
    column_forward,
    elastic_net_cost,
    elastic_net_penalties,
    elastic_net_step,
    monitored_training,
)
from grader.assignments import shared

MISTAKES = shared(
    column_forward,
    column_cost,
    column_accuracy,
    column_backpropagation,
    elastic_net_penalties,
    elastic_net_step,
    elastic_net_cost,
    monitored_training,
)
