"""What goes wrong in a layer with a state, besides its formula."""

from grader.assignments import Operation
from reference import layer_steps as formula

layer_steps = Operation(formula, words={"back": "The gradient in the inputs"})


@layer_steps.mistake(
    "backward.gradient-overwritten",
    step="kept_gradient",
    title="The gradient of a batch takes the place of what is kept, instead of being added to it",
    explain="A parameter that is used twice gets a gradient from each use, and their sum is its gradient. Whoever "
    "trains sets it to 0 before the next step.",
    hints=("What is kept after two backward passes?", "`=` or `+=`?"),
    only={"accumulates": True},
)
def gradient_overwritten(old, new):
    return new


@layer_steps.mistake(
    "backward.gradients-add-up",
    step="kept_gradient",
    title="The gradients of a batch are added to those of the batch before",
    explain="Each backward pass is to leave the gradients of its own batch. Yours adds them to what is there, and "
    "nobody sets that to 0.",
    hints=("What is kept after two backward passes?", "`=` or `+=`?"),
    only={"accumulates": False},
)
def gradients_add_up(old, new):
    return old + new


@layer_steps.mistake(
    "backward.weights-already-updated",
    step="on_the_way_back",
    title="<back> is made with the weights after the step",
    explain="<back> belongs to the outputs which the forward pass made, with the weights that it had then. Yours "
    "changes the weights first.",
    hints=("Which weights made the outputs?", "In which order do the last lines of the backward pass stand?"),
)
def weights_already_updated(before, after):
    return after
