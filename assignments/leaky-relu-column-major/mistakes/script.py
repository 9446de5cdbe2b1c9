"""The script: how the weights begin, and which costs it records."""

from grader.assignments import Place, mistake

_SYMMETRY = (
    "Units with the same weights get the same gradient and stay alike for ever, so that a layer of them is no more "
    "than one unit; with zeros it is worse: every activation of a hidden layer is 0, no error passes back, and the "
    "biases of the last layer alone are learnt. All images get the same outputs. The best of such outputs are the "
    "shares of the classes, near 0.1 for ten digits, and the cost falls from $10 \\ln 2 = 6.93$ (all outputs ½) to "
    "$10 \\, H(0.1) = 3.25$, whatever learning rate, layers and activations you try. The formulas have no part in it. "
    "Draw the weights at random, `np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)`; biases may stay 0."
)


@mistake(
    "training.zero-weights",
    step="initial_weights",
    title="All weights are 0 at first, so that the network never sees its input",
    explain=_SYMMETRY,
    hints=(
        "Your first cost is $10 \\ln 2$. Which outputs cost that much, and do they depend on the image?",
        "In what do two hidden units of your network differ before training, and in what afterwards?",
        "Look at where the weights are made.",
    ),
    place=Place(assigns="[wW]\\d*|.*weights?.*", calls="zeros"),
)
def zero_weights(right, n_in, n_out, rng):
    return 0 * right(n_in, n_out, rng)


@mistake(
    "training.every-cost-recorded",
    step="is_recorded",
    title="Every iteration's cost is in `costs`; every tenth is asked for",
    explain="`costs` holds the costs of iterations 0, 10, 20, …",
    hints=("How many entries should `costs` have after 25 iterations?", "Is the `append` inside the `if`?"),
)
def every_cost_recorded(iteration):
    return True


@mistake(
    "training.first-cost-missing",
    step="is_recorded",
    title="`costs` holds the costs of iterations 9, 19, … instead of 0, 10, …",
    explain="The cost before the first step is part of the picture: it shows what the initial weights are worth.",
    hints=("How many entries should `costs` have after 25 iterations?", "For which j is `j % 10 == 0`?"),
)
def first_cost_missing(iteration):
    return (iteration + 1) % 10 == 0
