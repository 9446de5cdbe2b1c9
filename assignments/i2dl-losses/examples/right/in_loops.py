import numpy as np


class L1:
    def forward(self, y_out, y_truth):
        total = 0
        for p, y in zip(y_out, y_truth):
            total += abs(p - y)
        return total / len(y_out)

    def backward(self, y_out, y_truth):
        return np.array([1 if p > y else -1 if p < y else 0 for p, y in zip(y_out, y_truth)])


class MSE:
    def forward(self, y_out, y_truth):
        total = 0
        for i in range(len(y_out)):
            total += pow(y_out[i] - y_truth[i], 2)
        return total / len(y_out)

    def backward(self, y_out, y_truth):
        return [2 * y_out[i] - 2 * y_truth[i] for i in range(len(y_out))]


class BCE:
    def forward(self, y_out, y_truth):
        total = 0
        for p, y in zip(y_out, y_truth):
            total -= np.log(p) if y == 1 else np.log(1 - p)
        return total / len(y_out)

    def backward(self, y_out, y_truth):
        gradient = np.zeros_like(y_out)
        for i, (p, y) in enumerate(zip(y_out, y_truth)):
            if y == 1:
                gradient[i] = -1 / p
            else:
                gradient[i] = 1 / (1 - p)
        return gradient


class CrossEntropyFromLogits:
    def forward(self, y_out, y_truth):
        self.p = np.zeros(y_out.shape)
        loss = 0
        for i in range(len(y_out)):
            row = y_out[i] - max(y_out[i])
            self.p[i] = np.exp(row) / sum(np.exp(row))
            loss += np.log(sum(np.exp(row))) - row[y_truth[i]]
        return loss / len(y_out)

    def backward(self, y_out, y_truth):
        g = self.p.copy()
        for i in range(len(g)):
            g[i, y_truth[i]] = g[i, y_truth[i]] - 1
        return g / len(g)
