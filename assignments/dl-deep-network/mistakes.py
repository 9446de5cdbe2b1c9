"""Known mistakes of this assignment: those of putting layers together, forwards and backwards.

Those within a layer and in the cost are in the catalogue that assignments share.
"""

import numpy as np

from assignments.catalogue import (
    backpropagation,
    binary_cost,
    column_gradients,
    column_network,
    gradient_descent,
    relu,
    sigmoid,
)
from grader.assignments import Place, Quantities, mistake, quantities, shared

MISTAKES = shared(
    column_network.bias_missing,
    column_network.bias_subtracted,
    column_network.bias_summed,
    sigmoid.sign,
    sigmoid.missing_parentheses,
    sigmoid.tanh_instead,
    sigmoid.derivative_returned,
    sigmoid.applied_twice,
    sigmoid.identity,
    relu.max_over_axis,
    relu.identity,
    relu.absolute_value,
    relu.minimum,
    relu.step_function,
    relu.leaky,
    relu.tanh_instead,
    binary_cost,
    column_gradients,
    backpropagation.activation_derivative_missing,
    backpropagation.mask_from_the_gradient,
    backpropagation.mask_inverted,
    backpropagation.activation_instead_of_derivative,
    backpropagation.multiplied_by_z,
    backpropagation.sigmoid_derivative_of_a,
    backpropagation.tanh_derivative,
    backpropagation.tanh_derivative_of_z,
    backpropagation.leaky_derivative,
    sigmoid.of_activations,
    sigmoid.of_the_sigmoid_of_z,
    sigmoid.value_returned,
    sigmoid.one_minus_value,
    sigmoid.plus_for_minus,
    sigmoid.of_tanh,
    gradient_descent,
)

_LINEAR = "The linear part is $Z = W A + b$, with W of the shape (n_out, n_in) and A of the shape (n_in, m)."
_NETWORK = "The network has ReLU in layers 1 … L−1 and the sigmoid in layer L."
_CACHE_HINTS = (
    "Which A, W and Z belong to the layer whose gradients you compute?",
    "Write down the index of the cache for the last layer, and for the first.",
)


# A layer, forwards


@mistake(
    "linear_forward.weights-transposed",
    step="weighted_input",
    title="The weights are transposed in the forward pass",
    explain=f"{_LINEAR} No transpose is needed.",
    hints=("Write the shapes of the two factors beside each other: which dimensions meet?", "Look for a `.T`."),
    place=Place(assigns="Z", calls="dot|matmul"),
)
def weights_transposed(w, a, b):
    return np.dot(w.T, a) + b


@mistake(
    "linear_forward.factors-exchanged",
    step="weighted_input",
    title="The factors are exchanged: A·W instead of W·A",
    explain=f"{_LINEAR} A product of matrices depends on the order of its factors.",
    hints=("Write the shapes of the two factors beside each other: which dimensions meet?", "Which stands first?"),
    place=Place(assigns="Z", calls="dot|matmul"),
)
def factors_exchanged(w, a, b):
    return np.dot(a, w) + b


@mistake(
    "linear_forward.elementwise-product",
    step="weighted_input",
    title="`*` multiplies entry by entry; a layer needs the matrix product, `np.dot` or `@`",
    explain=f"{_LINEAR} Between arrays `*` is not the matrix product.",
    hints=("Which product joins every input with every unit?", "`*` or `np.dot`?"),
    place=Place(assigns="Z"),
)
def elementwise_product(w, a, b):
    return w * a + b


@mistake(
    "linear_activation_forward.always-relu",
    step="activated",
    title='ReLU is used for both activations: the choice "sigmoid" changes nothing',
    explain='With `activation="sigmoid"` a layer gives $\\sigma(Z)$, so that outputs lie between 0 and 1.',
    hints=("Does your result change with `activation`?", "What do you compare `activation` with?"),
)
def always_relu(z, activation):
    return np.maximum(z, 0)


@mistake(
    "linear_activation_forward.always-sigmoid",
    step="activated",
    title='The sigmoid is used for both activations: the choice "relu" changes nothing',
    explain='With `activation="relu"` a layer gives $\\max(0, Z)$.',
    hints=("Does your result change with `activation`?", "What do you compare `activation` with?"),
)
def always_sigmoid(z, activation):
    return 1 / (1 + np.exp(-z))


@mistake(
    "linear_activation_forward.activations-exchanged",
    step="activated",
    title="The two activations are exchanged",
    explain='With "sigmoid" a layer gives $\\sigma(Z)$, with "relu" $\\max(0, Z)$.',
    hints=('What is the largest number that "sigmoid" may give?', "Look at the two branches of your `if`."),
)
def activations_exchanged(right, z, activation):
    return right(z, {"relu": "sigmoid", "sigmoid": "relu"}[activation])


@mistake(
    "linear_activation_forward.z-returned",
    step="activated",
    title="Z is returned instead of A: the activation is not applied",
    explain="A layer gives its activation. Without it all layers together are one linear map.",
    hints=("Can your result be negative?", "Is what you compute what you return?"),
    place=Place(assigns="A", calls="relu|sigmoid"),
)
def z_returned(z, activation):
    return z


# The network, forwards


@mistake(
    "forward.sigmoid-in-every-layer",
    step="activation_of",
    title="Every layer has the sigmoid, the hidden ones too",
    explain=_NETWORK,
    hints=("Between which numbers do your hidden activations lie?", "Which activation is passed inside the loop?"),
)
def sigmoid_in_every_layer(layer, depth):
    return "sigmoid"


@mistake(
    "forward.relu-in-every-layer",
    step="activation_of",
    title="Every layer has ReLU, the last one too",
    explain=f"{_NETWORK} With ReLU at the end the output is no probability.",
    hints=("Can your output be larger than 1?", "Which activation is passed after the loop?"),
)
def relu_in_every_layer(layer, depth):
    return "relu"


@mistake(
    "forward.last-layer-left-out",
    step="number_of_layers",
    title="The last layer is left out",
    explain=f"{_NETWORK} L is `len(parameters) // 2`, weights and biases of a layer being two entries; the loop "
    "`range(1, L)` ends with layer L−1, and layer L follows it.",
    hints=("Which shape does your AL have?", "How often is your loop run for a network of three layers?"),
    place=Place(assigns="L", calls="len"),
)
def last_layer_left_out(parameters):
    return len(parameters) // 2 - 1


@mistake(
    "forward.last-hidden-layer-left-out",
    step="visited_layers",
    title="The last hidden layer is left out: the loop ends one layer too early",
    explain=f"{_NETWORK} `range(1, L)` has the layers 1 … L−1 already.",
    hints=("Does your output change with the weights of every layer?", "Which layers does your `range` have?"),
    place=Place(calls="range"),
)
def last_hidden_layer_left_out(depth):
    return [layer for layer in range(1, depth + 1) if layer != depth - 1]


@mistake(
    "forward.first-layer-left-out",
    step="visited_layers",
    title="The first layer is left out",
    explain=f"{_NETWORK} The loop begins with layer 1, whose input is X.",
    hints=("Does your output change with W1?", "Which layers does your `range` have?"),
    place=Place(calls="range"),
)
def first_layer_left_out(depth):
    return range(2, depth + 1)


@mistake(
    "forward.every-layer-gets-the-inputs",
    step="layer_input",
    title="Every hidden layer gets the inputs X instead of what the layer before gave",
    explain=f"{_NETWORK} Each layer's input is the activation of the layer before: `A_prev = A` inside the loop.",
    hints=("What does the second layer get?", "Which variable changes from turn to turn of your loop?"),
)
def every_layer_gets_the_inputs(A, X, layer, depth):
    return A if layer == depth else X


# The cost as a whole

_COST = (
    "The cost is $-\\frac{1}{m} \\sum_i [y_i \\ln a_i + (1 - y_i) \\ln(1 - a_i)]$: the factor stands before both terms."
)
_COST_HINTS = ("Which terms does your $-1/m$ multiply?", "Put the whole sum into parentheses.")


@mistake(
    "cost.factor-before-the-first-term-alone",
    step="compute_cost",
    title="−1/m stands before the first term alone: the second is neither averaged nor negated",
    explain=f"{_COST} In yours the second term is added as it is.",
    hints=_COST_HINTS,
    place=Place(assigns="cost", calls="log"),
)
def factor_before_the_first_term_alone(AL, Y):
    return float(-np.sum(Y * np.log(AL)) / Y.shape[1] + np.sum((1 - Y) * np.log(1 - AL)))


@mistake(
    "cost.second-term-not-averaged",
    step="compute_cost",
    title="The second term of the cost is not divided by m",
    explain=f"{_COST} In yours the division belongs to the first term alone.",
    hints=_COST_HINTS,
    place=Place(assigns="cost", calls="log"),
)
def second_term_not_averaged(AL, Y):
    return float(-np.sum(Y * np.log(AL)) / Y.shape[1] - np.sum((1 - Y) * np.log(1 - AL)))


# A layer, backwards


@mistake(
    "linear_backward.features-taken-for-samples",
    step="number_of_samples",
    title="m is the number of inputs of the layer: `A_prev.shape[0]` instead of `A_prev.shape[1]`",
    explain="Columns are samples here, so A_prev has the shape (n_in, m).",
    hints=("What does each of the two numbers in `A_prev.shape` count?", "Where is m assigned?"),
    place=Place(assigns="m"),
)
def features_taken_for_samples(A_prev, dZ):
    return A_prev.shape[0]


@mistake(
    "linear_backward.units-taken-for-samples",
    step="number_of_samples",
    title="m is the number of units of the layer: `dZ.shape[0]` instead of `dZ.shape[1]`",
    explain="Columns are samples here, so dZ has the shape (n_out, m).",
    hints=("What does each of the two numbers in `dZ.shape` count?", "Where is m assigned?"),
    place=Place(assigns="m"),
)
def units_taken_for_samples(A_prev, dZ):
    return dZ.shape[0]


@mistake(
    "linear_backward.never-averaged",
    step="number_of_samples",
    title="dW and db are not divided by m: sums, where the gradients of a mean are asked for",
    explain="The cost is a mean over the m samples (columns), so $dW = \\frac{1}{m} dZ \\, A_{prev}^T$ and db is the "
    "sum of the columns of dZ divided by m.",
    hints=("How does the gradient change when every sample is given twice?", "Where is the division by m?"),
)
def never_averaged(A_prev, dZ):
    return 1


@mistake(
    "linear_backward.results-in-another-order",
    step="linear_backward",
    title="The results are in another order: dW, db, dA_prev",
    explain="`linear_backward` returns (dA_prev, dW, db). Yours are right, but stand elsewhere.",
    hints=("Which shapes do your three results have?", "Look at the `return`."),
)
def results_in_another_order(right, dZ, cache):
    dA_prev, dW, db = right(dZ, cache)
    return dW, db, dA_prev


@mistake(
    "linear_activation_backward.always-relu",
    step="activation_gradient",
    title='The derivative of ReLU is used for both activations: "sigmoid" changes nothing',
    explain='With `activation="sigmoid"`, $dZ = dA \\odot \\sigma(Z) (1 - \\sigma(Z))$.',
    hints=("Does your result change with `activation`?", "Look at the two branches of your `if`."),
)
def derivative_always_of_relu(upstream, z, activation):
    return upstream * (z > 0)


@mistake(
    "linear_activation_backward.always-sigmoid",
    step="activation_gradient",
    title='The derivative of the sigmoid is used for both activations: "relu" changes nothing',
    explain='With `activation="relu"`, dZ is dA where $Z > 0$ and 0 elsewhere.',
    hints=("Does your result change with `activation`?", "Look at the two branches of your `if`."),
)
def derivative_always_of_sigmoid(upstream, z, activation):
    s = 1 / (1 + np.exp(-z))
    return upstream * s * (1 - s)


@mistake(
    "linear_activation_backward.activations-exchanged",
    step="activation_gradient",
    title="The derivatives of the two activations are exchanged",
    explain='"sigmoid" has $\\sigma(Z) (1 - \\sigma(Z))$, "relu" has 1 where $Z > 0$ and 0 elsewhere.',
    hints=("Which values can dZ / dA have for each activation?", "Look at the two branches of your `if`."),
)
def derivatives_exchanged(right, upstream, z, activation):
    return right(upstream, z, {"relu": "sigmoid", "sigmoid": "relu"}[activation])


@mistake(
    "linear_activation_backward.derivative-missing",
    step="activation_gradient",
    title="No activation is derived: dA is taken for dZ",
    explain="Between A and Z stands the activation: dZ is dA times its derivative at Z.",
    hints=("Does your result change with Z?", "What is called before `linear_backward`?"),
)
def derivative_missing(upstream, z, activation):
    return upstream


@mistake(
    "linear_activation_backward.gradient-left-out",
    step="activation_gradient",
    title="dA is left out: dZ is the derivative of the activation alone",
    explain="By the chain rule, the derivative of the activation is multiplied by what arrives, dA.",
    hints=("Does your result change with dA?", "By what is the derivative multiplied?"),
)
def gradient_left_out(right, upstream, z, activation):
    return right(np.ones_like(upstream), z, activation)


# The network, backwards

_OUTPUT = "The derivative of $-y \\ln a - (1 - y) \\ln(1 - a)$ in a is $-\\frac{y}{a} + \\frac{1 - y}{1 - a}$."
_DAL = "dA.*"


@mistake(
    "backward.output-gradient-sign",
    step="output_gradient",
    title="dAL has the wrong sign",
    explain=f"{_OUTPUT} Yours is −1 times that: with it, descent climbs.",
    hints=("If an output is too small for the label 1, must its gradient be positive or negative?", "Derive the cost."),
    place=Place(assigns=_DAL, calls="divide"),
)
def output_gradient_sign(AL, Y):
    return Y / AL - (1 - Y) / (1 - AL)


@mistake(
    "backward.output-gradient-terms-of-one-sign",
    step="output_gradient",
    title="Both terms of dAL have a minus: the parentheses are missing or hold a plus",
    explain=f"{_OUTPUT} Yours is $-\\frac{{y}}{{a}} - \\frac{{1 - y}}{{1 - a}}$.",
    hints=("What does $\\ln(1 - a)$ give when it is derived?", "Which sign has your gradient where the label is 0?"),
    place=Place(assigns=_DAL, calls="divide"),
)
def output_gradient_terms_of_one_sign(AL, Y):
    return -(Y / AL + (1 - Y) / (1 - AL))


@mistake(
    "backward.output-gradient-of-positive-labels",
    step="output_gradient",
    title="dAL lacks its second term: samples labelled 0 have no gradient",
    explain=_OUTPUT,
    hints=("What is your gradient where the label is 0?", "How many terms has the cost?"),
    place=Place(assigns=_DAL),
)
def output_gradient_of_positive_labels(AL, Y):
    return -Y / AL


@mistake(
    "backward.output-gradient-of-negative-labels",
    step="output_gradient",
    title="dAL lacks its first term: samples labelled 1 have no gradient",
    explain=_OUTPUT,
    hints=("What is your gradient where the label is 1?", "How many terms has the cost?"),
    place=Place(assigns=_DAL),
)
def output_gradient_of_negative_labels(AL, Y):
    return (1 - Y) / (1 - AL)


@mistake(
    "backward.output-gradient-is-that-of-z",
    step="output_gradient",
    title="dAL is AL − Y: that is dZ of the last layer already",
    explain=f"{_OUTPUT} Times the sigmoid's derivative it becomes $a - y$. Passed on as dAL, it is multiplied by that "
    "derivative once more, as for the squared error.",
    hints=("In which quantity is $a - y$ the derivative of the cost?", "What does `linear_activation_backward` get?"),
    place=Place(assigns=_DAL),
)
def output_gradient_is_that_of_z(AL, Y):
    return AL - Y


@mistake(
    "backward.output-gradient-of-squared-error",
    step="output_gradient",
    title="dAL is the derivative of the squared error, 2(AL − Y)",
    explain=_OUTPUT,
    hints=("Which cost has $2 (a - y)$ as its derivative?", "Derive the cross-entropy."),
    place=Place(assigns=_DAL),
)
def output_gradient_of_squared_error(AL, Y):
    return 2 * (AL - Y)


@mistake(
    "backward.output-gradient-averaged",
    step="output_gradient",
    title="dAL is divided by m: the division is made once more in `linear_backward`",
    explain="The mean of the cost has one factor $\\frac{1}{m}$. `linear_backward` has it for all layers; dAL is the "
    "gradient of each sample's own cost.",
    hints=("How often is your gradient divided by m?", "Look at the line of `dAL`."),
    place=Place(assigns=_DAL),
)
def output_gradient_averaged(right, AL, Y):
    return right(AL, Y) / Y.shape[1]


@mistake(
    "backward.output-gradient-denominators-exchanged",
    step="output_gradient",
    title="The denominators of dAL are exchanged",
    explain=_OUTPUT,
    hints=("What is the derivative of $\\ln a$?", "Which denominator belongs to y?"),
    place=Place(assigns=_DAL),
)
def output_gradient_denominators_exchanged(AL, Y):
    return (1 - Y) / AL - Y / (1 - AL)


@mistake(
    "backward.last-cache-not-kept",
    step="caches_at_hand",
    title="`caches` lacks the last layer's: `L_model_forward` appends those of the loop alone",
    explain="The last layer stands after the loop, and its cache has to be appended there as well. Without it "
    "`len(caches)` is one too small, and the last layer's gradients are computed with the cache of the layer before.",
    hints=(
        "How many caches does `L_model_forward` return for a network of three layers?",
        "Look for every `caches.append`.",
    ),
)
def last_cache_not_kept(caches):
    return caches[:-1]


@mistake(
    "backward.cache-of-the-layer-before",
    step="cache_of",
    title="The hidden layers go back with the cache of the layer before them: the index is one too small",
    explain="Caches are counted from 0, layers from 1: the cache of layer l is `caches[l - 1]`. For the first layer "
    "`caches[-1]` is that of the last: Python counts negative indices from the end.",
    hints=_CACHE_HINTS,
    place=Place(assigns="current_cache|cache"),
)
def cache_of_the_layer_before(caches, layer):
    return caches[layer - 1 if layer == len(caches) else layer - 2]


@mistake(
    "backward.cache-of-the-last-layer",
    step="cache_of",
    title="Hidden layers go back with the cache of a layer behind them, or with the last one's",
    explain="Caches are counted from 0, layers from 1: the cache of layer l is `caches[l - 1]`. In a loop over "
    "`reversed(range(L - 1))` the index is the loop's variable itself.",
    hints=_CACHE_HINTS,
    place=Place(assigns="current_cache|cache"),
)
def cache_of_the_last_layer(caches, layer):
    return caches[-1]


@mistake(
    "backward.every-layer-gets-the-output-gradient",
    step="gradient_for",
    title="Every layer gets dAL instead of what the layer behind it passed back",
    explain="A layer's dA is the dA_prev of the layer behind it. Yours is the same in each turn of the loop.",
    hints=("On which W does your gradient of W1 depend?", "Which dA is passed on inside your loop?"),
)
def every_layer_gets_the_output_gradient(upstream, dAL):
    return dAL


@mistake(
    "backward.sigmoid-on-every-way-back",
    step="activation_on_the_way_back",
    title="Every layer goes back through the sigmoid, the hidden ones too",
    explain=f"{_NETWORK} Going back, each layer has the derivative of its own activation.",
    hints=("Which activation do the hidden layers have in the forward pass?", "Which is passed inside the loop?"),
    place=Place(calls="linear_activation_backward"),
)
def sigmoid_on_every_way_back(layer, depth):
    return "sigmoid"


@mistake(
    "backward.relu-on-every-way-back",
    step="activation_on_the_way_back",
    title="Every layer goes back through ReLU, the last one too",
    explain=f"{_NETWORK} Going back, each layer has the derivative of its own activation.",
    hints=("Which activation does the last layer have in the forward pass?", "Which is passed before the loop?"),
    place=Place(calls="linear_activation_backward"),
)
def relu_on_every_way_back(layer, depth):
    return "relu"


@mistake(
    "backward.activations-exchanged",
    step="activation_on_the_way_back",
    title="The last layer goes back through ReLU, the hidden ones through the sigmoid",
    explain=f"{_NETWORK} Going back, each layer has the derivative of its own activation.",
    hints=("Which activation does each layer have in the forward pass?", "Which is passed inside the loop?"),
    place=Place(calls="linear_activation_backward"),
)
def activations_exchanged_on_the_way_back(layer, depth):
    return "relu" if layer == depth else "sigmoid"


def renamed(gradients, rename):
    return {rename(key): value for key, value in gradients.items()}


@mistake(
    "backward.keys-counted-from-0",
    step="L_model_backward",
    title="The keys are counted from 0: what belongs to layer 1 is under `dW0`",
    explain="Layers are counted from 1: the gradients of layer l are `dW` and `db` of l. In a loop over indices from 0 "
    "that is `l + 1`.",
    hints=("Which keys does your dict have for a network of three layers?", 'Where is the `+ 1` in `"dW" + str(l)`?'),
    place=Place(assigns="grads|dW.*"),
)
def keys_counted_from_0(right, AL, Y, caches):
    return renamed(right(AL, Y, caches), lambda key: f"{key[:2]}{int(key[2:]) - 1}")


@mistake(
    "backward.hidden-keys-counted-from-0",
    step="L_model_backward",
    title="The keys of hidden layers are counted from 0, that of the last layer from 1",
    explain="Layers are counted from 1: the gradients of layer l are `dW` and `db` of l. In a loop over indices from 0 "
    "that is `l + 1`.",
    hints=("Which keys does your dict have for a network of three layers?", 'Where is the `+ 1` in `"dW" + str(l)`?'),
    place=Place(assigns="grads|dW.*"),
)
def hidden_keys_counted_from_0(right, AL, Y, caches):
    last = str(len(caches))
    return renamed(right(AL, Y, caches), lambda key: key if key[2:] == last else f"{key[:2]}{int(key[2:]) - 1}")


@mistake(
    "backward.keys-without-d",
    step="L_model_backward",
    title="The keys of the result are `W1`, `b1`, …; the task asks for `dW1`, `db1`, …",
    explain="The gradients are right, their names are those of the parameters.",
    hints=("Which keys does the docstring promise?", "Add the d to the keys."),
)
def keys_without_d(right, AL, Y, caches):
    return renamed(right(AL, Y, caches), lambda key: key[1:])


@mistake(
    "backward.weights-and-biases-exchanged",
    step="L_model_backward",
    title="The weight and bias gradients of each layer are exchanged",
    explain="What is stored under the key of the weights is the gradient of the biases, and the reverse.",
    hints=('Which shape does `grads["dW1"]` have, and which `W1`?', "In which order are `dW` and `db` taken?"),
)
def weights_and_biases_exchanged(right, AL, Y, caches):
    other = {"W": "b", "b": "W"}
    return renamed(right(AL, Y, caches), lambda key: f"d{other[key[1]]}{key[2:]}")


@mistake(
    "backward.weights-and-biases-of-the-last-layer-exchanged",
    step="L_model_backward",
    title="The weight and bias gradients of the last layer are exchanged",
    explain="What is stored under the key of the last layer's weights is the gradient of its biases, and the reverse.",
    hints=("Which shape does the gradient of the last W have?", "In which order are `dW` and `db` taken?"),
    place=Place(assigns="grads|dW", calls="linear_activation_backward"),
)
def weights_and_biases_of_the_last_layer_exchanged(right, AL, Y, caches):
    last = len(caches)
    other = {f"dW{last}": f"db{last}", f"db{last}": f"dW{last}"}
    return renamed(right(AL, Y, caches), lambda key: other.get(key, key))


# Update

_STEP = "A step changes the weights and biases of all L layers."


@mistake(
    "update.last-layer-left-out",
    step="updated_layers",
    title="The last layer is never updated: the loop ends one layer too early",
    explain=f"{_STEP} L is `len(parameters) // 2`, and `range(L)` has L turns.",
    hints=(
        "Which parameters are different after a step?",
        "How many turns has your loop in a network of three layers?",
    ),
    place=Place(calls="range"),
)
def last_layer_never_updated(parameters):
    return range(1, len(parameters) // 2)


@mistake(
    "update.first-layer-left-out",
    step="updated_layers",
    title="The first layer is never updated",
    explain=f"{_STEP} `range(L)` begins with 0, and the keys are those of `l + 1`.",
    hints=("Which parameters are different after a step?", "Which layer does the first turn of your loop update?"),
    place=Place(calls="range"),
)
def first_layer_never_updated(parameters):
    return range(2, len(parameters) // 2 + 1)


@mistake(
    "update.first-layer-alone",
    step="updated_layers",
    title="Only the first layer is updated: the loop ends after its first turn",
    explain=f"{_STEP} A `return` inside the loop ends it.",
    hints=("Which parameters are different after a step?", "How far is your `return` indented?"),
)
def first_layer_alone_updated(parameters):
    return [1]


@mistake(
    "update.biases-left-out",
    step="updated_keys",
    title="The biases are never updated",
    explain=f"{_STEP} Yours leaves the biases where they were.",
    hints=("Which parameters are different after a step?", "Look at the loop that makes the step."),
)
def biases_never_updated(layer):
    return (f"W{layer}",)


@mistake(
    "update.weights-left-out",
    step="updated_keys",
    title="Only the biases are updated",
    explain=f"{_STEP} Yours leaves the weights where they were.",
    hints=("Which parameters are different after a step?", "Look at the loop that makes the step."),
)
def weights_never_updated(layer):
    return (f"b{layer}",)


# What is in play


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
