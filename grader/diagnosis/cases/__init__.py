"""What a submission's functions gave in failed checks, cell by cell, where in its text, and the verdicts about it."""
