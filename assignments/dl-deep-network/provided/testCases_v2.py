"""`testCases` under the name that it had in another year."""

from testCases import *  # noqa: F403
