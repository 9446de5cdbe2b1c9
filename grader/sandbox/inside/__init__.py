"""The part of the sandbox that runs on the hostile side of the pipe.

These files import numpy, the standard library and one another, nothing else of the grader, and keep to the
syntax of Python 3.8, because the interpreter of a cell need not be the grader's own.  The trusted side imports
only `wire`, `lock` and `describe` from here; it believes nothing that the rest of them says.
"""
