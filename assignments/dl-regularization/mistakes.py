"""Known mistakes of this assignment: those of a penalty λ/(2m)·ΣW² and of its gradient.

Those of the cost of the data, of sums of squares and of going back through layers are in the catalogue that assignments
share.
"""

import numpy as np

from assignments.catalogue import backpropagation, binary_cost, column_gradients, l2_penalty, sigmoid_output
from grader.assignments import Place, Quantities, mistake, quantities, shared

MISTAKES = shared(
    binary_cost,
    l2_penalty.not_squared,
    l2_penalty.plain_sum,
    l2_penalty.norm_not_squared,
    l2_penalty.square_of_the_sum,
    l2_penalty.mean_of_squares,
    l2_penalty.matrix_product,
    l2_penalty.biases_included,
    l2_penalty.last_layer_only,
    l2_penalty.first_layer_only,
    l2_penalty.last_layer_left_out,
    sigmoid_output,
    column_gradients,
    backpropagation.activation_derivative_missing,
    backpropagation.mask_from_the_gradient,
    backpropagation.mask_inverted,
    backpropagation.activation_instead_of_derivative,
    backpropagation.multiplied_by_z,
    backpropagation.sigmoid_derivative_of_z,
    backpropagation.sigmoid_derivative_of_a,
    backpropagation.tanh_derivative,
    backpropagation.tanh_derivative_of_z,
    backpropagation.leaky_derivative,
)

_PENALTY = "The penalty is $\\frac{\\lambda}{2m} (\\sum W_1^2 + \\sum W_2^2 + \\sum W_3^2)$, m the number of samples."
_GRADIENT = "The penalty adds $\\frac{\\lambda}{m} W_l$ to the gradient of each weight matrix, and nothing to biases."
_FACTOR_HINTS = (
    "Print what λ adds to your cost: by which number does it differ from λ/(2m) times the sum of squares?",
    "Look at what stands before the sum of squares.",
)
_LINE = "Look at the λ term in the lines of `dW1`, `dW2` and `dW3`."
_COST = ".*([rR]eg|[pP]enalty|[lL]2).*"
_DW = "d?[wW]\\d.*|gradients"
_DB = "db\\d?"


# The factor of the penalty


@mistake(
    "penalty.not-divided-by-the-samples",
    step="penalty_factor",
    title="The penalty is not divided by the number of samples: λ/2 instead of λ/(2m)",
    explain=f"{_PENALTY} Yours is m times too strong. (`Y.shape[0]` is 1 here: columns are samples, so m is "
    "`Y.shape[1]`.)",
    hints=("Does your penalty change with the number of samples?", *_FACTOR_HINTS),
    place=Place(assigns=_COST),
)
def not_divided_by_the_samples(lambd, m):
    return lambd / 2


@mistake(
    "penalty.half-missing",
    step="penalty_factor",
    title="The ½ of the penalty is missing: λ/m instead of λ/(2m)",
    explain=f"{_PENALTY} Yours is twice as much. The ½ is there so that the gradient is $\\frac{{\\lambda}}{{m}} W$, "
    "without a 2.",
    hints=("What is the derivative of your penalty in W?", *_FACTOR_HINTS),
    place=Place(assigns=_COST),
)
def half_missing(lambd, m):
    return lambd / m


@mistake(
    "penalty.lambda-alone",
    step="penalty_factor",
    title="The factor of the penalty is λ, instead of λ/(2m)",
    explain=f"{_PENALTY} Yours has neither the ½ nor the division by m.",
    hints=("Does your penalty change with the number of samples?", *_FACTOR_HINTS),
    place=Place(assigns=_COST),
)
def lambda_alone(lambd, m):
    return lambd


@mistake(
    "penalty.multiplied-by-the-samples",
    step="penalty_factor",
    title="The penalty is multiplied by the number of samples: `lambd / 2 * m` instead of `lambd / (2 * m)`",
    explain=f"{_PENALTY} Without parentheses Python divides by 2 and then multiplies by m.",
    hints=("Should the penalty grow or shrink with m?", "In which order does Python compute `a / 2 * m`?"),
    place=Place(assigns=_COST),
)
def multiplied_by_the_samples(lambd, m):
    return lambd / 2 * m


@mistake(
    "penalty.divided-by-the-samples-twice",
    step="penalty_factor",
    title="The penalty is divided by the number of samples twice",
    explain=f"{_PENALTY} Yours has $m^2$: one $1/m$ stands before the penalty, and one before the whole cost.",
    hints=("How often is your λ term divided by m?", "Which parts of the cost are inside your `1/m * (…)`?"),
    place=Place(assigns=_COST),
)
def divided_by_the_samples_twice(lambd, m):
    return lambd / (2 * m * m)


@mistake(
    "penalty.quarter",
    step="penalty_factor",
    title="The penalty is halved twice: λ/(4m) instead of λ/(2m)",
    explain=_PENALTY,
    hints=_FACTOR_HINTS,
    place=Place(assigns=_COST),
)
def halved_twice(lambd, m):
    return lambd / (4 * m)


@mistake(
    "penalty.missing",
    step="penalty_factor",
    title="The penalty is missing from the cost",
    explain=f"{_PENALTY} Your cost does not change with λ.",
    hints=("What changes in your cost when `lambd` doubles?", "Is what you compute added to what you return?"),
    place=Place(assigns="cost"),
)
def penalty_missing(lambd, m):
    return 0.0


@mistake(
    "penalty.without-lambda",
    step="penalty_factor",
    title="The penalty does not depend on λ: 1/(2m) stands before the sum",
    explain=f"{_PENALTY} Without λ it is the same for every strength, and not 0 for λ = 0.",
    hints=("What should the penalty be for λ = 0?", "Where does `lambd` appear in your formula?"),
    place=Place(assigns=_COST),
)
def without_lambda(lambd, m):
    return 1 / (2 * m)


@mistake(
    "penalty.subtracted",
    step="penalty_factor",
    title="The penalty is subtracted from the cost",
    explain=f"{_PENALTY} It is added, so that large weights cost something; yours rewards them.",
    hints=("Should large weights make the cost larger or smaller?", "Which sign stands before the penalty?"),
    place=Place(assigns="cost"),
)
def subtracted(lambd, m):
    return -lambd / (2 * m)


# What is penalised: three layers


@mistake(
    "penalty.first-layer-left-out",
    step="penalised",
    title="The first layer's weights are left out of the penalty",
    explain=f"{_PENALTY} Yours has W2 and W3 alone.",
    hints=("Does the penalty change when W1 does?", "Where does your sum, or your `range`, begin?"),
)
def first_layer_left_out(parameters):
    return [parameters["W2"], parameters["W3"]]


@mistake(
    "penalty.second-layer-left-out",
    step="penalised",
    title="The second layer's weights are left out of the penalty",
    explain=f"{_PENALTY} Yours has W1 and W3 alone.",
    hints=("Does the penalty change when W2 does?", "Which names are in your sum?"),
)
def second_layer_left_out(parameters):
    return [parameters["W1"], parameters["W3"]]


def squares(W):
    return np.sum(W**2)


_PARENTHESIS = "Which parenthesis closes each `np.sum(`? Count them from the left."


@mistake(
    "penalty.third-sum-inside-the-second",
    step="penalty",
    title="A parenthesis closes too late: the sum over W3 stands inside the sum over W2",
    explain=f"{_PENALTY} In `np.sum(np.square(W2) + np.sum(np.square(W3)))` the inner sum is added to every entry of "
    "W2 squared, and so counts once for each of them.",
    hints=("By how much does your penalty change with a weight of W3, and with one of W2?", _PARENTHESIS),
    place=Place(calls="sum", assigns=_COST),
)
def third_sum_inside_the_second(parameters, lambd, m):
    W1, W2, W3 = (parameters[f"W{layer}"] for layer in (1, 2, 3))
    return lambd / (2 * m) * (squares(W1) + np.sum(W2**2 + squares(W3)))


@mistake(
    "penalty.later-sums-inside-the-first",
    step="penalty",
    title="A parenthesis closes too late: the sums over W2 and W3 stand inside the sum over W1",
    explain=f"{_PENALTY} In `np.sum(np.square(W1) + np.sum(…) + np.sum(…))` the inner sums are added to every entry of "
    "W1 squared, and so count once for each of them.",
    hints=("By how much does your penalty change with a weight of W3, and with one of W1?", _PARENTHESIS),
    place=Place(calls="sum", assigns=_COST),
)
def later_sums_inside_the_first(parameters, lambd, m):
    W1, W2, W3 = (parameters[f"W{layer}"] for layer in (1, 2, 3))
    return lambd / (2 * m) * np.sum(W1**2 + squares(W2) + squares(W3))


# Its gradient


@mistake(
    "gradient.penalty-missing",
    step="weight_penalty_gradient",
    title="The penalty is missing from the gradients",
    explain=f"{_GRADIENT} Yours do not change with λ, so the weights never feel it.",
    hints=("What changes in your gradients when `lambd` doubles?", _LINE),
)
def gradient_missing(W, lambd, m):
    return 0 * W


@mistake(
    "gradient.penalty-not-divided-by-the-samples",
    step="weight_penalty_gradient",
    title="The penalty's gradient is not divided by the number of samples: λW instead of λ/m·W",
    explain=f"{_GRADIENT} In the cost the penalty stands beside a mean, with $\\frac{{1}}{{m}}$ before both.",
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_not_divided(W, lambd, m):
    return lambd * W


@mistake(
    "gradient.penalty-divided-by-the-samples-twice",
    step="weight_penalty_gradient",
    title="The penalty's gradient is divided by the number of samples twice",
    explain=f"{_GRADIENT} Yours has $m^2$: λ/m W stands inside a parenthesis that is divided by m once more.",
    hints=("How often is your λ term divided by m?", "Which terms does your `1/m * (…)` hold?"),
    place=Place(assigns=_DW),
)
def gradient_divided_twice(W, lambd, m):
    return lambd / m**2 * W


@mistake(
    "gradient.penalty-halved",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λ/(2m)·W: the ½ of the cost was not cancelled",
    explain=f"{_GRADIENT} The derivative of $\\frac{{1}}{{2}} w^2$ is w: the 2 that comes down cancels the ½.",
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_halved(W, lambd, m):
    return lambd / (2 * m) * W


@mistake(
    "gradient.penalty-halved-and-not-divided",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λ/2·W instead of λ/m·W",
    explain=f"{_GRADIENT} The 2 that comes down from the square cancels the ½, and the division by m stays.",
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_halved_and_not_divided(W, lambd, m):
    return lambd / 2 * W


@mistake(
    "gradient.penalty-doubled",
    step="weight_penalty_gradient",
    title="The penalty's gradient is 2λ/m·W: the 2 of the square has a ½ to cancel",
    explain=_GRADIENT,
    hints=("What is the derivative of $\\frac{\\lambda}{2m} w^2$?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_doubled(W, lambd, m):
    return 2 * lambd / m * W


@mistake(
    "gradient.penalty-sign",
    step="weight_penalty_gradient",
    title="The penalty's gradient has the wrong sign",
    explain=f"{_GRADIENT} With a minus sign the weights grow without bound.",
    hints=("Should the penalty make the weights smaller or larger?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_sign(W, lambd, m):
    return -lambd / m * W


@mistake(
    "gradient.penalty-without-lambda",
    step="weight_penalty_gradient",
    title="λ is missing from the penalty's gradient: W/m instead of λ/m·W",
    explain=f"{_GRADIENT} Yours is the same for every λ, and not 0 for λ = 0.",
    hints=("What should the penalty's part be for λ = 0?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_without_lambda(W, lambd, m):
    return W / m


@mistake(
    "gradient.penalty-constant",
    step="weight_penalty_gradient",
    title="The penalty's gradient is λ/m itself: the weights are missing in it",
    explain=f"{_GRADIENT} Each weight is drawn towards 0 in proportion to itself, negative ones upwards.",
    hints=("Should a weight of −2 and one of 2 get the same push?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_constant(W, lambd, m):
    return lambd / m


@mistake(
    "gradient.penalty-sum-of-weights",
    step="weight_penalty_gradient",
    title="The sum of all weights is added to every entry of the gradient",
    explain=f"{_GRADIENT} Each weight has its own derivative; nothing is summed in the gradient.",
    hints=("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the λ term."),
    place=Place(assigns=_DW, calls="sum"),
)
def gradient_sum_of_weights(W, lambd, m):
    return lambd / m * np.sum(W)


@mistake(
    "gradient.penalty-sum-of-squares",
    step="weight_penalty_gradient",
    title="The penalty itself, a sum of squares, is added to every entry of the gradient",
    explain=f"{_GRADIENT} What belongs there is the penalty's derivative, not the penalty.",
    hints=("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the λ term."),
    place=Place(assigns=_DW, calls="sum"),
)
def gradient_sum_of_squares(W, lambd, m):
    return lambd / (2 * m) * np.sum(W**2)


@mistake(
    "gradient.penalty-squared-weights",
    step="weight_penalty_gradient",
    title="The penalty's gradient has W² where W belongs",
    explain=f"{_GRADIENT} The square was not derived: it loses the sign, and negative weights are pushed away from 0.",
    hints=("What is the derivative of $w^2$?", _LINE),
    place=Place(assigns=_DW),
)
def gradient_squared_weights(W, lambd, m):
    return lambd / m * W**2


@mistake(
    "gradient.penalty-of-absolute-values",
    step="weight_penalty_gradient",
    title="The penalty's gradient is that of an L1 penalty: the sign of W instead of W",
    explain=f"{_GRADIENT} $\\frac{{\\lambda}}{{m}} \\, sign(W)$ is the derivative of $\\frac{{\\lambda}}{{m}} \\sum "
    "|W|$.",
    hints=("Should large weights be pushed more than small ones?", _LINE),
    place=Place(calls="sign"),
)
def gradient_of_absolute_values(W, lambd, m):
    return lambd / m * np.sign(W)


@mistake(
    "gradient.biases-penalised",
    step="bias_penalty_gradient",
    title="The biases are penalised: λ/m·b is added to their gradients",
    explain=f"{_GRADIENT} The cost has no biases in its penalty, so their gradients do not change with λ.",
    hints=("Does any gradient of a bias change with λ?", "Which of your lines have a λ term?"),
    place=Place(assigns=_DB),
)
def biases_penalised(b, lambd, m):
    return lambd / m * b


def leave_out(parts, *layers):
    """The penalty's parts with those of some layers 0."""
    return [0 * part if layer in layers else part for layer, part in enumerate(parts, 1)]


_WHICH_LAYER = "Which of dW1, dW2 and dW3 change when `lambd` does?"


@mistake(
    "gradient.penalty-of-last-layer-left-out",
    step="penalty_gradients",
    title="The penalty's gradient is missing in the last layer",
    explain=f"{_GRADIENT} Yours is in dW1 and dW2, but not in dW3.",
    hints=(_WHICH_LAYER, "Look at the line of `dW3`."),
    place=Place(assigns="dW3"),
)
def last_layer_without_penalty(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 3)


@mistake(
    "gradient.penalty-of-first-layer-left-out",
    step="penalty_gradients",
    title="The penalty's gradient is missing in the first layer",
    explain=f"{_GRADIENT} Yours is in dW2 and dW3, but not in dW1.",
    hints=(_WHICH_LAYER, "Look at the line of `dW1`."),
    place=Place(assigns="dW1"),
)
def first_layer_without_penalty(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 1)


@mistake(
    "gradient.penalty-of-second-layer-left-out",
    step="penalty_gradients",
    title="The penalty's gradient is missing in the second layer",
    explain=f"{_GRADIENT} Yours is in dW1 and dW3, but not in dW2.",
    hints=(_WHICH_LAYER, "Look at the line of `dW2`."),
    place=Place(assigns="dW2"),
)
def second_layer_without_penalty(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 2)


@mistake(
    "gradient.penalty-of-last-layer-alone",
    step="penalty_gradients",
    title="The penalty's gradient is in the last layer alone",
    explain=f"{_GRADIENT} Yours is in dW3, but neither in dW1 nor in dW2.",
    hints=(_WHICH_LAYER, _LINE),
)
def last_layer_alone(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 1, 2)


@mistake(
    "gradient.penalty-of-first-layer-alone",
    step="penalty_gradients",
    title="The penalty's gradient is in the first layer alone",
    explain=f"{_GRADIENT} Yours is in dW1, but neither in dW2 nor in dW3.",
    hints=(_WHICH_LAYER, _LINE),
)
def first_layer_alone(right, weights, lambd, m):
    return leave_out(right(weights, lambd, m), 2, 3)


# The way back


@mistake(
    "backward.features-taken-for-samples",
    step="number_of_samples",
    title="m is the number of inputs, not of samples: `X.shape[0]` instead of `X.shape[1]`",
    explain="Columns are samples here: X has the shape (n0, m). All gradients are m/n0 times what they should be.",
    hints=("What does each of the two numbers in `X.shape` count?", "Where is m assigned?"),
    place=Place(assigns="m"),
)
def features_taken_for_samples(X):
    return X.shape[0]


@mistake(
    "backward.pre-activations-as-inputs",
    step="layer_inputs",
    title="The gradients of W2 and W3 use Z of the layer before instead of A",
    explain="A layer's weights multiply what came out of ReLU: $dW_l = \\frac{1}{m} dZ_l A_{l-1}^T$.",
    hints=("What did W3 multiply in the forward pass?", "Z or A: which do you take from the cache?"),
    place=Place(assigns=_DW),
)
def pre_activations_as_inputs(X, A1, A2, Z1, Z2):
    return X, Z1, Z2


@mistake(
    "backward.relu-derivative-missing-in-second-layer",
    step="hidden_delta",
    title="ReLU's derivative is missing in dZ2 (dZ1 has it)",
    explain="$dZ_2 = dA_2 \\odot [Z_2 > 0]$: units that were off in the forward pass are not corrected.",
    hints=("In what do your lines for dZ1 and dZ2 differ?", "Look at the line of `dZ2`."),
    place=Place(assigns="dZ2"),
)
def derivative_missing_in_second_layer(right, upstream, z, layer):
    return upstream if layer == 2 else right(upstream, z, layer)


@mistake(
    "backward.relu-derivative-missing-in-first-layer",
    step="hidden_delta",
    title="ReLU's derivative is missing in dZ1 (dZ2 has it)",
    explain="$dZ_1 = dA_1 \\odot [Z_1 > 0]$: units that were off in the forward pass are not corrected.",
    hints=("In what do your lines for dZ1 and dZ2 differ?", "Look at the line of `dZ1`."),
    place=Place(assigns="dZ1"),
)
def derivative_missing_in_first_layer(right, upstream, z, layer):
    return upstream if layer == 1 else right(upstream, z, layer)


@mistake(
    "backward.activation-gradient-handed-back",
    step="handed_back",
    title="dA1 is computed from dA2 instead of dZ2",
    explain="$dA_1 = W_2^T dZ_2$: on the way to the first layer ReLU lies between $A_2$ and $Z_2$.",
    hints=("Which of dA2 and dZ2 has ReLU's derivative in it?", "Look at the line of `dA1`."),
    place=Place(assigns="dA1"),
)
def activation_gradient_handed_back(dA2, dZ2):
    return dA2


@mistake(
    "backward.negated",
    step="backward_propagation_with_regularization",
    title="All gradients have the wrong sign",
    explain="Every gradient is −1 times the right one, the penalty's part included. A gradient points to where the "
    "cost grows; the minus sign belongs to the update.",
    hints=("In which direction does the cost grow?", "Where does the minus sign of gradient descent belong?"),
)
def negated(right, X, Y, cache, lambd):
    return {key: -gradient for key, gradient in right(X, Y, cache, lambd).items()}


@mistake(
    "backward.keys-without-d",
    step="backward_propagation_with_regularization",
    title="The keys of the result are `W1`, `b1`, …; the task asks for `dW1`, `db1`, …",
    explain="The gradients are right, their names are those of the parameters.",
    hints=("Which keys does the docstring promise?", "Add the d to the keys."),
)
def keys_without_d(right, X, Y, cache, lambd):
    return {key[1:]: gradient for key, gradient in right(X, Y, cache, lambd).items()}


@mistake(
    "backward.weights-and-biases-exchanged",
    step="backward_propagation_with_regularization",
    title="The weight and bias gradients of each layer are exchanged",
    explain="What is stored under the key of the weights is the gradient of the biases, and the reverse.",
    hints=('Which shape does `gradients["dW1"]` have, and which `W1`?', "Compare the keys with the variables."),
)
def weights_and_biases_exchanged(right, X, Y, cache, lambd):
    other = {"W": "b", "b": "W"}
    gradients = right(X, Y, cache, lambd)
    return {key: gradients[f"d{other[key[1]]}{key[2:]}"] for key in gradients}


@quantities("compute_cost_with_regularization")
def in_a_cost(solution, A3, Y, parameters, lambd):
    return Quantities(
        symbols={"m": Y.shape[1], "λ": lambd},
        terms={f"Σ{name}²": np.sum(value**2) for name, value in parameters.items()},
        result="cost",
    )


@quantities("backward_propagation_with_regularization")
def in_the_gradients(solution, X, Y, cache, lambd):
    weights = {"W1": cache[2], "W2": cache[6], "W3": cache[10]}
    return Quantities(
        symbols={"m": X.shape[1], "n0": X.shape[0], "λ": lambd},
        parts={f"d{name}": {name: W, f"sign({name})": np.sign(W), "1": np.ones_like(W)} for name, W in weights.items()},
        result="gradients",
    )
