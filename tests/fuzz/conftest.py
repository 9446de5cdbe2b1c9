"""`HYPOTHESIS_PROFILE=fuzz` (`make fuzz`) tries many more examples than a test run does."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "fuzz", deadline=None, max_examples=20_000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz":
    settings.load_profile("fuzz")
