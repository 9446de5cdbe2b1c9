"""A judgement as an explanation: words, names and lines of the person's own."""
