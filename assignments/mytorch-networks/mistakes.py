"""What goes wrong in what a step changes, found by experiments: models are objects that no call can be given again."""

from grader.assignments import mistake, probe
from operations.layered_models import stepped


@probe("SGD.step")
def parameters_after_steps(implementation, rng):
    found = {}
    for momentum in (0, 0.7):
        after = stepped(implementation, "MLP1", (2, 3, 2), rng, momentum, 3)
        found |= {f"{name}, momentum {momentum}": value for name, value in after.items()}
    return found


@mistake(
    "SGD.biases-not-changed",
    step="kinds",
    title="The biases are not changed",
    explain="A step changes both parameters of every layer, W by dLdW and b by dLdb.",
    hints=("Is b another array after a step?", "Which lines change `self.l[i].b`?"),
)
def biases_not_changed(layer):
    return "W"
