"""What is known about each operation of the field: checks, mistakes, quantities, beside its formula in `reference`.

A contract says which of its functions is what: `from operations import softmax`, then `softmax.use("softmax", axis=1)`.
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from grader.assignments import step, table

if TYPE_CHECKING:
    from operations.adagrad import adagrad
    from operations.adam import adam
    from operations.batch_mean import batch_mean
    from operations.batch_norm import batch_norm
    from operations.batch_norm_layer import batch_norm_layer
    from operations.batch_training import batch_training
    from operations.binary_cross_entropy import binary_cross_entropy
    from operations.convolution_layer import convolution_layer
    from operations.cross_entropy import cross_entropy
    from operations.cross_entropy_gradient import cross_entropy_gradient
    from operations.decision import decision
    from operations.dense import dense
    from operations.descent import descent
    from operations.dropout import dropout
    from operations.dropout_layer import dropout_layer
    from operations.elu import elu
    from operations.embedding import embedding
    from operations.flatten import flatten
    from operations.fully_connected import fully_connected
    from operations.gelu import gelu
    from operations.gradient_check import gradient_check
    from operations.gradient_descent import gradient_descent
    from operations.group_norm import group_norm
    from operations.hinge_loss import hinge_loss
    from operations.initial_weights import initial_weights
    from operations.l1_penalty import l1_penalty
    from operations.l2_penalty import l2_penalty
    from operations.layer_activations import layer_activations
    from operations.layer_norm import layer_norm
    from operations.layer_norm_layer import layer_norm_layer
    from operations.layer_pairs import layer_pairs
    from operations.layer_steps import layer_steps
    from operations.leaky_relu import leaky_relu
    from operations.linear_loss import linear_loss
    from operations.lstm_step import lstm_step
    from operations.max_pooling import max_pooling
    from operations.mini_batches import mini_batches
    from operations.momentum import momentum
    from operations.named_gradients import named_gradients
    from operations.nearest_neighbours import nearest_neighbours
    from operations.nesterov import nesterov
    from operations.one_hot import one_hot
    from operations.output_error import output_error
    from operations.penalty_terms import penalty_terms
    from operations.perceptron import perceptron
    from operations.plain_dropout import plain_dropout
    from operations.prediction import prediction
    from operations.rate_decay import rate_decay
    from operations.recurrence import recurrence
    from operations.relu import relu
    from operations.rmsprop import rmsprop
    from operations.running_averages import running_averages
    from operations.sampled_batches import sampled_batches
    from operations.scaled_weights import scaled_weights
    from operations.sigmoid import sigmoid
    from operations.softmax import softmax
    from operations.softmax_jacobian import softmax_jacobian
    from operations.softmax_loss import softmax_loss
    from operations.spatial_batch_norm import spatial_batch_norm
    from operations.squared_error import squared_error
    from operations.tanh import tanh
    from operations.value_slope import value_slope
    from operations.word_vectors import word_vectors

__all__ = [
    "adagrad",
    "adam",
    "batch_mean",
    "batch_norm",
    "batch_norm_layer",
    "batch_training",
    "binary_cross_entropy",
    "convolution_layer",
    "cross_entropy",
    "cross_entropy_gradient",
    "decision",
    "dense",
    "descent",
    "dropout",
    "dropout_layer",
    "elu",
    "embedding",
    "flatten",
    "fully_connected",
    "gelu",
    "gradient_check",
    "gradient_descent",
    "group_norm",
    "hinge_loss",
    "initial_weights",
    "l1_penalty",
    "l2_penalty",
    "layer_activations",
    "layer_norm",
    "layer_norm_layer",
    "layer_pairs",
    "layer_steps",
    "leaky_relu",
    "linear_loss",
    "lstm_step",
    "max_pooling",
    "mini_batches",
    "momentum",
    "named_gradients",
    "nearest_neighbours",
    "nesterov",
    "one_hot",
    "output_error",
    "penalty_terms",
    "perceptron",
    "plain_dropout",
    "prediction",
    "rate_decay",
    "recurrence",
    "relu",
    "rmsprop",
    "running_averages",
    "sampled_batches",
    "scaled_weights",
    "sigmoid",
    "softmax",
    "softmax_jacobian",
    "softmax_loss",
    "spatial_batch_norm",
    "squared_error",
    "step",
    "table",
    "tanh",
    "value_slope",
    "word_vectors",
]


class _Library(ModuleType):
    """The package, which imports an operation when it is first asked for: a table names a dozen of them.

    An operation and its module have one name. When Python has imported the module and puts it into the package, be it
    for another operation that borrows from it, the operation takes its place.
    """

    def __getattr__(self, name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"there is no operation {name!r}")
        importlib.import_module(f"{__name__}.{name}")
        return self.__dict__[name]

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, getattr(value, name, value) if isinstance(value, ModuleType) else value)


sys.modules[__name__].__class__ = _Library
