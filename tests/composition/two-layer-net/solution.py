class TwoLayerNet:
    def __init__(self, params):
        self.params, self.t = dict(params), 0
        self.moments = {key: (0 * value, 0 * value) for key, value in params.items()}

    def loss(self, X, y, mask):
        p, n = self.params, len(X)
        normed, cache = batch_norm(hidden_affine(X, p["W1"], p["b1"]), p["gamma"], p["beta"])
        hidden = dropout(relu(normed), mask)
        cost, delta = softmax_loss(output_affine(hidden, p["W2"], p["b2"]), y)
        back = relu_backward(dropout_backward(output_propagate(delta, p["W2"]), mask), normed)
        dz, dgamma, dbeta = batch_norm_backward(back, cache)
        output = {"W2": output_weight_gradient(hidden, delta, n), "b2": output_bias_gradient(delta, n)}
        first = {"W1": hidden_weight_gradient(X, dz, n), "b1": hidden_bias_gradient(dz, n)}
        return cost, first | {"gamma": dgamma, "beta": dbeta} | output

    def step(self, grads, lr):
        self.t += 1
        for key, dw in grads.items():
            self.params[key], *self.moments[key] = adam(self.params[key], dw, *self.moments[key], self.t, lr)
