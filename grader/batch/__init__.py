"""Many submissions at once: a platform's download in, a gradebook and a page per student out.

from grader.batch import grade_batch
result = grade_batch("mnist-mlp", Path("submissions.zip"), Path("graded"))

source      the download as names and contents            roster     who handed in what
layouts     how the platforms pack submissions            work       which files of it are graded
pool        the processes that grade, worker one of them  journal    what is finished
policy      lateness, attempts, caps, extra credit        gradebook  a row per student; exports for the platforms
summarise   the class as a whole: summary.json, a page    similarity which submissions share their structure
"""

from grader.batch.errors import BatchError
from grader.batch.run import BatchProgress, BatchResult, OnBatchProgress, grade_batch

__all__ = ["BatchError", "BatchProgress", "BatchResult", "OnBatchProgress", "grade_batch"]
