"""Known mistakes: planted in the solution, alone and together, until it gives what the submission gave."""
