"""`L_model_forward`: which layers there are, with which activations and inputs."""

from grader.assignments import Place, mistake

NETWORK = "The network has ReLU in layers 1 … L−1 and the sigmoid in layer L."


@mistake(
    "forward.sigmoid-in-every-layer",
    step="activation_of",
    title="Every layer has the sigmoid, the hidden ones too",
    explain=NETWORK,
    hints=("Between which numbers do your hidden activations lie?", "Which activation is passed inside the loop?"),
)
def sigmoid_in_every_layer(layer, depth):
    return "sigmoid"


@mistake(
    "forward.relu-in-every-layer",
    step="activation_of",
    title="Every layer has ReLU, the last one too",
    explain=f"{NETWORK} With ReLU at the end the output is no probability.",
    hints=("Can your output be larger than 1?", "Which activation is passed after the loop?"),
)
def relu_in_every_layer(layer, depth):
    return "relu"


@mistake(
    "forward.last-layer-left-out",
    step="number_of_layers",
    title="The last layer is left out",
    explain=f"{NETWORK} L is `len(parameters) // 2`, weights and biases of a layer being two entries; the loop "
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
    explain=f"{NETWORK} `range(1, L)` has the layers 1 … L−1 already.",
    hints=("Does your output change with the weights of every layer?", "Which layers does your `range` have?"),
    place=Place(calls="range"),
)
def last_hidden_layer_left_out(depth):
    return [layer for layer in range(1, depth + 1) if layer != depth - 1]


@mistake(
    "forward.first-layer-left-out",
    step="visited_layers",
    title="The first layer is left out",
    explain=f"{NETWORK} The loop begins with layer 1, whose input is X.",
    hints=("Does your output change with W1?", "Which layers does your `range` have?"),
    place=Place(calls="range"),
)
def first_layer_left_out(depth):
    return range(2, depth + 1)


@mistake(
    "forward.every-layer-gets-the-inputs",
    step="layer_input",
    title="Every hidden layer gets the inputs X instead of what the layer before gave",
    explain=f"{NETWORK} Each layer's input is the activation of the layer before: `A_prev = A` inside the loop.",
    hints=("What does the second layer get?", "Which variable changes from turn to turn of your loop?"),
)
def every_layer_gets_the_inputs(A, X, layer, depth):
    return A if layer == depth else X
