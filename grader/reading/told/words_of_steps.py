"""Words for steps that are wrong: their sign, their length, what they are made of, and what they remember."""

from grader.reading.told.words_of_faults import BELOW, IN_PLACE, Words

STEPS: dict[str, Words] = {
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
        "Here the step goes up the gradient, not down.",
    ),
    "divided-twice": Words(
        "divided by the number of samples once more",
        "The factor 1/n (n = {n}) is in this quantity twice; once is enough.",
        "What is made of it changes {n} times too slowly.",
    ),
    "multiplied-by-samples": Words(
        "multiplied by the number of samples instead of divided by it",
        "A mean over the {n} samples is their sum divided by {n}; here the sum is multiplied by {n}.",
        "It is changed {times} times as fast as the others.",
    ),
    "divided-twice-unseen": Words(
        "divided by the number of samples once more",
        "The factor 1/n (n = {n}) is in this quantity twice; once is enough.",
        "{rule} divides by the size of the gradients, so that its steps hardly show it; those of another rule would.",
    ),
    "mean-of-means": Words(
        "the mean over the samples is taken twice",
        "δ{l} is divided by the number of samples, {n}, and what is made of it once more in the step; once is enough.",
        "The steps are 1/{n} of what the rate says.",
    ),
    "number-added": Words(
        "one number is added to the change of every weight",
        "W{l} must change by the rate times dW{l}, and by nothing that is the same for all weights.",
    ),
    "factor-of-its-own": Words(
        "{what} has a factor of {factor} of its own",
        "δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l}). Here it is {factor} times that, and no factor of a cost explains it: such "
        "a factor comes with δ{up}, and reaches all layers alike.{of_slope}",
        "W{l} is changed {factor} times as fast as it should be beside W{up}; so is what lies below.",
    ),
    "stray-factor": Words(
        "{what} is multiplied by {name} as well",
        "{should}. Here that is right, and multiplied by {name} once more, which belongs to no derivative of the cost.",
        BELOW,
    ),
    "sent-through-another": Words(
        "{what}: what comes from above is sent back through {name}, not through W{up}",
        "{should}. The slope is right here, and so is δ{up}, but it is multiplied with {name}.",
        BELOW,
    ),
    "not-the-slope": Words(
        "{what} is multiplied by {name} in the place of the slope",
        "{should}. What comes back is right here, but {name} is not the slope of {f} at z{l}.",
        BELOW,
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
        "The averages are divided by 1 − βᵗ, with t = 1, 2, 3 … from step to step: here t is the same in all steps "
        "that were looked at, so the averages become larger than they should be. The number of an epoch is the same "
        "for all its batches.",
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
        "Adam's t goes on within a step",
        "t is the number of the step, the same for all parameters of it. Here it is counted on from one parameter, or "
        "layer, to the next: the correction ends too soon, and is not the same for all.",
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
        IN_PLACE,
        "Both grow far beyond what they are averages of, the second one most: the steps become so short that hardly "
        "anything is learned.",
    ),
    "adam-first-corrected-in-place": Words(
        "the first average of Adam is corrected where it is kept, and corrected again in every step",
        IN_PLACE,
        "It grows far beyond the gradients that it is an average of, and the steps with it.",
    ),
    "adam-second-corrected-in-place": Words(
        "the second average of Adam is corrected where it is kept, and corrected again in every step",
        IN_PLACE,
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
}
