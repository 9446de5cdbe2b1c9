"""What is told of a grading while it goes on: `Progress` of the grader as an event of the service.

Students see all of it, at once: names and outcomes of checks, never what was expected.
"""

import math
from typing import Any

from grader.progress import Progress
from grader.service.engine.messages import Told


def told(progress: Progress) -> Told | None:
    """The event: `loading`, `loaded`, `check`, `epoch` or `diagnosing`; the end is told by whoever writes it down."""
    data: dict[str, Any] = {"done": progress.done, "total": progress.total}
    match progress.stage:
        case "check" if progress.check is not None:
            check = progress.check
            function = check.id.rpartition(".")[0]
            return Told("check", {"function": function, "title": check.title, "status": check.status, **data})
        case "epoch" if progress.epoch is not None:
            epoch = progress.epoch
            cost = epoch.cost if math.isfinite(epoch.cost) else str(epoch.cost)
            return Told(
                "epoch", {"function": epoch.function, "epoch": epoch.epoch, "epochs": epoch.epochs, "cost": cost}
            )
        case "loading":
            return Told("loading", {})
        case "done":
            return None
        case stage:
            return Told(stage, data)
