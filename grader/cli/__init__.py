"""The `grade` command. Results go to stdout, progress and errors to stderr.

Exit status of `grade run`: 0 full marks, 1 points lost, 2 usage or unreadable submission, 3 a fault of the grader or of
the assignment.
Every command imports what it needs when it runs, so that starting costs little.
"""

import os
import sys

from grader.cli import ahead
from grader.garbage import collect_seldom


def main() -> None:
    """Entry point; see `grader.cli.app.main`."""
    collect_seldom()  # before the imports make objects by the ten thousand
    # Read when numpy is imported. Small matrices gain nothing from threads, and lose much on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Whether one of the installed packages is a plugin of pydantic is found out by reading what all of them declare.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        ahead.begin(sys.argv[1:])
        from grader.cli.app import main as run_command
    except KeyboardInterrupt:
        sys.exit(130)  # 128 + the number of SIGINT, as shells have it

    run_command()
