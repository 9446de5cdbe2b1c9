"""What is said of the mathematics of a line: signs, factors, terms, powers, activations, slopes, penalties."""

from grader.diagnosis.repair.sentences import Words

OF_FORMULAS: dict[str, Words] = {
    "operator": Words(
        "`{before}` comes out right with another operator",
        "",
        "Which of the operators in this line is the one of the formula?",
    ),
    "two-slips": Words(
        "Two things are wrong in `{before}`: {found}",
        "Neither of them alone puts it right.",
        "Write the formula beside this line, and compare its signs, operators and functions one after the other.",
    ),
    "exponent-sign": Words(
        "The minus sign is missing in the exponent of `{before}`",
        "",
        "What does this give for a large number, and what should it?",
    ),
    "root-of-pi": Words(
        "The root in `{before}` is that of π, not of 2π",
        "The normal distribution has the density exp(−z²/2) / √(2π).",
        "By what is exp(−z²/2) divided, so that all its probabilities sum to 1?",
    ),
    "too-much": Words(
        "{dropped}",
        "Only `{after}` is meant there.",
        "Is everything in this line part of the formula?",
    ),
    "penalty-too-much": Words(
        "{dropped}",
        "Only `{after}` is meant there: not everything that is learnt is penalised.",
        "Which parameters are in the penalty?",
    ),
    "once-too-often": Words(
        "{dropped}",
        "Only `{after}` is meant there.",
        "Which power of this stands in the formula?",
    ),
    "number-too-much": Words(
        "{dropped}",
        "Only `{after}` is meant there.",
        "Where does the number in this line come from?",
    ),
    "bound": Words(
        "The bound in `{before}` cuts off what should pass",
        "There is no largest value in the formula.",
        "What does this line give for 1000?",
    ),
    "call-too-much": Words(
        "`{old}` is too much in `{before}`",
        "What it is given, `{after}`, is what is needed there.",
        "Is the function in this line part of the formula, and not applied already?",
    ),
    "argmax": Words(
        "A class is compared with a whole one-hot label in `{before}`",
        "`np.argmax` gives the class that a one-hot label, or a row of scores, stands for.",
        "Print both sides of the comparison. Are they of one kind?",
    ),
    "activation-too-much": Words(
        "`{before}` is {found} once more than is meant",
        "What it is applied to is what is needed there.",
        "Has this function been applied already?",
    ),
    "order": Words(
        "The difference `{before}` is the wrong way round",
        "Its sign is turned.",
        "Which of the two is subtracted from which?",
    ),
    "upside-down": Words(
        "The quotient `{before}` is upside down",
        "What is divided and what divides have changed places.",
        "Which of the two is divided by which in the formula?",
    ),
    "sign": Words("The minus sign of `{before}` is too much", "", "Look at the signs of this line."),
    "sign-missing": Words("`{before}` has the wrong sign", "", "Look at the signs of this line."),
    "constant": Words("{number}", "", "Where does this number come from?"),
    "function": Words(
        "`{old}` is called where `{new}` is meant", "{about}", "What does this function give for an array?"
    ),
    "reaches-too-far": Words(
        "The division in `{before}` reaches too far, or not far enough",
        "`/=` divides by everything on its right, and `a + b / n` divides `b` alone.",
        "What does the division in this line divide, and by what?",
    ),
    "overflow": Words(
        "`{before}` overflows for large numbers",
        "`np.exp(1000)` is inf, and inf / inf is nan. The softmax stays the same when a number is subtracted from all "
        "scores of a sample: with their maximum subtracted the largest exponent is 0.",
        "What does this give for scores like 1000?",
    ),
    "inside-out": Words(
        "`{before}` has its two functions the wrong way round",
        "The logarithm of a sum is not the sum of the logarithms, and so it is with other functions: which of the two "
        "comes first matters.",
        "Which function is applied first in the formula, and which to what comes out?",
    ),
    "factor-in-one-of": Words(
        "{found}",
        "A change in any one of these lines does: the numbers do not tell which is meant.",
        "Derive what each of these lines computes: where does a factor 2 come from, and where does it cancel?",
        is_shown=False,
    ),
    "times": Words(
        "`{before}` is to be multiplied: `{after}`",
        "A place is not the same as a count of steps.",
        "At which index does the third window begin?",
    ),
    "slope-too-much": Words(
        "The slope of the sigmoid is too much in `{before}`",
        "The cross-entropy of a sigmoid has the slope a - y at z: a(1 - a), as of squared errors, cancels.",
        "Work out the derivative of this cost in z. What cancels?",
    ),
    "into-the-call": Words(
        "The brackets of `{before}` end too early",
        "What stands behind the function belongs to what it is applied to.",
        "To what is the function in this line applied in the formula?",
    ),
    "factor-of-the-other": Words(
        "A factor stands at the wrong term of `{before}`: `{after}` is meant",
        "A product binds closer than a sum: the factor changes its own term alone.",
        "With which term is this factor multiplied in the formula?",
    ),
    "into-the-brackets": Words(
        "`{new}` is applied to too little in `{before}`",
        "What stands before the function belongs to what it is applied to.",
        "To what is the function in this line applied in the formula?",
    ),
    "out-of-the-brackets": Words(
        "`{old}` is applied to too much in `{before}`",
        "A part of what stands between its brackets belongs outside of them.",
        "To what is the function in this line applied in the formula?",
    ),
    "rest-too-much": Words(
        "The `1 -` is too much in `{before}`",
        "Only `{after}` is meant there.",
        "Which of the two is meant, this or what is left of 1?",
    ),
    "argument-for-a-number": Words(
        "A number, {before}, stands where the argument `{after}` belongs",
        "Whatever the function is called with has no effect there.",
        "Which of the arguments is this number, and is it read anywhere?",
    ),
    "number-from-outside": Words(
        "`{before}` is a number from outside of the function, the same in every call: `{after}` is meant",
        "It keeps the value that it got when the file was run, whatever the function is given.",
        "What is this number when the function is given 3 samples, and what when it is given 300?",
    ),
    "divide": Words("`{before}` is not divided by `{factor}`", "", "By what is this divided in the formula?"),
    "multiply": Words("The factor `{factor}` is missing in `{before}`", "", "Which factor of the formula is missing?"),
    "activation-missing": Words(
        "The activation is missing: `{before}`",
        "Layers without one in between are together no more than a single linear layer.",
        "What happens to a hidden layer's weighted sum before the next layer?",
        is_shown=False,
    ),
    "function-missing": Words(
        "`{new}` is to be applied to `{before}`",
        "",
        "Which function of this stands in the formula?",
        is_shown=False,
    ),
    "absolute": Words(
        "The absolute value of `{before}` is needed", "", "Can what is measured here be negative in the formula?"
    ),
    "sign-of": Words(
        "The sign of `{before}` is needed",
        "The derivative of |x| is 1 where x is positive and −1 where it is negative, however large x is.",
        "What is the derivative of the absolute value?",
    ),
    "log": Words("The logarithm of `{before}` is needed", "", "Which function of this stands in the formula?"),
    "exp": Words("The exponential of `{before}` is needed", "", "Which function of this stands in the formula?"),
    "root": Words("The square root of `{before}` is needed", "", "Which function of this stands in the formula?"),
    "square": Words("`{before}` has to be squared", "", "Which power of this stands in the formula?"),
    "one-minus": Words("1 minus `{before}` is needed", "", "Compare this with the formula."),
    "penalty": Words(
        "The penalty is missing in `{before}`",
        "With regularisation the cost has a term of the weights, and the gradient of the weights has its derivative.",
        "Where does the strength of the penalty enter?",
        is_shown=False,
    ),
    "bias": Words(
        "The bias is missing in `{before}`",
        "Each unit adds its own bias to the weighted sum.",
        "What is added to the weighted sum?",
        is_shown=False,
    ),
    "slope": Words(
        "The slope of the activation is missing in `{before}`",
        "On the way back through an activation each entry is multiplied with the derivative of the activation there.",
        "What happens to the gradient on the way back through the activation?",
        is_shown=False,
    ),
    "clipped": Words(
        "`{before}` makes all numbers beyond its bounds the same",
        "A softmax stays what it is if the largest number is subtracted from all of them, and then nothing overflows.",
        "What do two numbers of 700 and 800 become here?",
    ),
    "slope-of-another": Words(
        "The slope of the activation in `{before}` is not the right one",
        "ReLU lets the gradient through where its input was positive, and nowhere else.",
        "At which numbers is the derivative of the activation taken?",
        is_shown=False,
    ),
    "scale": Words(
        "A factor is missing in `{before}`: one with `{factor}`",
        "Each column has a factor of its own in the formula.",
        "Which quantity of the formula is not in this line?",
        is_shown=False,
    ),
    "affine": Words(
        "`{before}` is neither scaled nor shifted",
        "The formula multiplies each column by a factor of its own and adds a number of its own.",
        "Which arguments of the function are not used yet?",
        is_shown=False,
    ),
    "term": Words(
        "A term or factor is missing in `{before}`: one with `{factor}`",
        "",
        "Which quantity of the formula is not in this line?",
        is_shown=False,
    ),
    "label-of-0": Words(
        "`{before}` counts the label 1 alone: the term of the label 0 is missing",
        "Where the label is 0 the product is 0, whatever the output is, so that no output near 1 costs anything there.",
        "What does a sample with the label 0 add to the cost, and what should it?",
        is_shown=False,
    ),
    "label-of-1": Words(
        "`{before}` counts the label 0 alone: the term of the label 1 is missing",
        "Where the label is 1 the product is 0, whatever the output is, so that no output near 0 costs anything there.",
        "What does a sample with the label 1 add to the cost, and what should it?",
        is_shown=False,
    ),
    "difference-meant": Words(
        "`{before}` is not the derivative that is needed here",
        "For softmax (or sigmoid) and cross-entropy together it is the plain difference of probabilities and labels: "
        "the derivative of the activation cancels.",
        "Which derivative do softmax and cross-entropy have together?",
        is_shown=False,
    ),
    "difference-of-ones": Words(
        "`{before}` holds only whole numbers, where probabilities are needed",
        "For softmax and cross-entropy each class's column gets the sample times that class's probability, and the "
        "true class's once less. Plain 1 and −1 belong to the gradient of a hinge loss.",
        "What is the derivative of the cross-entropy with respect to the score of each class?",
        is_shown=False,
    ),
    "activation": Words(
        "`{before}` computes {found}, and another function is needed",
        "What is needed there is {because}.",
        "Which function of its input should this be?",
        is_shown=False,
    ),
    "activation-of-a-gradient": Words(
        "`{before}` puts a gradient through {found}, where the slope is needed",
        "Going back through an activation, what arrives is multiplied by the slope that it had in the forward pass: "
        "which numbers arrive does not matter for that.",
        "At which numbers, those of the forward pass or those that arrive, is the derivative of the activation taken?",
        is_shown=False,
    ),
    "slope-confused": Words(
        "`{before}` is {found}, which is not the slope that is needed",
        "Each activation has a slope of its own, and its formula is one in terms of the input z or one in terms of the "
        "output a. What is needed there is {because}.",
        "At which numbers is this derivative taken, and is it the formula for them?",
        is_shown=False,
    ),
    "size-confused": Words(
        "`{before}` is {found}, and another measure of size is needed",
        "What is needed there is {because}.",
        "Which sum stands in the formula?",
        is_shown=False,
    ),
    "half-missing": Words(
        "`{before}` is {found}: beside the gradient that is given, half of it is needed",
        "The derivative of w² is 2w, and of ½w² it is w: a penalty and its gradient have the factor of one of the two.",
        "Which factor has your penalty, and which has its gradient?",
        is_shown=False,
    ),
    "half-too-much": Words(
        "`{before}` is {found}: beside the gradient that is given, the whole of it is needed",
        "The derivative of w² is 2w, and of ½w² it is w: a penalty and its gradient have the factor of one of the two.",
        "Which factor has your penalty, and which has its gradient?",
        is_shown=False,
    ),
    "penalty-itself": Words(
        "`{before}` is {found}: it is part of a penalty, and the derivative of that is needed",
        "A cost is one number, and its gradient has one for each weight: the derivative of the sum of w² with respect "
        "to one weight is 2w, which no other weight is in.",
        "Which shape has the gradient of the penalty, and what is the derivative of w²?",
        is_shown=False,
    ),
    "sign-confused": Words(
        "`{before}` is {found}: the derivative of another penalty",
        "",
        "What is the derivative of the penalty?",
        is_shown=False,
    ),
}
