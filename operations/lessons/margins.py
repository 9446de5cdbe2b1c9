"""Of the hinge loss."""

from grader.assignments import Lesson

NO_MARGIN = Lesson(
    "The loss is 0 as soon as every sample is classified right, be it by a hair, and training stops there. With equal "
    "scores, so with weights of 0, loss and gradient are 0 as well, and nothing ever begins to learn.",
    "The margin asks for more than being right: the true class has to lead by 1. Equal scores of k classes should "
    "cost k − 1.",
)
NOT_CUT_OFF = Lesson(
    "The loss can be far below 0, and no longer tells whether predictions are right: classes that are far enough away "
    "pay for those that are too near. A check of the gradient by small differences fails.",
    "A class that is far enough below the true one is done with: it adds nothing, and nothing pulls at it. That is "
    "what the maximum with 0 says.",
)
TRUE_CLASS_COUNTED = Lesson(
    "The loss is 1 too high for every sample, however good the predictions are. It never comes below 1, and a first "
    "loss with tiny weights is the number of classes, where it should be one less.",
    "The sum is over the classes j ≠ y. For the true class itself the difference of scores is 0, and the margin of 1 "
    "remains. Leave it out of the loop, or set its place to 0.",
)
TURNED = Lesson(
    "The loss is large for good predictions and small for bad ones: a class far below the true one costs most, and one "
    "far above it nothing. So it rises while a network learns.",
    "A class costs something when it comes too near to the true one from below, or is above it: $s_j - s_y + 1$. "
    "Compute it by hand for scores of 5 for the true class and 0 for another: it should cost nothing.",
)
SQUARED = Lesson(
    "Single samples that are far on the wrong side dominate all others, since twice as far costs four times as much. "
    "The gradient does not fit either, unless it is that of the squared loss.",
    "There is a squared hinge loss, but it is another one. Here each class that comes too near pulls with the same "
    "force, however near it comes.",
)
ONCE_FOR_MANY = Lesson(
    "As long as one class at most comes too near to the true one there is no difference. With more, which is usual "
    "at the beginning, the true class is pulled up too little, and a check by small differences fails in some columns "
    "only.",
    "The true class's score is in the margin of every class that comes too near, with a minus. So its gradient is "
    "minus their number.",
)
ALWAYS_ONCE = Lesson(
    "Samples that cost nothing go on pulling up their class. The weights never come to rest, and a check by small "
    "differences fails even where the loss is 0.",
    "The gradient of a sample without any loss is 0. Of one with three classes too near, the true class gets −3: it is "
    "the number of those that are counted in the loss.",
)
NO_PULL_ON_THE_TRUE_CLASS = Lesson(
    "Other classes are pushed down, and the true one is never pulled up. It learns something all the same, more "
    "slowly, which hides it; a check by small differences fails in the columns of the true classes.",
    "A margin $s_j - s_y + 1$ has two scores in it. It falls when the other one falls, and as much when the true one "
    "rises.",
)
PULL_ON_THE_TRUE_CLASS_ALONE = Lesson(
    "The true classes are pulled up, and the others never pushed down. It learns something all the same, which hides "
    "it; a check by small differences fails in the columns of the other classes.",
    "A margin $s_j - s_y + 1$ has two scores in it. It falls when the true one rises, and as much when the other one "
    "falls.",
)
MARGINS_THEMSELVES = Lesson(
    "Classes that come only just too near hardly get a gradient, and those far above the true one a huge one. A check "
    "by small differences fails almost everywhere.",
    "The derivative of max(0, z) is 1 where z is positive and 0 elsewhere, however large z is. So the margins become "
    "a mask of zeros and ones before they are multiplied with anything.",
)
FAR_ENOUGH_AND_PULLED = Lesson(
    "Nothing ever comes to rest: classes that cost nothing are pushed on and on. The gradient is the same for good "
    "and for bad predictions, and weights grow without end, but for the penalty.",
    "What is cut off in the loss must be cut off in the gradient: where the maximum is 0 there is no slope. In loops, "
    "both belong into the same `if`.",
)
