"""Running a file in a cell: lines that train it, data that are not there."""
