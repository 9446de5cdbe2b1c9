"""The two functions, of steps of their own."""


def svm_loss_naive(W, X, y, reg):
    loss, dscores = naive_hinge_loss(X @ W, y)
    penalty, penalty_gradients = naive_penalty({"W": W}, reg, len(X))
    return loss + penalty, naive_weight_gradient(X, dscores, len(y)) + penalty_gradients["W"]


def svm_loss_vectorized(W, X, y, reg):
    loss, dscores = hinge_loss(X @ W, y)
    penalty, penalty_gradients = vectorized_penalty({"W": W}, reg, len(X))
    return loss + penalty, weight_gradient(X, dscores, len(y)) + penalty_gradients["W"]
