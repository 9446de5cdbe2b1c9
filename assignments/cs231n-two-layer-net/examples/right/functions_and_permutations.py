import numpy as np


def relu(z):
    return z * (z > 0)

def relu_prime(z):
    return np.where(z > 0, 1.0, 0.0)

def softmax(s):
    e = np.exp(s - s.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]

class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            'W1': np.random.normal(0, std, size=(input_size, hidden_size)),
            'b1': np.zeros((hidden_size,)),
            'W2': np.random.normal(0, std, size=(hidden_size, output_size)),
            'b2': np.zeros((output_size,)),
        }

    def _forward(self, X):
        p = self.params
        Z1 = X @ p['W1'] + p['b1']
        A1 = relu(Z1)
        Z2 = A1 @ p['W2'] + p['b2']
        return Z1, A1, Z2

    def loss(self, X, y=None, reg=0.0):
        p = self.params
        Z1, A1, Z2 = self._forward(X)
        if y is None:
            return Z2
        n, c = Z2.shape
        P = softmax(Z2)
        T = np.zeros((n, c))
        T[np.arange(n), y] = 1
        loss = -np.sum(T * np.log(P)) / n
        loss += 0.5 * reg * (np.sum(p['W1'] ** 2) + np.sum(p['W2'] ** 2))
        d2 = (P - T) / n
        d1 = d2 @ p['W2'].T * relu_prime(Z1)
        grads = {
            'W2': A1.T @ d2 + reg * p['W2'],
            'b2': d2.sum(axis=0),
            'W1': X.T @ d1 + reg * p['W1'],
            'b1': d1.sum(axis=0),
        }
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = len(X)
        per_epoch = max(n // batch_size, 1)
        history = {'loss_history': [], 'train_acc_history': [], 'val_acc_history': []}
        order = np.random.permutation(n)
        start = 0
        for it in range(num_iters):
            if start + batch_size > n:
                order = np.random.permutation(n)
                start = 0
            idx = order[start:start + batch_size]
            start += batch_size
            loss, grads = self.loss(X[idx], y[idx], reg)
            history['loss_history'].append(loss)
            for k in self.params:
                self.params[k] = self.params[k] - learning_rate * grads[k]
            if verbose and it % 100 == 0:
                print('iteration {} / {}: loss {:.4f}'.format(it, num_iters, loss))
            if (it + 1) % per_epoch == 0:
                history['train_acc_history'].append(np.mean(self.predict(X[idx]) == y[idx]))
                history['val_acc_history'].append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
        return history

    def predict(self, X):
        return self._forward(X)[2].argmax(axis=1)
