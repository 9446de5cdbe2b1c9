"""Of an L2 penalty, in the cost and in the gradients."""

from grader.assignments import Lesson

_DOUBLE = "l2_penalty({'W1': np.array([[1.0, 2.0]]), 'b1': np.array([3.0])}, 2.0)"

FACTOR = Lesson(
    "Training goes on as before, since the gradient decides about that. But if the gradient is right, the cost that "
    "you watch is not the one that is made smaller, and a check by small differences fails for all weights.",
    "A penalty and its gradient come from one formula. Derive what you wrote: the square gives a 2, and what stands "
    "before the sum stays there.",
    _DOUBLE,
)
NOT_SHARED = Lesson(
    "The penalty outweighs the data, the more so the more samples there are. The cost starts very high and seems to "
    "measure nothing but the size of the weights.",
    "Here the penalty is shared among the samples like the rest of the cost, so that λ means the same for a large "
    "data set and for a small one.",
)
WITHOUT_LAMBDA = Lesson(
    "Turning λ up or down changes nothing. With λ = 0 the cost should be that of the data alone, and is not.",
    "λ says how much simplicity is worth beside accuracy. It must reach the place where the penalty is made: follow "
    "the parameter from the call down to the sum.",
    "l2_penalty({'W1': np.array([[1.0, 2.0]]), 'b1': np.array([0.0])}, 0.0)",
)
SIGN = Lesson(
    "Large weights make the cost smaller. If the gradient has the same sign, each step makes them larger still: they "
    "grow without a bound and the network says the same with more and more certainty.",
    "What is to be avoided must cost something. So the penalty is added, and its slope λW is subtracted with the rest "
    "of the gradient: it draws weights towards 0.",
)
ALWAYS_ZERO = Lesson(
    "The cost is that of the data alone, whatever λ is. If the gradient has the penalty all the same, the weights "
    "shrink while the cost does not show why.",
    "A sum that stays 0 was never added to. Print the keys that your loop meets, and what it adds for each.",
    _DOUBLE,
)
NOT_SQUARED = Lesson(
    "The cost changes with the weights in another way than its gradient says. A large weight is hardly more expensive "
    "than two small ones, and a check by small differences fails, by another factor for every weight.",
    "The L2 penalty grows with the square: twice the weight costs four times as much. So it is the large weights that "
    "are drawn back most.",
    _DOUBLE,
)
BIASES_INCLUDED = Lesson(
    "The network learns, a little worse than it could: units are kept from moving their threshold. The cost is too "
    "large as soon as the biases are not 0; while they are, nothing shows.",
    "The penalty keeps functions from becoming steep. A bias moves a function without making it steeper, so there is "
    "no reason to make it small.",
    _DOUBLE,
)
SOME_LAYERS = Lesson(
    "Some layers are held back by the penalty and others are free, in the cost at least. With one hidden layer the "
    "difference is small; it grows with the number of layers. The cost does not fit its gradient any more.",
    "In a loop `=` keeps the last, a `return` inside ends it after the first, and `range(1, L)` ends before L. Count "
    "what your loop visits for networks of one, two and three layers.",
)
MISSING_IN_GRADIENT = Lesson(
    "λ has no effect on the training: the weights come out the same for 0 and for 10. The cost has the penalty in it, "
    "so it is higher for a larger λ, and that is all. Overfitting is as strong as without.",
    "Only gradients change weights. Whatever is in the cost needs its derivative in the gradient, or it is only "
    "written down.",
)
GRADIENT_FACTOR = Lesson(
    "The weights shrink faster or more slowly than λ says, so that a λ from a book or from a friend does not work for "
    "you. Against the cost of the task, a check by small differences fails for all weights and passes for biases.",
    "Derive the penalty as it stands in the task, with every factor. The square gives a 2; a ½ cancels it; a 1/n is "
    "there in both or in neither.",
)
GRADIENT_PER_BATCH = Lesson(
    "How strong the penalty is depends on the batch size: with batches of 10 it is another than with batches of 100. "
    "Against the cost of the task, a check by small differences fails for all weights.",
    "A mean over samples has the factor 1/n, and the penalty is no mean over samples. Which parts of your line does "
    "the division reach? Parentheses decide.",
)
GRADIENT_ONE_NUMBER = Lesson(
    "All weights of a layer are pushed by the same amount in the same direction. The penalty should draw each towards "
    "0; here small ones are pushed past it, and some weights grow.",
    "Every weight has its own derivative. That of w² depends on this one weight alone, so no sum is left in the "
    "gradient: it has the shape of W.",
)
ON_BIASES = Lesson(
    "The biases are drawn towards 0 with the weights. The network learns, a little worse than it could. With biases "
    "of 0 nothing shows, so a test on them passes.",
    "The penalty in the cost has only weights in it. What is not in the cost has no derivative there. Test with "
    "biases that are not 0.",
)
