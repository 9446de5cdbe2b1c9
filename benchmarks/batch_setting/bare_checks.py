"""The checks of `assignment/` in a bare process: `python bare_checks.py ASSIGNMENT SUBMISSION…` prints seconds of CPU.

A submission is a module of this very process, called as it is: no cell, no copies of arguments, no report.
"""

import importlib.util
import sys
import time
from pathlib import Path

from grader.assignments import load_assignment
from grader.checks.local import Local, Solution
from grader.checks.run import CheckSetting, run_checks
from grader.datasets import load_mnist


class Bare(Local):
    role = "submission"

    def call(self, function, arguments, named):
        result = getattr(self.module, function.name)(*arguments, **named)
        self.demand_result(function, result)
        return result


assignment = load_assignment(Path(sys.argv[1]))
images = assignment.metadata.dataset
setting = CheckSetting(
    Solution(assignment.contract, assignment.solution), seed=0, dataset=load_mnist(images.train, images.test)
)
for path in sys.argv[2:]:
    started = time.process_time()
    spec = importlib.util.spec_from_file_location("submission", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    runs = run_checks(assignment.checks, Bare(assignment.contract, module), setting)
    assert all(run.passed for run in runs)
    print(time.process_time() - started)
