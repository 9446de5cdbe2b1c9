import math

import numpy as np


def softmax_of(row):
    e = [math.exp(v) for v in row]
    return [v / sum(e) for v in e]


class SumOfSquaredDiffsError:
    def __call__(self, outputs, targets):
        total = 0.0
        for out, target in zip(outputs, targets):
            for o, t in zip(out, target):
                total += (o - t) ** 2
        return total / (2 * len(outputs))

    def grad(self, outputs, targets):
        result = np.empty(outputs.shape)
        for i in range(len(outputs)):
            result[i] = [(o - t) / len(outputs) for o, t in zip(outputs[i], targets[i])]
        return result


class CrossEntropyError:
    def __call__(self, outputs, targets):
        return -sum(math.log(out[np.argmax(target)]) for out, target in zip(outputs, targets)) / len(outputs)

    def grad(self, outputs, targets):
        result = np.zeros(outputs.shape)
        for i, target in enumerate(targets):
            c = int(np.argmax(target))
            result[i, c] = -1 / (len(outputs) * outputs[i, c])
        return result


class CrossEntropySoftmaxError:
    def __call__(self, outputs, targets):
        probs = np.array([softmax_of(row) for row in outputs])
        return CrossEntropyError()(probs, targets)

    def grad(self, outputs, targets):
        result = np.array([softmax_of(row) for row in outputs])
        for i, target in enumerate(targets):
            result[i, np.argmax(target)] -= 1
        return result / len(outputs)
