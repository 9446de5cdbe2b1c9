"""Words for trainings that come to nothing: rates, loops, penalties, weights to begin with, costs."""

from grader.reading.told.words_of_faults import Words

TRAININGS: dict[str, Words] = {
    "rate-too-high": Words(
        "the rate is too high",
        "The gradient is right, but in the {steps} steps that were looked at the cost grew from {first} to {last}: the "
        "steps are so long that they jump over the valley. Take a smaller rate.",
        "Nothing is learned; the weights grow without end or saturate the units.",
    ),
    "steps-lead-away": Words(
        "the steps are too long: they lead away",
        "The gradient is right. But taken again and again with the same samples, {steps} of these steps bring the "
        "squared error from {first} to {last}: each jumps over the valley, and further out. Take a smaller rate, or "
        "the mean over the samples where their sum is taken.",
        "Nothing is learned; the weights grow without end.",
    ),
    "inputs-not-scaled": Words(
        "the inputs are too large for this rate",
        "The gradient is right, but in the {steps} steps that were looked at the cost grew from {first} to {last}. The "
        "largest input is {largest}: scale the inputs to mean 0 and spread 1 (or 0 … 1), or take a far smaller rate.",
        "Nothing is learned; the weights grow without end or saturate the units.",
    ),
    "weights-explode": Words(
        "the steps are far too long",
        "Within {steps} the weights grow to hundreds and more, or are no numbers any more: {cause}.",
        "Nothing is learned from there on.",
    ),
    "loop-ends-at-once": Words(
        "the loop of the training ends in its first round",
        "This line stands inside the loop, and is come to in every round: after one step the training is over. Move it "
        "out of the loop, behind it.",
        "What is learned is one step.",
    ),
    "loop-missing": Words(
        "one step is taken, and nothing repeats it",
        "`{name} = {count}` is used nowhere: the lines of the step stand in no loop. Put them into one that goes round "
        "so often.",
        "What is learned is one step.",
    ),
    "update-seldom": Words(
        "the step is taken in one of {rounds} rounds",
        "In the other rounds the same is computed once more, of the same samples and the same parameters, and nothing "
        "is changed: this line stands under a condition. Let it be carried out in each round.",
        "Training takes {rounds} times as long as it would.",
    ),
    "update-behind-loop": Words(
        "the weights are changed once, behind the loop",
        "Before this line the same forward pass was made {passes} times, with the same inputs and the same weights. "
        "The lines that change the weights stand outside of the loop that makes the passes: move them into it.",
        "What is learned is one step.",
    ),
    "units-died": Words(
        "the steps are so long that all ReLU units of layer {l} die",
        "The gradient is right, but after {steps} all units of layer {l} give 0 for every sample: where z{l} is "
        "negative the slope of ReLU is 0, and no step brings them back. Take a smaller rate, or scale the inputs and "
        "targets.",
        "Only what lies above layer {l} is learned from there on.",
    ),
    "units-saturated": Words(
        "the steps are so long that they saturate layer {l}",
        "The gradient is right, but after {steps} {share} % of all z{l} lie beyond ±8, where {f} is flat: no gradient "
        "passes there, and no step brings them back soon.{largest} Take a smaller rate, or scale the inputs and "
        "targets.",
        "Only what lies above layer {l} is learned from there on.",
    ),
    "no-number": Words(
        "from here on there are no numbers any more",
        "The first value that is infinite or `nan` is made here: {cause}. What is computed of it goes into the "
        "weights.",
        "After this step all outputs are `nan`.",
    ),
    "divided-by-features": Words(
        "divided by the number of inputs instead of samples",
        "The gradient is divided by {features}, which is the number of inputs; there are {n} samples.",
    ),
    "divided-by-all-samples": Words(
        "divided by the number of all samples instead of those of the batch",
        "The sum over the {n} samples of a step is divided by {total}, the number of all samples in this run: each "
        "step is shorter than the rate says, here {times} times.",
    ),
    "penalty-sum-of-weights": Words(
        "the penalty's gradient is a sum of weights",
        "The derivative of ½λ·ΣW² is λ·W: each weight gets its own, not their sum.",
    ),
    "penalty-itself": Words(
        "the penalty itself is added to the gradient, one number for all weights",
        "The derivative of ½λ·ΣW² is λ·W: each weight gets its own, not the sum of all squares.",
    ),
    "penalty-of-another": Words(
        "a multiple of {name} is added to the gradient of W{l}",
        "The derivative of ½λ·ΣW{l}² is λ·W{l}; no derivative of the cost by W{l} holds a multiple of {name}.",
        "W{l} is drawn towards what has nothing to do with it.",
    ),
    "penalty-grows": Words(
        "the penalty makes the weights grow",
        "Its gradient has the wrong sign: λ·W is added to dW and subtracted with it.",
    ),
    "penalty-over-batch": Words(
        "λ is divided by the mini-batch",
        "The penalty belongs to the whole training set: it is λ/N with N = {total} samples. Divided "
        "by the batch of {n}, it is taken in full in every step.",
        "In one epoch the weights lose {share} % of their size.",
    ),
    "penalty-not-in-gradient": Words(
        "the penalty is in the cost, but not in the gradient",
        "The {kind} penalty of the weights is computed for the cost; dW lacks its derivative.",
    ),
    "targets-beyond-reach": Words(
        "the targets are beyond what the output can be",
        "{f_out} gives {gives}, and the targets go from {least} to {most}: no weights bring the output there, however "
        "long it learns. Instead, {advice}.",
    ),
    "no-hidden-function": Words(
        "there is no function between the layers, and these data need one",
        "Layers without an activation function between them are one layer: what they give is a function of w·x + b. "
        "In these data two inputs of one class have the same sum as two of the other, as in XOR, so no w and b put "
        "them apart. Put σ, tanh or ReLU behind the hidden layer, and its slope into δ.",
    ),
    "one-layer-for-xor": Words(
        "a single layer cannot learn these data",
        "What it gives is a function of w·x + b. In these data two inputs of one class have the same sum as two of the "
        "other, as in XOR, so no w and b put them apart. It takes a hidden layer with an activation function.",
    ),
    "changed-in-vain": Words(
        "what the step makes of the weights is never used",
        "The same weights are multiplied with in each step, and what is made of them here is thrown away: it is a "
        "copy, or has a name that nobody reads. Give it back to the name that the forward pass uses.",
        "These weights stay as they were at the beginning.",
    ),
    "weights-grow": Words(
        "the step makes the weights larger",
        "{name} begins with the shape {before}, and has {after} behind this line: what is added has another shape, and "
        "numpy repeats both until they fit. A gradient has the shape of its weights: a matrix product sums over what "
        "the two factors share, `*` does not.",
        "From here on it is another network, whose layers do not fit any more.",
    ),
    "drawn-anew": Words(
        "the weights are made anew for each step",
        "They are drawn here before each forward pass, so what the step before has learned is lost. Draw them once, "
        "before the loop.",
        "Nothing is learned.",
    ),
    "cut-to-whole": Words(
        "the weights are cut to whole numbers after each step",
        "A step changes a weight by a part of 1; what is cut or rounded to a whole number is the old weight again, or "
        "jumps. Keep the weights as floats.",
    ),
    "inputs-cut": Words(
        "the inputs are cut to whole numbers",
        "What is divided to lie between 0 and 1 is made whole again here: {share} % of it are 0 then. Keep it as "
        "floats.",
    ),
    "zero-weights": Words(
        "all weights of a layer start at zero",
        "{layers}: all units of a layer give the same and are changed alike for ever. Draw the weights at random.",
    ),
    "equal-weights": Words(
        "all weights of a layer start equal",
        "{layers}: all units of a layer give the same and are changed alike for ever. Draw the weights at random.",
    ),
    "saturated": Words(
        "the units are saturated from the start",
        "{share} % of all z{l} lie beyond ±8, where {activation} is flat: no gradient passes. {cure}",
    ),
    "cost-part-sign": Words(
        "one part of the binary cross-entropy has the wrong sign",
        "The cost is −(y·log a + (1 − y)·log(1 − a)): the minus is that of both parts. Here they are taken from one "
        "another, so the cost of half the samples counts as a gain.",
        "The gradient is that of the right cost; the number that is printed is not what it makes smaller.",
    ),
    "cost-of-changed-output": Words(
        "the cost is computed of what is left of the output behind the way back",
        "This is no copy: what is taken from it for δ{l} is taken from the output itself. Line {line} makes the cost "
        "of it afterwards, and takes the logarithm of a negative number. Take a copy, or compute the cost before.",
        "The gradients are right; the cost that is shown is `nan`.",
    ),
    "gives-one-number": Words(
        "what comes out here is the same number for all inputs",
        "In {times} times it was {number}, whatever went in: nothing can be learned by it. A softmax of a single "
        "unit, for one, is always 1; one output wants a sigmoid.",
    ),
    "binary-cost-on-tanh": Words(
        "the binary cross-entropy is taken of tanh outputs",
        "Its logarithms want outputs between 0 and 1, and δ{l} = a − y belongs to a sigmoid; tanh gives −1 to 1.",
        "Outputs below 0 have no logarithm, and the gradient is not that of the cost.",
    ),
    "binary-cost-on-softmax": Words(
        "the binary cross-entropy is taken of softmax outputs",
        "Softmax outputs are one choice among classes: the cost is −Σ y·log a. The part (1 − y)·log(1"
        " − a) belongs to sigmoids.",
        "The number that is printed is not what the gradient makes smaller.",
    ),
}
