"""Runs a submission with every array operation recorded: where it stands, what went in, what came out.

Sent into a cell by `Cell.adapt` before the submission is run there, like `old_stack`; imports numpy, the standard
library and one another.
"""

#: In the order in which a cell needs them; the last one installs the recording.
MODULES = (
    "instrument", "values", "dialects", "products", "versions", "running_sums", "log", "flat_vectors", "moved", "parts",
    "text_as_run", "recorder", "installing",
)  # fmt: skip
