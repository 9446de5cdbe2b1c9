"""The mistake that Python 2 invites: a quotient of two integers without its fraction."""

from collections.abc import Sequence

from grader.report import Diagnosis, Location


def integers_rounded_down(function: str, places: Sequence[Location]) -> Diagnosis:
    """The diagnosis of a function that is right once `/` keeps the fraction; `places` are where it got lost."""
    return Diagnosis(
        code=f"{function}.integers-rounded-down",
        title="A quotient of two integers is rounded down",
        explanation=(
            "In Python 2, `/` of two integers gives an integer: 1 / 50 is 0, 7 / 2 is 3. With the fraction kept, "
            f"`{function}` is right. Make one of the two a float (`1.0 / n`, `x / float(n)`), or begin the file with "
            "`from __future__ import division`. In Python 3, `/` keeps the fraction, and `//` rounds down."
        ),
        hints=(
            f"What is 1 / 2 in Python 2? Which quotients of `{function}` are of that kind?",
            "Print the quotients that do not involve an array of floats, and their types.",
        ),
        evidence={"lines": [str(place) for place in places]},
        location=places[0] if places else None,
    )
