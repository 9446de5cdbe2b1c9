class AssignmentError(Exception):
    """An assignment folder that cannot be used: which file, what is wrong, what to write."""
