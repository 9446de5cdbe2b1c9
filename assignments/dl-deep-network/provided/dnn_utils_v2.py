"""`dnn_utils` under the name that it had in another year."""

from dnn_utils import *  # noqa: F403
