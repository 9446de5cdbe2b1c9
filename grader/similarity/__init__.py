"""How much of their structure submissions share: a reason to read two of them side by side, never a finding.

structure = compare(documents, handout)      # documents: who handed them in, and their texts
structure.pairs                              # the most alike first
side_by_side(one, other, structure.discounted)

tokens        a text as a sequence of words that renaming, comments and layout don't change
fingerprints  the sequence as hashes of short passages, of which some are kept (winnowing)
comparison    a class of them: what is common to many is left out, the rest is compared
side_by_side  where two texts share what

Winnowing is Schleimer, Wilkerson and Aiken's (SIGMOD 2003), as in Moss. It is our own because the libraries that have
it compare every pair on its own (2,000 students took minutes), know no notebooks, and, built on Python's random hashes
of text, give other figures in every process.
"""

from grader.similarity.comparison import Comparison, Document, EqualGroup, Pair, compare
from grader.similarity.side_by_side import Passages, side_by_side

__all__ = ["Comparison", "Document", "EqualGroup", "Pair", "Passages", "compare", "side_by_side"]
