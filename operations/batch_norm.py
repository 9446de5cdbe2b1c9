"""Batch normalisation in training, and its gradient."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect, leaves_arguments_alone
from reference import batch_norm as formula

batch_norm = Operation(formula)

_RULE = "Each feature is normalised over the batch, $\\hat x = (x - \\mu) / \\sqrt{\\sigma^2 + \\epsilon}$."
_SCALE = "The output is $\\gamma \\hat x + \\beta$."
_BACK = (
    "With $g = \\gamma \\, dout$, $dx = (g - mean(g) - \\hat x \\, mean(g \\hat x)) / \\sqrt{\\sigma^2 + \\epsilon}$, "
    "the means over the batch."
)


def drawn(rng, n=7, d=5):
    """Features of different means and sizes, and neither γ = 1 nor β = 0."""
    x = rng.normal(size=(n, d)) * (1 + np.arange(d)) + np.arange(d)
    return x, rng.normal(size=d) + 1.5, rng.normal(size=d)


@batch_norm.check("batch_norm", share=6, title="Output for random features")
def batch_norm_values(student, solution, rng, *, called):
    for n in (7, 4):
        arguments = drawn(rng, n)
        found, _ = student.batch_norm(*arguments)
        expect(found, f"out of {called('batch_norm')} for {n} samples").close_to(solution.batch_norm(*arguments)[0])


@batch_norm.check("batch_norm", share=2, title="A feature that is the same for all samples")
def batch_norm_constant_feature(student, solution, rng):
    x, gamma, beta = drawn(rng)
    x[:, 2] = 3.0
    expect(student.batch_norm(x, gamma, beta)[0], "out").close_to(solution.batch_norm(x, gamma, beta)[0])


@batch_norm.check("batch_norm", share=1, title="The arguments are left as they were")
def batch_norm_arguments(student, rng):
    leaves_arguments_alone(student.batch_norm, *drawn(rng))


def gradients(implementation, arguments, dout):
    return implementation.batch_norm_backward(dout, implementation.batch_norm(*arguments)[1])


@batch_norm.check("batch_norm_backward", share=6, title="The gradient in x")
def batch_norm_backward_inputs(student, solution, rng):
    arguments = drawn(rng)
    dout = rng.normal(size=arguments[0].shape)
    found, expected = gradients(student, arguments, dout), gradients(solution, arguments, dout)
    expect(found[0], "the gradient in x").close_to(expected[0])


@batch_norm.check("batch_norm_backward", share=4, title="The gradients in γ and β")
def batch_norm_backward_parameters(student, solution, rng):
    arguments = drawn(rng)
    dout = rng.normal(size=arguments[0].shape)
    found, expected = gradients(student, arguments, dout), gradients(solution, arguments, dout)
    for position, name in ((1, "gamma"), (2, "beta")):
        expect(found[position], f"the gradient in {name}").close_to(expected[position])


def known(code, step, title, explain, *hints, rule=_RULE):
    return batch_norm.mistake(code, step=step, title=title, explain=f"{rule} {explain}", hints=hints)


_SHAPE = "What is the mean of each column of $\\hat x$, and its deviation?"
_AXIS = "Look at the `axis` of mean and variance."


@known(
    "batch_norm.centred-over-the-features",
    "centred",
    "The mean is taken over the features of each sample, not over the batch",
    "With `axis=1` that is the mean of layer normalisation.",
    _SHAPE,
    _AXIS,
)
def centred_over_the_features(x):
    return x - x.mean(axis=1, keepdims=True)


@known(
    "batch_norm.centred-by-one-number",
    "centred",
    "One mean over the whole batch is subtracted from all features",
    "`x.mean()` without `axis` is one number; each feature has its own.",
    _SHAPE,
    _AXIS,
)
def centred_by_one_number(x):
    return x - x.mean()


@known(
    "batch_norm.not-centred",
    "centred",
    "The mean is not subtracted",
    "Yours divides x itself.",
    _SHAPE,
    "Is the mean used where you divide?",
)
def not_centred(x):
    return x


@known(
    "batch_norm.variance-of-samples",
    "variance",
    "The variance is divided by n − 1 instead of n",
    "`ddof=1` estimates the variance of a population; the formula has that of the batch.",
    "By which number are the squares divided?",
    "Is there a `ddof`, or an `n - 1`?",
)
def variance_of_samples(x):
    return x.var(axis=0, ddof=1)


@known(
    "batch_norm.variance-over-the-features",
    "variance",
    "The variance is taken over the features of each sample, not over the batch",
    "With `axis=1` that is the variance of layer normalisation.",
    _SHAPE,
    _AXIS,
)
def variance_over_the_features(x):
    return x.var(axis=1, keepdims=True)


@known(
    "batch_norm.variance-of-everything",
    "variance",
    "One variance over the whole batch is used for all features",
    "`x.var()` without `axis` is one number; each feature has its own.",
    _SHAPE,
    _AXIS,
)
def variance_of_everything(x):
    return x.var()


@known(
    "batch_norm.mean-square-for-variance",
    "variance",
    "The mean of the squares is taken for the variance: the mean is not subtracted in it",
    "The variance is the mean of $(x - \\mu)^2$.",
    "What is your variance of a feature that is 3 for all samples?",
    "Of what are the squares taken?",
)
def mean_square_for_variance(x):
    return np.mean(x**2, axis=0)


@known(
    "batch_norm.divided-by-the-variance",
    "deviation_of",
    "The division is by the variance, not by its root",
    "Without the root the result depends on the unit of the feature.",
    "What becomes of $\\hat x$ when all x double?",
    "A root is missing.",
)
def divided_by_the_variance(variance, *, eps):
    return variance + eps


@known(
    "batch_norm.epsilon-missing",
    "deviation_of",
    "Nothing keeps the division from being by 0: ε is missing",
    "A feature that is the same for all samples has the variance 0.",
    "What comes out for a feature that is 3 for all samples?",
    "What is added to the variance?",
)
def epsilon_missing(variance):
    return np.sqrt(variance)


@known(
    "batch_norm.epsilon-outside-the-root",
    "deviation_of",
    "ε is added to the root instead of to the variance",
    "For a feature that hardly varies the two differ a lot.",
    "What is your divisor for a variance of 0?",
    "Is ε inside the root?",
)
def epsilon_outside_the_root(variance, *, eps):
    return np.sqrt(variance) + eps


@known(
    "batch_norm.gamma-missing",
    "scaled_and_shifted",
    "γ has no part in the output",
    "Yours is $\\hat x + \\beta$.",
    "Does the output change with γ?",
    "What is multiplied by `gamma`?",
    rule=_SCALE,
)
def gamma_missing(normalised, gamma, beta):
    return normalised + beta


@known(
    "batch_norm.beta-missing",
    "scaled_and_shifted",
    "β has no part in the output",
    "Yours is $\\gamma \\hat x$.",
    "Does the output change with β?",
    "Where is `beta` added?",
    rule=_SCALE,
)
def beta_missing(normalised, gamma, beta):
    return gamma * normalised


@known(
    "batch_norm.gamma-and-beta-exchanged",
    "scaled_and_shifted",
    "γ and β are exchanged",
    "Yours is $\\beta \\hat x + \\gamma$.",
    "What is the output for γ = 0?",
    "Which of the two is a factor?",
    rule=_SCALE,
)
def gamma_and_beta_exchanged(right, normalised, gamma, beta):
    return right(normalised, beta, gamma)


@known(
    "batch_norm_backward.statistics-taken-for-constants",
    "through_the_statistics",
    "Mean and variance are treated as constants on the way back",
    "Both depend on every sample of the batch, so that dx has two more terms.",
    "What do the columns of dx sum to? They should give 0.",
    "Through which paths does x reach the output?",
    rule=_BACK,
)
def statistics_taken_for_constants(upstream, normalised):
    return upstream


@known(
    "batch_norm_backward.mean-taken-for-a-constant",
    "through_the_mean",
    "The path through the mean is missing on the way back",
    "Yours lacks $mean(g)$.",
    "What do the columns of dx sum to? They should give 0.",
    "Through which paths does x reach the output?",
    rule=_BACK,
)
def mean_taken_for_a_constant(upstream):
    return 0 * upstream


@known(
    "batch_norm_backward.variance-taken-for-a-constant",
    "through_the_variance",
    "The path through the variance is missing on the way back",
    "Yours lacks $\\hat x \\, mean(g \\hat x)$.",
    "Is dx at right angles to each column of $\\hat x$?",
    "Through which paths does x reach the output?",
    rule=_BACK,
)
def variance_taken_for_a_constant(upstream, normalised):
    return 0 * upstream


@known(
    "batch_norm_backward.sums-for-means",
    "through_the_statistics",
    "The terms of mean and variance are sums over the batch: the factor 1/n is missing",
    "Yours lacks the 1/n in both.",
    "What do the columns of dx sum to? They should give 0.",
    "`sum` or `mean`?",
    rule=_BACK,
)
def sums_for_means(upstream, normalised):
    n = len(upstream)
    return upstream - n * upstream.mean(axis=0) - n * normalised * (upstream * normalised).mean(axis=0)


@known(
    "batch_norm_backward.scale-gradient-without-normalised",
    "scale_gradient",
    "The gradient in γ is the sum of dout: x̂ is missing",
    "γ multiplies $\\hat x$, so $d\\gamma = \\sum dout \\, \\hat x$. Yours is the gradient in β.",
    "What does γ multiply?",
    "By what must dout be multiplied?",
    rule=_SCALE,
)
def scale_gradient_without_normalised(dout, normalised):
    return dout.sum(axis=0)


@known(
    "batch_norm_backward.scale-gradient-averaged",
    "scale_gradient",
    "The gradient in γ is a mean over the samples instead of a sum",
    "The mean over the batch is in dout already.",
    "How often is γ used in the forward pass?",
    "`sum` or `mean`?",
    rule=_SCALE,
)
def scale_gradient_averaged(right, dout, normalised):
    return right(dout, normalised) / len(dout)


@known(
    "batch_norm_backward.shift-gradient-averaged",
    "shift_gradient",
    "The gradient in β is a mean over the samples instead of a sum",
    "The mean over the batch is in dout already.",
    "How often is β used in the forward pass?",
    "`sum` or `mean`?",
    rule=_SCALE,
)
def shift_gradient_averaged(dout):
    return dout.mean(axis=0)


@known(
    "batch_norm_backward.gamma-missing",
    "batch_norm_backward",
    "γ is missing in the gradient in x",
    "$\\hat x$ is multiplied by γ, so what goes back is too.",
    "Does dx change with γ?",
    "By what is dout multiplied first?",
    rule=_BACK,
)
def gamma_missing_on_the_way_back(right, dout, cache):
    normalised, gamma, deviation = cache
    return right(dout, (normalised, np.ones_like(gamma), deviation))


@known(
    "batch_norm_backward.deviation-missing",
    "batch_norm_backward",
    "The division by the deviation is missing in the gradient in x",
    "Yours lacks the factor $1/\\sqrt{\\sigma^2 + \\epsilon}$.",
    "How does dx change when x is measured in another unit?",
    "By what is divided in the forward pass?",
    rule=_BACK,
)
def deviation_missing(right, dout, cache):
    normalised, gamma, deviation = cache
    return right(dout, (normalised, gamma, np.ones_like(deviation)))


@known(
    "batch_norm_backward.parameters-exchanged",
    "batch_norm_backward",
    "The gradients in γ and β are exchanged",
    "What is returned for γ is the gradient in β, and the reverse.",
    "Which of the two depends on x?",
    "In which order are the results returned?",
    rule=_SCALE,
)
def parameters_exchanged(right, dout, cache):
    dx, dgamma, dbeta = right(dout, cache)
    return dx, dbeta, dgamma
