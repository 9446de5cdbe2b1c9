def cost(w, b, X, y, lam):
    return binary_cross_entropy(sigmoid(affine(X, w, b)), y) + l2_penalty({"W": w}, lam)


def gradients(w, b, X, y, lam):
    n = len(X)
    delta = output_delta(sigmoid(affine(X, w, b)), y)
    return weight_gradient(X, delta, n) + weight_penalty_gradient(w, lam, n), bias_gradient(delta, n)
