"""What Python 2 and old numpy did otherwise, for submissions that were right in their day.

Sent to a cell as source, module by module, and only to one that retries such a submission: `stack.install` changes
how the submission's text is run from then on. The text keeps its lines: its syntax tree is rewritten, so that a
division, an index or a size goes through a function in here, and each text gets builtins of its own. What today's stack
would not have accepted is noted with its place; libraries see nothing of all this.
"""

#: in the order in which they are run; the last one has `install`
MODULES = ("values", "syntax", "notes", "names", "surroundings", "stack")
