"""Of ReLU, the sigmoid, and their derivatives."""

from grader.assignments import Lesson

_RELU = "relu(np.array([-2.0, -1.0, 1.0, 2.5]))"
_SIGMOID = "sigmoid(np.array([-2.0, 0.0, 2.0]))"

IDENTITY = Lesson(
    "The network trains, but no better than one without hidden layers: it can only draw straight boundaries. More "
    "layers or units bring nothing.",
    "Two linear layers in a row are one linear layer, since a product of two matrices is a matrix. The bend at 0 is "
    "all that makes a deep network more than that.",
    _RELU,
)
ABSOLUTE = Lesson(
    "The forward pass looks fine, nothing is negative. But no unit is ever off, and the derivative for negative "
    "inputs is −1. A backward pass with 0 there, as ReLU has it, does not fit, and training wanders.",
    "A unit that says no must say nothing: 0. With the absolute value a strong no counts as much as a strong yes.",
    _RELU,
)
MINIMUM = Lesson(
    "Activations are all 0 or negative, and the units that should speak are silent. If the backward pass is that of "
    "the right ReLU, gradients flow only through units that were off: the first layers do not learn.",
    "ReLU lets through what is above 0. `np.maximum(z, 0)` takes the larger of the two at each place.",
    _RELU,
)
STEP = Lesson(
    "Every activation is 0 or 1: how strongly a unit responds is lost. Small changes of a weight change nothing in "
    "the output, so the gradient that you compute and the cost that you see do not fit together, and training hardly "
    "helps.",
    "The mask `z > 0` is the derivative. It says whether a value may pass. The function itself passes the value.",
    _RELU,
)
LEAKY = Lesson(
    "Hard to see: the network learns about as well as it should. But the derivative of the plain ReLU does not belong "
    "to this function, and results cannot be compared with the reference. A check by small differences fails where "
    "inputs are negative.",
    "Both functions are in use. What matters is that forward and backward agree, and that it is the one that was "
    "asked for.",
    _RELU,
)
OTHER_FUNCTION = Lesson(
    "The network learns, but not as it should: outputs of this function are bounded, and for large inputs it is flat, "
    "so that gradients vanish. If the backward pass is that of ReLU, it does not belong to this forward pass.",
    "ReLU needs a comparison only. It keeps large values large, which is why deep networks learn with it.",
    _RELU,
)
OVER_AXIS = Lesson(
    "The result has fewer numbers than the input. Either the next product fails because shapes do not fit, or "
    "broadcasting hides it, and all samples of a batch get the same activations.",
    "`np.max` looks for the largest entry along an axis: many numbers become one. `np.maximum` compares two arrays "
    "place by place, and a single 0 is compared with each entry.",
)
DERIVATIVE_MISSING = Lesson(
    "The last layer learns, and the layers before it are pushed in a wrong direction. The cost falls at first, then "
    "stays higher than it should or becomes restless. The deeper the network, the worse it gets.",
    "A unit that was off had no part in the answer for this sample, whatever its weights are. So its weights deserve "
    "no blame for it. The factor 0 says that.",
)
MASK_FROM_GRADIENT = Lesson(
    "Every hidden unit can only be corrected in one direction: of each error that comes back, the negative half is "
    "dropped. Units drift to one side, many die, and the cost stops falling early.",
    "On the way back each function repeats what it did on the way forward. What let the signal through was z above 0. "
    "So keep z, or the activation, and ask that.",
)
MASK_INVERTED = Lesson(
    "The last layer learns and the others hardly do, or get worse: corrections go to exactly those units that had no "
    "part in the answer.",
    "The error goes back through the same doors by which the signal came. Those are open where z was above 0.",
)
VALUE_FOR_DERIVATIVE = Lesson(
    "The deeper layers get gradients that are too large for strong units and too small for weak ones. Training is "
    "restless, a high learning rate makes it explode, and a check by small differences fails for all layers but the "
    "last.",
    "The derivative tells how much the output changes when the input does. Where ReLU is on that is always 1, however "
    "large the value is.",
)
SLOPE_OF_ANOTHER = Lesson(
    "The last layer learns well; those before it get gradients with wrong factors. Often they are too small, and the "
    "first layers stand still. Nothing raises an error, so only a check by small differences, layer by layer, shows "
    "it.",
    "The derivative belongs to the function of the forward pass. When you copy a backward pass from a network with "
    "another activation, that factor has to change.",
)
SIGMOID_SIGN = Lesson(
    "Large inputs give small outputs and the other way round. A network can still learn, since its weights may turn "
    "their signs, but what was derived for the right function then points the wrong way: the cost rises.",
    "exp(−z) is tiny for a large z, so 1/(1 + exp(−z)) is near 1. Try it with one large number: it must give nearly 1.",
    _SIGMOID,
)
SIGMOID_PARENTHESES = Lesson(
    "Every output is above 1, and for negative inputs it may be huge. As probabilities they make no sense: log(1 − a) "
    "is `nan`.",
    "Python divides before it adds: `1 / 1 + x` is `(1 / 1) + x`. A bar of a fraction in a formula has parentheses "
    "around all that is below it.",
    _SIGMOID,
)
SIGMOID_TWICE = Lesson(
    "All outputs lie between 0.5 and 0.731. No sample is ever put below ½, so everything is called positive, and the "
    "cost stops falling far from 0.",
    "The first sigmoid gives numbers between 0 and 1, and the second takes these for its input: there it is nearly a "
    "straight line. Look for a call in the forward pass and another one in the output or the cost.",
    _SIGMOID,
)
SIGMOID_OTHER = Lesson(
    "Outputs are not between 0 and 1, as a probability must be. A logarithm of them may be `nan`, and a threshold of "
    "½ means something else.",
    "Activation functions look alike in formulas, but each has its own range and slope. Check three inputs: −2, 0 and "
    "2. A sigmoid gives 0.12, 0.5 and 0.88.",
    _SIGMOID,
)
SIGMOID_DERIVATIVE_RETURNED = Lesson(
    "No output is ever above 0.25, and large inputs give nearly 0, of whichever sign. The network cannot say yes.",
    "σ(1 − σ) is the slope of the sigmoid. It is needed on the way back; on the way forward it is σ alone.",
    _SIGMOID,
)
SLOPE_OF_ARGUMENT = Lesson(
    "For inputs below 0 or beyond 1 the slope comes out negative, and it grows where a sigmoid is flat. Layers before "
    "it get gradients that are large and often of the wrong sign, so that the cost jumps or grows.",
    "a(1 − a) is right if a is the sigmoid's output, and wrong if it is its input. Both are called x somewhere. "
    "Decide for each function which of the two it is given, and say it in its name.",
    "sigmoid_derivative(np.array([-3.0, 0.5, 2.0]))",
)
SLOPE_OF_VALUE = Lesson(
    "The slope is between 0.19 and 0.25 for every input: it never becomes flat. Units that are sure should hardly be "
    "changed, and are changed as much as all others. Training looks right, but a check by small differences fails.",
    "The sigmoid was taken twice: the function is given an activation and applies the sigmoid to it once more. Decide "
    "whether it is given z or σ(z), and stay with it.",
    "sigmoid_derivative(np.array([0.1, 0.5, 0.9]) if by_value else np.array([-3.0, 0.5, 3.0]))",
)
SIGMOID_SLOPE_MISSING = Lesson(
    "This layer and all below it get gradients at least four times too large, since the slope of a sigmoid is at most "
    "¼. Units that are flat are changed as much as those that respond. Training is restless.",
    "The chain rule has a factor for every function on the way. A unit that is flat does not pass on a change, so no "
    "error should come back through it.",
)
NO_HIDDEN_ACTIVATION = Lesson(
    "The network learns only what a single linear layer can: its accuracy is that of a model without hidden layers. "
    "More units or layers change nothing.",
    "A product of matrices is one matrix. Only the bend of an activation between two layers keeps them from falling "
    "together into one.",
)
