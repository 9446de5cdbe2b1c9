"""Batch normalisation as a layer: its two modes, and its running averages."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect, remark
from grader.checks.compare import as_array
from operations.layer_calls import demand_implemented
from operations.normalization import of_samples
from operations.normalization_layers import EPSILON, checks_of_gradients, drawn
from reference import batch_norm_layer as formula

batch_norm_layer = Operation(formula)

TRAIN, TEST = {"mode": "train"}, {"mode": "test"}
_AVERAGE = "$running \\leftarrow momentum \\cdot running + (1 - momentum) \\cdot batch$, for mean and variance."
_USE = "In test mode the output is $\\gamma (x - running\\_mean) / \\sqrt{running\\_var + \\epsilon} + \\beta$."
_KEYS = ("running_mean", "running_var")


def averages(rng, d):
    return {"running_mean": rng.normal(size=d), "running_var": rng.random(d) + 0.3}


def after(function, arguments):
    """Output, and `bn_param` after the call."""
    out, _, bn_param = function(*arguments)
    demand_implemented(function, out)
    return out, bn_param


@batch_norm_layer.check("batchnorm_forward", share=5, title="Output in training for random features")
def batchnorm_forward_training(student, solution, rng):
    for n, d in ((7, 5), (4, 3)):
        arguments = (*drawn(rng, n, d), TRAIN)
        found, _ = after(student.batchnorm_forward, arguments)
        expect(found, f"out for {n} samples").close_to(solution.batchnorm_forward(*arguments)[0])


@batch_norm_layer.check("batchnorm_forward", share=2, title="A feature that is the same for all samples; another eps")
def batchnorm_forward_constant_feature(student, solution, rng):
    x, gamma, beta = drawn(rng)
    x[:, 2] = 3.0
    for settings in (TRAIN, TRAIN | {"eps": EPSILON}):
        arguments = x, gamma, beta, settings
        found, _ = after(student.batchnorm_forward, arguments)
        label = f"out with eps = {settings.get('eps', 1e-5):g}"
        expect(found, label).close_to(solution.batchnorm_forward(*arguments)[0])


@batch_norm_layer.check("batchnorm_forward", share=3, title="Running averages after a batch")
def batchnorm_forward_averages(student, solution, rng):
    for settings in (TRAIN | averages(rng, 5), TRAIN | averages(rng, 5) | {"momentum": 0.6}, TRAIN):
        arguments = (*drawn(rng), settings)
        found, right = (after(side.batchnorm_forward, arguments)[1] for side in (student, solution))
        for key in _KEYS:
            expect(found.get(key), f'bn_param["{key}"]').close_to(right[key])


@batch_norm_layer.check("batchnorm_forward", share=0, title="ε in the running variance is told, and costs nothing")
def batchnorm_forward_averages_with_epsilon(student, solution, rng):
    arguments = (*drawn(rng), TRAIN | {"eps": EPSILON})
    found, right = (after(side.batchnorm_forward, arguments)[1].get("running_var") for side in (student, solution))
    added = as_array(found)
    if added is not None and added.shape == right.shape and np.allclose(added - right, 0.1 * EPSILON):
        remark("`running_var` has ε in it, which test mode adds once more; for the usual 0.00001 it does not matter")


@batch_norm_layer.check("batchnorm_forward", share=3, title="Output in test mode, by running averages")
def batchnorm_forward_test_mode(student, solution, rng):
    for n, more in ((7, {}), (1, {}), (4, {"eps": EPSILON})):
        arguments = (*drawn(rng, n), TEST | averages(rng, 5) | more)
        found, _ = after(student.batchnorm_forward, arguments)
        expect(found, f"out in test mode for {n} {'sample' if n == 1 else 'samples'}").close_to(
            solution.batchnorm_forward(*arguments)[0]
        )


@batch_norm_layer.check("batchnorm_forward", share=1, title="Running averages stay as they are in test mode")
def batchnorm_forward_averages_in_test_mode(student, solution, rng):
    arguments = (*drawn(rng), TEST | averages(rng, 5))
    found, right = (after(side.batchnorm_forward, arguments)[1] for side in (student, solution))
    for key in _KEYS:
        expect(found.get(key), f'bn_param["{key}"] after test mode').close_to(right[key])


@batch_norm_layer.check("batchnorm_forward", share=1, title="Test mode after three batches of your own training")
def batchnorm_forward_after_training(student, solution, rng):
    outputs = []
    batches = [drawn(rng) for _ in range(4)]
    for side in (student, solution):
        bn_param = TRAIN | {"momentum": 0.7}
        for batch in batches[:3]:
            bn_param = after(side.batchnorm_forward, (*batch, bn_param))[1]
        outputs.append(after(side.batchnorm_forward, (*batches[3], bn_param | TEST))[0])
    expect(outputs[0], "out in test mode").close_to(outputs[1])


for _backward in ("batchnorm_backward", "batchnorm_backward_alt"):
    checks_of_gradients(batch_norm_layer, ("batchnorm_forward", _backward), TRAIN, ((7, 5), (4, 3)))


def known(what, step, rule, title, explain, *hints):
    return batch_norm_layer.mistake(
        f"batchnorm_forward.{what}", step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints
    )


_AFTER = "What is in `bn_param` after a batch?"
_TEST = "Does the output in test mode change with the other samples of the batch?"
_LINE = "Write the formula beside your line: what differs?"


@known(
    "averages-not-kept",
    "keep_averages",
    _AVERAGE,
    "The running averages are not updated",
    "What test mode divides by is then what they began with.",
    _AFTER,
    "Is the average assigned to the variable that is put into `bn_param`?",
)
def averages_not_kept(bn_param, mean, variance):
    bn_param |= {"running_mean": np.zeros_like(mean), "running_var": np.zeros_like(variance)} | bn_param


@known(
    "variance-not-kept",
    "keep_averages",
    _AVERAGE,
    "The running variance is not updated",
    "",
    _AFTER,
    "Both averages have to be kept.",
)
def variance_not_kept(bn_param, mean, variance):
    bn_param |= {"running_mean": mean, "running_var": bn_param.get("running_var", np.zeros_like(variance))}


@known(
    "mean-not-kept",
    "keep_averages",
    _AVERAGE,
    "The running mean is not updated",
    "",
    _AFTER,
    "Both averages have to be kept.",
)
def mean_not_kept(bn_param, mean, variance):
    bn_param |= {"running_mean": bn_param.get("running_mean", np.zeros_like(mean)), "running_var": variance}


@known(
    "averages-exchanged",
    "keep_averages",
    _AVERAGE,
    "Running mean and running variance are exchanged",
    "",
    _AFTER,
    "Which statistic goes into which average?",
)
def averages_exchanged(right, bn_param, mean, variance):
    right(bn_param, variance, mean)


@known(
    "weights-of-the-average-exchanged",
    "averaged",
    _AVERAGE,
    "The weights momentum and 1 − momentum of the running averages are exchanged",
    "With 0.9 nearly all of the average would be forgotten after each batch.",
    "How much of an average is left after a batch?",
    _LINE,
)
def weights_of_the_average_exchanged(average, of_batch, momentum):
    return (1 - momentum) * average + momentum * of_batch


@known(
    "batch-with-its-full-weight",
    "averaged",
    _AVERAGE,
    "The batch enters the running averages with its full weight",
    "Yours lacks the factor 1 − momentum.",
    "What does the average become when all batches are alike?",
    _LINE,
)
def batch_with_its_full_weight(average, of_batch, momentum):
    return momentum * average + of_batch


@known(
    "average-kept-whole",
    "averaged",
    _AVERAGE,
    "All of the old average is kept: the factor momentum is missing",
    "",
    "What does the average become when all batches are alike?",
    _LINE,
)
def average_kept_whole(average, of_batch, momentum):
    return average + (1 - momentum) * of_batch


@known(
    "averages-of-the-last-batch",
    "averaged",
    _AVERAGE,
    "The running averages are those of the last batch alone",
    "",
    "Does the average change with what was there before?",
    _LINE,
)
def averages_of_the_last_batch(average, of_batch, momentum):
    return of_batch


@known(
    "batch-without-what-was-before",
    "averaged",
    _AVERAGE,
    "What was there before has no part in the running averages",
    "Yours is $(1 - momentum) \\cdot batch$ alone.",
    "Does the average change with what was there before?",
    _LINE,
)
def batch_without_what_was_before(average, of_batch, momentum):
    return (1 - momentum) * of_batch


@known(
    "deviation-for-the-running-variance",
    "batch_variance",
    _AVERAGE,
    "The deviation is averaged instead of the variance",
    "Test mode takes the root itself.",
    "What is `running_var` for a feature with the variance 4?",
    "Is the root taken before the average?",
)
def deviation_for_the_running_variance(right, x):
    return np.sqrt(right(x))


@known(
    "running-variance-of-samples",
    "batch_variance",
    _AVERAGE,
    "The variance in the running average is divided by n − 1 instead of n",
    "Here the averages have the variance that the batch is normalised with.",
    "By which number are the squares divided?",
    "Is there a `ddof`, or an `n / (n - 1)`?",
)
def running_variance_of_samples(x):
    return of_samples(x.var(axis=0), len(x))


@known(
    "momentum-fixed",
    "momentum_of",
    _AVERAGE,
    "The momentum is always 0.9, whatever `bn_param` says",
    "",
    "Do the averages change with `momentum`?",
    "Where does your number come from?",
)
def momentum_fixed(bn_param):
    return 0.9


@known(
    "epsilon-fixed",
    "epsilon_of",
    "$\\hat{x} = (x - \\mu) / \\sqrt{\\sigma^2 + \\epsilon}$, with the ε that is asked for. "
    "Another one is added, or none.",
    "The ε of `bn_param` has no part in the output",
    "",
    "Does the output change with `eps`?",
    "What stands under the root beside the variance?",
)
def epsilon_fixed(bn_param):
    return 1e-5


@known(
    "batch-in-test-mode",
    "statistics_in_use",
    _USE,
    "Test mode normalises with the mean and variance of the batch",
    "The output for a sample then depends on which others come with it.",
    _TEST,
    "Which mean is subtracted in test mode?",
)
def batch_in_test_mode(x, mean, variance):
    return x.mean(axis=0), x.var(axis=0)


@known(
    "test-mode-not-scaled",
    "normalised_by_averages",
    _USE,
    "γ and β have no part in the output of test mode",
    "",
    "Does the output in test mode change with γ?",
    "What happens to x̂ in training?",
)
def test_mode_not_scaled(x, gamma, beta, mean, variance, eps):
    return (x - mean) / np.sqrt(variance + eps)


@known(
    "test-mode-divides-by-the-variance",
    "deviation_in_use",
    _USE,
    "Test mode divides by the running variance, not by its root",
    "",
    "What becomes of x̂ when all x double?",
    "A root is missing.",
)
def test_mode_divides_by_the_variance(variance, eps):
    return variance + eps


@known(
    "test-mode-divides-by-the-variance-alone",
    "deviation_in_use",
    _USE,
    "Test mode divides by the running variance itself: the root is missing, and ε",
    "",
    "What becomes of x̂ when all x double? What is divided by when the running variance is 0?",
    "A root is missing.",
)
def test_mode_divides_by_the_variance_alone(variance, eps):
    return variance


@known(
    "epsilon-missing-in-test-mode",
    "deviation_in_use",
    _USE,
    "ε is missing in test mode",
    "",
    "What is divided by when the running variance is 0?",
    _LINE,
)
def epsilon_missing_in_test_mode(variance, eps):
    return np.sqrt(variance)


@known(
    "epsilon-outside-the-root-in-test-mode",
    "deviation_in_use",
    _USE,
    "ε is added to the root instead of to the running variance in test mode",
    "",
    "What is your divisor for a running variance of 0?",
    "Is ε inside the root?",
)
def epsilon_outside_the_root_in_test_mode(variance, eps):
    return np.sqrt(variance) + eps


@known(
    "not-centred-in-test-mode",
    "normalised_by_averages",
    _USE,
    "The running mean is not subtracted in test mode",
    "",
    "Does the output in test mode change with `running_mean`?",
    _LINE,
)
def not_centred_in_test_mode(x, gamma, beta, mean, variance, eps):
    return gamma * x / np.sqrt(variance + eps) + beta


@known(
    "not-normalised-in-test-mode",
    "normalised_by_averages",
    _USE,
    "Test mode scales and shifts x as it comes in: nothing is normalised",
    "",
    "Does the output in test mode change with `running_mean`?",
    "What is multiplied by γ?",
)
def not_normalised_in_test_mode(x, gamma, beta, mean, variance, eps):
    return gamma * x + beta


@known(
    "nothing-done-in-test-mode",
    "normalised_by_averages",
    _USE,
    "Test mode hands on what comes in",
    "",
    "Does the output in test mode change with `running_mean`?",
    "Where are the running averages used?",
)
def nothing_done_in_test_mode(x, gamma, beta, mean, variance, eps):
    return x


@known(
    "averages-changed-in-test-mode",
    "batchnorm_forward",
    "Test mode uses the averages as they are.",
    "The running averages are updated in test mode, too",
    "What is tested would then enter the model.",
    "What is in `bn_param` after a call in test mode?",
    "Is the update inside the branch of training?",
)
def averages_changed_in_test_mode(right, x, gamma, beta, bn_param):
    if bn_param["mode"] == "train":
        return right(x, gamma, beta, bn_param)
    out = right(x, gamma, beta, bn_param)[0]
    momentum = bn_param.get("momentum", 0.9)
    bn_param["running_mean"] = momentum * bn_param["running_mean"] + (1 - momentum) * x.mean(axis=0)
    bn_param["running_var"] = momentum * bn_param["running_var"] + (1 - momentum) * x.var(axis=0)
    return out, None, bn_param
