"""The `grade` command. Results go to stdout, progress and errors to stderr.

Exit status of `grade run`: 0 full marks, 1 points lost, 2 usage or unreadable submission, 3 a fault of the grader or of
the assignment.
Every command imports what it needs when it runs, so that starting costs little.
"""

from grader.garbage import collect_seldom


def main() -> None:
    """Entry point; see `grader.cli.app.main`."""
    collect_seldom()  # before the imports make objects by the ten thousand
    from grader.cli.app import main as run_command

    run_command()
