"""Words for a δ that is wrong."""

from grader.reading.told.words_of_faults import BELOW, Words

DELTAS: dict[str, Words] = {
    "derivative-by-a": Words(
        "the slope of the output activation is missing",
        "That is the derivative of the cross-entropy by a{l}. δ{l} is the derivative by z{l}: times {f}'(z{l}), which "
        "makes it a − y.",
        BELOW,
    ),
    "no-output-slope": Words(
        "the slope of the output activation is missing",
        "The cost is the squared error, so δ{l} = (a − y)·{f}'(z{l}). Here it is a − y, {belongs}.",
        BELOW,
    ),
    "output-slope-left-out": Words(
        "the slope of the output activation is missing",
        "δ{l} = dC/da{l}·{f}'(z{l}), with dC/da{l} = a − y for the squared error. Here it is a − y alone, which "
        "belongs to an output without an activation.",
        BELOW,
    ),
    "slope-of-output-too": Words(
        "the slope of the output activation is multiplied in, though the cost is the cross-entropy",
        "With the cross-entropy the slope of {f} cancels: δ{l} = a − y. Multiplied by the slope, it "
        "is the gradient of the squared error, which vanishes where the output is surely wrong.",
        BELOW,
    ),
    "softmax-diagonal-slope": Words(
        "δ{l} is multiplied by a·(1 − a), which is only the diagonal of the softmax's Jacobian",
        "With the cross-entropy δ{l} = a − y. (For another cost the whole Jacobian of the softmax is "
        "needed, not its diagonal.)",
        BELOW,
    ),
    "cross-entropy-diagonal": Words(
        "only the diagonal of the softmax's Jacobian is used",
        "−y/a times a·(1 − a) leaves out what the other units contribute; together they give δ{l} = a − y.",
        BELOW,
    ),
    "softmax-jacobian-of-probabilities": Words(
        "the Jacobian of the softmax is taken of its own output",
        "The softmax' Jacobian is diag(a) − a·aᵀ with a the softmax of z; here the softmax is applied once more.",
        BELOW,
    ),
    "softmax-jacobian-of-cross-entropy-error": Words(
        "the softmax's Jacobian is multiplied in twice",
        "a − y already holds the Jacobian of the softmax.",
        BELOW,
    ),
    "target-over-output": Words(
        "δ{l} is the derivative by a, not by z",
        "−y/a is ∂C/∂a. It has to be multiplied by the derivative of {f}; for the cross-entropy that gives a − y.",
        BELOW,
    ),
    "target-over-output-times-slope": Words(
        "the derivative of the cross-entropy lacks a part",
        "−y/a alone is not enough here: δ{l} = a − y.",
        BELOW,
    ),
    "error-squared": Words(
        "the squared error itself is sent back, not its derivative",
        "The derivative of (a − y)² is 2·(a − y): it has a sign, which the square has lost.",
        "Outputs that are too large and outputs that are too small are moved the same way.",
    ),
    "error-absolute": Words(
        "the error that is sent back has lost its sign",
        "It is |a − y|, or a multiple of that: an absolute value is taken, or of two terms one has the wrong sign. "
        "δ{l} needs a − y.",
        "Outputs that are too large and outputs that are too small are moved the same way.",
    ),
    "one-put-for-taken": Words(
        "−1 is put in the place of a probability, not 1 taken from it",
        "δ is a − y: a − 1 for the class that is meant, a for the others. Here −1 stands for the one that is meant, "
        "whatever a is there: `-= 1` is needed for `= -1`.",
        "The step does not end where the probability is right, and all gradients are wrong.",
    ),
    "output-without-target": Words(
        "the target is missing from δ{l}",
        "δ{l} is a − y; here it is a alone.",
        BELOW,
    ),
    "target-without-output": Words(
        "the output is missing from δ{l}",
        "δ{l} is a − y; here it is −y alone.",
        BELOW,
    ),
    "rounded-output": Words(
        "δ{l} is made of the decision, not of the output",
        "The output is rounded (or its largest entry set to 1) before y is subtracted. δ{l} needs the output as it is.",
        "A right decision with a poor output teaches nothing.",
    ),
    "z-for-output": Words(
        "z{l} is used in the place of the output",
        "δ{l} = a − y with a = {f}(z{l}).",
        BELOW,
    ),
    "outputs-averaged": Words(
        "the errors of all outputs are averaged before they are sent back",
        "Each output has its own δ: its own error, and not the mean over all of them.",
        "All outputs of a sample are moved the same way.",
    ),
    "error-averaged": Words(
        "the errors of all samples are averaged before they are sent back",
        "Each sample has its own δ; the mean comes after the product with the inputs, not before.",
        "All samples get the same δ.",
    ),
    "slope-not-seen": Words(
        "the slope of the ReLU is missing in δ{l}",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ ReLU'(z{l}), and nothing is made of z{l} or a{l} here that could be ReLU'(z{l}). In "
        "the steps that were looked at all z{l} were above 0, where it is 1: it is missed as soon as one is below.",
    ),
    "no-slope": Words(
        "the slope of the activation is missing in δ{l}",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); the factor {f}'(z{l}) is missing.",
        BELOW,
    ),
    "slope-one": Words(
        "the slope of the activation is 1 everywhere",
        "The derivative of {f} should be 0 for some units; it is asked about values for which it is 1"
        " always (a ReLU's outputs are never negative). Ask `> 0`, or use z.",
        BELOW,
    ),
    "slope-at-activation": Words(
        "the derivative of the activation is taken at a instead of z",
        "a{l} = {f}(z{l}) was already put through {f}. Its derivative function expects z{l}, or must be written for a.",
        BELOW,
    ),
    "slope-at-targets": Words(
        "the slope of the output is taken at the targets",
        "δ{l} = (a − y)·{f}'(z{l}), with the slope at what the network gives; here it is taken of y.",
        BELOW,
    ),
    "slope-at-dropped-activation": Words(
        "the derivative is taken at the activation after dropout",
        "{f}'(z{l}) needs z{l}.",
        BELOW,
    ),
    "slope-of-dropped-activation": Words(
        "the slope of {f} is taken of a{l} after dropout",
        "a{l} was scaled up and partly set to 0 there. The formula of the slope needs {f}(z{l}) as it is: keep it "
        "under a name of its own before the mask is multiplied in.",
        BELOW,
    ),
    "times-mean-error": Words(
        "{what} is multiplied by the mean of the errors",
        "{should}, for each sample by itself. The mean over the batch is a factor more: as it falls, the steps become "
        "short whatever the samples need, and where it turns its sign they go uphill.",
        BELOW,
    ),
    "times-cost": Words(
        "{what} is multiplied by the cost",
        "{should}. The value of the cost is no part of its derivative: with it as a factor the steps become short as "
        "the cost falls.",
        BELOW,
    ),
    "one-minus-misplaced": Words(
        "1 − σ in the slope is made of something else",
        "σ' = σ(z{l})·(1 − σ(z{l})), with one and the same σ(z{l}) in both factors. Here the second one is σ(1 − x) or "
        "1 − x, in the place of 1 − σ(x).",
        BELOW,
    ),
    "slope-formula-on-z": Words(
        "the derivative's formula for a is given z",
        "The formula holds for a = {f}(z): a·(1 − a) for the sigmoid, 1 − a² for tanh, half of that for 2σ − 1. "
        "Here z{l} is put into it.",
        BELOW,
    ),
    "times-activation": Words(
        "multiplied by the activation instead of its slope",
        "The factor is {f}'(z{l}), not a{l}.",
        BELOW,
    ),
    "function-for-slope": Words(
        "{f} itself is multiplied in, not its derivative",
        "The factor is {f}'(z{l}); here {f} is taken once more, of a{l}.",
        BELOW,
    ),
    "slope-above-missing": Words(
        "what is sent back lacks the slope of layer {up}",
        "δ{l} is made of δ{up}, which has {f_up}'(z{up}) in it; here it is made of what layer {up} got from above.",
        BELOW,
    ),
    "inputs-not-dropped": Words(
        "dW{l} is made of the activations before dropout",
        "In the forward pass W{l} was multiplied with what dropout left of {input}: dW{l} is made of the same.",
    ),
    "slope-added": Words(
        "the slope of the activation is added where it must be multiplied in",
        "{should}: a product for each unit. Here {f}'(z{l}) is added to it, or taken from it.",
        BELOW,
    ),
    "slope-of-another-function": Words(
        "what δ{l} is multiplied by is not the slope of {f}",
        "{should}. What stands for {f}'(z{l}) is made of z{l} alone, as it should be, but by another formula: where "
        "z{l} is {z}, it gives {given}, and {f}' is {due}.",
        BELOW,
    ),
    "divided-by-weights": Words(
        "δ of the layer above is divided by the weights",
        "{should}: δ{up} goes back multiplied by the weights. Here it is divided by them.",
        BELOW,
    ),
    "times-z": Words(
        "multiplied by z instead of the slope",
        "The factor is {f}'(z{l}), not z{l}.",
        BELOW,
    ),
    "slope-of-another-leak": Words(
        "the slope for negative z is another one than on the way forward",
        "For a negative z{l} the slope of {f} is the number by which z{l} is multiplied on the way forward; δ{l} has "
        "another.",
        BELOW,
    ),
    "slope-twice": Words(
        "the slope of the activation is multiplied in twice",
        "{f}'(z{l}) belongs there once.",
        BELOW,
    ),
    "half-of-the-slope": Words(
        "half of the derivative is missing",
        "The factor a alone, or 1 − a alone, is not {f}'(z{l}).",
        BELOW,
    ),
    "slope-inverted": Words(
        "the ReLU's slope is the wrong way round",
        "It is 1 where z{l} > 0, and the small one (of a plain ReLU 0) elsewhere.",
        BELOW,
    ),
    "mask-of-the-gradient": Words(
        "the ReLU's slope is taken at the gradient that comes back instead of at z{l}",
        "Negative gradients are cut off. They have to pass wherever z{l} > 0, and to stop elsewhere.",
        BELOW,
    ),
    "slope-of-sigmoid": Words(
        "the slope is that of the sigmoid",
        "Layer {l} has {f}; its slope is not a·(1 − a).",
        BELOW,
    ),
    "slope-of-tanh": Words(
        "the slope is that of tanh",
        "Layer {l} has {f}; its slope is not 1 − a².",
        BELOW,
    ),
    "slope-of-ReLU": Words(
        "the slope is that of a ReLU",
        "Layer {l} has {f}; its slope is not 0 or 1.",
        BELOW,
    ),
    "slope-of-the-error": Words(
        "the derivative of the activation is taken of the error",
        "δ{l} = (a{l} − y) ∗ {f}'(z{l}). Here the formula of the derivative is given the error, which is no value "
        "of the activation.",
        BELOW,
    ),
    "slope-of-the-gradient": Words(
        "the derivative of the activation is taken of what is sent back",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); here it is {f}'(δ{up}·W{up}ᵀ). The derivative is taken of z{l}, and "
        "multiplied.",
        BELOW,
    ),
    "slope-of-softplus": Words(
        "the slope is that of a softplus",
        "1/(1 + e⁻ᶻ) is the derivative of log(1 + eᶻ), which is only like a ReLU. Layer {l} has {f}: its slope is "
        "{f}'(z{l}).",
        BELOW,
    ),
    "slope-of-the-layer-below": Words(
        "the slope is that of the layer below",
        "δ{l} takes the slope at z{l}, not at the layer below it.",
        BELOW,
    ),
    "slope-of-the-layer-above": Words(
        "the slope is that of the layer above",
        "δ{l} takes the slope at z{l}, not at z{up}.",
        BELOW,
    ),
    "raw-error-sent-back": Words(
        "the error is sent back without the slope of the layer above",
        "δ{l} is made of δ{up}, the error times the slope of layer {up}; here the bare error a − y goes through W{up}.",
        BELOW,
    ),
    "raw-error-and-slope-at-activation": Words(
        "the bare error is sent back, and the derivative of the activation is taken at a instead of z",
        "Two mistakes: δ{l} is made of δ{up}, and here the bare error a − y goes through W{up}; and a{l} was already "
        "put through {f}, whose derivative function expects z{l}, or must be written for a.",
        BELOW,
    ),
    "new-weights": Words(
        "the weights are changed before δ is sent through them",
        "δ{l} needs W{up} as it was in the forward pass. Compute all gradients first, then change the weights.",
        BELOW,
    ),
    "raw-error-through-new-weights": Words(
        "the bare error is sent back through weights that were changed already",
        "δ{l} is made of δ{up} and of W{up} as it was in the forward pass.",
        BELOW,
    ),
    "no-slope-through-new-weights": Words(
        "the slope is missing, and the weights are changed before δ is sent through them",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}), with W{up} as it was in the forward pass; here W{up} has been changed, "
        "and the factor {f}'(z{l}) is missing.",
        BELOW,
    ),
    "not-transposed": Words(
        "the weights are not transposed on the way back",
        "δ{up} goes back through W{up}ᵀ; W{up} is square, so numpy does not notice.",
        BELOW,
    ),
    "weights-of-its-own-layer": Words(
        "δ is sent back through the weights of the wrong layer",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); here it is W{l}.",
        BELOW,
    ),
    "nothing-from-above": Words(
        "the slope of the activation is sent back without the gradient that comes from above",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); only the last factor is there.",
        BELOW,
    ),
    "output-for-delta": Words(
        "what is sent back is made of the outputs of layer {up}, not of its δ",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); here a{up} stands in the place of δ{up}.",
        BELOW,
    ),
    "delta-of-higher-layer": Words(
        "what is sent back is made of δ of a layer beyond layer {up}, not of δ{up}",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); here δ of another layer stands in the place of δ{up}.",
        BELOW,
    ),
    "weights-of-another-unit": Words(
        "one unit takes the weights of another",
        "δ of a unit is made of the weights that lead from it to layer {up}; one unit of layer {l} has those of "
        "another.",
        BELOW,
    ),
    "error-in-place-of-delta": Words(
        "the error of layer {up} is taken in the place of what comes back through its weights",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}): each unit's share of the error is that which its weights have.",
        BELOW,
    ),
    "weights-missing": Words(
        "δ of the layer above is taken over without its weights",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); W{up} is missing.",
        BELOW,
    ),
    "dropout-share-missing": Words(
        "what dropout leaves is scaled on the way forward, and not on the way back",
        "Forward, the units that are left are divided by the share that is kept, {share:.3g}: δ{l} is divided by it "
        "too.",
        "This layer and those below learn {share:.3g} times as fast as they should.",
    ),
    "dropout-share-twice": Words(
        "what is sent back through dropout is divided by the share that is kept once too often",
        "δ{l} takes the factor that the units had on the way forward, once; here it has a further 1/{share:.3g}.",
        "This layer and those below learn at another rate than they should.",
    ),
    "dropout-mask-drawn-anew": Words(
        "another dropout mask is taken on the way back",
        "Units that were dropped on the way forward have no part in the output: δ{l} takes the same mask. Here it is "
        "one of its own, drawn once more: keep that of the forward pass.",
        BELOW,
    ),
    "dropout-mask-missing": Words(
        "the dropout mask is missing on the way back",
        "Units that were dropped have no part in the output: δ{l} takes the same mask.",
        BELOW,
    ),
}
