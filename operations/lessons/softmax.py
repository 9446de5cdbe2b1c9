"""Of the softmax."""

from grader.assignments import Lesson

_SUMS = "softmax(np.array([[0.0, 1.0], [2.0, 5.0]])).sum(axis=axis)"

OVER_THE_BATCH = Lesson(
    "The cost may well fall while you train. But what the network says about one sample changes with the others in "
    "its batch, so that the accuracy on single samples, or on batches of another size, is poor. Given one sample "
    "alone, every class gets the probability 1 and the cost is 0.",
    "A softmax shares out the certainty of one sample among its classes. That samples stand side by side in a matrix "
    "is only for speed. So try a batch of one now and then: it must give what the same sample gives among others.",
    _SUMS,
)
OVER_EVERYTHING = Lesson(
    "The first cost is too high. With equal logits each of k classes should get 1/k, and the cost begin near log(k); "
    "here it begins near log(n·k) for n samples, and depends on the batch size. Probabilities are n times too small "
    "at first, and the gradient pushes the true classes up more than it should.",
    "numpy adds up a whole matrix unless it is told an axis. With one sample there is no difference, so a trial with "
    "a single one looks right.",
    _SUMS,
)
OVERFLOW = Lesson(
    "For a while all is well. Then, when some logit has grown beyond about 709, the cost is `nan` from one step to "
    "the next, and after the next step so are all weights. A larger learning rate, or inputs that are not scaled, "
    "bring it sooner. On small test data it may never happen.",
    "The formula is right on paper, where numbers have no end. A float ends near 1.8·10³⁰⁸, and exp(710) is more. On "
    "a computer a formula needs a form in which no step on the way is too large.",
    "softmax(np.array([[1000.0, 0.0], [0.0, 1000.0]]))",
)
GLOBAL_MAXIMUM = Lesson(
    "It goes well as long as the samples of a batch have logits of the same size. One sample far above the others is "
    "enough to turn theirs into 0/0: some rows are `nan`, then the cost, then all weights. Since it depends on which "
    "samples meet in a batch, it seems to happen by chance.",
    "The shift is allowed because it cancels within one sample. Each may have its own, so each can have the one that "
    "is best for it: its own maximum.",
    "softmax(np.array([[0.0, 0.0], [1000.0, 1000.0]]) if axis == 1 else np.array([[0.0, 1000.0], [0.0, 1000.0]]))",
)
TWICE = Lesson(
    "Training looks slow and then stuck. The cost falls a little and stops far above 0, however long you wait: at "
    "1.46 for ten classes. The accuracy may be quite good all the same, since the order of the classes is kept. That "
    "makes it hard to notice.",
    "The second softmax takes probabilities for logits. These differ by at most 1, so its answer is never sure. Often "
    "one call is in the forward pass and the other in the cost.",
    "softmax(np.array([[9.0, 0.0], [0.0, 9.0]]))",
)
DIVIDED_INSIDE = Lesson(
    "All results are above 1, so they are no probabilities: their logarithms are positive, and the cost comes out "
    "negative. The gradient p − y does not belong to it. Some accuracy is possible all the same, since the order of "
    "the classes is kept.",
    "Dividing comes last: first `exp` makes all entries positive, then each is divided by their sum. What is divided "
    "before has no sum of 1 after.",
    _SUMS,
)
WITHOUT_EXPONENTIAL = Lesson(
    "Some of the probabilities are negative or above 1 whenever logits have different signs, and near a sum of 0 they "
    "are huge. Their logarithm is `nan`. Only where all logits are positive does it look right.",
    "A share needs positive parts. `exp` makes every number positive and keeps the order: the largest logit still has "
    "the largest share.",
    "softmax(np.array([[1.0, -2.0], [-2.0, 3.0]]))",
)
LOGARITHM_RETURNED = Lesson(
    "What should be probabilities is all negative. A cost that takes the logarithm once more is `nan` at once. One "
    "that does not may be right, which hides the fault until p − y is computed.",
    "The logarithm of a softmax is useful inside a cost, where it avoids log(0). But a function should return what "
    "its name says, since others build on that.",
    _SUMS,
)
SIGN_OF_LOGITS = Lesson(
    "The most likely class is the one with the smallest logit. A network that is trained with it can still learn, "
    "with all signs turned, if the gradient has the same turn. With the right gradient it learns to be wrong: the "
    "cost rises, and the accuracy falls below chance.",
    "exp grows with its argument. A minus in the exponent belongs to the sigmoid, 1/(1 + exp(−z)), not to the softmax.",
    "softmax(np.array([[2.0, 0.0], [0.0, 2.0]]))",
)
HARD_MAXIMUM = Lesson(
    "Every prediction is completely sure. The cost jumps: it is 0 where the guess is right and infinite, or as large "
    "as a guard lets it be, where it is wrong. Small changes of the weights change nothing, so nothing tells which "
    "way is better.",
    "Training needs a cost that changes a little when the weights do. The *soft* maximum is there for that. `argmax` "
    "comes after training, to name a class.",
    "softmax(np.array([[1.0, 0.0], [0.0, 1.0]]))",
)
