"""A step of gradient descent with momentum."""

from grader.assignments import Operation
from grader.assignments.allowed import one_of
from grader.checks import expect
from operations.conventions import DECAY
from operations.gradient_descent import RATE_UNUSED
from operations.lessons import steps as lessons
from operations.lessons.training import RATE_TWICE
from reference import momentum as formula

_RULES = {
    "step": "$v \\leftarrow \\rho v - \\eta g$ and $w \\leftarrow w + v$.",
    "sum": "$v \\leftarrow \\rho v + g$ and $w \\leftarrow w - \\eta v$.",
    "average": "$v \\leftarrow \\rho v + (1 - \\rho) g$ and $w \\leftarrow w - \\eta v$.",
}


def _words(*, velocity):
    return {"rule": _RULES[velocity]}


momentum = Operation(formula, words=_words, values={"rho": DECAY, "velocity": one_of("step", "sum", "average")})


@momentum.check("momentum", share=3, title="Parameter and velocity after a step")
def momentum_step_from_a_velocity(student, solution, rng):
    w, dw, v = rng.normal(size=(3, 4, 3))
    found, expected = student.momentum(w, dw, v, 0.03), solution.momentum(w, dw, v, 0.03)
    for position, name in ((0, "w"), (1, "the velocity")):
        expect(found[position], name).close_to(expected[position])


@momentum.check("momentum", share=1, title="Three steps from a velocity of 0")
def momentum_from_the_start(student, solution, rng):
    gradients = rng.normal(size=(3, 5))
    states = [(gradients[0] + 1, 0 * gradients[0])] * 2
    for dw in gradients:
        states = [
            implementation.momentum(state[0], dw, state[1], 0.1)
            for implementation, state in zip((student, solution), states, strict=True)
        ]
    expect(states[0][0], "w after three steps").close_to(states[1][0])


_UPHILL = "A sign is wrong: the step with the velocity goes uphill"
# Where only w is seen, nothing tells in which of the two lines.
_BOTH_SIGNS = "Compare two signs with that: how the gradient enters the velocity, and how this enters w."
_WHICH = "Write the formula beside your line: which factor differs?"


def known(what, step, title, explain, *hints, only=None):
    return momentum.mistake(
        f"momentum.{what}", step=step, title=title, explain=f"<rule> {explain}".strip(), hints=hints, only=only
    )


@known(
    "velocity-forgotten",
    "next_velocity",
    "The old velocity has no part in the step",
    "Yours is a plain step of gradient descent.",
    "Does the step change with the velocity that comes in?",
    _WHICH,
)
def velocity_forgotten(right, v, dw, lr, rho):
    return right(0 * v, dw, lr, rho)


@known(
    "velocity-kept-whole",
    "next_velocity",
    "All of the old velocity is kept: ρ is not used",
    "Nothing then slows it down.",
    "Does the step change with ρ?",
    _WHICH,
)
def velocity_kept_whole(right, v, dw, lr, rho):
    return v + right(0 * v, dw, lr, rho)


@known(
    "velocity-kept-by-the-rest",
    "next_velocity",
    "1 − ρ of the old velocity is kept instead of ρ",
    "",
    "How much of the velocity is left after a step for ρ = 0.9?",
    _WHICH,
    only={"velocity": ("step", "sum")},
)
def velocity_kept_by_the_rest(right, v, dw, lr, rho):
    return right(v, dw, lr, 1 - rho)


@known(
    "weights-exchanged",
    "next_velocity",
    "The weights ρ and 1 − ρ are exchanged",
    "",
    "How fast does the velocity forget?",
    _WHICH,
    only={"velocity": "average"},
)
def weights_exchanged(right, v, dw, lr, rho):
    return right(v, dw, lr, 1 - rho)


@known(
    "gradient-with-its-full-weight",
    "next_velocity",
    "The gradient enters the velocity with its full weight",
    "Yours lacks the factor $1 - \\rho$.",
    "How large does the velocity become for a constant gradient?",
    _WHICH,
    only={"velocity": "average"},
)
def gradient_with_its_full_weight(v, dw, lr, rho):
    return rho * v + dw


@known(
    "gradient-weighted-by-the-rest",
    "next_velocity",
    "The gradient has the weight 1 − ρ, as in a running mean",
    "Here the velocity is no mean: the gradient enters it whole.",
    "How large does the velocity become for a constant gradient?",
    _WHICH,
    only={"velocity": ("step", "sum")},
)
def gradient_weighted_by_the_rest(right, v, dw, lr, rho):
    return right(v, (1 - rho) * dw, lr, rho)


@known(
    "gradient-added",
    "next_velocity",
    _UPHILL,
    _BOTH_SIGNS,
    "In which direction does the cost grow?",
    "Look at the sign of the gradient.",
    only={"velocity": "step"},
)
def gradient_added(right, v, dw, lr, rho):
    return right(v, -dw, lr, rho)


@known(
    "gradient-subtracted",
    "next_velocity",
    _UPHILL,
    _BOTH_SIGNS,
    "In which direction does the cost grow?",
    "Look at the sign of the gradient.",
    only={"velocity": ("sum", "average")},
)
def gradient_subtracted(right, v, dw, lr, rho):
    return right(v, -dw, lr, rho)


@momentum.mistake("momentum.learning-rate-unused", step="momentum_step", explain="<rule>", **RATE_UNUSED)
def learning_rate_unused(right, w, dw, v, lr, rho):
    return right(w, dw, v, 1.0, rho)


@known(
    "velocity-is-an-average",
    "momentum_step",
    "The velocity is a running mean of gradients, and the step is that times the learning rate",
    "That is another form of momentum, in which a velocity is 1 − ρ times as long.",
    "How long is the step for a velocity of 0?",
    _WHICH,
    only={"velocity": "step"},
)
def velocity_is_an_average(w, dw, v, lr, rho):
    v = rho * v + (1 - rho) * dw
    return w - lr * v, v


@known(
    "learning-rate-applied-again",
    "moved_by_velocity",
    "The velocity is multiplied by the learning rate again",
    "The velocity is the step already.",
    "How does the step change when the learning rate doubles?",
    _WHICH,
    only={"velocity": "step"},
)
def learning_rate_applied_again(w, v, lr):
    return w + lr * v


@known(
    "learning-rate-on-the-whole-velocity",
    "momentum_step",
    "The learning rate is applied to the whole velocity, not to the gradient alone",
    "Yours is the other form, $v \\leftarrow \\rho v + g$ and $w \\leftarrow w - \\eta v$.",
    "By what is the old velocity multiplied on its way into w?",
    _WHICH,
    only={"velocity": "step"},
)
def learning_rate_on_the_whole_velocity(w, dw, v, lr, rho):
    v = rho * v + dw
    return w - lr * v, v


@known(
    "velocity-subtracted",
    "moved_by_velocity",
    "The velocity is subtracted from w",
    "It has the direction of the step already.",
    "In which direction does the cost grow?",
    "Look at the line that changes w.",
    only={"velocity": "step"},
)
def velocity_subtracted(w, v, lr):
    return w - v


@known(
    "velocity-added",
    "moved_by_velocity",
    "The velocity is added to w: the step goes uphill",
    "It has the direction of the gradient.",
    "In which direction does the cost grow?",
    "Look at the line that changes w.",
    only={"velocity": ("sum", "average")},
)
def velocity_added(w, v, lr):
    return w + lr * v


@known(
    "old-velocity-used",
    "momentum_step",
    "w moves by the old velocity, before the gradient has entered it",
    "",
    "Does w change in the first step?",
    "Which velocity is in the line that changes w?",
)
def old_velocity_used(right, w, dw, v, lr, rho):
    zero = 0 * v
    return right(w, zero, v, lr, 1.0)[0], right(zero, dw, v, lr, rho)[1]


@known(
    "velocity-not-returned",
    "momentum_step",
    "The velocity that is returned is the old one",
    "It has to be kept for the next step.",
    "Is the velocity another one after a step?",
    "Look at what is returned, or kept.",
)
def velocity_not_returned(right, w, dw, v, lr, rho):
    return right(w, dw, v, lr, rho)[0], v


@known(
    "gradient-missing",
    "momentum_step",
    "The gradient changes nothing in the step",
    "Either it is not in the velocity, or what is computed with it does not get into w.",
    "Does w change when the velocity is 0?",
    _WHICH,
)
def gradient_missing(right, w, dw, v, lr, rho):
    return right(w, 0 * dw, v, lr, rho)


momentum.teach(
    {
        "momentum.velocity-forgotten": lessons.VELOCITY_FORGOTTEN,
        "momentum.velocity-kept-whole": lessons.VELOCITY_KEPT_WHOLE,
        "momentum.gradient-added": lessons.UPHILL,
        "momentum.gradient-subtracted": lessons.UPHILL,
        "momentum.velocity-added": lessons.UPHILL,
        "momentum.velocity-subtracted": lessons.UPHILL,
        "momentum.weights-exchanged": lessons.WEIGHTS_EXCHANGED,
        "momentum.velocity-kept-by-the-rest": lessons.KEPT_BY_THE_REST,
        "momentum.gradient-with-its-full-weight": lessons.FULL_WEIGHT,
        "momentum.gradient-weighted-by-the-rest": lessons.WEIGHTED_AS_A_MEAN,
        "momentum.old-velocity-used": lessons.OLD_VELOCITY,
        "momentum.velocity-not-returned": lessons.NOTHING_KEPT,
        "momentum.learning-rate-applied-again": RATE_TWICE,
    }
)
