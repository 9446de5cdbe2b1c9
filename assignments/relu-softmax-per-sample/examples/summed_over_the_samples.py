"""The changes of a batch are added up and not divided, and the softmax is of the logits as they come."""

import numpy as np

HOPS = "i_to_h1 h1_to_h2 h2_to_o".split()


class NeuralNetwork:
    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1):
        generator = np.random.default_rng(12)
        self.lr = lr
        for hop, rows, columns in zip(HOPS, layer_sizes[:-1], layer_sizes[1:]):
            limit = np.sqrt(6 / (rows + columns))
            self.__dict__[f"weights_{hop}"] = generator.uniform(-limit, limit, (rows, columns))
            self.__dict__[f"bias_{hop}"] = np.zeros((columns,))

    def activation_ReLU(self, x):
        return (np.abs(x) + x) / 2

    def activation_dReLU(self, x):
        slope = np.zeros_like(x, dtype=float)
        slope[x > 0] = 1
        return slope

    def softmax(self, x):
        powers = np.exp(x)
        return powers / powers.sum()

    def dsoftmax(self, x):
        return np.multiply.outer(x, -x) + np.diagflat(x)

    def signals(self, sample):
        """What each of the three layers gets, and what the last one gives."""
        given = [sample]
        for hop in HOPS:
            z = given[-1].dot(getattr(self, "weights_" + hop)) + getattr(self, "bias_" + hop)
            given.append(self.softmax(z) if hop == HOPS[-1] else self.activation_ReLU(z))
        return given

    def predict(self, features):
        return np.vstack([self.signals(sample)[3] for sample in features])

    def slopes(self, sample, target):
        """The cost's gradient in the pre-activations of each layer, for one sample."""
        _, h1, h2, p = self.signals(sample)
        c = int(np.argmax(target))
        # row c of the Jacobian, divided by p[c]; where p[c] is 0 that is 0/0, and the limit is written down
        row = self.dsoftmax(p)[c] / p[c] if p[c] > 1e-290 else np.eye(len(p))[c] - p
        at_output = -row
        through_h2 = self.weights_h2_to_o @ at_output
        at_h2 = np.diag(self.activation_dReLU(h2)) @ through_h2
        at_h1 = np.diag(self.activation_dReLU(h1)) @ (self.weights_h1_to_h2 @ at_h2)
        return at_h1, at_h2, at_output

    def train(self, features, targets):
        moves = {}
        for sample, target in zip(features, targets):
            layers_given = self.signals(sample)
            for hop, given, slope in zip(HOPS, layers_given, self.slopes(sample, target)):
                moves["weights_" + hop] = moves.get("weights_" + hop, 0) + np.outer(given, slope)
                moves["bias_" + hop] = moves.get("bias_" + hop, 0) + slope
        for name, total in moves.items():
            setattr(self, name, getattr(self, name) - self.lr * total)


def categorical_cross_entropy(pred, target):
    cost = 0.0
    for p, t in zip(pred, target):
        cost -= np.log(max(p[t == 1][0], 1e-15))
    return cost / len(target)
