"""What is verified, function by function.

Sizes are pairwise different (so that a transposed or wrongly summed tensor shows), biases are not zero, inputs have
both signs, λ is odd: otherwise different mistakes would give the same numbers. Square cases come as extra checks.
"""
