"""What is measured of Dropout; what goes wrong is known to the operations."""

from operations.plain_dropout import dropout_probes

what_is_kept, what_comes_back = dropout_probes("Dropout")
