"""Known mistakes in networks written from scratch, by the part of a network that they are made in.

Each module declares wrong replacements for the steps of a solution, by the step's name and signature: any assignment
whose solution is cut into the same steps can use them (`MISTAKES = shared(softmax, hidden_delta, …)`). Mistakes in
steps that a solution does not have are left out.
"""
