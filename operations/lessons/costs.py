"""Of costs that are a mean of minus a logarithm."""

from grader.assignments import Lesson

SUMMED = Lesson(
    "The cost is large, and larger for larger batches: an untrained network should begin near <chance>, and begins "
    "near 64 times that for a batch of 64. Curves of two batch sizes cannot be compared. If the gradient is summed as "
    "well, a learning rate that works for a batch of 10 makes one of 1000 explode.",
    "A mean answers how bad one sample is on average. That does not change when every sample is given twice, which is "
    "the quickest way to see whether it is one.",
)
AVERAGED_TWICE = Lesson(
    "The cost is much too small: an untrained network should begin near <chance>, and begins near the nth part of it. "
    "It looks like a very good network before the first step. If the gradient was derived from it, every step is n "
    "times too short, and learning seems to stand still.",
    "One division makes the mean. `np.mean` has made it, so a `/ n` next to it is one too many. It is often hidden in "
    "another function.",
)
AVERAGED_OVER_ENTRIES = Lesson(
    "The cost starts too low: at 0.23 and not at 2.3 for ten classes. Nothing else looks strange, since it falls as "
    "it should. But the right gradient does not fit it: checked by small differences, it is k times too large.",
    "Of a sample's k entries only that of the true class counts. The others are multiplied by 0, but `np.mean` counts "
    "them all the same. Sum first, then divide by the number of samples.",
)
MINUS = Lesson(
    "The cost is negative, and training makes it fall further and further without a bound, while the predictions get "
    "worse. Or, if the gradient is right, the cost rises towards 0 as the network gets better.",
    "A probability is at most 1, so its logarithm is at most 0. The minus makes a cost of it: 0 for a sure and right "
    "answer, more for everything else.",
)
BASE_2 = Lesson(
    "An untrained network should begin near <chance>; yours begins 1.44 times higher. With the right gradient the "
    "network learns all the same, but a check by small differences fails, by the factor 1.4427 everywhere.",
    "Logarithms of two bases differ by a constant factor. Any base would do for a cost, if its gradient had the "
    "factor too. Only for `np.log` is it 1.",
)
BASE_10 = Lesson(
    "An untrained network should begin near <chance>; yours begins at less than half of that. With the right gradient "
    "the network learns all the same, but a check by small differences fails, by the factor 0.4343 everywhere.",
    "Logarithms of two bases differ by a constant factor. Any base would do for a cost, if its gradient had the "
    "factor too. Only for `np.log` is it 1. In Python `log` is the natural one.",
)
HALVED = Lesson(
    "An untrained network should begin near <chance>, and begins at half of that. The cost falls as it should, so the "
    "curve alone does not show it. With the right gradient a check by small differences fails by a factor of 2.",
    "A ½ stands before squares, since a square's derivative has a 2. The derivative of log(p) is 1/p, without a 2.",
)
ENTROPY = Lesson(
    "The labels have no part in this cost: shuffle them, and it stays the same. It is small when the network is sure "
    "of itself, right or wrong. With a gradient that is derived from it, the cost falls nicely and the accuracy stays "
    "at chance.",
    "A cost has to compare with the truth. In −∑ y log p the label y picks which logarithm counts. With p in its "
    "place no label is in it at all.",
)
WITHOUT_LOGARITHM = Lesson(
    "The cost lies between −1 and 0, or between 0 and 1, and a confident mistake costs hardly more than an unsure "
    "one. Training is slow where the network is most wrong. A check of the gradient by small differences fails.",
    "−log(p) grows without a bound when p goes to 0: that is what makes a confident mistake expensive. It is also "
    "what makes the gradient at the logits as simple as p − y.",
)
LAST_SAMPLE = Lesson(
    "The cost jumps up and down from batch to batch, as if each held one sample only. That is so: change any other "
    "sample, and the cost does not move. Average curves over many batches may still look fine.",
    "In a loop, `=` forgets and `+=` collects. What collects starts at 0 before the loop, and is divided after it.",
)
LOG_OF_ZERO = Lesson(
    "All is well until the network is completely wrong about one sample, and sure of it. Its probability is rounded "
    "to 0, the cost becomes `inf` or `nan`, and after the next step so may the weights.",
    "np.log(0) is −inf, and 0 · inf is `nan`: one sample is enough to spoil the mean. A tiny number inside the "
    "logarithm, or a logarithm that is computed from the logits, keeps the cost finite and hardly changes it.",
)
SQUARED = Lesson(
    "The cost is small from the start and never large: 0.09 for ten classes, if it is a mean over all entries. A "
    "confident mistake costs no more than 1. Learning is slow where the network is sure and wrong, and the gradient p "
    "− y does not belong to this cost.",
    "Squares are for numbers, such as prices. For probabilities the logarithm is used: its slope grows where p is too "
    "small, which cancels the flatness of the softmax.",
)

OF_A_MEAN = {
    "summed": SUMMED,
    "averaged-twice": AVERAGED_TWICE,
    "minus-missing": MINUS,
    "logarithm-base-2": BASE_2,
    "logarithm-base-10": BASE_10,
    "halved": HALVED,
}
