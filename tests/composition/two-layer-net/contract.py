class TwoLayerNet:
    """Affine, batch normalisation, ReLU, dropout, affine; `params` holds W1, b1, gamma, beta, W2, b2."""

    def __init__(self, params):
        """Keep the given arrays; moments of Adam begin at 0."""

    def loss(self, X, y, mask) -> tuple[float, dict]:
        """Mean softmax cross-entropy of X (n, d) with labels y (n,), and its gradients, a dict with the keys of params.

        `mask` (n, h) holds 1 where dropout keeps a hidden unit, with probability 0.8, and 0 elsewhere.
        """

    def step(self, grads, lr):
        """One step of Adam, with the usual constants, on every parameter."""
