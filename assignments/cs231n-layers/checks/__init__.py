"""What is verified, function by function.

The courses' own cases hide most mistakes in convolutions and pooling: square windows that do not overlap, padding of 1,
three channels. Here N, C, F, H, W and both sides of the window differ, strides are 1 to 3 and padding 0 to 2, windows
overlap or leave gaps, biases are not zero and images are negative. Every case is small enough for six nested loops.
"""
