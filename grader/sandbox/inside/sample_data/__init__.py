"""Data for submissions that load some which are not here: samples in the shapes in which people's loaders give them.

Sent into a cell by `Cell.adapt`, like `old_stack`; imports numpy, the standard library and one another.
"""

#: In the order in which a cell needs them; the last one installs the samples.
MODULES = (
    "samples",
    "tables",
    "columns",
    "series",
    "frames",
    "learning",
    "optimizing",
    "widgets",
    "animations",
    "answers",
    "arguments",
    "photographs",
    "brought",
    "parts",
    "file_objects",
    "files",
    "downloads",
    "readers",
    "csv_files",
    "scikit_learn",
    "loading",
    "loaders",
)
