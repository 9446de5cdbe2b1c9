"""The plain checks under pytest: `SUBMISSION=path pytest test_submission.py`."""

import importlib.util
import os

import numpy as np
import pytest
from plain_checks import CHECKS


@pytest.fixture(scope="module")
def student():
    spec = importlib.util.spec_from_file_location("submission", os.environ["SUBMISSION"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("check", CHECKS)
def test_submission(check, student):
    check(student, np.random.default_rng(0))
