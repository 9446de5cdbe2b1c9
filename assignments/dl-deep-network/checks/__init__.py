"""What is verified, function by function.

The course's own cases have one or two samples, biases that hide what is not summed, and few sizes. Here sizes are
pairwise different but for one case, biases are not 0, pre-activations have both signs, one batch has a single sample,
and networks have one to four layers. A backward function gets the
cache of the submission's own forward function, or the course's where that one is wrong.
"""
