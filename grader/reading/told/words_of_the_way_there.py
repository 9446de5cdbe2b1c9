"""Words for what is wrong on the way to the cost, in the data, and in runs of which no layers are read."""

from grader.reading.told.words_of_faults import Words

THERE: dict[str, Words] = {
    "not-the-derivative": Words(
        "the gradient of {name} is not the derivative of the cost",
        "{name} was moved a little in a second run of your forward pass, and the cost measured. What your step takes "
        "for the change of the cost is {ratio}; {above}. So the mistake lies between there and the gradient of {name}.",
    ),
    "no-steady-multiple": Words(
        "the gradient of {name} is not the derivative of the cost",
        "{name} was moved a little in a second run of your forward pass, in two of its steps, and the cost measured. "
        "Next to what the cost changes by, your step changes {name} {ratio} times as much as the others in one step, "
        "and {other} times in the other: that is no learning rate of its own. {above}.",
    ),
    "input-of-another-time": Words(
        "the gradient of {name} is made of what did not go into that use",
        "{name} is used again and again, in line {forward}. The δ of each use must be multiplied with what went into "
        "that very use; here that of another one is taken.{hint}",
    ),
    "one-use-only": Words(
        "only one of the uses of {name} counts",
        "{name} is used {uses} times in a step, and its gradient is the sum over all of them: `+=`. Here each one "
        "takes the place of that before.",
    ),
    "sent-not-transposed": Words(
        "{name} is not transposed on the way back through time",
        "{above}. What is sent from the one to the other goes back through the transpose of {name}, which is square, "
        "so that numpy does not notice.",
    ),
    "slope-forgotten": Words(
        "the slope of {f} is missing on the way back",
        "{above}; on the way to the gradient of {name} it must be multiplied by the slope of {f}, and is not. "
        "{measured}",
    ),
    "activation-for-slope": Words(
        "what {f} gives is multiplied in on the way back, not its slope",
        "{above}; on the way to the gradient of {name} it must be multiplied by the slope of {f}. {measured}",
    ),
    "slope-of-activation": Words(
        "the slope of {f} is taken at what {f} gives",
        "{above}; the slope by which it must be multiplied is that at what goes into {f}. {measured}",
    ),
    "slope-reversed": Words(
        "the slope of {f} is the wrong way round",
        "{above}; it must pass where what goes into {f} is positive, and to stop elsewhere. {measured}",
    ),
    "slope-of-gradient": Words(
        "the slope of {f} is taken at the gradient that comes back",
        "{above}; it must pass where what goes into {f} is positive, whatever its own sign. {measured}",
    ),
    "slope-of-another": Words(
        "the slope is not that of {f}",
        "{above}; on the way to the gradient of {name} it must be multiplied by the slope of {f}, and is multiplied by "
        "that of another function. {measured}",
    ),
    "slope-squared": Words(
        "the slope of {f} is multiplied in twice",
        "{above}; on the way to the gradient of {name} it must be multiplied by the slope of {f} once. {measured}",
    ),
    "axes-not-turned-back": Words(
        "the gradient is given another order of its numbers than the values have",
        "On the way forward the axes were exchanged; on the way back they must be exchanged again, before the array is "
        "reshaped. {measured}",
    ),
    "normalisation-of-constants": Words(
        "the way back through the normalisation takes mean and variance for constants",
        "{above}. Mean and variance depend on every sample of the batch: two terms are missing, −Σg/n and "
        "−x̂·Σ(g·x̂)/n. {measured}",
    ),
    "normalisation-mean": Words(
        "the way back through the normalisation lacks the term of the mean",
        "{above}. The mean depends on every sample of the batch: −Σg/n is missing. {measured}",
    ),
    "normalisation-variance": Words(
        "the way back through the normalisation lacks the term of the variance",
        "{above}. The variance depends on every sample of the batch: −x̂·Σ(g·x̂)/n is missing. {measured}",
    ),
    "normalisation-scale": Words(
        "the scale of the normalisation is missing on the way back, or there twice",
        "{above}; before it goes back through the normalisation it must be multiplied by the scale, once. {measured}",
    ),
    "normalisation-deviation": Words(
        "the way back through the normalisation must be divided by the standard deviation once",
        "{above}. (n·g − Σg − x̂·Σ(g·x̂)) / n is divided by √(σ² + ε). {measured}",
    ),
    "normalisation-samples": Words(
        "the terms of the normalisation are not divided by the number of samples",
        "{above}. It must be g − Σg/n − x̂·Σ(g·x̂)/n, divided by √(σ² + ε). {measured}",
    ),
    "normalisation-signs": Words(
        "a term of the way back through the normalisation has the wrong sign",
        "{above}. It must be g − Σg/n − x̂·Σ(g·x̂)/n, divided by √(σ² + ε). {measured}",
    ),
    "normalisation-passed-by": Words(
        "the gradient is not sent back through the normalisation",
        "{above}; it is passed on as if the normalisation were not there. {measured}",
    ),
    "softmax-whole-batch": Words(
        "the softmax is normalised over the whole batch",
        "Each sample's outputs must add up to 1 by themselves: divide by the sum over the units, "
        "sample by sample. Here all samples together add up to 1.",
        "The more samples, the smaller every output.",
    ),
    "softmax-over-samples": Words(
        "the softmax is normalised over the samples instead of the units",
        "The outputs of one sample must add up to 1: sum over the axis of the units, not over that of the samples.",
        "What one sample gets depends on the others of its batch.",
    ),
    "min-for-max": Words(
        "the ReLU takes the minimum",
        "ReLU(z) is max(0, z); this one keeps the negative part.",
    ),
    "step-sends-nothing": Words(
        "a step has no slope that could be sent back through it",
        "The derivative of a step is 0 wherever there is one: it does not tell how the error changes with what lies "
        "below. Whatever is multiplied in its place gives no gradient. A sigmoid, tanh or ReLU has a slope.",
    ),
    "sigmoid-sign": Words(
        "the sigmoid has the wrong sign in its exponent",
        "σ(z) = 1 / (1 + exp(−z)); here it is exp(+z).",
    ),
    "sigmoid-without-brackets": Words(
        "the sigmoid lacks its brackets",
        "σ(z) = 1 / (1 + exp(−z)). Without brackets around 1 + exp(−z), 1 / 1 comes first, and what is left is "
        "1 + exp(−z).",
        "It falls as z grows, and is never below 1.",
    ),
    "sigmoid-of-absolute": Words(
        "the sigmoid takes −|z| for z",
        "σ(z) = exp(z) / (1 + exp(z)); here −|z| stands in the place of z. Where z is positive, the numerator "
        "must be 1.",
        "It is never above ½, and the same for z and −z.",
    ),
    "sigmoid-twice": Words(
        "the sigmoid is taken twice",
        "σ(z) is put through σ once more. As σ(z) lies between 0 and 1, what comes out lies between 0.5 and 0.73.",
        "No output can come near 0 or 1.",
    ),
    "sigmoid-in-place-of-exp": Words(
        "a sigmoid stands in the place of exp",
        "σ(z) = 1 / (1 + exp(−z)); here it is 1 / (1 + σ(−z)).",
        "It is never below 0.5.",
    ),
    "one-in-the-exponent": Words(
        "the sigmoid lacks its brackets",
        "σ(z) = exp(z) / (1 + exp(z)); here it is exp(z) / exp(1 + z), with the 1 in the exponent.",
        "It is 1/e, whatever z is.",
    ),
    "tanh-of-wrong-sign": Words(
        "the tanh has the wrong sign",
        "tanh(z) must grow with z; here it falls.",
    ),
    "broadcast": Words(
        "a difference of a column and a vector becomes a matrix",
        "In this run an array of shape ({n}, 1) and one of shape ({n},) give one of shape ({n}, {n}): every "
        "output is compared with every target. Give both the same shape.",
        "All gradients are made of it.",
    ),
    "broadcast-stops": Words(
        "a column and a vector added together become a matrix",
        "An array of shape ({n}, 1) and one of shape ({n},) give one of shape ({n}, {n}): each number of the one with "
        "each number of the other. Give both the same shape.",
        "What is made of it does not fit the other arrays, and the run stops.",
    ),
    "cost-broadcast": Words(
        "output and targets, a column and a row, become a matrix",
        "In this run the output has the shape ({n}, 1) and the targets ({n},), or the other way round: what is made of "
        "both is a matrix of {n} by {n}, in which every output stands beside every target. Give both the same shape.",
        "What is computed of it is neither the error of the predictions nor the share that is right. The gradients are "
        "not made of it.",
    ),
    "target-of-one": Words(
        "all samples of a step are given the target of one",
        "The output has {n} rows, one for each sample, and what it is compared with here is a single row of {units} "
        "numbers: numpy takes that row for every sample. Each sample must be compared with the target of its own.",
        "The network is taught that all samples are alike.",
    ),
    "target-of-all": Words(
        "the prediction of one sample is compared with the targets of all",
        "The output is one number here, that of a single sample, and what it is compared with are all targets, {n} in "
        "this run: numpy takes that number for every one of them. Compare it with the target of its own sample, or "
        "predict all.",
        "The errors are not those of the predictions, and what is learned is not what was asked.",
    ),
    "output-takes-no-part": Words(
        "every step is the same, whatever the network gives",
        "In all {steps} steps that were seen, the same numbers are added to {name}: they are computed anew each time, "
        "and what the network gives takes no part in them. What is changed must be made of the error, the output "
        "beside its target.",
        "The weights move on in one direction, also when every output is right.",
    ),
    "forward-outside-loop": Words(
        "the output is not computed anew in the loop",
        "In all {steps} steps that were seen, the same numbers are added to {name}: nothing is computed with the new "
        "weights, so output and error stay what they were before the loop. The forward pass belongs into it.",
        "The weights move on in one direction, whatever they give.",
    ),
    "multiplied-to-nothing": Words(
        "the step is 0 every time",
        "What is taken from {name} is a product with what the step before was, and that was 0: so it is 0 in all "
        "{steps} steps that were seen, whatever the gradient is. A momentum is added to the gradient: "
        "v = μ·v + rate·gradient.",
        "Nothing is learned.",
    ),
    "numbers-for-outputs": Words(
        "one number a sample is compared with {units} outputs",
        "The network gives {units} numbers for each of the {n} samples, and this is one number each: their shapes do "
        "not fit, and the run stops there. Make the labels one-hot first: 1 in the place of the class, 0 elsewhere.",
        "No step of training is complete.",
    ),
    "slope-of-step": Words(
        "the slope a·(1 − a) is 0, as a is exactly 0 or 1",
        "That is the slope of a sigmoid. In all {steps} times that it was computed, a was 0 or 1, as a step gives it, "
        "and the slope was 0, though the error was not. Take the sigmoid itself for the activation; or leave the "
        "slope out, for a single layer: rate · (t − o) · x is the perceptron's rule.",
        "All that is multiplied by it is 0: these weights never change.",
    ),
    "slope-of-data": Words(
        "the slope is taken of {name}, which is no output of a unit",
        "The slope of a unit is taken of what this unit gives, or of its z. No weights have a part in {name}: it is "
        "{numbers}, where {formula} is 0. In all {steps} steps that were seen, what is added to the weights was 0.",
        "All that is multiplied by this slope is 0: the weights never change.",
    ),
    "slope-of-zeros": Words(
        "the slope that is multiplied in is 0 for every input",
        "These zeros are made without a look at what the units have: in all {steps} steps that were seen, what is "
        "taken from {name} was 0 for that. A step function has no slope that anything could be learned by: take one "
        "that has, as the sigmoid or ReLU, and its slope here.",
        "{name} and what lies below never change.",
    ),
    "zeros-for-gradient": Words(
        "what {name} is changed by is zeros",
        "In all {steps} steps that were seen, {name} was changed by the zeros that are made here, and nothing was put "
        "into them on the way. The gradient must be added to them, or stand in their place.",
        "These weights never change.",
    ),
    "never-used": Words(
        "{name} is changed in each step and used for nothing",
        "Its gradient is computed and taken from it, but nothing of what the network gives is made of {name}: a bias "
        "must be added to the product of its layer.",
        "The network learns as if it had no such parameter.",
    ),
    "zeros-never-changed": Words(
        "{name} never changes",
        "It is used in the forward pass, where it adds zeros, and no step changes it.",
    ),
    "gradient-not-taken": Words(
        "the gradients are computed, and no step takes them",
        "What is made here is used for nothing: each round computes it anew, of the same weights. The step is missing "
        "that takes rate · gradient from each of them, in the same round.",
        "The weights stay what they were at the start.",
    ),
    "targets-of-no-step": Words(
        "the targets have a value that the step never gives",
        "The output is {gives}, and there are targets of {others}: for these the error is never 0, whatever the "
        "weights are. Give the targets the two values of the output, or the output those of the targets.",
        "No weights are right for such a target.",
    ),
    "dead-from-the-start": Words(
        "all units of the layer give 0 for every sample",
        "In all {steps} steps that were seen, what goes into these ReLU units was never above 0, for any unit or any "
        "sample: they give 0, and their slope is 0. Weights around 0, biases of 0 and inputs that are scaled make "
        "about half of them give something.",
        "Their weights never change, and what comes after them gets nothing but zeros.",
    ),
    "labels-apart": Words(
        "the targets are not those of their inputs",
        "Of {total} samples that were looked at, {wrong} came with the target of another sample: inputs and targets "
        "are taken in two orders, or one of them alone was shuffled. Take both with the same indices.",
        "The network is taught noise: the cost stays where guessing leaves it.",
    ),
    "one-input": Words(
        "all samples have the same inputs",
        "The {n} samples of the steps that were seen have the same inputs, and {kinds} different targets: nothing that "
        "goes in tells them apart. Take the inputs of each sample.",
        "The same comes out for all of them, whatever is learned; not even one batch can be learned by heart.",
    ),
    "same-draw": Words(
        "each step draws the same samples",
        "Samples are drawn at random for each step, and all {steps} steps that were seen got the same {n}, of {count} "
        "that there are: the random numbers begin anew before each draw. Set the seed once, before the loop.",
        "Nothing but these samples is learned.",
    ),
    "same-part": Words(
        "each step takes the same samples",
        "All {steps} steps that were seen take the same {n} samples, of {count} that there are: `{name}`, which goes "
        "on from one to the next, has no part in where the samples are cut out.",
        "The others are passed over in this loop.",
    ),
    "targets-drawn": Words(
        "the targets are drawn at random",
        "What the outputs are compared with is made of random numbers alone. The inputs are data, and nothing in these "
        "targets tells of them: take the labels that belong to the inputs.",
        "Such targets can be learned by heart at best; what the network gives for other samples is guessing.",
    ),
    "gradient-before-whole": Words(
        "the gradient of the step before is added without a factor",
        "W{l} is changed by −(rate·dW{l} + the gradient of the step before). What is kept of the steps before needs a "
        "factor of its own, as momentum has one; here it counts {ratio} times as much as the gradient of this step.",
        "The steps are those of a rate far larger than the one that is written.",
    ),
    "reshaped-not-turned": Words(
        "the {what} are reshaped where they should be transposed",
        "An array of {before} numbers became one of {after}, with all numbers in the order in which they were: the "
        "lines of the new one begin wherever those before them end, and hold parts of several samples. Use `.T`.",
        "The network is taught noise: the cost stays where guessing leaves it.",
    ),
    "bias-of-another-layer": Words(
        "layer {l} is given the bias of layer {other}",
        "z{l} needs a bias of its own. What is added here is that of layer {other}, and is changed by db{other}.",
    ),
    "bias-before-product": Words(
        "the bias of layer {l} is added before the product with W{l}",
        "What is added to a{down} goes through W{l} as well, and no bias is left beside z{l}. Close the bracket before "
        "the bias: z{l} = W{l}·a{down} + b{l}.",
    ),
    "memory-begun-again": Words(
        "what keeps the steps before is set to zero before each step",
        "These zeros are made anew for each step, so the factor beside them keeps nothing: the step is one without "
        "momentum. Make them once, before the loop.",
    ),
    "memory-never-kept": Words(
        "what is remembered of the steps before is 0 in every step",
        "The factor beside it keeps nothing: what is added to it here is not kept for the next step. It is set to 0 "
        "before each step, or has a name of its own that nobody reads again: keep it from one step to the next.",
        "Each step is made of its own gradient alone.",
    ),
    "step-of-another": Words(
        "the step of {what} is made of the gradient of {other}",
        "What is made of d{other} goes into the change of {what} here. Each parameter is changed by its own gradient, "
        "and by averages of its own.",
    ),
    "perceptron-away": Words(
        "the weights are moved away from what would be right",
        "With o the output and t the target, the weights are changed by +rate·(t − o)·x: where o is too small, z must "
        "grow. Here they are changed by rate·(o − t)·x.",
        "Each correction makes the same mistake more certain.",
    ),
    "perceptron-bias-away": Words(
        "the bias is moved away from what would be right",
        "Where the output is too small, z must grow: what is added to the products must grow then, and a threshold, "
        "which is taken off or compared with, must shrink. Here it is the other way round.",
        "Each correction of the weights is undone in part by that of the bias.",
    ),
    "of-no-class": Words(
        "the targets of some samples are all zeros",
        "Of {n:,} targets that were looked at, {count:,} have a 1 in no column: their class has none. Labels that "
        "begin at 1 want `labels - 1`, or one column more.",
        "For these samples every output is pushed down, whatever it is.",
    ),
    "of-several-classes": Words(
        "targets have more than one 1, and the outputs of the softmax add up to 1",
        "Of {n:,} targets that were looked at, {count:,} have several ones. The outputs of one sample can never all be "
        "1, and a − y is the gradient of the cross-entropy for targets that add up to 1 alone. {advice}",
    ),
    "targets-scaled": Words(
        "the targets of each sample add up to {share}, and the outputs of the softmax to 1",
        "a − y is the gradient of the cross-entropy for targets that add up to 1 alone: with these a part that is the "
        "same for all classes comes into every step. {advice}",
    ),
    "labels-not-one-hot": Words(
        "the labels are subtracted from every output",
        "The targets are numbers of classes, the output has one entry for each class. Make the labels"
        " one-hot first: 1 in the place of the class, 0 elsewhere.",
        "Every output is pulled towards the number of the class.",
    ),
}
