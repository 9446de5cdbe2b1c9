"""A step of Nesterov's momentum."""

from grader.assignments import Operation
from grader.checks import expect
from operations.conventions import DECAY
from operations.gradient_descent import ASCENT
from reference import nesterov as formula

nesterov = Operation(formula, values={"rho": DECAY})

_RULE = (
    "$v \\leftarrow \\rho v - \\eta g$, and with the new velocity $w \\leftarrow w + \\rho v - \\eta g$ "
    "(the same as $w - \\rho v_{old} + (1 + \\rho) v$)."
)


@nesterov.check("nesterov", share=3, title="Parameter and velocity after a step")
def nesterov_step_from_a_velocity(student, solution, rng):
    w, dw, v = rng.normal(size=(3, 4, 3))
    found, expected = student.nesterov(w, dw, v, 0.03), solution.nesterov(w, dw, v, 0.03)
    for position, name in ((0, "w"), (1, "the velocity")):
        expect(found[position], name).close_to(expected[position])


@nesterov.check("nesterov", share=1, title="A step from a velocity of 0")
def nesterov_from_the_start(student, solution, rng):
    w, dw = rng.normal(size=(2, 5))
    expect(student.nesterov(w, dw, 0 * w, 0.1)[0], "w").close_to(solution.nesterov(w, dw, 0 * w, 0.1)[0])


def known(what, step, title, explain, *hints):
    return nesterov.mistake(
        f"nesterov.{what}", step=step, title=title, explain=f"{_RULE} {explain}".strip(), hints=hints
    )


_WHICH = "Write the formula beside your line: which factor differs?"


@known(
    "plain-momentum",
    "looked_ahead",
    "This is a step of plain momentum: nothing is looked ahead",
    "Yours moves w by v.",
    "How far does the first step lead, in units of ηg? It should be 1 + ρ.",
    "What moves w besides the velocity?",
)
def plain_momentum(v, dw, lr, rho):
    return v


@known(
    "gradient-missing-in-the-step",
    "looked_ahead",
    "w moves by ρv alone: the gradient's own part is missing",
    "",
    "How far does the first step lead, in units of ηg? It should be 1 + ρ.",
    _WHICH,
)
def gradient_missing_in_the_step(v, dw, lr, rho):
    return rho * v


@known(
    "velocity-not-decayed-in-the-step",
    "looked_ahead",
    "The velocity enters the step whole, without ρ",
    "",
    "How far does the first step lead, in units of ηg? It should be 1 + ρ.",
    _WHICH,
)
def velocity_not_decayed_in_the_step(v, dw, lr, rho):
    return v - lr * dw


@known(
    "old-velocity-added-back",
    "nesterov_step",
    "The old velocity is added where it is to be subtracted",
    "Yours is $w + \\rho v_{old} + (1 + \\rho) v$.",
    "What is the step for a gradient of 0?",
    "Look at the sign of the old velocity.",
)
def old_velocity_added_back(w, dw, v, lr, rho):
    new = rho * v - lr * dw
    return w + rho * v + (1 + rho) * new, new


@known(
    "velocity-forgotten",
    "accelerated",
    "The old velocity has no part in the new one",
    "",
    "Does the step change with the velocity that comes in?",
    _WHICH,
)
def velocity_forgotten(v, dw, lr, rho):
    return -lr * dw


@known(
    "velocity-kept-whole",
    "accelerated",
    "All of the old velocity is kept, without ρ",
    "Nothing then slows it down.",
    "How much of the velocity is left after a step for ρ = 0.9?",
    _WHICH,
)
def velocity_kept_whole(v, dw, lr, rho):
    return v - lr * dw


@nesterov.mistake("nesterov.ascent", step="nesterov_step", explain=_RULE, **ASCENT)
def ascent(right, w, dw, v, lr, rho):
    return right(w, -dw, v, lr, rho)


@known(
    "velocity-not-returned",
    "nesterov_step",
    "The velocity that is returned is the old one",
    "It has to be kept for the next step.",
    "Is the velocity another one after a step?",
    "Look at what is returned, or kept.",
)
def velocity_not_returned(right, w, dw, v, lr, rho):
    return right(w, dw, v, lr, rho)[0], v
