"""An L2 penalty with its gradient, in the two forms that courses have: reg ΣW² with 2 reg W, and half of both.

What is left out, what has another factor, what should not be in it: each in both forms where a task
accepts either, and in its own where one is demanded.
"""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import beginning, one_of
from operations.conventions import PENALTY
from operations.texts import BIASES_PENALISED
from reference import penalty_terms as formula


def words(*, layers, penalty):
    one = layers == "one"
    total, w, gradients = ("\\sum W^2", "W", "gradient") if one else ("(\\sum W_1^2 + \\sum W_2^2)", "W_l", "gradients")
    if penalty == "either":
        half = f"$\\frac{{1}}{{2}} reg {total}$" if one else "with ½ in front it"
        rule = (
            f"The penalty $reg \\, {total}$ has the {gradients} $2 \\, reg \\, {w}$; {half} has $reg \\, {w}$. "
            "Either is accepted, each with its own gradient"
        )
        biases = "; biases are in neither"
    else:
        half, factor = ("\\frac{1}{2} ", "") if penalty == "half" else ("", "2 \\, ")
        rule = f"The penalty ${half}reg \\, {total}$ has the {gradients} ${factor}reg \\, {w}$"
        biases = "; biases are not in it"
    return {"rule": rule + ("" if one else biases) + ".", "gradients": "gradient" if layers == "one" else "gradients"}


penalty_terms = Operation(
    formula,
    words=words,
    conventions={"layers": "two"},
    values={"weight": beginning("W"), "layers": one_of("two", "one"), "penalty": PENALTY},
)
TWO_LAYERS = {"layers": "two"}

WHOLE_OR_HALF = (("", 1, 2), ("half-", 0.5, 1))
_ACCEPTED = {"": ("either", "whole"), "half-": ("either", "half")}  # under which demands a form is the right one


def known(name, title, explain, hints, terms, factors=WHOLE_OR_HALF, place=None, only=None, accepted=()):
    """A wrong penalty: `terms(params, reg, n, a, b)` gives what is added to the loss, and to the gradients by key.

    `factors` maps the beginning of a code to (a, b), which are (1, 2) for reg·ΣW² and (½, 1) for ½·reg·ΣW².
    `accepted` are the demands (`penalty`) under which it is a mistake, where the code's beginning does not tell.
    """
    for prefix, a, b in factors:
        declare = penalty_terms.mistake(
            f"loss.{prefix}{name}",
            step="penalty_terms",
            title=title,
            explain=explain,
            hints=hints,
            place=place,
            only={"penalty": accepted or _ACCEPTED.get(prefix, ("either", "whole"))} | (only or {}),
        )
        declare(_with_factors(terms, a, b))


def _with_factors(terms, a, b):
    def replacement(params, reg, n):
        factor, parts = terms(params, reg, n, a, b)
        return factor, {key: np.zeros_like(value) for key, value in params.items()} | parts

    return replacement


def weights(params):
    return [key for key in params if key.startswith("W")]


def squares(params, *keys):
    return sum(float(np.sum(params[key] ** 2)) for key in keys or weights(params))


def scaled(params, factor, *keys):
    return {key: factor * params[key] for key in keys or weights(params)}


@penalty_terms.convention("loss.half-penalty", step="penalty_terms", only={"penalty": "either"})
def half_penalty(params, reg, n):
    return reg / 2 * squares(params), scaled(params, reg)


_BELONG = ("Derive the penalty of your loss: which factor comes down?", "Compare the factors of the two lines.")
_FACTOR = ("What is your penalty for a single weight of 1?", "Compare the factor in front of the sum.")
_WITH_REG = ("What should the penalty be for reg = 0?", "Where does `reg` appear in your lines?")
_WHICH_TERM = ("What changes in your loss, and what in your <gradients>, when `reg` doubles?", "Look for each `reg`.")
_BY_N = ("What should the penalty be when every sample is in the batch twice?", "What stands before the division by n?")
_WHICH_LAYER = (
    "Does the penalty change when W2 does? And when W1 does?",
    "Look for each `reg`: which weights are beside it?",
)
_BIASES = ("Does anything of the penalty change when b1 does?", "Over which parameters does it run?")

# The statements in which a penalty shows. In the gradient there may be one for each layer, all alike.
_IN_THE_LOSS = Place(looks=r"^(?!d[A-Zw]|grad).*\breg\w*\b")
_IN_THE_GRADIENT = Place(looks=r"^(d[A-Zw]|grad|return).*\breg\w*\b", first=True)
_LEFT_OUT = {  # the line of a layer's gradient that has no penalty in it
    layer: Place(looks=rf"^(?!.*\breg|.*zeros)(d|grad\w*\[.d?)W_?{layer}\b", first=True) for layer in (1, 2)
}
_IN_A_BIAS = Place(looks=r"^(db|grad\w*\[.b|return).*\breg\w*\b", first=True)

known(
    "penalty-missing",
    "The penalty is missing from the loss and from the <gradients>",
    "<rule> Yours does not depend on `reg`.",
    _WHICH_TERM,
    lambda params, reg, n, a, b: (0.0, {}),
    (("", 0, 0),),
    accepted=("either", "whole", "half"),
)

known(
    "penalty-missing-in-the-gradient",
    "The penalty is in the loss, but not in the <gradients>",
    "<rule> Without it the weights never feel the penalty.",
    _WHICH_TERM,
    lambda params, reg, n, a, b: (a * reg * squares(params), {}),
)

known(
    "penalty-without-reg",
    "The penalty is not multiplied by reg, in the loss and in the <gradients>",
    "<rule> With reg = 0 nothing of it must be left.",
    _WITH_REG,
    lambda params, reg, n, a, b: (a * squares(params), scaled(params, b)),
    place=_IN_THE_LOSS,
)

known(
    "penalty-loss-without-reg",
    "The penalty in the loss is not multiplied by reg",
    "<rule> With reg = 0 nothing of it must be left. The <gradients> have it with reg.",
    _WITH_REG,
    lambda params, reg, n, a, b: (a * squares(params), scaled(params, b * reg)),
    place=_IN_THE_LOSS,
)

known(
    "penalty-gradient-without-reg",
    "The penalty's gradient is not multiplied by reg",
    "<rule> With reg = 0 nothing of it must be left. The loss has it with reg.",
    _WITH_REG,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b)),
    place=_IN_THE_GRADIENT,
)

known(
    "penalty-missing-in-the-loss",
    "The penalty is in the <gradients>, but not in the loss",
    "<rule> The loss that you return is not the one that you descend on.",
    _WHICH_TERM,
    lambda params, reg, n, a, b: (0.0, scaled(params, b * reg)),
)

known(
    "penalty-gradient-without-factor-2",
    "The loss has reg·ΣW², the <gradients> reg·W: the factor 2 of the derivative is missing",
    "<rule> Your loss has the first, your <gradients> the second.",
    _BELONG,
    lambda params, reg, n, a, b: (reg * squares(params), scaled(params, reg)),
    (("", 1, 1),),
    place=_IN_THE_GRADIENT,
)

known(
    "penalty-gradient-doubled",
    "The loss has ½·reg·ΣW², the <gradients> 2·reg·W: the ½ is missing there",
    "<rule> Your loss has the second, your <gradients> the first.",
    _BELONG,
    lambda params, reg, n, a, b: (reg / 2 * squares(params), scaled(params, 2 * reg)),
    (("", 0.5, 2),),
    place=_IN_THE_GRADIENT,
    accepted=("either", "half"),
)

known(
    "penalty-halved",
    "The penalty has a factor ½ that the task's has not",
    "<rule> Yours is half as much, in the loss and in the <gradients>.",
    _FACTOR,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg)),
    (("", 0.5, 1),),
    place=_IN_THE_LOSS,
    accepted=("whole",),
)

known(
    "penalty-whole",
    "The factor ½ of the penalty is missing",
    "<rule> Without the ½ it is twice as much, in the loss and in the <gradients>.",
    _FACTOR,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg)),
    (("", 1, 2),),
    place=_IN_THE_LOSS,
    accepted=("half",),
)

known(
    "penalty-halved-in-the-loss",
    "The penalty in the loss has a factor ½ that the task's has not",
    "<rule> The <gradients> are right.",
    _FACTOR,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg)),
    (("", 0.5, 2),),
    place=_IN_THE_LOSS,
    accepted=("whole",),
)

known(
    "penalty-whole-in-the-loss",
    "The factor ½ of the penalty in the loss is missing",
    "<rule> The <gradients> are right.",
    _FACTOR,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg)),
    (("", 1, 1),),
    place=_IN_THE_LOSS,
    accepted=("half",),
)

known(
    "penalty-gradient-sign",
    "The penalty's gradient has the wrong sign",
    "<rule> With a minus sign the weights grow without bound.",
    ("Should the penalty make the weights smaller or larger?", "`+=` or `-=`?"),
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, -b * reg)),
    place=_IN_THE_GRADIENT,
)

known(
    "penalty-gradient-is-one-number",
    "The sum of all weights of a layer is added to every entry of its gradient",
    "<rule> Each weight has its own derivative; nothing is summed in the gradient.",
    ("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the gradient's line."),
    lambda params, reg, n, a, b: (
        a * reg * squares(params),
        {key: b * reg * np.sum(params[key]) for key in weights(params)},
    ),
    (("", 1, 2), ("half-", 0.5, 1), ("unmatched-", 1, 1)),
    place=_IN_THE_GRADIENT,
)

known(
    "penalty-divided-by-n",
    "The penalty is divided by the number of samples, in the loss and in the <gradients>",
    "<rule> It is about the weights, which do not come with the samples: only the data's part is a mean.",
    _BY_N,
    lambda params, reg, n, a, b: (a * reg * squares(params) / n, scaled(params, b * reg / n)),
    place=_IN_THE_LOSS,
)

known(
    "penalty-gradient-divided-by-n",
    "The penalty's gradient is divided by the number of samples",
    "<rule> In the loss it stands by itself; in the <gradients> it was added before the division by n.",
    _BY_N,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg / n)),
    place=_IN_THE_GRADIENT,
)

known(
    "penalty-loss-divided-by-n",
    "The penalty is divided by the number of samples in the loss",
    "<rule> In the <gradients> it stands by itself; in the loss it was added before the division by n.",
    _BY_N,
    lambda params, reg, n, a, b: (a * reg * squares(params) / n, scaled(params, b * reg)),
    place=_IN_THE_LOSS,
)

known(
    "penalty-of-first-layer-alone",
    "The output layer's weights are left out of the penalty",
    "<rule> Yours has W1 alone.",
    _WHICH_LAYER,
    lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg, "W1")),
    place=_IN_THE_LOSS,
    only=TWO_LAYERS,
)

known(
    "penalty-of-second-layer-alone",
    "The hidden layer's weights are left out of the penalty",
    "<rule> Yours has W2 alone.",
    _WHICH_LAYER,
    lambda params, reg, n, a, b: (a * reg * squares(params, "W2"), scaled(params, b * reg, "W2")),
    place=_IN_THE_LOSS,
    only=TWO_LAYERS,
)

known(
    "penalty-of-first-layer-alone-in-the-loss",
    "The output layer's weights are left out of the penalty in the loss; the <gradients> have both",
    "<rule> Your loss has W1 alone.",
    _WHICH_LAYER,
    lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg)),
    place=_IN_THE_LOSS,
    only=TWO_LAYERS,
)

known(
    "penalty-of-second-layer-alone-in-the-loss",
    "The hidden layer's weights are left out of the penalty in the loss; the <gradients> have both",
    "<rule> Your loss has W2 alone.",
    _WHICH_LAYER,
    lambda params, reg, n, a, b: (a * reg * squares(params, "W2"), scaled(params, b * reg)),
    place=_IN_THE_LOSS,
    only=TWO_LAYERS,
)

known(
    "penalty-without-reg-on-the-second-layer",
    "`reg` multiplies the first layer's weights alone: parentheses are missing",
    "<rule> In `reg * np.sum(W1 * W1) + np.sum(W2 * W2)` the second sum is not multiplied.",
    ("Does your loss have a penalty when `reg` is 0?", "What does `reg` multiply?"),
    lambda params, reg, n, a, b: (
        a * reg * squares(params, "W1") + squares(params, "W2"),
        scaled(params, b * reg),
    ),
    place=_IN_THE_LOSS,
    only=TWO_LAYERS,
)

known(
    "penalty-of-the-norm",
    "The penalty in the loss has the norms of the weights, not their squares",
    "<rule> `np.linalg.norm` takes the square root of the sum.",
    ("By how much should the penalty grow when all weights double?", "Is there a root in it?"),
    lambda params, reg, n, a, b: (
        a * reg * sum(np.linalg.norm(params[key]) for key in weights(params)),
        scaled(params, b * reg),
    ),
    place=_IN_THE_LOSS,
)

known(
    "penalty-not-squared",
    "The weights are added up without being squared",
    "<rule> In a plain sum positive and negative weights cancel.",
    ("Can a penalty be negative?", "What should a weight of −2 add?"),
    lambda params, reg, n, a, b: (
        a * reg * sum(np.sum(params[key]) for key in weights(params)),
        scaled(params, b * reg),
    ),
    place=_IN_THE_LOSS,
)

known(
    "penalty-of-first-layer-alone-in-the-gradient",
    "The output layer's weights are left out of the penalty in the <gradients>; the loss has both",
    "<rule> Only your gradient of W1 changes with `reg`.",
    _WHICH_LAYER,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg, "W1")),
    place=_LEFT_OUT[2],
    only=TWO_LAYERS,
)

known(
    "penalty-of-second-layer-alone-in-the-gradient",
    "The hidden layer's weights are left out of the penalty in the <gradients>; the loss has both",
    "<rule> Only your gradient of W2 changes with `reg`.",
    _WHICH_LAYER,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg, "W2")),
    place=_LEFT_OUT[1],
    only=TWO_LAYERS,
)

known(
    "biases-penalised",
    BIASES_PENALISED,
    "<rule> Yours has all four parameters, in the loss and in the <gradients>.",
    _BIASES,
    lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg, *params)),
    place=_IN_THE_LOSS,
    only=TWO_LAYERS,
)

known(
    "biases-penalised-in-the-loss",
    f"{BIASES_PENALISED}: in the loss, not in the <gradients>",
    "<rule>",
    _BIASES,
    lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg)),
    place=_IN_THE_LOSS,
    only=TWO_LAYERS,
)

known(
    "biases-penalised-in-the-gradient",
    f"{BIASES_PENALISED}: in the <gradients>, not in the loss",
    "<rule>",
    _BIASES,
    lambda params, reg, n, a, b: (a * reg * squares(params), scaled(params, b * reg, *params)),
    place=_IN_A_BIAS,
    only=TWO_LAYERS,
)
