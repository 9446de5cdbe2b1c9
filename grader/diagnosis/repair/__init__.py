"""Repairs: small changes of a submission's own text that make a function right, found by trying, and what they say."""

from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.repairs import Repairs

__all__ = ["Repair", "Repairs"]
