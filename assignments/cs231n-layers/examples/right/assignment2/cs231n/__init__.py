"""Layers for convolutional networks."""
