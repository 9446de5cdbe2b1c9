"""A recorded run: its events, the graph that they make, and the activations in it."""
