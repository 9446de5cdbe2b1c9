"""Of convolutions and pooling."""

from grader.assignments import Lesson

STRIDE_IGNORED = Lesson(
    "With a stride of 1 all is right, so first tests pass. With 2 the windows overlap where they should not, and only "
    "the upper left part of the image is looked at.",
    "The output's index counts windows, not pixels. Window i begins at pixel i times the stride. Test with a stride "
    "of 2, and with a size that is not the stride.",
)
OVERLAP_OVERWRITTEN = Lesson(
    "Where windows do not overlap, all is right. Where they do, the gradient of a pixel holds the part of one window "
    "only, mostly the last. The layers below learn from a part of the truth.",
    "A pixel that is in four windows acts on four outputs. The chain rule adds up what comes back from each: `+=`, "
    "into an array of zeros.",
)
FLIPPED = Lesson(
    "With symmetric filters nothing shows. With others the result is that of a filter turned by 180°. A network could "
    "learn turned filters, but here forward and backward no longer belong together.",
    "Mathematicians turn the filter and call it convolution; networks do not, and keep the name. The turn comes in on "
    "the way back to the image, and only there.",
)
PADDING = Lesson(
    "The output is smaller than it should be, or the gradient is larger than the image. Without padding there is no "
    "difference, so a test with 0 passes.",
    "Padding is added before the windows are made, and cut off again from the gradient that goes back. Test with a "
    "padding of 1 and an image that is not square.",
)
CHANNELS = Lesson(
    "A black and white image gives the right result, and a coloured one does not: all but one of its colours are "
    "ignored. The network learns less from the same images.",
    "A filter is as deep as the image. It has a weight for each pixel of each channel, and the products of all "
    "channels are added up into one number.",
)
BIAS = Lesson(
    "As long as the biases are 0 nothing shows. Then each step moves them by the right amount and "
    "the maps by a wrong one, which depends on the size of the window or the number of channels.",
    "A filter gives one number for each window: the sum of all its products, and its bias once. Test with biases that "
    "are not 0.",
)
SHARED_POOLING = Lesson(
    "The layers below are told to change pixels that had no part in the result. Training works, but it is blurred, "
    "and a check by small differences fails.",
    "Only the largest pixel of a window decides its output. Small changes of the others change nothing, so their "
    "gradient is 0.",
)
STARTS_AT_ZERO = Lesson(
    "After a ReLU nothing is negative and all is right. On other inputs a window of negative pixels gives 0, which is "
    "none of them, and its gradient has no place to go.",
    "A maximum starts with the first element, or with −∞. Zero is a number like any other. Test with inputs that are "
    "all negative.",
)
GRADIENT_OF_LAST = Lesson(
    "The filters learn from one image of each batch, or from one window only, so training is noisy and larger batches "
    "bring nothing. Change the first image, and the gradient stays the same.",
    "A filter is used at every window of every image, and each use has its part in the gradient. They are added up: "
    "`+=`, into an array of zeros.",
)
