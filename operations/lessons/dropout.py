"""Of dropout. The numbers are for units of which four fifths are kept."""

from grader.assignments import Lesson

NOT_SCALED = Lesson(
    "In training the next layer gets smaller sums than later, when all units take part. So the network sees another "
    "world after training than in it: outputs are too large then, and the accuracy is lower than the training "
    "promised.",
    "With a share of the units missing, the sum should stay the same on average. Dividing by the probability of being "
    "kept does that, and leaves nothing to do after training.",
)
SCALED_BY_THE_OTHER = Lesson(
    "If half of the units are kept, all is right. With any other share the next layer gets other sums in training "
    "than later: if four fifths are kept, each is multiplied by 5 where 1.25 is needed.",
    "What is left has to stand for what is missing. Of five units four are left; each has to count 5/4 times, so that "
    "the sum stays the same on average.",
)
MADE_SMALLER = Lesson(
    "The sums become too small twice over: units are missing, and those that are left are made smaller. If four "
    "fifths are kept, the mean is 0.64 of what it is later, when all take part.",
    "What is left has to stand for what is missing: it grows. Print the mean of a large array of ones before and "
    "after dropout: it should be near 1 both times.",
)
INVERTED = Lesson(
    "Those are switched off that should stay. If four fifths should be kept, one fifth is left, and the sums are a "
    "quarter of what they are later. Half and half hides the mistake.",
    "Numbers of `np.random.rand` are below p with probability p. Print the share of ones in a large mask: it should "
    "be the probability of being kept.",
)
NO_MASK = Lesson(
    "No unit is ever switched off, and all are made larger: the outputs of training are too large by the same factor "
    "everywhere. The network learns its training set by heart as easily as before.",
    "The mask decides which units take part this time; the division only makes up for those that do not. One without "
    "the other is no dropout.",
)
LEFT_OUT = Lesson(
    "Training with and without dropout give the same numbers. The network learns its training set by heart as easily "
    "as before, and the gap between training and test accuracy stays.",
    "In training each unit must be missing now and then, so that others cannot rely on it. Call it twice: the result "
    "should have zeros, and in other places each time.",
)
BACK_NOT_SCALED = Lesson(
    "Outputs and cost are right, and what goes back is too small: if four fifths of the units are kept, by the factor "
    "0.8 wherever it passes such a layer. Training works, somewhat slowly; a check by small differences fails.",
    "The chain rule asks by what each unit was multiplied on the way forward: by 0, or by 1 over the probability. The "
    "same factor belongs on the way back.",
)
BACK_WITHOUT_MASK = Lesson(
    "Units that were switched off get a gradient all the same, for a result in which they had no part. A check by "
    "small differences fails at their places and nowhere else.",
    "The chain rule asks by what each unit was multiplied on the way forward. For a unit that was switched off that is "
    "0, so that nothing goes back to it.",
)
STILL_DROPPED = Lesson(
    "Predictions for one and the same input differ from call to call, and the accuracy on test data is lower than it "
    "could be: units are missing where all should take part.",
    "Dropout is there to make learning harder. When learning is done all units take part. Call it twice in test mode: "
    "both results should be the input itself.",
)
