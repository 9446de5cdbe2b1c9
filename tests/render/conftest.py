import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_reports import SAMPLES

from grader.report import Report


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Report:
    """Every report of `sample_reports`, one after the other."""
    return SAMPLES[request.param]()
