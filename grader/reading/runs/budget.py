"""How long one explanation may take: all runs of a file share one limit, after which what was read is told.

Where the limit is not reached, nothing depends on it.
"""

import time

SECONDS = 70.0  # by the clock, from the first run on; what reads the runs comes on top
CLOCK_OF_RUN = 4.0  # how many times its processor time a run may take by the clock; see `event_log.recorder`


class Budget:
    """The time of one explanation.

    Attributes:
        was_short: whether a run was refused.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds
        self.was_short = False

    @property
    def left(self) -> float:
        return max(0.0, self._until - time.monotonic())

    @property
    def allows_run(self) -> bool:
        """Whether one more run may begin."""
        self.was_short = self.was_short or self.left == 0
        return self.left > 0

    def share(self, seconds: float) -> float:
        """Processor time of the next run: as much as it asks for, if so much is left."""
        return min(seconds, self.left / CLOCK_OF_RUN)
