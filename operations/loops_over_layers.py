"""What goes wrong in a loop over the layers 1 … L of a network, in whatever function stands such a loop."""

from grader.assignments import Place, mistake


def last_layer_left_out(function, step, explain, per_layer=1):
    """The mistake of a loop that ends too early; `step` gives `per_layer` things for each layer, in their order."""

    @mistake(
        f"{function}.last-layer-left-out",
        step=step,
        title="The last layer is left out",
        explain=f"{explain} `range(1, L)` ends at L − 1.",
        hints=("Which keys does your result have, or change, for a network of two layers?", "Look at the `range`."),
        place=Place(calls="range"),
    )
    def without_the_last(right, layers):
        return right(layers)[:-per_layer]

    return without_the_last
