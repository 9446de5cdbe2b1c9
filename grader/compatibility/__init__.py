"""Submissions of another day: what today's Python and numpy reject about them, and how they are run all the same.

A file is first graded as it is. What fails because Python or numpy have changed since, and for no other reason, is run
again as the stack of its day would have (`stack`); `reasons` tells such failures from others, and `wording` tells the
student what to write today.
"""

from grader.compatibility.reasons import integers_rounded_down, list_indices, outdated
from grader.compatibility.stack import OLD, PYTHON_2, TODAY, Stack
from grader.compatibility.wording import Outdated, remarks_on

__all__ = [
    "OLD",
    "PYTHON_2",
    "TODAY",
    "Outdated",
    "Stack",
    "integers_rounded_down",
    "list_indices",
    "outdated",
    "remarks_on",
]
