"""What is said about a fault: a title, what it should be, and what follows from it.

`{l}` is the layer, `{up}` the one above, `{down}` the one below, `{f}` its activation; other names are facts of the
finding.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement


@dataclass(frozen=True)
class Words:
    """The sentences of one mistake."""

    title: str
    explanation: str
    effect: str = ""


_BELOW = "Every layer below gets this δ, so their gradients are wrong as well."
_IN_dW_ALONE = "What the layers below get is made of the right δ{l}: only dW{l} is made of another one."
_AT_THE_BOTTOM = "dW{l} and db{l} are computed with it, so they are wrong as well."

_AT_THE_BOTTOM_ALONE = "dW{l} is computed with it, so it is wrong as well."

_MEASURED = (
    "({name} was moved a little in a second run of your forward pass, and the cost measured: what your step takes for "
    "its change is {ratio}.)"
)

_MEASURED_BY_COST = (
    "{name} was moved a little in a second run of your forward pass, in three directions, and the cost measured: no "
    "array of its step is a multiple of what the cost changes by."
)

_IN_PLACE = (
    "What is divided by 1 − βᵗ is put back in the place of the average itself, so that the next step goes on from the "
    "corrected one and corrects it once more. The average must be kept as it is, and the corrected one have a name of "
    "its own."
)

FAULTS: dict[str, Words] = {
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
        "An array of shape ({n}, 1) and one of shape ({n},) give one of shape ({n}, {n}): every "
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
        "a difference of a column and a vector becomes a matrix",
        "The output has the shape ({n}, 1) and the targets ({n},), or the other way round: their difference is a "
        "matrix of {n} by {n}, in which every output is compared with every target. Give both the same shape.",
        "What is computed of it is not the error of the predictions. The gradients are not made of it.",
    ),
    "target-of-one": Words(
        "all samples of a step are given the target of one",
        "The output has {n} rows, one for each sample, and what it is compared with here is a single row of {units} "
        "numbers: numpy takes that row for every sample. Each sample must be compared with the target of its own.",
        "The network is taught that all samples are alike.",
    ),
    "target-of-all": Words(
        "the prediction of one sample is compared with the targets of all",
        "The output is one number here, that of a single sample, and what it is compared with are {n} targets: numpy "
        "takes that number for every one of them. Compare it with the target of its own sample, or predict all.",
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
        "The factor beside it keeps nothing: what is added to it here is not kept for the next step. It has a name of "
        "its own, perhaps, that nobody reads again: give it back to where the next step takes it from.",
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
    "labels-not-one-hot": Words(
        "the labels are subtracted from every output",
        "The targets are numbers of classes, the output has one entry for each class. Make the labels"
        " one-hot first: 1 in the place of the class, 0 elsewhere.",
        "Every output is pulled towards the number of the class.",
    ),
    "derivative-by-a": Words(
        "the slope of the output activation is missing",
        "That is the derivative of the cross-entropy by a{l}. δ{l} is the derivative by z{l}: times {f}'(z{l}), which "
        "makes it a − y.",
        _BELOW,
    ),
    "no-output-slope": Words(
        "the slope of the output activation is missing",
        "The cost is the squared error, so δ{l} = (a − y)·{f}'(z{l}). Here it is a − y, {belongs}.",
        _BELOW,
    ),
    "one-minus-inside": Words(
        "the 1 − stands inside the sigmoid",
        "The slope is σ(z{l})·(1 − σ(z{l})); here it is σ(z{l})·σ(1 − z{l}).",
        _BELOW,
    ),
    "output-slope-left-out": Words(
        "the slope of the output activation is missing",
        "δ{l} = dC/da{l}·{f}'(z{l}), with dC/da{l} = a − y for the squared error. Here it is a − y alone, which "
        "belongs to an output without an activation.",
        _BELOW,
    ),
    "slope-of-output-too": Words(
        "the slope of the output activation is multiplied in, though the cost is the cross-entropy",
        "With the cross-entropy the slope of {f} cancels: δ{l} = a − y. Multiplied by the slope, it "
        "is the gradient of the squared error, which vanishes where the output is surely wrong.",
        _BELOW,
    ),
    "softmax-diagonal-slope": Words(
        "δ{l} is multiplied by a·(1 − a), which is only the diagonal of the softmax's Jacobian",
        "With the cross-entropy δ{l} = a − y. (For another cost the whole Jacobian of the softmax is "
        "needed, not its diagonal.)",
        _BELOW,
    ),
    "cross-entropy-diagonal": Words(
        "only the diagonal of the softmax's Jacobian is used",
        "−y/a times a·(1 − a) leaves out what the other units contribute; together they give δ{l} = a − y.",
        _BELOW,
    ),
    "softmax-jacobian-of-probabilities": Words(
        "the Jacobian of the softmax is taken of its own output",
        "The softmax' Jacobian is diag(a) − a·aᵀ with a the softmax of z; here the softmax is applied once more.",
        _BELOW,
    ),
    "softmax-jacobian-of-cross-entropy-error": Words(
        "the softmax's Jacobian is multiplied in twice",
        "a − y already holds the Jacobian of the softmax.",
        _BELOW,
    ),
    "target-over-output": Words(
        "δ{l} is the derivative by a, not by z",
        "−y/a is ∂C/∂a. It has to be multiplied by the derivative of {f}; for the cross-entropy that gives a − y.",
        _BELOW,
    ),
    "target-over-output-times-slope": Words(
        "the derivative of the cross-entropy lacks a part",
        "−y/a alone is not enough here: δ{l} = a − y.",
        _BELOW,
    ),
    "error-squared": Words(
        "the squared error itself is sent back, not its derivative",
        "The derivative of (a − y)² is 2·(a − y): it has a sign, which the square has lost.",
        "Outputs that are too large and outputs that are too small are moved the same way.",
    ),
    "error-absolute": Words(
        "the absolute error is sent back",
        "|a − y| has lost its sign; δ{l} needs a − y.",
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
        _BELOW,
    ),
    "target-without-output": Words(
        "the output is missing from δ{l}",
        "δ{l} is a − y; here it is −y alone.",
        _BELOW,
    ),
    "rounded-output": Words(
        "δ{l} is made of the decision, not of the output",
        "The output is rounded (or its largest entry set to 1) before y is subtracted. δ{l} needs the output as it is.",
        "A right decision with a poor output teaches nothing.",
    ),
    "z-for-output": Words(
        "z{l} is used in the place of the output",
        "δ{l} = a − y with a = {f}(z{l}).",
        _BELOW,
    ),
    "error-averaged": Words(
        "the errors of all samples are averaged before they are sent back",
        "Each sample has its own δ; the mean comes after the product with the inputs, not before.",
        "All samples get the same δ.",
    ),
    "no-slope": Words(
        "the slope of the activation is missing in δ{l}",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); the factor {f}'(z{l}) is missing.",
        _BELOW,
    ),
    "slope-one": Words(
        "the slope of the activation is 1 everywhere",
        "The derivative of {f} should be 0 for some units; it is asked about values for which it is 1"
        " always (a ReLU's outputs are never negative). Ask `> 0`, or use z.",
        _BELOW,
    ),
    "slope-at-activation": Words(
        "the derivative of the activation is taken at a instead of z",
        "a{l} = {f}(z{l}) was already put through {f}. Its derivative function expects z{l}, or must be written for a.",
        _BELOW,
    ),
    "slope-at-targets": Words(
        "the slope of the output is taken at the targets",
        "δ{l} = (a − y)·{f}'(z{l}), with the slope at what the network gives; here it is taken of y.",
        _BELOW,
    ),
    "slope-at-dropped-activation": Words(
        "the derivative is taken at the activation after dropout",
        "{f}'(z{l}) needs z{l}.",
        _BELOW,
    ),
    "slope-of-dropped-activation": Words(
        "the slope of {f} is taken of a{l} after dropout",
        "a{l} was scaled up and partly set to 0 there. The formula of the slope needs {f}(z{l}) as it is: keep it "
        "under a name of its own before the mask is multiplied in.",
        _BELOW,
    ),
    "times-mean-error": Words(
        "{what} is multiplied by the mean of the errors",
        "{should}, for each sample by itself. The mean over the batch is a factor more: as it falls, the steps become "
        "short whatever the samples need, and where it turns its sign they go uphill.",
        _BELOW,
    ),
    "times-cost": Words(
        "{what} is multiplied by the cost",
        "{should}. The value of the cost is no part of its derivative: with it as a factor the steps become short as "
        "the cost falls.",
        _BELOW,
    ),
    "slope-formula-on-z": Words(
        "the derivative's formula for a is given z",
        "The formula holds for a = {f}(z): a·(1 − a) for the sigmoid, 1 − a² for tanh, half of that for 2σ − 1. "
        "Here z{l} is put into it.",
        _BELOW,
    ),
    "times-activation": Words(
        "multiplied by the activation instead of its slope",
        "The factor is {f}'(z{l}), not a{l}.",
        _BELOW,
    ),
    "function-for-slope": Words(
        "{f} itself is multiplied in, not its derivative",
        "The factor is {f}'(z{l}); here {f} is taken once more, of a{l}.",
        _BELOW,
    ),
    "slope-above-missing": Words(
        "what is sent back lacks the slope of layer {up}",
        "δ{l} is made of δ{up}, which has {f_up}'(z{up}) in it; here it is made of what layer {up} got from above.",
        _BELOW,
    ),
    "inputs-not-dropped": Words(
        "dW{l} is made of the activations before dropout",
        "In the forward pass W{l} was multiplied with what dropout left of {input}: dW{l} is made of the same.",
    ),
    "slope-added": Words(
        "the slope of the activation is added where it must be multiplied in",
        "{should}: a product for each unit. Here {f}'(z{l}) is added to it, or taken from it.",
        _BELOW,
    ),
    "times-z": Words(
        "multiplied by z instead of the slope",
        "The factor is {f}'(z{l}), not z{l}.",
        _BELOW,
    ),
    "slope-of-another-leak": Words(
        "the slope for negative z is another one than on the way forward",
        "For a negative z{l} the slope of {f} is the number by which z{l} is multiplied on the way forward; δ{l} has "
        "another.",
        _BELOW,
    ),
    "slope-twice": Words(
        "the slope of the activation is multiplied in twice",
        "{f}'(z{l}) belongs there once.",
        _BELOW,
    ),
    "half-of-the-slope": Words(
        "half of the derivative is missing",
        "The factor a alone, or 1 − a alone, is not {f}'(z{l}).",
        _BELOW,
    ),
    "slope-inverted": Words(
        "the ReLU's slope is the wrong way round",
        "It is 1 where z{l} > 0, and the small one (of a plain ReLU 0) elsewhere.",
        _BELOW,
    ),
    "mask-of-the-gradient": Words(
        "the ReLU's slope is taken at the gradient that comes back instead of at z{l}",
        "Negative gradients are cut off. They have to pass wherever z{l} > 0, and to stop elsewhere.",
        _BELOW,
    ),
    "slope-of-sigmoid": Words(
        "the slope is that of the sigmoid",
        "Layer {l} has {f}; its slope is not a·(1 − a).",
        _BELOW,
    ),
    "tan-for-tanh": Words(
        "the slope is made of tan, which is not tanh",
        "The slope of tanh is 1 − tanh²; here the tangent stands in it. The two are nearly alike near 0 only.",
        _BELOW,
    ),
    "slope-of-tanh": Words(
        "the slope is that of tanh",
        "Layer {l} has {f}; its slope is not 1 − a².",
        _BELOW,
    ),
    "slope-of-ReLU": Words(
        "the slope is that of a ReLU",
        "Layer {l} has {f}; its slope is not 0 or 1.",
        _BELOW,
    ),
    "slope-of-the-gradient": Words(
        "the derivative of the activation is taken of what is sent back",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); here it is {f}'(δ{up}·W{up}ᵀ). The derivative is taken of z{l}, and "
        "multiplied.",
        _BELOW,
    ),
    "slope-of-softplus": Words(
        "the slope is that of a softplus",
        "1/(1 + e⁻ᶻ) is the derivative of log(1 + eᶻ), which is only like a ReLU. Layer {l} has {f}: its slope is "
        "{f}'(z{l}).",
        _BELOW,
    ),
    "slope-of-the-layer-below": Words(
        "the slope is that of the layer below",
        "δ{l} takes the slope at z{l}, not at the layer below it.",
        _BELOW,
    ),
    "slope-of-the-layer-above": Words(
        "the slope is that of the layer above",
        "δ{l} takes the slope at z{l}, not at z{up}.",
        _BELOW,
    ),
    "raw-error-sent-back": Words(
        "the error is sent back without the slope of the layer above",
        "δ{l} is made of δ{up}, the error times the slope of layer {up}; here the bare error a − y goes through W{up}.",
        _BELOW,
    ),
    "new-weights": Words(
        "the weights are changed before δ is sent through them",
        "δ{l} needs W{up} as it was in the forward pass. Compute all gradients first, then change the weights.",
        _BELOW,
    ),
    "raw-error-through-new-weights": Words(
        "the bare error is sent back through weights that were changed already",
        "δ{l} is made of δ{up} and of W{up} as it was in the forward pass.",
        _BELOW,
    ),
    "not-transposed": Words(
        "the weights are not transposed on the way back",
        "δ{up} goes back through W{up}ᵀ; W{up} is square, so numpy does not notice.",
        _BELOW,
    ),
    "weights-of-its-own-layer": Words(
        "δ is sent back through the weights of the wrong layer",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); here it is W{l}.",
        _BELOW,
    ),
    "nothing-from-above": Words(
        "the slope of the activation is sent back without the gradient that comes from above",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); only the last factor is there.",
        _BELOW,
    ),
    "output-for-delta": Words(
        "what is sent back is made of the outputs of layer {up}, not of its δ",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); here a{up} stands in the place of δ{up}.",
        _BELOW,
    ),
    "weights-of-another-unit": Words(
        "one unit takes the weights of another",
        "δ of a unit is made of the weights that lead from it to layer {up}; one unit of layer {l} has those of "
        "another.",
        _BELOW,
    ),
    "error-in-place-of-delta": Words(
        "the error of layer {up} is taken in the place of what comes back through its weights",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}): each unit's share of the error is that which its weights have.",
        _BELOW,
    ),
    "weights-missing": Words(
        "δ of the layer above is taken over without its weights",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}); W{up} is missing.",
        _BELOW,
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
        _BELOW,
    ),
    "dropout-mask-missing": Words(
        "the dropout mask is missing on the way back",
        "Units that were dropped have no part in the output: δ{l} takes the same mask.",
        _BELOW,
    ),
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
    "averages-multiplied": Words(
        "averages are multiplied instead of averaging the products",
        "dW{l} is the mean of u·δ over the samples, which is not the mean of u times the mean of δ.",
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
        "The sum runs over the samples: one number for each unit. Without an axis the sum is a single number.",
    ),
    "one-number-of-the-last-sample": Words(
        "one number of the last sample for all biases",
        "The sum runs over the samples: one number for each unit.",
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
    "never-updated": Words(
        "{what} never changes",
        "It is used in the forward pass, but no step changes it.{kept}",
    ),
    "pile-up": Words(
        "the gradients pile up from step to step",
        "The second step contains the whole first one: what the gradients are added up in is not set "
        "to zero between the steps.",
        "The steps grow until the network is thrown about.",
    ),
    "pile-up-divided": Words(
        "the gradients of the step before are not set back to zero",
        "What the gradients are added up in still holds those of the step before, and is divided by {share} with the "
        "new ones: of every step, one part in {share} is left in the next.",
        "It works like a momentum of 1/{share}.",
    ),
    "one-array-for-all": Words(
        "{names} are one and the same array",
        "{how}, and it is changed in place: what one layer does to it, all of them get. Make an array for each of "
        "them.",
    ),
    "weights-replaced": Words(
        "the step replaces the weights instead of changing them",
        "After the update the weights are a rate times the gradient, and nothing of what they were is left. A step is "
        "subtracted from what the weights are.",
        "Each step forgets what the ones before it have learned.",
    ),
    "uphill": Words(
        "every step goes uphill",
        "The sign of the error and the sign of the step do not belong together: with y − a the "
        "gradient is added, with a − y subtracted.",
        "The cost grows.",
    ),
    "sign-turned": Words(
        "the sign is turned",
        "Here the step goes up the gradient, while the other parameters go down.",
    ),
    "divided-twice": Words(
        "divided by the number of samples once more",
        "The factor 1/n (n = {n}) is in this quantity twice; once is enough.",
        "From here down the steps are {n} times too small.",
    ),
    "number-added": Words(
        "a number is added to the gradient, and not multiplied with it",
        "W{l} must change by the rate times dW{l}; here the same number is added to every weight.",
    ),
    "factor-of-its-own": Words(
        "{what} has a factor of {factor} of its own",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}). Here it is {factor} times that, and no factor of a cost explains it: such "
        "a factor comes with δ{up}, and reaches all layers alike.",
        "W{l} is changed {factor} times as fast as it should be beside W{up}; so is what lies below.",
    ),
    "stray-factor": Words(
        "{what} is multiplied by {name} as well",
        "{should}. Here that is right, and multiplied by {name} once more, which belongs to no derivative of the cost.",
        _BELOW,
    ),
    "sent-through-another": Words(
        "{what}: what comes from above is sent back through {name}, not through W{up}",
        "{should}. The slope is right here, and so is δ{up}, but it is multiplied with {name}.",
        _BELOW,
    ),
    "not-the-slope": Words(
        "{what} is multiplied by {name} in the place of the slope",
        "{should}. What comes back is right here, but {name} is not the slope of {f} at z{l}.",
        _BELOW,
    ),
    "sum-beside-means": Words(
        "the gradient of {name} is not divided by the number of samples",
        "The other gradients are means over the {n} samples, this one is the sum: {name} is changed {n} times as fast.",
    ),
    "numbers-explode": Words(
        "the steps are far too long",
        "Each change of {name} is larger than the one before, up to {times} times: the rate is far too high for "
        "numbers of this size. Scale the inputs, or take a far smaller rate.",
        "Nothing is learned; the numbers grow until they are none.",
    ),
    "not-divided": Words(
        "not divided by the number of samples",
        "{others} over the {n} samples, this one is the sum.",
        "It is changed {n} times as fast as that.",
    ),
    "adam-correction-not-a-power": Words(
        "Adam's bias correction multiplies β by t instead of raising it to the power",
        "The averages are divided by 1 − βᵗ, with t the number of the step. 1 − β·t becomes negative after a few "
        "steps.",
        "The steps grow, and then turn round.",
    ),
    "adam-step-never-counted": Words(
        "Adam's bias correction does not count the steps",
        "The averages are divided by 1 − βᵗ, with t = 1, 2, 3 … from step to step: here t is 1 in all steps that were "
        "looked at, so the averages are taken for far larger than they are. The number of an epoch is the same for all "
        "its batches.",
        "The steps do not become what Adam would make.",
    ),
    "adam-first-of-one-step": Words(
        "the correction of Adam's first average is that of the first step for ever",
        "The average of the gradients is divided by 1 − β₁ᵗ, with t = 1, 2, 3 …: here it is 1 − β₁ in all steps.",
        "The steps do not become what Adam would make.",
    ),
    "adam-second-of-one-step": Words(
        "the correction of Adam's second average is that of the first step for ever",
        "The average of the squares is divided by 1 − β₂ᵗ, with t = 1, 2, 3 …: here it is 1 − β₂ in all steps.",
        "The steps do not become what Adam would make.",
    ),
    "adam-second-corrected-with-first-share": Words(
        "Adam's second average is corrected with β₁ instead of β₂",
        "The average of the gradients is divided by 1 − β₁ᵗ, that of their squares by 1 − β₂ᵗ. Here both are divided "
        "by 1 − β₁ᵗ: as β₂ is nearer to 1, the squares are taken for far less than they are.",
        "The first steps are several times too long.",
    ),
    "adam-first-corrected-with-second-share": Words(
        "Adam's first average is corrected with β₂ instead of β₁",
        "The average of the gradients is divided by 1 − β₁ᵗ, that of their squares by 1 − β₂ᵗ. Here both are divided "
        "by 1 − β₂ᵗ: as β₂ is nearer to 1, the gradients are taken for far more than they are.",
        "The first steps are many times too long.",
    ),
    "adam-absolute-for-squares": Words(
        "Adam's second average is one of |g|, not of the squares",
        "v is the average of g². The root of an average of |g| does not have the size of the gradient.",
        "Small gradients give steps that are too long beside those of large ones.",
    ),
    "adam-rates-exchanged": Words(
        "the two shares of Adam are exchanged",
        "The average of the gradients keeps β₁ (0.9, usually), that of their squares β₂ (0.999). Here the first one "
        "keeps more than the second: it follows the gradient too late.",
    ),
    "adam-second-with-first-share": Words(
        "Adam's second average keeps β₁ instead of β₂",
        "v = β₂·v + (1 − β₂)·dW². Here β₁ stands there, and the correction is that of β₂: in the first steps v is "
        "taken for far more than it is.",
    ),
    "adam-second-takes-first-share": Words(
        "Adam's second average takes the squares with 1 − β₁ instead of 1 − β₂",
        "v = β₂·v + (1 − β₂)·dW². Here the squares are multiplied by 1 − β₁: what goes in is more than what is taken "
        "out, and v is larger than any average of them.",
        "Every step is shorter than the rate says.",
    ),
    "adam-first-takes-second-share": Words(
        "Adam's first average takes the gradient with 1 − β₂ instead of 1 − β₁",
        "m = β₁·m + (1 − β₁)·dW. Here the gradient is multiplied by 1 − β₂, and m is smaller than any average of them.",
        "Every step is shorter than the rate says.",
    ),
    "adam-parameters-counted": Words(
        "t is counted once for each parameter",
        "t is the number of the step, the same for all parameters of it. Here it goes on from one parameter to the "
        "next, so that the correction ends too soon, and each parameter has another one.",
    ),
    "momentum-turned": Words(
        "the momentum is subtracted",
        "A step is −rate·dW plus a share of the step before. Here {kept} of the step before is taken off: each step "
        "undoes a part of the last one.",
    ),
    "last-batch-only": Words(
        "only the last batch of each round is learned from",
        "The pass goes through {passes} batches, and the update stands behind their loop: it takes what is left of the "
        "last one. Move it into the loop.",
    ),
    "adam-corrected-in-place": Words(
        "the averages of Adam are corrected where they are kept, and corrected again in every step",
        _IN_PLACE,
        "Both grow far beyond what they are averages of, the second one most: the steps become so short that hardly "
        "anything is learned.",
    ),
    "adam-first-corrected-in-place": Words(
        "the first average of Adam is corrected where it is kept, and corrected again in every step",
        _IN_PLACE,
        "It grows far beyond the gradients that it is an average of, and the steps with it.",
    ),
    "adam-second-corrected-in-place": Words(
        "the second average of Adam is corrected where it is kept, and corrected again in every step",
        _IN_PLACE,
        "It grows far beyond the squares that it is an average of: the steps become so short that hardly anything is "
        "learned.",
    ),
    "adam-without-root": Words(
        "the square root is missing in Adam's denominator",
        "The step is m̂ / (√v̂ + ε); here m̂ is divided by v̂ itself.",
        "Small gradients give huge steps.",
    ),
    "adam-squares-missing": Words(
        "Adam's second average is one of the gradients, not of their squares",
        "v is the average of g²; here g itself is averaged, and the root of what is negative is no number.",
    ),
    "rate-too-high": Words(
        "the rate is too high",
        "The gradient is right, but in the {steps} steps that were looked at the cost grew from {first} to {last}: the "
        "steps are so long that they jump over the valley. Take a smaller rate.",
        "Nothing is learned; the weights grow without end or saturate the units.",
    ),
    "times-label": Words(
        "the number of the class is multiplied into δ{l}",
        "δ{l} is a − y; here that of each sample is multiplied by the number of its class. What a class is called has "
        "nothing to do with the gradient: 9 counts nine times as much as 1, and 0 not at all.",
        _BELOW,
    ),
    "labels-left": Words(
        "the labels of earlier samples are left in the targets",
        "One array is made for the targets, the label of each sample is set in it, and that of the one before is not "
        "set back: after {samples} samples {count} outputs shall be high at once. Make the array anew for each sample.",
        "Soon all targets are high, and the network learns to give that, whatever the input is.",
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
        "Within {steps} the weights grow beyond all measure, or to no numbers: the rate is far too high, or "
        "the rule of the step divides by what is nearly 0.",
        "Nothing is learned from there on.",
    ),
    "loop-ends-at-once": Words(
        "the loop of the training ends in its first round",
        "This line stands inside the loop, and is come to in every round: after one step the training is over. Move it "
        "out of the loop, behind it.",
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
    "no-number": Words(
        "from here on there are no numbers any more",
        "The first value that is infinite or `nan` is made here: {cause}. What is computed of it goes into the "
        "weights.",
        "After this step all outputs are `nan`.",
    ),
    "memory-grows": Words(
        "what is remembered of the gradients grows by itself",
        "This line gives {times} times what was remembered before, and a share of the gradient: it is larger in each "
        "step, and so are the steps. An average keeps less than all of what it was: `m = β·m + (1 − β)·g`, and not "
        "`m += …`.",
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
        "the penalty's gradient is the sum of the weights",
        "The derivative of ½λ·ΣW² is λ·W: each weight gets its own, not their sum.",
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
    "argmax-over-samples": Words(
        "the largest is taken over the samples, not over the outputs",
        "`argmax` gives, for each output, the sample in which it is the largest. The class of each sample is the "
        "output that is the largest for it: take it along the other axis.",
        "What is counted as right says nothing of the network.",
    ),
    "outputs-equal-targets": Words(
        "outputs are compared with targets by ==",
        "An output is any number, hardly ever exactly 0 or 1. Round it, or compare it with ½, before it is counted.",
        "The accuracy is 0 however good the network is.",
    ),
    "changed-in-vain": Words(
        "what the step makes of the weights is never used",
        "The same weights are multiplied with in each step, and what is made of them here is thrown away: it is a "
        "copy, or has a name that nobody reads. Give it back to the name that the forward pass uses.",
        "These weights stay as they were at the beginning.",
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
        "all weights start at zero",
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
    "no-bias": Words(
        "there is no bias, and one input is all zeros",
        "Without biases an input of zeros always gives the same output, whatever the weights are.",
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

_UNEXPLAINED = {
    "δ": Words(
        "δ{l} is not the derivative of the cost by z{l}",
        "None of the usual mistakes gives this value. What is above it was checked, and taken as it is in this file.",
    ),
    "dW": Words(
        "dW{l} is not what δ{l} gives",
        "δ{l} is right; dW{l} should be {input}ᵀ·δ{l}. None of the usual mistakes gives this value.",
    ),
    "db": Words(
        "db{l} is not the sum of δ{l} over the samples",
        "None of the usual mistakes gives this value.",
    ),
}


def words_for(finding: Finding, judgement: Judgement) -> Words:
    """The sentences for a finding."""
    network = judgement.network
    number = finding.layer + 1
    words = FAULTS.get(finding.code)
    if finding.code == "times-activation" and finding.quantity.startswith("db"):
        words = FAULTS["db-times-activation"]
    if finding.code == "last-sample-only" and finding.quantity.startswith("db"):
        words = Words("only the last sample of the batch counts for b{l}", FAULTS["last-sample-only"].explanation)
    if finding.code == "delta-of-the-layer-above" and finding.quantity.startswith("dW"):
        words = FAULTS["dW-of-the-layer-above"]
    if words is None:
        kind = "δ" if finding.quantity.startswith("δ") else finding.quantity[:2]
        words = _UNEXPLAINED.get(kind, _UNEXPLAINED["δ"])
    activation = network.activation(finding.layer).name
    facts: dict[str, object] = {
        "measured": _MEASURED.format(**{"name": "", "ratio": "", **finding.facts}),
        "l": number, "up": number + 1, "down": number - 1, "f": _short(activation),
        "f_up": _short(network.activation(min(number, network.depth - 1)).name), "n": judgement.steps[0].n,
        "f_out": _begun(_short(network.activation(network.depth - 1).name)),
        "input": "X" if finding.layer == 0 else f"a{finding.layer}", "what": finding.quantity, **finding.facts,
    }  # fmt: skip
    couples = activation.startswith(("sigmoid", "softmax"))
    facts["should"] = _formula_of_delta(judgement, finding.layer, facts)
    facts["belongs"] = f"which belongs to {'the cross-entropy' if couples else 'an output without an activation'}"
    effect = words.effect
    if finding.code == "divided-twice" and finding.quantity.startswith("db"):
        effect = "The steps of b{l} are {n} times too small."
    if words.effect == _BELOW and finding.layer == 0:
        effect = _AT_THE_BOTTOM if network.layers[0].biases == "vector" else _AT_THE_BOTTOM_ALONE
    if words.effect == _BELOW and finding.quantity.startswith("dW") and f"δ{number}" in judgement.right:
        effect = _IN_dW_ALONE if number > 1 else ""
    if words.explanation.startswith("{above}"):
        facts["above"] = _begun(str(facts.get("above", "")))
    told = [_filled(text, facts) for text in (words.title, words.explanation, effect)]
    return Words(*[text.replace("·z)(z", "·z") for text in told])  # of a function of a multiple of z


def _formula_of_delta(judgement: Judgement, index: int, facts: Mapping[str, object]) -> str:
    """What a δ is, as a formula."""
    network = judgement.network
    if index < network.depth - 1:
        return _filled("δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l})", facts)
    is_error = judgement.used_cost == "cross-entropy" or (network.cost is not None and "entropy" in network.cost.name)
    return _filled("δ{l} = a{l} − y" if is_error else "δ{l} = (a{l} − y) ∗ {f}'(z{l})", facts)


def _begun(text: str) -> str:
    """As the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def words_without_network(finding: Finding, name: str = "") -> Words:
    """The sentences for a finding that no network has to be known for; `name` is the parameter's."""
    words = FAULTS[finding.code]
    facts: dict[str, object] = {**finding.facts, "name": name}
    facts["measured"] = _MEASURED_BY_COST.format(name=name)
    facts["above"] = _begun(str(facts.get("above", "")))
    if finding.code == "not-the-derivative":
        words = Words(words.title, "{measured} {above}.")
    return Words(*[_filled(text, facts) for text in (words.title, words.explanation, words.effect)])


def _filled(text: str, facts: Mapping[str, object]) -> str:
    try:
        return text.format(**facts)
    except (KeyError, ValueError, IndexError):
        return text


def _short(name: str) -> str:
    if name.startswith(("leaky", "ELU")):
        return name.partition(" (")[0]
    short = name.replace("sigmoid", "σ")
    return f"({short})" if " − " in short else short
