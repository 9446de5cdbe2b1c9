"""The class; each way of computing distances has steps of its own, so that a mistake in one is not in another."""


class KNearestNeighbor:
    def __init__(self):
        pass

    def train(self, X, y):
        self.X_train, self.y_train = X, y

    def predict(self, X, k=1, num_loops=0):
        compute = (self.compute_distances_no_loops, self.compute_distances_one_loop, self.compute_distances_two_loops)
        return self.predict_labels(compute[num_loops](X), k)

    def compute_distances_two_loops(self, X):
        return distances_two(X, self.X_train)

    def compute_distances_one_loop(self, X):
        return distances_one(X, self.X_train)

    def compute_distances_no_loops(self, X):
        return distances(X, self.X_train)

    def predict_labels(self, dists, k=1):
        return voted(dists, self.y_train, k)
