"""Which weights are penalised."""

from grader.assignments import mistake


@mistake(
    "loss.filters-penalised-alone",
    step="penalised",
    title="Only the filters are in the penalty on the weights",
    explain="The contract penalises W1 to W4: the dense layers too.",
    hints=("Does the penalty change with W4?", "Over which parameters does your sum run?"),
)
def filters_penalised_alone(params):
    return [params["W1"], params["W2"]]


@mistake(
    "loss.dense-weights-penalised-alone",
    step="penalised",
    title="Only the dense layers are in the penalty on the weights",
    explain="The contract penalises W1 to W4: the filters too.",
    hints=("Does the penalty change with W1?", "Over which parameters does your sum run?"),
)
def dense_weights_penalised_alone(params):
    return [params["W3"], params["W4"]]
