"""What is verified, method by method.

Every network gets its parameters from here, with biases that are not 0 (a new network's are, which hides a forgotten
one). Sizes are pairwise different but for one case, scores have both signs, classes are absent. The loss of the data
and the penalty are judged apart, the penalty as what `reg` changes; `train` is judged by the submission's own loss.
"""
