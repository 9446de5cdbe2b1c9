"""What is verified, method by method.

The weights and biases of a network are set before it is asked anything, so that every submission computes with the
same numbers. Sizes are pairwise different, biases are not zero, λ₁, λ₂ and the learning rate are odd numbers:
otherwise different mistakes would give the same results.
"""
