"""`softmax_loss_naive`: probabilities, labels and loss of a sample."""

import numpy as np

from grader.assignments import mistake

LOSS = "The loss of a sample is $-\\log p_y$ with $p_k = \\frac{e^{s_k}}{\\sum_j e^{s_j}}$, the sum over all classes."


@mistake(
    "softmax_loss_naive.denominator-without-true-class",
    step="sample_log_probabilities",
    title="The softmax's denominator leaves the true class out",
    explain=f"{LOSS} Without the true class's own term the probabilities of a sample do not sum to 1.",
    hints=("What do the probabilities of one sample sum to?", "Does an `if j == y[i]: continue` skip the sum as well?"),
)
def denominator_without_true_class(scores, label):
    return scores - np.log(np.sum(np.delete(np.exp(scores), label)))


@mistake(
    "softmax_loss_naive.not-normalised",
    step="sample_log_probabilities",
    title="The exponentials are not divided by their sum",
    explain=f"{LOSS} Yours are $e^{{s_k}}$, which are no probabilities.",
    hints=("What do the probabilities of one sample sum to?", "Where is the denominator?"),
)
def not_normalised(scores, label):
    return scores


@mistake(
    "softmax_loss_naive.softmax-applied-twice",
    step="sample_log_probabilities",
    title="The softmax is applied twice",
    explain=f"{LOSS} The second softmax sees numbers between 0 and 1 and makes them nearly equal.",
    hints=("How large can your largest probability become?", "Are the scores passed through a softmax before?"),
)
def softmax_applied_twice(right, scores, label):
    return right(np.exp(right(scores, label)), label)


@mistake(
    "softmax_loss_naive.loss-without-minus",
    step="sample_loss",
    title="The minus sign of the loss is missing",
    explain=f"{LOSS} Logarithms of probabilities are negative, the loss is positive.",
    hints=("Can a cross-entropy be negative?", "Compare with the formula."),
)
def loss_without_minus(log_p, label):
    return log_p[label]


@mistake(
    "softmax_loss_naive.loss-without-logarithm",
    step="sample_loss",
    title="The loss has no logarithm",
    explain=f"{LOSS} Yours adds up $-p_y$.",
    hints=("What is the loss of a perfect prediction?", "Which function of p is missing?"),
)
def loss_without_logarithm(log_p, label):
    return -np.exp(log_p[label])


@mistake(
    "softmax_loss_naive.loss-to-base-2",
    step="sample_loss",
    title="The logarithm has base 2",
    explain=f"{LOSS} The natural logarithm is meant: only its derivative is 1/p.",
    hints=("What is the loss of ten equal probabilities?", "`np.log` or `np.log2`?"),
)
def loss_to_base_2(log_p, label):
    return -log_p[label] / np.log(2)


@mistake(
    "softmax_loss_naive.loss-to-base-10",
    step="sample_loss",
    title="The logarithm has base 10",
    explain=f"{LOSS} The natural logarithm is meant: only its derivative is 1/p.",
    hints=("What is the loss of ten equal probabilities?", "`np.log` or `np.log10`?"),
)
def loss_to_base_10(log_p, label):
    return -log_p[label] / np.log(10)


@mistake(
    "softmax_loss_naive.loss-of-all-classes",
    step="sample_loss",
    title="The logarithms of all classes are added to the loss, not that of the true class alone",
    explain=f"{LOSS} Inside the loop over classes the loss grows in every round.",
    hints=("How often is something added to the loss for one sample?", "Look at the indentation of that line."),
)
def loss_of_all_classes(log_p, label):
    return -np.sum(log_p)


@mistake(
    "softmax_loss_naive.label-of-the-class-index",
    step="true_class_row",
    title="The loop over classes looks up `y[j]`, the label of another sample: `y[i]` is meant",
    explain="i counts samples and j classes; the label of sample i is `y[i]`. `y[j]` is the label of sample number j, "
    "and there is none when there are more classes than samples.",
    hints=("What does each of your indices count?", "Look at the comparison with the label."),
)
def label_of_the_class_index(y, i, classes):
    return np.array([float(j == y[j]) for j in range(classes)])


@mistake(
    "softmax_loss_naive.labels-from-one",
    step="true_class_row",
    title="The labels are off by one in the gradient",
    explain="Labels begin at 0; yours are treated as if they began at 1.",
    hints=("Which column is changed for label 0?", "Look for `y[i] - 1` or `y[i] + 1`."),
)
def labels_from_one(y, i, classes):
    return np.eye(classes)[y[i] - 1]
