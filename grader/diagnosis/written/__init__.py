"""What a submission's own text tells: not written, not used, exceptions, loops over arrays."""
