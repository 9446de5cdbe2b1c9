"""The words of one fault, and sentences that several of them have."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The sentences of one mistake."""

    title: str
    explanation: str
    effect: str = ""


BELOW = "Every layer below gets this δ, so their gradients are wrong as well."
IN_DW_ALONE = "What the layers below get is made of the right δ{l}: only dW{l} is made of another one."
AT_THE_BOTTOM = "dW{l} and db{l} are computed with it, so they are wrong as well."
AT_THE_BOTTOM_ALONE = "dW{l} is computed with it, so it is wrong as well."
MEASURED = (
    "({name} was moved a little in a second run of your forward pass, and the cost measured: what your step takes for "
    "its change is {ratio}.)"
)
MEASURED_BY_COST = (
    "{name} was moved a little in a second run of your forward pass, in three directions, and the cost measured: no "
    "array of its step is a multiple of what the cost changes by."
)
IN_PLACE = (
    "What is divided by 1 − βᵗ is put back in the place of the average itself, so that the next step goes on from the "
    "corrected one and corrects it once more. The average must be kept as it is, and the corrected one have a name of "
    "its own."
)
