"""Column by column, and labels 1 to K, as the course had them first; the slope of the hidden units is left out."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoidGradient(z):
    g = sigmoid(z)
    return g * (1 - g)


def randInitializeWeights(L_in, L_out, epsilon_init=0.12):
    return np.random.uniform(low=-epsilon_init, high=epsilon_init, size=(L_out, L_in + 1))


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, reg=0.0):
    split = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:split].reshape((hidden_layer_size, input_layer_size + 1), order="F")
    Theta2 = nn_params[split:].reshape((num_labels, hidden_layer_size + 1), order="F")
    m = X.shape[0]
    J = 0.0
    Theta1_grad = np.zeros_like(Theta1)
    Theta2_grad = np.zeros_like(Theta2)
    for t in range(m):
        a1 = np.hstack([1.0, X[t]])
        z2 = Theta1.dot(a1)
        a2 = np.hstack([1.0, sigmoid(z2)])
        h = sigmoid(Theta2.dot(a2))
        target = np.zeros(num_labels)
        target[y[t] - 1] = 1
        J += -(target * np.log(h) + (1 - target) * np.log(1 - h)).sum()
        d3 = h - target
        d2 = Theta2[:, 1:].T.dot(d3)
        Theta1_grad += np.outer(d2, a1)
        Theta2_grad += np.outer(d3, a2)
    J = J / m + reg / (2.0 * m) * ((Theta1[:, 1:] ** 2).sum() + (Theta2[:, 1:] ** 2).sum())
    Theta1_grad /= m
    Theta2_grad /= m
    Theta1_grad[:, 1:] += reg / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += reg / m * Theta2[:, 1:]
    return J, np.r_[Theta1_grad.ravel(order="F"), Theta2_grad.ravel(order="F")]
