"""What is verified, function by function.

Sizes are pairwise different, biases are not zero, inputs have both signs, λ is odd, and the training set is never as
large as the batch: otherwise different mistakes would give the same numbers.
"""
