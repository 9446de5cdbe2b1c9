"""The plain checks in a bare process, no sandbox: `python bare.py SUBMISSION…` prints seconds of CPU for each."""

import importlib.util
import sys
import time

import numpy as np
from plain_checks import CHECKS

for path in sys.argv[1:]:
    started = time.process_time()
    spec = importlib.util.spec_from_file_location("submission", path)
    student = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(student)
    for check in CHECKS:
        check(student, np.random.default_rng(0))
    print(time.process_time() - started)
