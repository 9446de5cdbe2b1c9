"""Many submissions at once: a platform's download in, a gradebook and a page per student out.

from grader.batch import grade_batch
result = grade_batch("mnist-mlp", Path("submissions.zip"), Path("graded"))

source      the download as names and contents            roster     who handed in what
layouts     how the platforms pack submissions            work       which files of it are graded
pool        the processes that grade, worker one of them  journal    what is finished
policy      lateness, attempts, caps, extra credit        gradebook  a row per student; exports for the platforms
summarise   the class as a whole: summary.json, a page    similarity which submissions share their structure
spreadsheet tables as spreadsheets have them              exports    the gradebook in the forms of platforms
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from grader.batch.errors import BatchError

if TYPE_CHECKING:
    from grader.batch.run import BatchProgress, BatchResult, OnBatchProgress, grade_batch

__all__ = ["BatchError", "BatchProgress", "BatchResult", "OnBatchProgress", "grade_batch"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: a process that only grades has no use for gradebooks and pages.
    if name in __all__:
        return getattr(import_module("grader.batch.run"), name)
    raise AttributeError(f"module 'grader.batch' has no attribute {name!r}")
