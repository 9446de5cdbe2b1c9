"""Layer normalisation as a layer with its setting in a dict `ln_param`: "eps" (1e-5) (Ba, Kiros & Hinton 2016)."""

from typing import Any

from reference.arrays import Array
from reference.layer_norm import Cache, normalised_samples, sample_gradients


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: dict[str, Any]) -> tuple[Array, Cache]:
    """The output for x (n, d), and what the way back wants to know."""
    return normalised_samples(x, gamma, beta, epsilon_of_layer(ln_param))


def epsilon_of_layer(ln_param: dict[str, Any]) -> float:
    """What is added to the variance."""
    return float(ln_param.get("eps", 1e-5))


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients in x, γ and β."""
    return sample_gradients(dout, cache)
