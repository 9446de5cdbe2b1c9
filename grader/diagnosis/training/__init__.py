"""What a training run tells of the network that was trained."""
