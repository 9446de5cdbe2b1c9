"""Of the gradient at the output."""

from grader.assignments import Lesson

NOT_AVERAGED = Lesson(
    "Every gradient is n times too large. With small batches that only looks like a high learning rate. With large "
    "ones the cost jumps, grows, and ends as `nan`. A learning rate that was found for one batch size fails for "
    "another.",
    "The cost is a mean, so each sample has the weight 1/n in it, and its gradient has the same. Try it: give every "
    "sample twice. A mean does not change, and so its gradient must not.",
)
AVERAGED_TWICE = Lesson(
    "Learning is very slow, the slower the larger the batch. The cost falls in the right direction, but by hair's "
    "breadths, and only a learning rate that is n times larger than usual helps. Beside a penalty the data hardly "
    "count: the weights just shrink.",
    "There is one division by n: in the mean. It may stand at the output, or where gradients of weights are made, but "
    "not in both places.",
)
BY_CLASSES = Lesson(
    "The network learns, but as if with another learning rate. For a batch of 10 and ten classes nothing is wrong at "
    "all; for a batch of 100 every gradient is 10 times too large. So it depends on the batch size whether it works.",
    "A shape has two numbers, and which one counts the samples depends on how data are laid out. Test with sizes that "
    "are all different, such as 7 samples and 4 classes.",
)
BY_ENTRIES = Lesson(
    "Every gradient is k times too small, so that training with ten classes is ten times slower than it should be. "
    "Nothing looks wrong in the curve but its slope.",
    "`np.mean` of the whole matrix, or `.size`, counts samples times classes. The cost is a mean over samples: only "
    "their number belongs in the divisor.",
)
SIGN = Lesson(
    "The cost rises with every step, and the accuracy falls below chance: the network learns to be wrong. Perhaps it "
    "seemed to work once, when a plus stood in the update, too: two wrong signs cancel.",
    "The gradient points to where the cost grows; that is why it is subtracted. If p is too small for the true class, "
    "p − y is negative there, and subtracting it makes the logit larger.",
)
DOUBLED = Lesson(
    "Training works, a little more restless than it should be: every step is twice as long. You would only notice it "
    "beside a penalty or a known curve, or in a check by small differences, where the ratio is exactly 2.",
    "A square brings a 2 when it is derived. There is no square in the cross-entropy.",
)
SQUARED_ERROR = Lesson(
    "Training is slow to begin, and some samples never come right. They are those of which the network is sure and "
    "wrong: there the extra factor is nearly 0, so that the worst mistakes are corrected least. The cost has long "
    "flat stretches.",
    "A cost and its gradient belong together. Cross-entropy was chosen for classes because its derivative cancels "
    "that of the output's activation: p − y is left, large where the network is most wrong.",
)
LABELS_MISSING = Lesson(
    "The labels have no part in the training. All outputs are pushed down, whatever the truth, and the accuracy stays "
    "near chance. Shuffle the labels, and every gradient stays the same.",
    "p − y compares a belief with the truth, class by class. Without y nothing tells the network what it should say.",
)
SOFTMAX_MISSING = Lesson(
    "The gradient is 0 for every class but the true one, and huge where the network is sure and wrong: 1/p without a "
    "bound. Training jumps and may end in `nan`.",
    "The chain rule has a link for every function on the way. Between the logits and the cost are two: softmax and "
    "logarithm. Both together give p − y.",
)
ROUNDED = Lesson(
    "Learning stops early. As soon as a sample is on the right side, however barely, it gives no gradient any more. "
    "The cost stays high, although the accuracy is fair, and small noise turns predictions over.",
    "Rounding throws away how sure the network is, and that is what training improves. Use probabilities for the "
    "gradient, and `argmax` for the answer.",
)
SHIFTED = Lesson(
    "The cost falls as in a good training, and the accuracy is near 0, well below chance. Look at the predictions: "
    "each is the neighbour of the right class.",
    "numpy counts from 0. Labels that are counted from 1 must be shifted before they pick a column, and only once.",
)
