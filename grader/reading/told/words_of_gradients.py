"""Words for gradients of weights and biases that are wrong."""

from grader.reading.told.words_of_faults import Words

GRADIENTS: dict[str, Words] = {
    "own-activation": Words(
        "dW{l} is made of the layer's own output",
        "dW{l} = (what went into layer {l})ᵀ·δ{l}, that is {input}; here it is a{l}.",
        "W{l} moves in a direction that has nothing to do with the cost.",
    ),
    "inputs-of-new-weights": Words(
        "dW{l} is made of an activation that was computed anew, after W{down} was changed",
        "δ{l} belongs to the a{down} of the forward pass; here a{down} is what the changed W{down} gives. Make all "
        "gradients first, and change the weights then.",
        "W{l} moves in a direction that is not quite that of the gradient.",
    ),
    "slope-for-activation": Words(
        "dW{l} is made of 0 and 1 instead of what went into layer {l}",
        "The slope of the ReLU was written into the array of the activations: `a[a > 0] = 1` changes the array that "
        "is passed in. Give a new one back: `(a > 0) * 1.0`.",
        "W{l} moves as if every unit that is on had given 1.",
    ),
    "activation-left-out": Words(
        "dW{l} is made of an activation of z{down}, but the forward pass takes z{down} itself",
        "Layer {l} is given z{down}, to which no function was applied. The gradient is that of a network in which one "
        "is: most likely the forward pass was to take it.",
    ),
    "z-for-activation": Words(
        "dW{l} is made of z{down} instead of a{down}",
        "What goes into layer {l} is a{down}, after the activation.",
    ),
    "input-of-the-network": Words(
        "dW{l} is made of the network's inputs",
        "dW{l} = a{down}ᵀ·δ{l}; here it is X.",
    ),
    "activation-of-another-layer": Words(
        "dW{l} is made of what another layer gives",
        "dW{l} = {input}ᵀ·δ{l}: it is made of what goes into layer {l}. Here it is the output of another layer, which "
        "has as many units, so that numpy does not notice.",
    ),
    "gradient-transposed": Words(
        "dW{l} is transposed",
        "W{l} is square, so numpy does not notice: dW{l} has to be turned.",
    ),
    "last-sample-only": Words(
        "only the last sample of the batch counts",
        "The gradient of a batch is the sum over all its samples; here each one overwrites the one before.",
    ),
    "first-sample-only": Words(
        "only the first sample of the batch counts",
        "The gradient of a batch is the sum over all its samples.",
    ),
    "last-row-only": Words(
        "only the last sample of the batch counts",
        "The gradient of a batch is the sum over all its samples.",
    ),
    "inputs-without-bias": Words(
        "the bias that is added to the inputs of layer {l} is left out of its gradient",
        "A bias is added to what goes into the product with W{l}, and dW{l} is made of that sum; here it is made of "
        "what it is added to alone. Mostly a bias is added behind the product, z = u·W + b: nothing of it enters dW.",
    ),
    "multiplied-again": Words(
        "the gradient of W{l} is multiplied by {name} once more",
        "dW{l} is right, and complete: what it is made of is multiplied in already. The step takes it times a number, "
        "the rate.",
    ),
    "averages-multiplied": Words(
        "averages are multiplied instead of averaging the products",
        "dW{l} is the mean of u·δ over the samples, which is not the mean of u times the mean of δ.",
    ),
    "divided-by-inputs": Words(
        "dW{l} is δ{l} divided by {input}",
        "dW{l} = {input}ᵀ·δ{l}: a product. Divided, the smallest inputs change their weights most.",
    ),
    "inputs-missing": Words(
        "what went into the layer is missing from dW{l}",
        "dW{l} = {input}ᵀ·δ{l}; here it is the sum of δ{l}.",
    ),
    "gradient-summed": Words(
        "dW{l} is summed once more",
        "dW{l} = {input}ᵀ·δ{l} has one number for each weight, and the sum over the samples is in it already. Summed "
        "over an axis, it is a vector, and numpy gives the same one to all rows (or columns) of W{l}.",
    ),
    "weights-for-inputs": Words(
        "dW{l} is made of the weights instead of what went into the layer",
        "dW{l} = {input}ᵀ·δ{l}; here δ{l} is multiplied by W{l} itself. The derivative of w·u by w is u.",
    ),
    "dot-for-outer": Words(
        "dW{l} is one number for the whole layer",
        "The product of two vectors by `dot` is a number. dW{l} is the outer product of {input} and "
        "δ{l}: one number for each weight.",
    ),
    "one-number": Words(
        "one number for all biases of the layer",
        "The sum runs over the samples: one number for each unit. Here all numbers of δ{l} are added up to a single "
        "one.",
    ),
    "one-number-of-the-last-sample": Words(
        "one number of the last sample for all biases",
        "The sum runs over the samples: one number for each unit. Here the numbers of δ{l} of one sample are added up "
        "to a single one, and what the next sample gives takes its place instead of being added to it.",
    ),
    "before-slope": Words(
        "db{l} is summed before the slope is multiplied in",
        "db{l} is the sum of δ{l}, after the factor {f}'(z{l}).",
    ),
    "slope-at-bias": Words(
        "the derivative is taken at the bias",
        "db{l} is the sum of δ{l} alone; the slope belongs to z{l}, and δ{l} has it already.",
    ),
    "times-bias": Words(
        "db{l} is multiplied by the bias",
        "The derivative of z by b is 1: db{l} is the sum of δ{l}.",
    ),
    "db-times-activation": Words(
        "db{l} is multiplied by the activation",
        "The derivative of z by b is 1: db{l} is the sum of δ{l}.",
    ),
    "sum-of-dW": Words(
        "db{l} is made of dW{l}",
        "db{l} is the sum of δ{l} over the samples; here dW{l}, where δ{l} is multiplied with what enters, is summed.",
    ),
    "delta-of-the-layer-above": Words(
        "db{l} is made of δ of the layer above",
        "db{l} is the sum of δ{l}.",
    ),
    "delta-of-the-layer-below": Words(
        "db{l} is made of δ of the layer below",
        "db{l} is the sum of δ{l}; here that of δ{down} stands in its place.",
    ),
    "dW-of-the-layer-above": Words(
        "dW{l} is made of δ of the layer above",
        "dW{l} = {input}ᵀ·δ{l}; here δ{up} stands in the place of δ{l}.",
    ),
    "over-units": Words(
        "db{l} is summed over the wrong axis",
        "The sum runs over the samples: one number for each unit. Here there is one for each sample.",
    ),
    "not-summed": Words(
        "db{l} is not summed over the samples",
        "The gradient of a bias is the sum of δ{l} over the samples: one number for each unit. Here δ{l} itself is "
        "taken, and the biases of layer {l} become {size} numbers, those of each of the {n} samples by themselves.",
    ),
    "bias-for-each-sample": Words(
        "b{l} has a row for each sample",
        "A layer has one bias for each unit, which all samples share: {units} numbers here. These are {size}, and "
        "each row is changed by the δ of one sample alone: what it learns holds for that sample only, and another "
        "number of samples cannot be put through. Give b{l} one row, and sum δ{l} over the samples.",
    ),
    "bias-shape": Words(
        "b{l} changes its shape",
        "Layer {l} has {units} biases; what is subtracted from them has another shape, and they become {size} numbers.",
    ),
    "constant-in-bias-gradient": Words(
        "a constant is added to the gradient of b{l}",
        "db{l} is the sum of δ{l} and nothing else.",
    ),
}
