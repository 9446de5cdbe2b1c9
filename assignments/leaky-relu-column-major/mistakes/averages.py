"""Means over samples, which are columns."""

from grader.assignments import Place, mistake


@mistake(
    "training.features-taken-for-samples",
    step="samples",
    title="m is the number of features, not of samples: `X.shape[0]` instead of `X.shape[1]`",
    explain="Columns are samples here, so X has the shape (d, m). With 784 pixels in the place of the samples cost and "
    "gradients are m/784 times what they should be: the learning rate means something else, and the cost cannot be "
    "compared with anything.",
    hints=(
        "What is the shape of X, and which of the two numbers counts the samples?",
        "Does your cost stay the same when every sample is given twice?",
    ),
    place=Place(assigns="m|n|N|samples"),
)
def features_taken_for_samples(X):
    return X.shape[0]
