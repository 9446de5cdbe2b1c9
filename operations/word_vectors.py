"""Losses of word vectors: by a softmax over all words, by negative sampling, and of a whole window."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect
from reference import word_vectors as formula

word_vectors = Operation(formula)

SIZES = ((7, 4), (5, 3), (9, 6))  # words, entries of a vector
_NAMES = ("loss", "center", "outside")
_PARTS = ("the loss", "the gradient in the centre's vector", "the gradients in the outside vectors")


def drawn(rng, words, d):
    """The centre's vector, the number of an outside word, and the outside vectors."""
    return rng.normal(size=d), int(rng.integers(words)), rng.normal(size=(words, d))


def expect_part(student, solution, part, given):
    expect(student(*given)[part], _PARTS[part]).close_to(solution(*given)[part])


def softmax_check(part, share, title):
    def verified(student, solution, rng):
        for words, d in SIZES:
            expect_part(student.naive_softmax, solution.naive_softmax, part, (*drawn(rng, words, d), None))

    verified.__name__ = f"naive_softmax_{_NAMES[part]}"
    return word_vectors.check("naive_softmax", share=share, title=title)(verified)


softmax_check(0, 4, "The loss of an outside word")
softmax_check(1, 5, "Its gradient in the centre's vector")
softmax_check(2, 5, "Its gradients in all outside vectors")


def samples(rng, words, d, outside):
    """The words that a data set draws, none of them twice among the first three; the outside word is among them."""
    others = [word for word in rng.permutation(words) if word != outside]
    return [int(word) for word in (others[0], outside, *others[1:3])]


def sampling_check(part, share, title):
    def verified(student, solution, rng):
        for (words, d), K in zip(SIZES, (3, 2, 1), strict=True):
            center, outside, vectors = drawn(rng, words, d)
            given = center, outside, vectors, samples(rng, words, d, outside), K
            expect_part(student.negative_sampling, solution.negative_sampling, part, given)

    verified.__name__ = f"negative_sampling_{_NAMES[part]}"
    return word_vectors.check("negative_sampling", share=share, title=title)(verified)


sampling_check(0, 4, "The loss of an outside word and of sampled ones")
sampling_check(1, 4, "Its gradient in the centre's vector")
sampling_check(2, 4, "Its gradients in all outside vectors")


@word_vectors.check("negative_sampling", share=3, title="A word that is drawn several times counts as often")
def negative_sampling_repeated(student, solution, rng):
    for words, d in SIZES:
        center, outside, vectors = drawn(rng, words, d)
        word, other = (outside + 1) % words, (outside + 2) % words
        given = center, outside, vectors, [word, other, word, word], 4
        for part in range(3):
            expect_part(student.negative_sampling, solution.negative_sampling, part, given)


_SOFTMAX = (
    "With $p = softmax(U v)$ and y the one-hot outside word, $\\frac{\\partial J}{\\partial v} = U^T (p - y)$ and "
)
_SOFTMAX += "$\\frac{\\partial J}{\\partial U} = (p - y) \\, v^T$."
_LOSS = "The loss is $-\\log p_o$, with $p = softmax(U v)$ and o the outside word."
_SAMPLED = "The loss is $-\\log \\sigma(u_o \\cdot v) - \\sum_k \\log \\sigma(-u_k \\cdot v)$."
_SLOPES = "The gradient in $u_o \\cdot v$ is $\\sigma(u_o \\cdot v) - 1$, "
_SLOPES += "that in each $u_k \\cdot v$ is $1 - \\sigma(-u_k \\cdot v)$."
_WINDOW = "The loss of a window is the sum over its outside words, and so are the gradients."


def known(code, step, rule, title, explain, *hints, place=None):
    return word_vectors.mistake(
        code, step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints, place=place
    )


@known(
    "naive_softmax.logarithm-missing",
    "word_loss",
    _LOSS,
    "The probability itself is taken for the loss, without its logarithm",
    "",
    "What is the loss of a certain and right prediction?",
    "Which function of p is missing?",
)
def logarithm_missing(p, outside):
    return -p[outside]


@known(
    "naive_softmax.sign-of-the-loss",
    "word_loss",
    _LOSS,
    "The loss has the wrong sign",
    "Yours is never positive.",
    "Can the logarithm of a probability be positive?",
)
def sign_of_the_loss(p, outside):
    return np.log(p[outside])


@known(
    "naive_softmax.loss-over-all-words",
    "word_loss",
    _LOSS,
    "The logarithms of all words' probabilities are added up",
    "Only the true outside word counts.",
    "Does your loss change with the outside word?",
    "Which entry of p is asked for?",
)
def loss_over_all_words(p, outside):
    return -np.sum(np.log(p))


@known(
    "naive_softmax.label-not-subtracted",
    "softmax_error",
    _SOFTMAX,
    "The 1 of the outside word is not subtracted from the probabilities",
    "",
    "What is the gradient when the prediction is certain and right?",
    "Where is y in your formula?",
)
def label_not_subtracted(p, outside):
    return p


@known(
    "naive_softmax.error-turned",
    "softmax_error",
    _SOFTMAX,
    "The error is turned: y − p instead of p − y",
    "",
    "Does the loss grow or fall with the score of a wrong word?",
    "Which is subtracted from which?",
)
def error_turned(right, p, outside):
    return -right(p, outside)


@known(
    "naive_softmax.outside-word-alone",
    "softmax_error",
    _SOFTMAX,
    "Only the outside word's score has a gradient",
    "All scores are in the softmax's sum.",
    "Does the loss change with another word's vector?",
    "Which rows of your gradient are not 0?",
)
def outside_word_alone(right, p, outside):
    return right(p, outside) * (np.arange(len(p)) == outside)


@known(
    "naive_softmax.center-gradient-of-the-outside-vector-alone",
    "center_gradient",
    _SOFTMAX,
    "The gradient in the centre's vector lacks what the other words' vectors give",
    "",
    "Which vectors does the score of every word depend on?",
    "Does your gradient change with the vector of another word?",
)
def center_gradient_of_one(error, vectors):
    return vectors[np.argmin(error)] * error.min()


@known(
    "naive_softmax.center-gradient-without-error",
    "center_gradient",
    _SOFTMAX,
    "The outside vectors are added up for the gradient in the centre's vector, without the errors",
    "",
    "Does your gradient change with the prediction?",
    "By what is each outside vector multiplied?",
)
def center_gradient_without_error(error, vectors):
    return vectors.sum(axis=0)


@known(
    "naive_softmax.outside-gradients-by-their-own-vectors",
    "outside_gradients",
    _SOFTMAX,
    "The errors multiply the outside vectors, not the centre's vector",
    "The score $u_w \\cdot v$ has the derivative v in $u_w$.",
    "What is the derivative of u·v in u?",
)
def outside_gradients_by_the_error_alone(error, center):
    return np.repeat(error[:, np.newaxis], len(center), axis=1)


@known(
    "negative_sampling.sign-of-the-others",
    "signed",
    _SAMPLED,
    "The sampled words have σ(u·v) where σ(−u·v) belongs",
    "They are not to be predicted.",
    "Should the loss fall or grow when a sampled word's vector comes nearer?",
    "Where is the minus?",
)
def sign_of_the_others(signs, products):
    return products


@known(
    "negative_sampling.others-left-out",
    "negative_terms",
    _SAMPLED,
    "The loss lacks the sampled words",
    "",
    "Does your loss change with K?",
    "How many terms has your sum?",
)
def others_left_out(agreement):
    return 0.0


@known(
    "negative_sampling.others-averaged",
    "negative_terms",
    _SAMPLED,
    "The sampled words' terms are averaged, not summed",
    "",
    "What becomes of the loss when each word is sampled twice?",
    "`sum`, or `mean`?",
)
def others_averaged(agreement):
    return np.mean(np.log(agreement))


@known(
    "negative_sampling.others-added",
    "negative_terms",
    _SAMPLED,
    "The sampled words' terms have the wrong sign in the loss",
    "",
    "Can a term of your loss be negative?",
    "Look at the signs before the logarithms.",
)
def others_added(agreement):
    return -np.sum(np.log(agreement))


@known(
    "negative_sampling.logarithm-of-the-sum",
    "negative_terms",
    _SAMPLED,
    "The logarithm is taken of the sampled words' sum, not of each",
    "",
    "Compute the loss of two sampled words by hand.",
    "In which order are sum and logarithm taken?",
)
def logarithm_of_the_sum(agreement):
    return np.log(np.sum(agreement))


@known(
    "negative_sampling.errors-of-the-others-turned",
    "sampling_errors",
    _SLOPES,
    "The gradient of the sampled words has the wrong sign",
    "",
    "Should a sampled word's vector come nearer to the centre's, or go away?",
    "Look at the sign of 1 − σ.",
)
def errors_of_the_others_turned(signs, agreement):
    return agreement - 1


@known(
    "negative_sampling.all-errors-turned",
    "sampling_errors",
    _SLOPES,
    "The gradients have the wrong sign",
    "",
    "Should the outside word's vector come nearer to the centre's, or go away?",
    "Compare with central differences.",
)
def all_errors_turned(signs, agreement):
    return signs * (1 - agreement)


@known(
    "negative_sampling.slopes-of-the-sigmoid",
    "sampling_errors",
    _SLOPES,
    "The slope σ(1 − σ) is taken, as if there were no logarithm",
    "The logarithm's derivative cancels σ.",
    "What is the derivative of $\\log \\sigma(z)$?",
)
def slopes_of_the_sigmoid(signs, agreement):
    return -signs * agreement * (1 - agreement)


@known(
    "negative_sampling.center-gradient-without-the-others",
    "sampled_center_gradient",
    _SLOPES,
    "The gradient in the centre's vector lacks the sampled words",
    "",
    "Which terms of the loss depend on v?",
    "Does your gradient change with K?",
)
def center_gradient_without_the_others(errors, vectors):
    return errors[0] * vectors[0]


@known(
    "negative_sampling.center-gradient-without-the-outside-word",
    "sampled_center_gradient",
    _SLOPES,
    "The gradient in the centre's vector lacks the outside word",
    "",
    "Which terms of the loss depend on v?",
    "Is something overwritten where it should be added to?",
)
def center_gradient_without_the_outside_word(errors, vectors):
    return vectors[1:].T @ errors[1:]


@known(
    "negative_sampling.repeated-words-count-once",
    "added_at",
    _SAMPLED,
    "A word that was drawn several times gets the gradient of one of its terms",
    "`grad[indices] += …` writes once for each word, whatever the number of its terms; `np.add.at` or a loop adds up.",
    "What is `a` after `a = np.zeros(2); a[[0, 0]] += 1`?",
    "Is a row overwritten where it should be added to?",
    place=Place(assigns="grad\\w*"),
)
def repeated_words_count_once(words, gradients, shape):
    found = np.zeros(shape)
    found[words] = gradients
    return found


@known(
    "negative_sampling.outside-word-without-gradient",
    "added_at",
    _SLOPES,
    "The outside word's own vector gets no gradient",
    "",
    "Which terms of the loss depend on $u_o$?",
    "Which rows of your gradient are not 0?",
)
def outside_word_without_gradient(right, words, gradients, shape):
    return right(words[1:], gradients[1:], shape)


@known(
    "negative_sampling.others-without-gradient",
    "added_at",
    _SLOPES,
    "The sampled words' vectors get no gradient",
    "",
    "Which terms of the loss depend on $u_k$?",
    "Which rows of your gradient are not 0?",
)
def others_without_gradient(right, words, gradients, shape):
    return right(words[:1], gradients[:1], shape)


@known(
    "window.loss-averaged",
    "window_loss",
    _WINDOW,
    "The loss of a window is averaged over its outside words",
    "",
    "What becomes of the loss when each outside word stands there twice?",
)
def loss_averaged(losses):
    return sum(losses) / len(losses)


@known(
    "window.loss-of-the-last-word",
    "window_loss",
    _WINDOW,
    "The loss of a window is that of its last outside word",
    "",
    "Does your loss change with the first outside word?",
    "`=`, or `+=`?",
)
def loss_of_the_last_word(losses):
    return losses[-1]


@known(
    "window.center-gradient-of-the-last-word",
    "window_center_gradients",
    _WINDOW,
    "The centre's gradient is that of the last outside word alone",
    "",
    "Does the gradient change with the first outside word?",
    "`=`, or `+=`?",
)
def center_gradient_of_the_last_word(right, gradients, center, shape):
    return right(gradients[-1:], center, shape)


@known(
    "window.center-gradient-for-all-words",
    "window_center_gradients",
    _WINDOW,
    "Every word gets the centre's gradient",
    "Only the centre's own vector is in the loss, so the rows of other words are 0.",
    "Which row belongs to the centre?",
    "With what is `gradCenterVecs` indexed?",
)
def center_gradient_for_all_words(gradients, center, shape):
    return np.zeros(shape) + sum(gradients)


@known(
    "window.outside-gradients-of-the-last-word",
    "window_outside_gradients",
    _WINDOW,
    "The outside gradients are those of the last outside word alone",
    "",
    "Do the gradients change with the first outside word?",
    "`=`, or `+=`?",
)
def outside_gradients_of_the_last_word(gradients):
    return gradients[-1]
