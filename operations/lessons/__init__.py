"""What there is to learn from frequent mistakes: a module of words for each operation that has them.

Short sentences. A symptom must be true of every contract that uses the operation: what depends on its conventions is
said with `<words>`, or not at all. An experiment is run before it is told, on the submission as well.
"""
