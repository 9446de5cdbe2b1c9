"""A step of Adam."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect
from operations.conventions import DECAY
from operations.gradient_descent import ASCENT, RATE_UNUSED
from operations.lessons import steps as lessons
from reference import adam as formula

adam = Operation(formula, values={"beta1": DECAY, "beta2": DECAY})

_MOMENTS = "$m \\leftarrow \\beta_1 m + (1 - \\beta_1) g$ and $v \\leftarrow \\beta_2 v + (1 - \\beta_2) g^2$."
_CORRECTED = "$\\hat{m} = m / (1 - \\beta_1^t)$ and $\\hat{v} = v / (1 - \\beta_2^t)$, t counted from 1."
_STEP = "The step is $w \\leftarrow w - \\eta \\, \\hat{m} / (\\sqrt{\\hat{v}} + \\epsilon)$."


@adam.check("adam", share=5, title="The parameter after a step")
def adam_parameter(student, solution, rng):
    for t in (1, 4):
        w, dw, m = rng.normal(size=(3, 4, 3))
        v = rng.random((4, 3))
        expected = solution.adam(w, dw, m, v, t, 0.03)
        expect(student.adam(w, dw, m, v, t, 0.03)[0], f"w after step {t}").close_to(expected[0])


@adam.check("adam", share=3, title="The moments after a step")
def adam_moments(student, solution, rng):
    w, dw, m = rng.normal(size=(3, 4, 3))
    v = rng.random((4, 3))
    found, expected = student.adam(w, dw, m, v, 2, 0.03), solution.adam(w, dw, m, v, 2, 0.03)
    for position, name in ((1, "m"), (2, "v")):
        expect(found[position], name).close_to(expected[position])


@adam.check("adam", share=2, title="Three steps from moments of 0")
def adam_from_the_start(student, solution, rng):
    gradients = rng.normal(size=(3, 5))
    states = [(np.ones(5), np.zeros(5), np.zeros(5))] * 2
    for t, dw in enumerate(gradients, 1):
        states = [
            implementation.adam(state[0], dw, state[1], state[2], t, 0.1)
            for implementation, state in zip((student, solution), states, strict=True)
        ]
    expect(states[0][0], "w after three steps").close_to(states[1][0])


def known(what, step, rule, title, explain, *hints):
    return adam.mistake(f"adam.{what}", step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints)


_WHICH = "Write the formula beside your line: which factor differs?"


@known(
    "first-moment-not-weighted",
    "first_moment",
    _MOMENTS,
    "The gradient enters the first moment with its full weight",
    "Yours lacks the factor $1 - \\beta_1$, as in plain momentum.",
    "How large does m become for a constant gradient?",
    _WHICH,
)
def first_moment_not_weighted(m, dw, beta1, beta2):
    return beta1 * m + dw


@known(
    "first-moment-weights-exchanged",
    "first_moment",
    _MOMENTS,
    "The weights β₁ and 1 − β₁ of the first moment are exchanged",
    "",
    "How fast does m forget?",
    _WHICH,
)
def first_moment_weights_exchanged(m, dw, beta1, beta2):
    return (1 - beta1) * m + beta1 * dw


@known(
    "first-moment-forgotten",
    "first_moment",
    _MOMENTS,
    "The first moment forgets what was before: it is the gradient alone",
    "",
    "Does m change with the m that is passed in?",
    _WHICH,
)
def first_moment_forgotten(m, dw, beta1, beta2):
    return (1 - beta1) * dw


@known(
    "first-moment-kept-whole",
    "first_moment",
    _MOMENTS,
    "The old first moment is kept whole, without the factor β₁",
    "It then only adds up.",
    "What becomes of m when the gradients are 0 from now on?",
    _WHICH,
)
def first_moment_kept_whole(m, dw, beta1, beta2):
    return m + (1 - beta1) * dw


@known(
    "second-moment-kept-whole",
    "second_moment",
    _MOMENTS,
    "The old second moment is kept whole, without the factor β₂",
    "It then only grows.",
    "Can v become smaller again?",
    _WHICH,
)
def second_moment_kept_whole(v, dw, beta2, beta1):
    return v + (1 - beta2) * dw**2


@known(
    "second-moment-not-squared",
    "second_moment",
    _MOMENTS,
    "The gradient is not squared in the second moment",
    "Its root may then be of a negative number.",
    "Can your v be negative?",
    _WHICH,
)
def second_moment_not_squared(v, dw, beta2, beta1):
    return beta2 * v + (1 - beta2) * dw


@known(
    "second-moment-not-weighted",
    "second_moment",
    _MOMENTS,
    "The squared gradient enters the second moment with its full weight",
    "Yours lacks the factor $1 - \\beta_2$.",
    "How large does v become for a constant gradient?",
    _WHICH,
)
def second_moment_not_weighted(v, dw, beta2, beta1):
    return beta2 * v + dw**2


@known(
    "second-moment-weights-exchanged",
    "second_moment",
    _MOMENTS,
    "The weights β₂ and 1 − β₂ of the second moment are exchanged",
    "",
    "How fast does v forget?",
    _WHICH,
)
def second_moment_weights_exchanged(v, dw, beta2, beta1):
    return (1 - beta2) * v + beta2 * dw**2


@known(
    "second-moment-weighted-before-the-square",
    "second_moment",
    _MOMENTS,
    "The weight 1 − β₂ is squared along with the gradient",
    "The square is of g alone.",
    "What is squared in your line?",
    _WHICH,
)
def second_moment_weighted_before_the_square(v, dw, beta2, beta1):
    return beta2 * v + ((1 - beta2) * dw) ** 2


@known(
    "second-moment-with-beta1",
    "second_moment",
    _MOMENTS,
    "The second moment is made with β₁",
    "",
    "Which β belongs to the squares?",
    _WHICH,
)
def second_moment_with_beta1(v, dw, beta2, beta1):
    return beta1 * v + (1 - beta1) * dw**2


@known(
    "first-moment-with-beta2",
    "first_moment",
    _MOMENTS,
    "The first moment is made with β₂",
    "",
    "Which β belongs to the gradients?",
    _WHICH,
)
def first_moment_with_beta2(m, dw, beta1, beta2):
    return beta2 * m + (1 - beta2) * dw


@known(
    "first-moment-not-corrected",
    "first_corrected",
    _CORRECTED,
    "The first moment is not corrected for its start at 0",
    "The first steps are then too small.",
    "How large is the first step for a gradient of 1?",
    "Where is `t` used?",
)
def first_moment_not_corrected(m, t, beta1, beta2):
    return m


@known(
    "second-moment-not-corrected",
    "second_corrected",
    _CORRECTED,
    "The second moment is not corrected for its start at 0",
    "The first steps are then far too large.",
    "How large is the first step for a gradient of 1?",
    "Where is `t` used?",
)
def second_moment_not_corrected(v, t, beta2, beta1):
    return v


@known(
    "corrected-without-the-power",
    "first_corrected",
    _CORRECTED,
    "The first moment is divided by 1 − β₁, without the power t",
    "",
    "Does the correction fade as steps go on?",
    "Where is `t` used?",
)
def corrected_without_the_power(m, t, beta1, beta2):
    return m / (1 - beta1)


@known(
    "second-corrected-without-the-power",
    "second_corrected",
    _CORRECTED,
    "The second moment is divided by 1 − β₂, without the power t",
    "",
    "Does the correction fade as steps go on?",
    "Where is `t` used?",
)
def second_corrected_without_the_power(v, t, beta2, beta1):
    return v / (1 - beta2)


@known(
    "corrected-with-the-power-two",
    "first_corrected",
    _CORRECTED,
    "The first moment is corrected with the power 2 in every step, not with t",
    "Steps are counted by t: it is 2 in the second one alone.",
    "What is t in the third step, and what is in your formula?",
    "Where is `t` used?",
)
def corrected_with_the_power_two(m, t, beta1, beta2):
    return m / (1 - beta1**2)


@known(
    "second-corrected-with-the-power-two",
    "second_corrected",
    _CORRECTED,
    "The second moment is corrected with the power 2 in every step, not with t",
    "Steps are counted by t: it is 2 in the second one alone.",
    "What is t in the third step, and what is in your formula?",
    "Where is `t` used?",
)
def second_corrected_with_the_power_two(v, t, beta2, beta1):
    return v / (1 - beta2**2)


@known(
    "first-moment-corrected-with-beta2",
    "first_corrected",
    _CORRECTED,
    "The first moment is corrected with β₂",
    "",
    "Which β was the first moment made with?",
    _WHICH,
)
def first_moment_corrected_with_beta2(m, t, beta1, beta2):
    return m / (1 - beta2**t)


@known(
    "second-moment-corrected-with-beta1",
    "second_corrected",
    _CORRECTED,
    "The second moment is corrected with β₁",
    "",
    "Which β was the second moment made with?",
    _WHICH,
)
def second_moment_corrected_with_beta1(v, t, beta2, beta1):
    return v / (1 - beta1**t)


@known(
    "corrected-one-step-too-late",
    "first_corrected",
    _CORRECTED,
    "The first moment is corrected with t + 1",
    "t is counted from 1 already.",
    "What is t in the first step?",
    "Is t increased once more?",
)
def corrected_one_step_too_late(right, m, t, beta1, beta2):
    return right(m, t + 1, beta1, beta2)


@known(
    "root-missing",
    "direction",
    _STEP,
    "The step is divided by the second moment, not by its root",
    "",
    "How does the step change when all gradients double?",
    _WHICH,
)
def root_missing(m, v, eps):
    return m / (v + eps)


@known(
    "second-moment-unused",
    "direction",
    _STEP,
    "The second moment has no part in the step",
    "Yours is a step of momentum.",
    "Does the step change with v?",
    _WHICH,
)
def second_moment_unused(m, v, eps):
    return m


@known(
    "gradient-for-the-first-moment",
    "adam_step",
    _STEP,
    "The step goes along the gradient instead of the first moment",
    "Yours is a step of RMSProp.",
    "Does the step change with m?",
    _WHICH,
)
def gradient_for_the_first_moment(right, w, dw, m, v, t, lr, beta1, beta2, eps):
    _, m, v = right(w, dw, m, v, t, lr, beta1, beta2, eps)
    return w - lr * dw / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam.mistake("adam.ascent", step="adam_step", explain=_STEP, **ASCENT)
def ascent(right, w, dw, m, v, t, lr, *constants):
    return right(w, dw, m, v, t, -lr, *constants)


@known(
    "moments-not-returned",
    "adam_step",
    _MOMENTS,
    "The moments that are returned are the old ones",
    "They have to be kept for the next step.",
    "Are m and v different after a step?",
    "Look at the `return`.",
)
def moments_not_returned(right, w, dw, m, v, t, lr, *constants):
    return right(w, dw, m, v, t, lr, *constants)[0], m, v


@adam.mistake("adam.learning-rate-unused", step="adam_step", explain=_STEP, **RATE_UNUSED)
def learning_rate_unused(right, w, dw, m, v, t, lr, *constants):
    return right(w, dw, m, v, t, 1.0, *constants)


@known(
    "moments-corrected-one-step-too-early",
    "adam_step",
    _CORRECTED,
    "The moments are corrected with t − 1: t is increased after it is used, or not at all",
    "In the first step that divides by $1 - \\beta^0 = 0$.",
    "What is t in the first step?",
    "Where does t become t + 1, before or after the correction?",
)
def moments_corrected_one_step_too_early(right, w, dw, m, v, t, lr, *constants):
    return right(w, dw, m, v, t - 1, lr, *constants)


@known(
    "moments-corrected-before-they-are-kept",
    "adam_step",
    _CORRECTED,
    "The corrected moments are kept for the next step in the place of the moments themselves",
    "The next step then corrects what is corrected already.",
    "What is m after two steps, by the formula and in your code?",
    "Which name does the corrected moment get?",
)
def moments_corrected_before_they_are_kept(right, w, dw, m, v, t, lr, beta1, beta2, eps):
    w, m, v = right(w, dw, m, v, t, lr, beta1, beta2, eps)
    return w, m / (1 - beta1**t), v / (1 - beta2**t)


@known(
    "epsilon-inside-the-root",
    "direction",
    _STEP,
    "ε is added under the root, not to it",
    "For a gradient that is tiny the two differ a lot.",
    "What is your divisor for $\\hat{v} = 0$?",
    "Is ε inside the brackets of the root?",
)
def epsilon_inside_the_root(m, v, eps):
    return m / np.sqrt(v + eps)


@known(
    "epsilon-missing",
    "direction",
    _STEP,
    "Nothing keeps the division from being by 0: ε is missing",
    "",
    "What is the step for a gradient that was always 0?",
    "What is added to the root?",
)
def epsilon_missing(m, v, eps):
    return m / np.sqrt(v)


_NUMBER = (
    "The number of steps is kept from one to the next, which has to find it one higher: the corrections fade with it."
)


@adam.mistake(
    "adam.step-number-not-kept",
    step="kept_step",
    title="The number of the step is not increased in what is kept",
    explain=f"{_NUMBER} Yours corrects every step alike.",
    hints=("Which number is kept after two steps?", "Is t + 1 written back?"),
)
def step_number_not_kept(t):
    return t - 1


@adam.mistake(
    "adam.step-number-increased-twice",
    step="kept_step",
    title="The number of the step is increased twice in a step",
    explain=f"{_NUMBER} Yours is two higher.",
    hints=("Which number is kept after a step?", "How many lines add 1 to t?"),
)
def step_number_increased_twice(t):
    return t + 1


adam.teach(
    {
        "adam.first-moment-not-weighted": lessons.FULL_WEIGHT,
        "adam.second-moment-not-weighted": lessons.FULL_WEIGHT,
        "adam.first-moment-weights-exchanged": lessons.WEIGHTS_EXCHANGED,
        "adam.second-moment-weights-exchanged": lessons.WEIGHTS_EXCHANGED,
        "adam.first-moment-not-corrected": lessons.NOT_CORRECTED,
        "adam.second-moment-not-corrected": lessons.NOT_CORRECTED,
        "adam.first-moment-forgotten": lessons.LAST_GRADIENT_ALONE,
        "adam.second-moment-not-squared": lessons.NOT_SQUARED,
        "adam.second-moment-kept-whole": lessons.NOTHING_FADES,
        "adam.corrected-without-the-power": lessons.CORRECTION_NEVER_FADES,
        "adam.second-corrected-without-the-power": lessons.CORRECTION_NEVER_FADES,
        "adam.root-missing": lessons.NO_ROOT,
        "adam.epsilon-inside-the-root": lessons.EPSILON_UNDER_THE_ROOT,
        "adam.epsilon-missing": lessons.NO_EPSILON,
        "adam.moments-not-returned": lessons.NOTHING_KEPT,
        "adam.moments-corrected-before-they-are-kept": lessons.CORRECTED_AGAIN,
        "adam.step-number-not-kept": lessons.STEPS_NOT_COUNTED,
    }
)
