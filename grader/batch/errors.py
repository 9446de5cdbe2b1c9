"""What can go wrong with a batch as a whole; the fault of one submission is a row of the gradebook instead.

Exception
└── BatchError         the message is written for the instructor
    ├── LayoutError    the folder or ZIP of submissions cannot be read, or not as the layout that was asked for
    ├── PolicyError    the policy, or the file of adjustments, says something that cannot be applied
    ├── RosterError    the roster is none
    ├── WorksheetError the platform's sheet of grades is not one
    ├── OutputError    the output folder holds a batch already, or another batch writes there
    └── WorkersLost    the processes that grade do not start
"""


class BatchError(Exception):
    """The batch cannot go on: one line saying what was expected, what was found, what to do."""


class LayoutError(BatchError):
    """The submissions cannot be found."""


class PolicyError(BatchError):
    """The policy cannot be applied."""


class RosterError(BatchError):
    """Nobody can be read from the roster."""


class WorksheetError(BatchError):
    """The platform's sheet of grades cannot be filled in."""


class OutputError(BatchError):
    """The output folder cannot be used."""


class WorkersLost(BatchError):
    """The processes that grade do not start."""
