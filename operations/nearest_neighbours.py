"""Classification by the nearest training samples."""

import numpy as np

from grader.assignments import Operation
from operations.lessons import neighbours as lessons
from reference import nearest_neighbours as formula

nearest_neighbours = Operation(formula)

_DISTANCE = "The distance of two samples is $\\sqrt{\\sum_d (x_d - t_d)^2}$."
_VOTE = "The label is the most common one of the k nearest training samples, the smallest of equally common ones."


def known(code, step, rule, title, explain, *hints):
    return nearest_neighbours.mistake(code, step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints)


@known(
    "distances.root-missing",
    "root_of",
    _DISTANCE,
    "The root is missing: these are squared distances",
    "",
    "What is the distance of (0, 0) and (3, 4)?",
    "Which function comes after the sum?",
)
def root_missing(squares):
    return squares


@known(
    "distances.of-absolute-values",
    "distances",
    _DISTANCE,
    "The absolute differences are added up, not their squares",
    "Yours is the other common distance, L1.",
    "What is the distance of (0, 0) and (3, 4)?",
    "What is summed?",
)
def of_absolute_values(X, X_train):
    return np.abs(X[:, np.newaxis] - X_train).sum(axis=2)


@known(
    "distances.not-squared",
    "squared_distances",
    _DISTANCE,
    "The differences are not squared before they are added up",
    "Differences of both signs then cancel.",
    "What is the distance of (0, 0) and (3, 4)?",
    "What is summed?",
)
def not_squared(X, X_train):
    return (X[:, np.newaxis] - X_train).sum(axis=2) ** 2


@known(
    "distances.averaged",
    "squared_distances",
    _DISTANCE,
    "The mean of the squares is taken, not their sum",
    "",
    "How does your distance change when every number comes twice?",
    "`mean` or `sum`?",
)
def averaged(X, X_train):
    return ((X[:, np.newaxis] - X_train) ** 2).mean(axis=2)


@known(
    "distances.product-once",
    "squared_distances",
    "$\\sum (x - t)^2 = \\sum x^2 - 2 \\sum x t + \\sum t^2$.",
    "The product is subtracted once, not twice",
    "",
    "What is your distance of a sample to itself? It should be 0.",
    "Which factor has the product?",
)
def product_once(right, X, X_train):
    return right(X, X_train) + X @ X_train.T


@known(
    "distances.training-squares-missing",
    "squared_distances",
    "$\\sum (x - t)^2 = \\sum x^2 - 2 \\sum x t + \\sum t^2$.",
    "The squares of the training samples are missing",
    "",
    "What is your distance of a sample to itself? It should be 0.",
    "Which three terms has the square?",
)
def training_squares_missing(right, X, X_train):
    return right(X, X_train) - (X_train**2).sum(axis=1)


@known(
    "distances.transposed",
    "distances",
    "A row belongs to a test sample, a column to a training sample.",
    "The matrix is transposed",
    "",
    "Which shape has your matrix?",
    "Which of the two counts the rows?",
)
def transposed(right, X, X_train):
    return right(X, X_train).T


@known(
    "voted.nearest-alone",
    "nearest_labels",
    _VOTE,
    "Only the nearest sample decides, whatever k is",
    "",
    "Does the prediction change with k?",
    "Where is k used?",
)
def nearest_alone(row, y_train, k):
    return y_train[np.argsort(row)[:1]]


@known(
    "voted.farthest",
    "nearest_labels",
    _VOTE,
    "The k farthest training samples vote",
    "",
    "Which sample does `np.argsort` put first?",
    "From which end are the k taken?",
)
def farthest(row, y_train, k):
    return y_train[np.argsort(row)[-k:]]


@known(
    "voted.one-neighbour-too-few",
    "nearest_labels",
    _VOTE,
    "One neighbour is left out",
    "",
    "How many labels vote for k = 3?",
    "Look at the ends of your slice.",
)
def one_neighbour_too_few(row, y_train, k):
    return y_train[np.argsort(row)[: max(k - 1, 1)]]


@known(
    "voted.itself-left-out",
    "nearest_labels",
    _VOTE,
    "The nearest sample is left out",
    "The test samples are not among the training samples.",
    "Which samples vote for k = 1?",
    "Look at the ends of your slice.",
)
def itself_left_out(row, y_train, k):
    return y_train[np.argsort(row)[1 : k + 1]]


@known(
    "voted.first-labels",
    "nearest_labels",
    _VOTE,
    "The first k training samples vote, not the nearest",
    "Sorted distances are not the places of their samples.",
    "Does the prediction change with the distances?",
    "`np.sort` or `np.argsort`?",
)
def first_labels(row, y_train, k):
    return y_train[:k]


@known(
    "voted.ties-to-the-nearest",
    "most_common",
    _VOTE,
    "Of equally common labels that of the nearest sample is taken, not the smallest",
    "",
    "What is predicted for k = 2 and the labels 3 and 1?",
    "Which of equal counts does your code find first?",
)
def ties_to_the_nearest(labels):
    counts = np.bincount(labels)
    return int(next(label for label in labels if counts[label] == counts.max()))


@known(
    "voted.largest-label",
    "most_common",
    _VOTE,
    "The largest label of the neighbours is taken, not the most common",
    "",
    "What is predicted for the labels 1, 1 and 3?",
    "What does your last function look for?",
)
def largest_label(labels):
    return int(labels.max())


@known(
    "voted.averaged",
    "most_common",
    _VOTE,
    "The labels of the neighbours are averaged",
    "Labels are names, not sizes.",
    "What is predicted for the labels 0 and 8?",
    "How is a vote counted?",
)
def labels_averaged(labels):
    return int(np.mean(labels))


nearest_neighbours.teach(
    {
        "distances.root-missing": lessons.NO_ROOT,
        "distances.of-absolute-values": lessons.ABSOLUTE_DIFFERENCES,
        "distances.not-squared": lessons.CANCELLING,
        "distances.product-once": lessons.PRODUCT_ONCE,
        "voted.nearest-alone": lessons.NEAREST_ALONE,
        "voted.farthest": lessons.FARTHEST,
        "voted.first-labels": lessons.FIRST_ONES,
        "voted.largest-label": lessons.LARGEST,
        "voted.averaged": lessons.AVERAGED,
    }
)
