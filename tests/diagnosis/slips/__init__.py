"""Slips as students make them, in code of their own kind: which words they get, and in which line.

Each is of a kind that once got a false sentence, or none.
"""
