def sigmoid(z):
    """The logistic function, element by element."""


def cost(w, b, X, y, lam) -> float:
    """Mean cross-entropy of sigmoid(X w + b) for labels y, plus lam/2 times the sum of squares of w.

    w is (d, 1), b (1,), X (n, d), y (n, 1) of zeros and ones.
    """


def gradients(w, b, X, y, lam) -> tuple:
    """The gradients of `cost` in w and b, of their shapes."""


def update(value, gradient, rate):
    """A step of gradient descent."""
