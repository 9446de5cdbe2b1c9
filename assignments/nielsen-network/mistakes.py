"""Known mistakes of this assignment: a network in columns, its two costs, elastic-net steps and monitored training."""

from assignments.catalogue import (
    column_backpropagation,
    column_network,
    elastic_net,
    elastic_net_cost,
    monitored_training,
)
from grader.assignments import shared

MISTAKES = shared(column_network, column_backpropagation, elastic_net, elastic_net_cost, monitored_training)
