"""Bounds on what a submission may be, checked before anything of it is parsed.

They are far above real homework and low enough that a hostile file costs the grader some seconds and at worst half a
gigabyte.
"""

# Notebooks carry their pictures inline; source text doesn't.
MAX_NOTEBOOK_BYTES = 20_000_000
MAX_CODE_BYTES = 1_000_000

# A JSON value costs up to 230 bytes once parsed, in the file as few as three.
MAX_JSON_VALUES = 1_000_000
MAX_CELLS = 10_000

# `ast.parse` needs up to 900 bytes per character ("x\n" repeated), and before Python 3.12 its time is quadratic in the
# length of an f-string. Longer texts still run in the cell; the grader itself doesn't look into them.
MAX_PARSED_CHARACTERS = 100_000

# Of Python 2, to be converted: fissix takes quadratic time for the statements on one line, and 3 s for 100 kB at worst.
MAX_CONVERTED_LINE = 2_000
MAX_CONVERTED_CHARACTERS = 300_000  # of one submission

MAX_ARCHIVE_BYTES = 50_000_000
MAX_FILES = 5_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_KEPT_BYTES = 40_000_000
MAX_PATH_CHARACTERS = 500
# Data beside the work, where they are asked for: what is larger is left out, as all of them are elsewhere.
MAX_DATA_FILE_BYTES = 20_000_000
MAX_DATA_BYTES = 40_000_000
# Deflate reaches 1032 at most; text and notebooks stay below 30.
MAX_COMPRESSION_RATIO = 100

MAX_REMARKS = 50


def megabytes(count: int) -> str:
    """`count` bytes for people: "31.5 MB", "312 kB"."""
    return f"{count / 1e6:.4g} MB" if count >= 1_000_000 else f"{max(count, 1) / 1e3:.3g} kB"
