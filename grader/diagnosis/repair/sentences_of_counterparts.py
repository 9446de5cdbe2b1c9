"""What is said of things that stand for what belongs to them: other gradients, other sets, other counts, no masks."""

from grader.diagnosis.repair.sentences import Words

OF_COUNTERPARTS: dict[str, Words] = {
    "weights-exchanged": Words(
        "The two weights in `{before}` have changed places",
        "They add up to 1, and each stands where the other is meant.",
        "Which of the two sides has which weight in the formula?",
    ),
    "own-gradient": Words(
        "`{before}` is the gradient of another parameter: `{after}` is meant",
        "Each parameter is changed by its own gradient.",
        "Read this line aloud: what is changed, and by the gradient in what?",
    ),
    "made-of-it": Words(
        "`{after}` is meant, not `{before}`",
        "A line above makes it of `{before}`, and nothing reads it after that.",
        "Which of the things that you compute does nothing read?",
    ),
    "other-set": Words(
        "`{after}` are meant, not `{before}`",
        "Samples and labels both have to be taken from that set.",
        "On which samples should this be measured?",
    ),
    "mask-not-applied": Words(
        "The mask `{factor}` is made and kept, but never applied: it is missing at `{before}`",
        "What is switched off on the way back is on in the forward pass.",
        "Which line sets to 0 what the mask leaves out?",
        is_shown=False,
    ),
    "classes-for-one-hot": Words(
        "`{before}` are the numbers of the classes, where ones and zeros are meant",
        "A class is a name, and no number to compute with: its label has a 1 at its place and 0 elsewhere.",
        "What is subtracted from the probability of class 0 here, for a sample of class 2?",
        is_shown=False,
    ),
    "divided-by": Words(
        "`{before}` is not the number to divide by: it is `{after}`",
        "Where both are the same number, the difference does not show.",
        "How many things are added up there, and is it divided by their number?",
    ),
}
