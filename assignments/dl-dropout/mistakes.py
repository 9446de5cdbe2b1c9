"""What goes wrong with masks; the probe finds it out whatever is drawn."""

import numpy as np

from grader.assignments import Place, mistake, probe

from_masks = ("Z1", "D1", "A1", "W1", "b1", "Z2", "D2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3")
KEEP = 0.6
_DRAW = "A unit is kept where a number drawn evenly between 0 and 1 is below keep_prob."


@probe("forward_propagation_with_dropout")
def facts_about_dropout(implementation, rng):
    """What follows from the masks, and how many units they keep."""
    shapes = {"W1": (60, 3), "b1": (60, 1), "W2": (50, 60), "b2": (50, 1), "W3": (1, 50), "b3": (1, 1)}
    X, p = rng.normal(size=(3, 70)), {k: rng.normal(size=s) / np.sqrt(s[1]) for k, s in shapes.items()}
    cache = dict(zip(from_masks, implementation.forward_propagation_with_dropout(X, p, KEEP)[1], strict=True))
    facts = {}
    for layer, before in ((1, X), (2, cache["A1"])):
        Z, D, A = (np.asarray(cache[f"{name}{layer}"]) * 1.0 for name in "ZDA")
        raw, kept = np.maximum(p[f"W{layer}"] @ before + p[f"b{layer}"], 0), D > 0
        shares = {
            0.0: "none",
            1 - KEEP: "1 - p",
            KEEP: "p",
            0.7257: "of normal numbers",
            0.2743: "of those above",
            1.0: "all",
        }
        facts[f"share kept in layer {layer}"] = shares[min(shares, key=lambda one: abs(one - D.mean()))]
        facts[f"ones and zeros in layer {layer}"] = np.isin(D, (0, 1)).all()
        facts[f"kept in layer {layer}"] = np.sum(A[kept]) / max(np.sum(raw[kept]), 1e-12)
        facts[f"dropped in layer {layer}"] = np.sum(A[~kept]) / max(np.sum(raw[~kept]), 1e-12)
        facts[f"Z of layer {layer}"] = np.sum(Z) / np.sum(p[f"W{layer}"] @ before + p[f"b{layer}"])
    Z3 = p["W3"] @ cache["A2"] + p["b3"]
    return facts | {"Z3": np.sum(cache["Z3"]) / np.sum(Z3), "A3": np.max(np.abs(cache["A3"] - 1 / (1 + np.exp(-Z3))))}


@mistake(
    "forward.mask-of-normal-numbers",
    step="drawn_mask",
    title="The masks are drawn with `randn` instead of `rand`",
    explain=f"{_DRAW} Normal numbers are below 0.5 in 69 % of all cases, not in 50 %.",
    hints=("What is the share of ones in D1 for keep_prob = 0.5?", "`rand` or `randn`?"),
    place=Place(calls="randn"),
)
def mask_of_normal_numbers(shape, keep):
    return np.random.randn(*shape) < keep


@mistake(
    "forward.mask-of-what-is-dropped",
    step="drawn_mask",
    title="The masks keep what should be dropped: the comparison is the wrong way round",
    explain=f"{_DRAW} `rand(…) > keep_prob` is 1 with probability 1 − keep_prob.",
    hints=("What is the share of ones in D1 for keep_prob = 0.9?", "`<` or `>`?"),
    place=Place(assigns="D1|D2"),
)
def mask_of_what_is_dropped(shape, keep):
    return np.random.rand(*shape) > keep


@mistake(
    "forward.mask-of-normal-numbers-above",
    step="drawn_mask",
    title="The masks are drawn with `randn` instead of `rand`, and compared the wrong way round",
    explain=f"{_DRAW} Normal numbers are above 0.5 in 31 % of all cases, not in 50 %. `>` keeps what is to be dropped.",
    hints=("What is the share of ones in D1 for keep_prob = 0.9?", "`rand` or `randn`, `<` or `>`?"),
    place=Place(calls="randn"),
)
def mask_of_normal_numbers_above(shape, keep):
    return np.random.randn(*shape) > keep


@mistake(
    "forward.mask-never-compared",
    step="drawn_mask",
    title="The numbers that are drawn for a mask are never compared with keep_prob",
    explain=f"{_DRAW} A mask is 1 or 0. Yours multiplies each unit by a number of its own, and drops none.",
    hints=("Which values has your D1?", "What makes ones and zeros of the numbers drawn?"),
    place=Place(assigns="D1|D2"),
)
def mask_never_compared(shape, keep):
    return np.random.rand(*shape)


@mistake(
    "backward.masks-exchanged",
    step="masks_on_the_way_back",
    title="The masks of the two layers are exchanged on the way back",
    explain="What D2 dropped is dropped on the way back behind layer 2, and D1 behind layer 1.",
    hints=("Which shape has dA2, and which D1?", "Look at which mask stands beside which dA."),
)
def masks_exchanged(D1, D2):
    return D2, D1


@mistake(
    "backward.mask-of-the-first-layer-missing",
    step="masks_on_the_way_back",
    title="D1 is not used on the way back (D2 is)",
    explain="$dA_1$ is multiplied by D1 and divided by keep_prob, as $A_1$ was.",
    hints=("In what do your lines for dA2 and dA1 differ?", "Where is D1 used?"),
)
def mask_of_the_first_layer_missing(D1, D2):
    return np.ones(D1.shape), D2


@mistake(
    "backward.mask-of-the-second-layer-missing",
    step="masks_on_the_way_back",
    title="D2 is not used on the way back (D1 is)",
    explain="$dA_2$ is multiplied by D2 and divided by keep_prob, as $A_2$ was.",
    hints=("In what do your lines for dA2 and dA1 differ?", "Where is D2 used?"),
)
def mask_of_the_second_layer_missing(D1, D2):
    return D1, np.ones(D2.shape)
