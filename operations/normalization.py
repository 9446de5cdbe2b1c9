"""What goes wrong where numbers are brought to the mean 0 and the variance 1, in a batch or in each sample."""

import numpy as np

from operations.texts import layout_words

_RULE = "<Each> is normalised <along>, $\\hat{x} = (x - \\mu) / \\sqrt{\\sigma^2 + \\epsilon}$."
_SCALE = "The output is $\\gamma \\hat{x} + \\beta$."
_BACK = (
    "With $g = \\gamma \\, dout$, $dx = (g - mean(g) - \\hat{x} \\, mean(g \\hat{x})) / "
    "\\sqrt{\\sigma^2 + \\epsilon}$, the means <over>."
)
_SHAPE = "What is the mean of each <line> of $\\hat{x}$, and its deviation?"
_AXIS = "Look at the `axis` of mean and variance."


def over_the_batch(*, layout):
    """The words of batch normalisation; `<line>` is what one feature is."""
    lies = layout_words(layout)
    return {
        "each": "each feature",
        "unit": "feature",
        "over": "over the batch",
        "along": "over the batch",
        "other": "over the features of each sample",
        "other_axis": lies["unit_axis"],
        "other_kind": "layer normalisation",
        "count": lies["n"],
        "line": lies["cross"],
        "lines": lies["crosses"],
    }


def over_the_features(*, layout):
    """The words of layer normalisation; `<line>` is what one sample is."""
    lies = layout_words(layout)
    return {
        "each": "each sample",
        "unit": "sample",
        "over": "over the features of each sample",
        "along": "over its features",
        "other": "over the batch",
        "other_axis": lies["sample_axis"],
        "other_kind": "batch normalisation",
        "count": "d",
        "line": lies["line"],
        "lines": lies["lines"],
    }


def laid_out(x, gamma, beta, layout):
    """What a layer of this layout is given, from rows."""
    return (x, gamma, beta) if layout == "rows" else (x.T, gamma[:, np.newaxis], beta[:, np.newaxis])


def of_samples(variance, count):
    """A variance of so many numbers as `ddof=1` has it, and of one number NaN, but without a warning."""
    with np.errstate(all="ignore"):
        return variance * np.divide(count, count - 1)


def parameters_exchanged(operation, code, step, rule):
    """Declare it for a step that returns the gradients in x, γ and β, in this order."""

    @operation.mistake(
        code,
        step=step,
        title="The gradients in γ and β are exchanged",
        explain=f"{rule} What is returned for γ is the gradient in β, and the reverse.",
        hints=("Which of the two depends on x?", "In which order are the results returned?"),
    )
    def exchanged(right, *given):
        dx, dgamma, dbeta = right(*given)
        return dx, dbeta, dgamma


def mistakes_of_normalization(operation, *, forward, backward, steps, axis):
    """Declare what goes wrong in it.

    Args:
        forward, backward: what codes begin with.
        steps: what the formula calls each step.
        axis: over which mean and variance are taken; inside, samples are rows.
    """

    def known(code, step, title, explain, *hints, rule=_RULE):
        return operation.mistake(code, step=step, title=title, explain=f"{rule} {explain}", hints=hints)

    @known(
        f"{forward}.centred-along-the-other-axis",
        steps["centred"],
        "The mean is taken <other>, not <over>",
        "With `axis=<other_axis>` that is the mean of <other_kind>.",
        _SHAPE,
        _AXIS,
    )
    def centred_along_the_other_axis(x):
        return x - x.mean(axis=1 - axis, keepdims=True)

    @known(
        f"{forward}.centred-by-one-number",
        steps["centred"],
        "One mean of the whole batch is subtracted from everything",
        "`x.mean()` without `axis` is one number; each <unit> has its own.",
        _SHAPE,
        _AXIS,
    )
    def centred_by_one_number(x):
        return x - x.mean()

    @known(
        f"{forward}.not-centred",
        steps["centred"],
        "The mean of x is not subtracted",
        "What yours divides is x itself, or x less something else than its mean.",
        _SHAPE,
        "Is the mean used where you divide?",
    )
    def not_centred(x):
        return x

    @known(
        f"{forward}.variance-of-samples",
        steps["variance"],
        "The variance is divided by <count> − 1 instead of <count>",
        "`ddof=1` estimates the variance of a population; the formula has that of the numbers themselves.",
        "By which number are the squares divided?",
        "Is there a `ddof`, or a `- 1`?",
    )
    def variance_of_samples(x):
        return of_samples(x.var(axis=axis, keepdims=True), x.shape[axis])

    @known(
        f"{forward}.variance-along-the-other-axis",
        steps["variance"],
        "The variance is taken <other>, not <over>",
        "With `axis=<other_axis>` that is the variance of <other_kind>.",
        _SHAPE,
        _AXIS,
    )
    def variance_along_the_other_axis(x):
        return x.var(axis=1 - axis, keepdims=True)

    @known(
        f"{forward}.variance-of-everything",
        steps["variance"],
        "One variance of the whole batch is used for everything",
        "`x.var()` without `axis` is one number; each <unit> has its own.",
        _SHAPE,
        _AXIS,
    )
    def variance_of_everything(x):
        return x.var()

    @known(
        f"{forward}.mean-square-for-variance",
        steps["variance"],
        "The mean of the squares is taken for the variance: the mean is not subtracted in it",
        "The variance is the mean of $(x - \\mu)^2$.",
        "What is your variance of numbers that are all 3?",
        "Of what are the squares taken?",
    )
    def mean_square_for_variance(x):
        return np.mean(x**2, axis=axis, keepdims=True)

    @known(
        f"{forward}.divided-by-the-variance",
        steps["deviation_of"],
        "The division is by the variance, not by its root",
        "Without the root the result depends on the unit in which x is measured.",
        "What becomes of $\\hat{x}$ when all x double?",
        "A root is missing.",
    )
    def divided_by_the_variance(variance, eps):
        return variance + eps

    @known(
        f"{forward}.divided-by-the-variance-alone",
        steps["deviation_of"],
        "The division is by the variance itself: the root is missing, and ε",
        "Without the root the result depends on the unit in which x is measured.",
        "What becomes of $\\hat{x}$ when all x double? What comes out for numbers that are all 3?",
        "A root is missing.",
    )
    def divided_by_the_variance_alone(variance, eps):
        return variance

    @known(
        f"{forward}.epsilon-missing",
        steps["deviation_of"],
        "Nothing keeps the division from being by 0: ε is missing",
        "Numbers that are all the same have the variance 0.",
        "What comes out for numbers that are all 3?",
        "What is added to the variance?",
    )
    def epsilon_missing(variance, eps):
        return np.sqrt(variance)

    @known(
        f"{forward}.epsilon-outside-the-root",
        steps["deviation_of"],
        "ε is added to the root instead of to the variance",
        "Where x hardly varies the two differ a lot.",
        "What is your divisor for a variance of 0?",
        "Is ε inside the root?",
    )
    def epsilon_outside_the_root(variance, eps):
        return np.sqrt(variance) + eps

    @known(
        f"{forward}.gamma-missing",
        steps["scaled_and_shifted"],
        "γ has no part in the output",
        "Yours is $\\hat{x} + \\beta$.",
        "Does the output change with γ?",
        "What is multiplied by `gamma`?",
        rule=_SCALE,
    )
    def gamma_missing(normalised, gamma, beta):
        return normalised + beta

    @known(
        f"{forward}.beta-missing",
        steps["scaled_and_shifted"],
        "β has no part in the output",
        "Yours is $\\gamma \\hat{x}$.",
        "Does the output change with β?",
        "Where is `beta` added?",
        rule=_SCALE,
    )
    def beta_missing(normalised, gamma, beta):
        return gamma * normalised

    @known(
        f"{forward}.gamma-and-beta-exchanged",
        steps["scaled_and_shifted"],
        "γ and β are exchanged",
        "Yours is $\\beta \\hat{x} + \\gamma$.",
        "What is the output for γ = 0?",
        "Which of the two is a factor?",
        rule=_SCALE,
    )
    def gamma_and_beta_exchanged(right, normalised, gamma, beta):
        return right(normalised, beta, gamma)

    @known(
        f"{backward}.statistics-taken-for-constants",
        steps["through_the_statistics"],
        "Mean and variance are treated as constants on the way back",
        "Both depend on every number that they are taken of, so that dx has two more terms.",
        "What do the <lines> of $dx / \\gamma$ sum to? They should give 0.",
        "Through which paths does x reach the output?",
        rule=_BACK,
    )
    def statistics_taken_for_constants(upstream, normalised):
        return upstream

    @known(
        f"{backward}.mean-taken-for-a-constant",
        steps["through_the_mean"],
        "The path through the mean is missing on the way back",
        "Yours lacks $mean(g)$.",
        "What do the <lines> of $dx / \\gamma$ sum to? They should give 0.",
        "Through which paths does x reach the output?",
        rule=_BACK,
    )
    def mean_taken_for_a_constant(upstream):
        return 0 * upstream

    @known(
        f"{backward}.variance-taken-for-a-constant",
        steps["through_the_variance"],
        "The path through the variance is missing on the way back",
        "Yours lacks $\\hat{x} \\, mean(g \\hat{x})$.",
        "Through the mean alone, or through the variance, too?",
        "Through which paths does x reach the output?",
        rule=_BACK,
    )
    def variance_taken_for_a_constant(upstream, normalised):
        return 0 * upstream

    @known(
        f"{backward}.sums-for-means",
        steps["through_the_statistics"],
        "The terms of mean and variance are sums: the factor 1/<count> is missing",
        "Yours lacks the 1/<count> in both.",
        "What do the <lines> of $dx / \\gamma$ sum to? They should give 0.",
        "`sum` or `mean`?",
        rule=_BACK,
    )
    def sums_for_means(upstream, normalised):
        along = (upstream * normalised).sum(axis=axis, keepdims=True)
        return upstream - upstream.sum(axis=axis, keepdims=True) - normalised * along

    @known(
        f"{backward}.means-along-the-other-axis",
        steps["through_the_statistics"],
        "The means on the way back are taken <other>, not <over>",
        "They are means of the same numbers as on the way forward.",
        "What do the <lines> of $dx / \\gamma$ sum to? They should give 0.",
        "Of which numbers is each mean taken on the way forward?",
        rule=_BACK,
    )
    def means_along_the_other_axis(upstream, normalised):
        along = (upstream * normalised).mean(axis=1 - axis, keepdims=True)
        return upstream - upstream.mean(axis=1 - axis, keepdims=True) - normalised * along

    @known(
        f"{backward}.scale-gradient-without-normalised",
        steps["scale_gradient"],
        "The gradient in γ is the sum of dout: x̂ is missing",
        "γ multiplies $\\hat{x}$, so $d\\gamma = \\sum dout \\, \\hat{x}$. Yours is the gradient in β.",
        "What does γ multiply?",
        "By what must dout be multiplied?",
        rule=_SCALE,
    )
    def scale_gradient_without_normalised(dout, normalised):
        return dout.sum(axis=0)

    @known(
        f"{backward}.scale-gradient-averaged",
        steps["scale_gradient"],
        "The gradient in γ is a mean over the samples instead of a sum",
        "γ is in the output of every sample: its gradient is the sum of what each of them gives.",
        "How often is γ used in the forward pass?",
        "`sum` or `mean`?",
        rule=_SCALE,
    )
    def scale_gradient_averaged(right, dout, normalised):
        return right(dout, normalised) / len(dout)

    @known(
        f"{backward}.shift-gradient-averaged",
        steps["shift_gradient"],
        "The gradient in β is a mean over the samples instead of a sum",
        "β is in the output of every sample: its gradient is the sum of what each of them gives.",
        "How often is β used in the forward pass?",
        "`sum` or `mean`?",
        rule=_SCALE,
    )
    def shift_gradient_averaged(dout):
        return dout.mean(axis=0)

    @known(
        f"{backward}.gamma-missing",
        steps["gradients"],
        "γ is missing in the gradient in x",
        "$\\hat{x}$ is multiplied by γ, so what goes back is too.",
        "Does dx change with γ?",
        "By what is dout multiplied first?",
        rule=_BACK,
    )
    def gamma_missing_on_the_way_back(right, dout, cache):
        normalised, gamma, deviation = cache
        return right(dout, (normalised, np.ones_like(gamma), deviation))

    @known(
        f"{backward}.deviation-missing",
        steps["gradients"],
        "The division by the deviation is missing in the gradient in x",
        "Yours lacks the factor $1/\\sqrt{\\sigma^2 + \\epsilon}$.",
        "How does dx change when x is measured in another unit?",
        "By what is divided in the forward pass?",
        rule=_BACK,
    )
    def deviation_missing(right, dout, cache):
        normalised, gamma, deviation = cache
        return right(dout, (normalised, gamma, np.ones_like(deviation)))

    parameters_exchanged(operation, f"{backward}.parameters-exchanged", steps["gradients"], _SCALE)
