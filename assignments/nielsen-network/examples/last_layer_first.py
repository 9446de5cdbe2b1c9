"""The gradients come in the order in which they were found, and percent are no shares."""

import numpy as np

F = {"sigmoid": lambda z: 0.5 * (1 + np.tanh(0.5 * z)), "relu": lambda z: z * (z > 0)}
DF = {"sigmoid": lambda a: a * (1 - a), "relu": lambda a: (a > 0) * 1.0}
TINY = 1e-300


class Layer:
    def __init__(self, n_in, n_out, activation, rng):
        self.w = rng.standard_normal((n_out, n_in)) * n_in**-0.5
        self.b = rng.standard_normal((n_out, 1))
        self.activation = activation

    def __call__(self, a):
        self.input = a
        self.output = F[self.activation](self.w @ a + self.b)
        return self.output

    def gradients(self, upstream):
        """From the gradient at the layer's weighted input: bias, weights, the layer before."""
        return upstream.sum(1, keepdims=True), upstream @ self.input.T, self.w.T @ upstream


class NN2:
    def __init__(self, layer_sizes, rand_seed=None, cost="cross-entropy", activation="sigmoid"):
        self.rng = np.random.default_rng(rand_seed)
        kinds = [activation] * (len(layer_sizes) - 2) + ["sigmoid"]
        self.layers = [Layer(*sizes, self.rng) for sizes in zip(layer_sizes, layer_sizes[1:], kinds)]
        self.is_quadratic = cost == "quadratic"

    weights = property(
        lambda self: [layer.w for layer in self.layers],
        lambda self, values: [setattr(layer, "w", value) for layer, value in zip(self.layers, values)],
    )
    biases = property(
        lambda self: [layer.b for layer in self.layers],
        lambda self, values: [setattr(layer, "b", value) for layer, value in zip(self.layers, values)],
    )

    def feedforward(self, a):
        for layer in self.layers:
            a = layer(a)
        return a

    def backprop(self, x, y):
        a = self.feedforward(x)
        upstream = a - y
        if self.is_quadratic:
            upstream = upstream * DF["sigmoid"](a)
        nabla_b, nabla_w = [], []
        for layer, before in zip(self.layers[::-1], [*self.layers[-2::-1], None]):
            db, dw, upstream = layer.gradients(upstream)
            nabla_b.append(db)
            nabla_w.append(dw)
            if before is not None:
                upstream = upstream * DF[before.activation](before.output)
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta, lmbda_L1, lmbda_L2, n):
        x, y = (np.concatenate(part, axis=1) for part in zip(*mini_batch))
        for layer, db, dw in zip(reversed(self.layers), *self.backprop(x, y)):
            pull = lmbda_L1 * np.sign(layer.w) + lmbda_L2 * layer.w
            layer.w = layer.w - eta * (pull / n + dw / len(mini_batch))
            layer.b = layer.b - eta * db / len(mini_batch)

    def outputs_and_labels(self, data):
        x, y = (np.concatenate(part, axis=1) for part in zip(*data))
        return self.feedforward(x), y

    def total_cost(self, data, lmbda_L1=0.0, lmbda_L2=0.0):
        a, y = self.outputs_and_labels(data)
        if self.is_quadratic:
            cost = ((a - y) ** 2).sum() / 2
        else:
            cost = -(y * np.log(a + TINY) + (1 - y) * np.log(1 - a + TINY)).sum()
        for w in self.weights:
            cost += lmbda_L1 * abs(w).sum() + lmbda_L2 / 2 * (w * w).sum()
        return cost / len(data)

    def accuracy(self, data):
        a, y = self.outputs_and_labels(data)
        return 100 * (a.argmax(0) == y.argmax(0)).mean()

    def stochastic_gradient_descent(
        self, training_data, test_data, epochs, batch_size, eta, lmbda_L1=0.0, lmbda_L2=0.0, monitoring=True
    ):
        n = len(training_data)
        curves = {name: [] for name in ("epoch", "train_accuracy", "test_accuracy", "train_cost", "test_cost")}
        for epoch in range(epochs):
            order = self.rng.permutation(n)
            for batch in np.split(order, range(batch_size, n, batch_size)):
                self.update_mini_batch([training_data[i] for i in batch], eta, lmbda_L1, lmbda_L2, n)
            if monitoring:
                curves["epoch"].append(epoch)
                for name, data in ("train", training_data), ("test", test_data):
                    curves[f"{name}_accuracy"].append(self.accuracy(data))
                    curves[f"{name}_cost"].append(self.total_cost(data))
        return curves
