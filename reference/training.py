"""Mini-batch training, with cost and accuracy along the way.

Everything is an iterator, so that progress can be shown while training runs and training can stop at any
point. The batches depend on (number of samples, batch size, epochs, seed) alone: whoever wants to train
something else on the same batches iterates over `minibatches` too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reference.arrays import Array, Labels, Parameters
from reference.networks import Sequential
from reference.optimizers import SGD


@dataclass(frozen=True)
class Examples:
    """Inputs X (n, …) and targets Y (n, k), one-hot rows. Raises ValueError if their numbers differ."""

    X: Array
    Y: Array

    def __post_init__(self) -> None:
        if len(self.X) != len(self.Y):
            raise ValueError(f"each input needs a target, but there are {len(self.X)} and {len(self.Y)}")

    def __len__(self) -> int:
        return len(self.X)

    def __getitem__(self, rows: Labels | slice) -> "Examples":
        return Examples(self.X[rows], self.Y[rows])


@dataclass(frozen=True)
class Minibatch:
    """Rows of the training set for one step; epochs and steps count from 1, steps throughout."""

    epoch: int
    step: int
    rows: Labels
    ends_epoch: bool


@dataclass(frozen=True)
class Step:
    """One update: the cost of its batch before the update, and the parameters after it."""

    batch: Minibatch
    cost: float
    parameters: Parameters


@dataclass(frozen=True)
class Measurement:
    """Cost (penalties included) and the fraction of samples classified correctly."""

    cost: float
    accuracy: float


@dataclass(frozen=True)
class Epoch:
    """State after an epoch, counted from 1."""

    number: int
    train: Measurement
    test: Measurement | None
    parameters: Parameters


def minibatches(n_samples: int, batch_size: int, epochs: int, seed: int) -> Iterator[Minibatch]:
    """Shuffle all samples anew for each epoch and cut them into batches; the last of an epoch may be smaller.

    Raises ValueError if a size is not positive.
    """
    if n_samples < 1 or batch_size < 1:
        raise ValueError(f"there must be samples and batches of them, but {n_samples=} and {batch_size=}")
    rng = np.random.default_rng(seed)
    step = 0
    for epoch in range(1, epochs + 1):
        order = rng.permutation(n_samples)
        for start in range(0, n_samples, batch_size):
            step += 1
            end = start + batch_size
            yield Minibatch(epoch, step, order[start:end], ends_epoch=end >= n_samples)


def measure(network: Sequential, parameters: Parameters, examples: Examples) -> Measurement:
    """Cost and accuracy on all examples, in one pass."""
    cost, outputs = network.evaluate(parameters, examples.X, examples.Y)
    correct = outputs.argmax(axis=1) == examples.Y.argmax(axis=1)
    return Measurement(float(cost), float(np.mean(correct)))


def training_steps(
    network: Sequential,
    parameters: Parameters,
    train: Examples,
    *,
    optimizer: SGD,
    epochs: int,
    batch_size: int,
    seed: int,
) -> Iterator[Step]:
    """Train from the given parameters, one mini-batch at a time (Deep Learning, algorithm 8.1)."""
    velocity = optimizer.start(parameters)
    for batch in minibatches(len(train), batch_size, epochs, seed):
        examples = train[batch.rows]
        cost, gradients = network.gradients(parameters, examples.X, examples.Y)
        parameters, velocity = optimizer.step(parameters, gradients, velocity)
        yield Step(batch, float(cost), parameters)


def training_epochs(
    network: Sequential,
    parameters: Parameters,
    train: Examples,
    test: Examples | None = None,
    *,
    optimizer: SGD,
    epochs: int,
    batch_size: int,
    seed: int,
) -> Iterator[Epoch]:
    """Train from the given parameters and measure on both sets after each epoch."""
    steps = training_steps(
        network, parameters, train, optimizer=optimizer, epochs=epochs, batch_size=batch_size, seed=seed
    )
    for step in steps:
        if step.batch.ends_epoch:
            yield Epoch(
                number=step.batch.epoch,
                train=measure(network, step.parameters, train),
                test=None if test is None else measure(network, step.parameters, test),
                parameters=step.parameters,
            )
