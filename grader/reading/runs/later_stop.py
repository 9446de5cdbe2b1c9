"""A stop behind the steps that a run was ended after: the file is run on as it would run by itself.

Where that takes long, it is first run with each loop that trains left after a few steps. A stop that is found so may
come of the rounds that were left out, as lists are shorter than they would be: it is one only if the file comes to it.
"""

from dataclasses import replace

from grader.reading.runs.run import Run, in_full, past_its_trainings

SHORT, LONG = 1.0, 3.0  # seconds of a run


def later_stop(run: Run) -> Run | None:
    """The run up to where the file stops behind its first steps; None if it does not, or nobody could see it."""
    is_open = run.recording is not None and run.recording.end != "finished" and run.failure is None
    if not is_open or run.way is None or run.recording is None or run.way.added or run.way.sizes:
        return None
    whole = in_full(run, SHORT)
    if whole is not None and whole.failure is not None and not _is_raised(whole):
        short = past_its_trainings(run)
        whole = in_full(run, LONG) if short is not None and _is_raised(short) else None
    if whole is None or not _is_raised(whole):
        return None
    if {*whole.served} - {*run.served}:  # what it has saved before and asks for again is not what it gets
        return None
    return replace(whole, served=run.served)


def _is_raised(run: Run) -> bool:
    failure = run.failure
    return failure is not None and bool(getattr(failure, "type_name", "")) and bool(failure.frames)
