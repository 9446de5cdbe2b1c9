"""What the network is: parameters, passes, layers, steps of training, cost."""
