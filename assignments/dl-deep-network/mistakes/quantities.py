"""What is in play in a call: the material of numeric explanations."""

from grader.assignments import Quantities, quantities


@quantities("compute_cost")
def in_a_cost(solution, AL, Y):
    return Quantities(symbols={"m": Y.shape[1]}, result="cost")


@quantities("linear_backward")
def going_back_through_a_linear_part(solution, dZ, cache):
    A_prev, W, _ = cache
    symbols = {"m": A_prev.shape[1], "n_in": A_prev.shape[0], "n_out": dZ.shape[0]}
    return Quantities(symbols=symbols, terms={"W": W, "dZ": dZ, "A_prev": A_prev}, result="the result")


@quantities("linear_activation_backward")
def going_back_through_a_layer(solution, dA, cache, activation):
    (A_prev, W, _), Z = cache
    symbols = {"m": A_prev.shape[1], "n_in": A_prev.shape[0], "n_out": Z.shape[0]}
    return Quantities(symbols=symbols, terms={"W": W, "dA": dA, "Z": Z, "A_prev": A_prev}, result="the result")


@quantities("L_model_backward")
def going_back_through_a_network(solution, AL, Y, caches):
    weights = {f"W{number}": linear[1] for number, (linear, _) in enumerate(caches, 1)}
    return Quantities(
        symbols={"m": Y.shape[1]}, parts={f"d{name}": {name: W} for name, W in weights.items()}, result="grads"
    )


@quantities("update_parameters")
def in_a_step(solution, parameters, grads, learning_rate):
    parts = {name: {f"d{name}": grads[f"d{name}"], name: value} for name, value in parameters.items()}
    return Quantities(symbols={"η": learning_rate}, parts=parts, result="parameters")
