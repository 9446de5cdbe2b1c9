"""Of steps, of initial weights, and of predictions."""

from grader.assignments import Lesson

ASCENT = Lesson(
    "The cost rises from the first step on, faster and faster, and ends as `nan` or at the worst that the network can "
    "do. A classifier gets worse than chance.",
    "A gradient points to where the cost grows. So it is subtracted. If a plus helps, look for a second wrong sign, "
    "at the output: y − p where p − y belongs.",
)
RATE_IGNORED = Lesson(
    "Training is the same for every learning rate. Since the whole gradient is subtracted, the steps are far too long "
    "most of the time: the cost jumps, or ends as `nan`.",
    "The gradient tells the direction, and how steep it is; it does not tell how far this holds. The learning rate "
    "keeps the step short enough.",
)
RATE_TWICE = Lesson(
    "Training is very slow: with a rate of 0.1 each step is a tenth of what it should be, with 0.01 a hundredth. A "
    "rate that is ten times larger makes it a hundred times faster.",
    "One factor belongs to one step. If gradients are multiplied where they are made, they must not be again where "
    "they are used.",
)
NEVER_MADE = Lesson(
    "The cost is the same after every epoch, to the last digit, and nothing is learnt. Gradients are fine, and they "
    "are not 0.",
    "`w = w - rate * g` gives a new array a name in this function. What the caller holds, in a dict or an attribute, "
    "is still the old one. Store the new one there, or return it and use what is returned.",
)
OLD_VALUE_DROPPED = Lesson(
    "The weights are tiny after the first step, whatever they were before, and what was learnt is gone with each step.",
    "A step changes a little of what is there. `w -= x` means `w = w - x`; `w = -x` throws the old w away.",
)
VALUE_TIMES_RATE = Lesson(
    "All weights are near 0 after a few steps: with a rate of 0.1 a tenth is left after one, a hundredth after two. "
    "The network forgets everything and its output becomes the same for all samples.",
    "The learning rate belongs to the gradient, not to the weight. With a gradient of 0 nothing should happen at all: "
    "try that.",
)
ZERO_WEIGHTS = Lesson(
    "The cost falls a little in the first steps and then sticks, at the cost of a network that ignores its input and "
    "only knows how frequent each class is. The accuracy is that of always saying the same.",
    "Units with equal weights compute the same, get the same gradient and stay equal for ever. With weights of 0 no "
    "error passes back through them either. Chance is what makes them different; biases may begin at 0.",
)
CONSTANT_WEIGHTS = Lesson(
    "The network learns a little and then no more. Print the weights of the hidden layer after training: all its "
    "columns, or rows, are still equal. A hundred units do the work of one.",
    "Units with equal weights compute the same, get the same gradient and take the same step. Nothing but chance at "
    "the start can make them different.",
)
UNSCALED_WEIGHTS = Lesson(
    "The first cost is far above what guessing gives, 2.3 for ten classes, and it takes many steps only to come down "
    "to it. With sigmoid or tanh units it is worse: most are flat from the start, and learn very slowly.",
    "A unit adds up many products, and the sum of n random numbers is about √n times one of them. Dividing by √n "
    "keeps the signal about as large from layer to layer.",
)
OVER_THE_BATCH = Lesson(
    "There are as many predictions as classes, however many samples there are. Compared with the labels they either "
    "raise an error, or broadcasting makes one number of it and the accuracy is meaningless.",
    "`argmax` along an axis makes that axis vanish. The axis of the classes is to vanish, and one answer for each "
    "sample remains.",
)
BATCH_NORM_AXIS = Lesson(
    "Each sample is scaled by its own features, and not each feature over the batch. The network may still learn, as "
    "with another method (layer normalisation), but averages that are kept for later have the wrong shape or meaning.",
    "Batch normalisation asks of each feature: is this sample large compared with the others? So mean and variance "
    "are over the samples, and there is one of each for every feature.",
)
BATCH_NORM_CONSTANTS = Lesson(
    "Training runs, somewhat worse. A check by small differences fails for the gradient in x, and passes for γ and β. "
    "Summed over the batch the gradient in x should be 0 for each feature, and is not.",
    "Moving one sample moves the mean and the variance too, and with them the output of every other sample. So x acts "
    "on the output in three ways, and the chain rule adds up all three.",
)
