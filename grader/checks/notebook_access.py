"""What tests of a notebook need of the cell besides calls: its variables, and one state of the global generator."""

from collections.abc import Sequence

from grader.assignments import ContractFunction
from grader.checks.adapter import Adapter

READ_VARIABLE, SET_STATE, GET_STATE = "__grader_variable__", "__grader_set_state__", "__grader_get_state__"
NOT_WRITTEN = "`{name}` is not written yet"
_SOURCE = f"""\
def {READ_VARIABLE}(name):
    return globals()[name]


def {SET_STATE}(state):
    import numpy
    numpy.random.set_state(("MT19937", *state))


def {GET_STATE}():
    import numpy
    return numpy.random.get_state()[1:]
"""


def notebook_access(contract: Sequence[ContractFunction], *, is_notebook: bool) -> tuple[Adapter, ...]:
    """What is run after a submission so that tests of a notebook can do so; nothing for other assignments."""
    wanted = is_notebook or any(function.kind == "variable" for function in contract)
    return (Adapter("<notebook>", _SOURCE),) if wanted else ()
