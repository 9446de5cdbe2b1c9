"""Repairs: small changes of a submission's own text that make a function right, found by trying, and what they say."""

from grader.diagnosis.repair.repairs import Repairs
from grader.diagnosis.repair.written import Repair

__all__ = ["Repair", "Repairs"]
