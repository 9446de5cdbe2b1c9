"""A penalty on the biases that is not shared as that on the weights is."""

from grader.assignments import Place, mistake
from operations.texts import BIASES_PENALISED


@mistake(
    "gradient.penalty-on-biases-shared-among-the-batch",
    step="NeuralNetwork.calculate_gradients",
    title=f"{BIASES_PENALISED}, with λ divided by the size of the mini-batch",
    explain="Only the weights are in the penalty of this task, so the gradient of a bias has no λ in it.",
    hints=("Which parameters are in the penalty?", "Look at the lines of the bias gradients."),
    place=Place(assigns="d?b\\d*|gradients"),
)
def penalty_on_biases_shared_among_the_batch(right, self, x, y, lambd):
    biases = {name: value for name, value in self.parameters.items() if name.startswith("b")}
    gradients = right(self, x, y, lambd)
    return gradients | {name: gradients[name] + lambd / len(x) * value for name, value in biases.items()}
