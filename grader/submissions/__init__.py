"""Submissions: a notebook, module, package or archive, read without running it."""

from grader.submissions.errors import SubmissionRejected
from grader.submissions.load import load_bytes, load_source, load_submission
from grader.submissions.submission import SourceUnit, Submission

__all__ = ["SourceUnit", "Submission", "SubmissionRejected", "load_bytes", "load_source", "load_submission"]
