"""What only this class can do wrong: the mode of normalisation and dropout."""

from grader.assignments import mistake

_MODE = "Without labels the network is used, with labels it is trained; normalisation and dropout have to know."
_HINTS = ("Do the scores of one sample change with the others that come with it?", "Who sets `mode`, and when?")


@mistake(
    "loss.always-trains",
    step="mode_of",
    title="Normalisation or dropout is in training mode when there are no labels",
    explain=f"{_MODE} Yours is in training mode always.",
    hints=_HINTS,
)
def always_trains(y):
    return "train"


@mistake(
    "loss.never-trains",
    step="mode_of",
    title="Normalisation or dropout is in test mode when there are labels",
    explain=f"{_MODE} Yours is in test mode always.",
    hints=_HINTS,
)
def never_trains(y):
    return "test"
