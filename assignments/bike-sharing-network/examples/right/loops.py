"""Number by number, in loops."""

import math
import random


class NeuralNetwork:
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.rate = learning_rate
        self.weights_input_to_hidden = [[random.gauss(0, 0.5) for _ in range(hidden_nodes)] for _ in range(input_nodes)]
        self.weights_hidden_to_output = [
            [random.gauss(0, 0.5) for _ in range(output_nodes)] for _ in range(hidden_nodes)
        ]

    def train(self, features, targets):
        d_ih = [[0.0] * len(row) for row in self.weights_input_to_hidden]
        d_ho = [[0.0] * len(row) for row in self.weights_hidden_to_output]
        for X, y in zip(features, targets):
            out, hidden = self.forward_pass_train(X)
            d_ih, d_ho = self.backpropagation(out, hidden, X, y, d_ih, d_ho)
        self.update_weights(d_ih, d_ho, len(features))

    def forward_pass_train(self, X):
        w1, w2 = self.weights_input_to_hidden, self.weights_hidden_to_output
        hidden = []
        for j in range(len(w1[0])):
            total = sum(X[i] * w1[i][j] for i in range(len(w1)))
            hidden.append(1 / (1 + math.exp(-total)))
        out = [sum(hidden[j] * w2[j][k] for j in range(len(w2))) for k in range(len(w2[0]))]
        return out, hidden

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o):
        error = [y[k] - final_outputs[k] for k in range(len(final_outputs))]
        for j, h in enumerate(hidden_outputs):
            from_output = sum(self.weights_hidden_to_output[j][k] * error[k] for k in range(len(error)))
            term = from_output * h * (1 - h)
            for i in range(len(X)):
                delta_weights_i_h[i][j] += X[i] * term
            for k in range(len(error)):
                delta_weights_h_o[j][k] += h * error[k]
        return delta_weights_i_h, delta_weights_h_o

    def update_weights(self, delta_weights_i_h, delta_weights_h_o, n_records):
        for weights, delta in (
            (self.weights_input_to_hidden, delta_weights_i_h),
            (self.weights_hidden_to_output, delta_weights_h_o),
        ):
            for i in range(len(weights)):
                for j in range(len(weights[i])):
                    weights[i][j] += self.rate * delta[i][j] / n_records

    def run(self, features):
        return [self.forward_pass_train(X)[0] for X in features]
