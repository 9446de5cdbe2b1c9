import numpy as np
import pytest

from reference.layers import (
    ELU,
    Conv2D,
    Dense,
    Flatten,
    LeakyReLU,
    MaxPool2D,
    PenalizeActivity,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from reference.regularizers import L1, L2, ActivityRegularizer

# layer, shape of its input, shape of its output
LAYERS = [
    (Dense(5, 3), (4, 5), (4, 3)),
    (Conv2D(2, 3, window=(3, 2)), (2, 2, 6, 5), (2, 3, 4, 4)),
    (Conv2D(3, 2, window=(3, 3), stride=2, padding=1), (2, 3, 5, 8), (2, 2, 3, 4)),
    (MaxPool2D((2, 2), stride=2), (2, 3, 6, 4), (2, 3, 3, 2)),
    (MaxPool2D((3, 2), stride=1), (2, 1, 5, 4), (2, 1, 3, 3)),
    (MaxPool2D((2, 2), stride=3), (2, 2, 6, 7), (2, 2, 2, 2)),
    (Flatten(), (3, 2, 4, 2), (3, 16)),
    (Sigmoid(), (4, 5), (4, 5)),
    (Tanh(), (4, 5), (4, 5)),
    (ReLU(), (2, 2, 3, 4), (2, 2, 3, 4)),
    (LeakyReLU(0.2), (4, 5), (4, 5)),
    (ELU(1.5), (4, 5), (4, 5)),
    (Softmax(), (4, 5), (4, 5)),
    (PenalizeActivity(ActivityRegularizer(L2(0.3))), (4, 5), (4, 5)),
    (PenalizeActivity(ActivityRegularizer(L1(0.3), reduction="sum")), (3, 2, 4, 4), (3, 2, 4, 4)),
]
every_layer = pytest.mark.parametrize(("layer", "shape", "output_shape"), LAYERS, ids=lambda x: repr(x)[:40])


def draw(rng, shape):
    """Mixed signs, no two numbers closer than 0.05, none near zero: no kink within a step of 1e-5."""
    count = int(np.prod(shape))
    return (rng.permutation(count).reshape(shape) - count // 2) * 0.05 + 0.02


def parameters_of(layer, rng):
    return {name: rng.normal(size=value.shape) for name, value in layer.initialize(rng).items()}


@every_layer
def test_gradients_by_differences(layer, shape, output_shape, rng, assert_gradient):
    x, parameters = draw(rng, shape), parameters_of(layer, rng)
    upstream = rng.normal(size=output_shape)

    def cost(x, **replaced):
        output, cache = layer.forward(parameters | replaced, x)
        return np.sum(upstream * output) + layer.penalty(cache)

    _, cache = layer.forward(parameters, x)
    dx, gradients = layer.backward(parameters, cache, upstream)
    assert_gradient(cost, x, dx)
    assert tuple(gradients) == layer.parameter_names
    for name, gradient in gradients.items():
        assert_gradient(lambda value, name=name: cost(x, **{name: value}), parameters[name], gradient)


@every_layer
def test_shapes_and_names(layer, shape, output_shape, rng):
    parameters = layer.initialize(rng)
    assert tuple(parameters) == layer.parameter_names
    assert layer.forward(parameters, draw(rng, shape))[0].shape == output_shape


@every_layer
def test_nothing_is_changed_in_place_and_precision_is_kept(layer, shape, output_shape, rng):
    x, upstream = draw(rng, shape).astype(np.float32), rng.normal(size=output_shape).astype(np.float32)
    parameters = {name: value.astype(np.float32) for name, value in parameters_of(layer, rng).items()}
    for array in (x, upstream, *parameters.values()):
        array.flags.writeable = False
    output, cache = layer.forward(parameters, x)
    dx, gradients = layer.backward(parameters, cache, upstream)
    assert {array.dtype for array in (output, dx, *gradients.values())} == {np.dtype(np.float32)}


@every_layer
def test_samples_do_not_see_each_other(layer, shape, output_shape, rng):
    x, parameters = draw(rng, shape), parameters_of(layer, rng)
    output, _ = layer.forward(parameters, x)
    reversed_output, _ = layer.forward(parameters, x[::-1])
    np.testing.assert_allclose(reversed_output[::-1], output, rtol=1e-12, atol=1e-14)
    alone, _ = layer.forward(parameters, x[:1])
    np.testing.assert_allclose(alone, output[:1], rtol=1e-12, atol=1e-14)


def test_the_initializer_of_a_layer_is_used(rng):
    ones = Dense(3, 2, initializer=lambda rng, shape: np.ones(shape)).initialize(rng)
    np.testing.assert_array_equal(ones["W"], np.ones((3, 2)))
    np.testing.assert_array_equal(ones["b"], np.zeros(2))


def test_penalty_passes_activations_on_unchanged(rng):
    x = draw(rng, (3, 4))
    output, cache = PenalizeActivity(ActivityRegularizer(L2(0.5))).forward({}, x)
    np.testing.assert_array_equal(output, x)
    assert PenalizeActivity(ActivityRegularizer(L2(0.5))).penalty(cache) == pytest.approx(0.25 * np.sum(x**2) / 3)
