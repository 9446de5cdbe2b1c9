import numpy as np


def rectified(z):
    return np.maximum(z, 0)


class TwoLayerNet:
    params = None

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        def weights(rows, columns):
            return std * np.random.randn(rows, columns)

        self.params = {
            'W1': weights(input_size, hidden_size), 'b1': np.zeros((hidden_size,)),
            'W2': weights(hidden_size, output_size), 'b2': np.zeros((output_size,)),
        }

    relu = staticmethod(rectified)

    @staticmethod
    def softmax(scores):
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        return p / p.sum(axis=1, keepdims=True)

    class Memory:
        """What forward leaves for backward."""

        def __init__(self, X, h):
            self.X, self.h = X, h

    def forward(self, X):
        h = self.relu(X @ self.params['W1'] + self.params['b1'])
        return h @ self.params['W2'] + self.params['b2'], self.Memory(X, h)

    def loss(self, X, y=None, reg=0.0):
        def penalty():
            return reg * sum((self.params[name] ** 2).sum() for name in ('W1', 'W2'))

        def backward(memory, dscores):
            dh = dscores @ self.params['W2'].T * (memory.h > 0)
            return {
                'W2': memory.h.T @ dscores + 2 * reg * self.params['W2'], 'b2': dscores.sum(0),
                'W1': memory.X.T @ dh + 2 * reg * self.params['W1'], 'b1': dh.sum(0),
            }

        scores, memory = self.forward(X)
        if y is None:
            return scores
        p = self.softmax(scores)
        hot = np.eye(p.shape[1])[y]
        return -(hot * np.log(p)).sum() / len(y) + penalty(), backward(memory, (p - hot) / len(y))

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)
        loss_history = []
        train_acc_history = []
        val_acc_history = []
        for it in range(num_iters):
            rows = np.random.choice(num_train, batch_size, replace=True)
            loss, grads = self.loss(X[rows], y=y[rows], reg=reg)
            loss_history.append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if verbose and it % 100 == 0:
                print('iteration %d / %d: loss %f' % (it, num_iters, loss))
            if it % iterations_per_epoch == 0:
                train_acc_history.append((self.predict(X[rows]) == y[rows]).mean())
                val_acc_history.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {
            'loss_history': loss_history,
            'train_acc_history': train_acc_history,
            'val_acc_history': val_acc_history,
        }

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)
