"""Sums in plain loops, votes counted in a dict."""

import math

import numpy as np


class KNearestNeighbor:
    def __init__(self):
        self.X_train = self.y_train = None

    def train(self, X, y):
        self.X_train = np.array(X)
        self.y_train = np.array(y)

    def compute_distances_two_loops(self, X):
        M, N = X.shape[0], self.X_train.shape[0]
        dists = np.zeros((M, N))
        for i in range(M):
            for j in range(N):
                total = 0.0
                for a, b in zip(X[i], self.X_train[j]):
                    total += (a - b) * (a - b)
                dists[i][j] = math.sqrt(total)
        return dists

    def compute_distances_one_loop(self, X):
        rows = []
        for x in X:
            difference = self.X_train - x
            rows.append(np.sqrt(np.einsum("nd,nd->n", difference, difference)))
        return np.vstack(rows)

    def compute_distances_no_loops(self, X):
        cross = np.matmul(self.X_train, X.T)
        a = np.square(self.X_train).sum(axis=1).reshape(-1, 1)
        b = np.square(X).sum(axis=1).reshape(1, -1)
        return np.sqrt(np.maximum(a + b - 2 * cross, 0)).T

    def predict_labels(self, dists, k=1):
        y_pred = np.zeros(dists.shape[0], dtype=self.y_train.dtype)
        for i, row in enumerate(dists):
            votes = {}
            for j in sorted(range(len(row)), key=lambda j: row[j])[:k]:
                votes[self.y_train[j]] = votes.get(self.y_train[j], 0) + 1
            most = max(votes.values())
            y_pred[i] = min(label for label, count in votes.items() if count == most)
        return y_pred
