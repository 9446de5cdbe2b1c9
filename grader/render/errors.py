"""What can go wrong when a report is shown.

RenderError
├── UnknownFormatError          no such format
└── UnsuitableSubmissionError   the format needs a notebook and the submission is none
"""


class RenderError(Exception):
    """A report could not be shown in the way that was asked for."""


class UnknownFormatError(RenderError):
    """There is no format of this name."""


class UnsuitableSubmissionError(RenderError):
    """The format shows the student's own notebook, and this submission has none."""
