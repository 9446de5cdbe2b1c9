"""What is verified, function by function.

Images and windows are not square, channels are not three, numbers of images, channels, filters and classes are
pairwise different, biases are not zero and upstream gradients are random: otherwise different mistakes would give
the same numbers.
"""
