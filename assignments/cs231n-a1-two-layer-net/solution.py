"""The class that holds the network."""


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": initial_weights(input_dim, hidden_dim, weight_scale),
            "b1": initial_biases(hidden_dim),
            "W2": initial_weights(hidden_dim, num_classes, weight_scale),
            "b2": initial_biases(num_classes),
        }

    def loss(self, X, y=None):
        if y is None:
            return network_scores(self.params, X, {})[0]
        return network_loss(self.params, X, y, self.reg, {})
