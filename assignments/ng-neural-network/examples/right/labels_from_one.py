"""Labels 1 to K, as they come from the file; the cost output by output."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoidGradient(z):
    return sigmoid(z) * (1 - sigmoid(z))


def randInitializeWeights(L_in, L_out, epsilon_init=0.12):
    return np.random.rand(L_out, L_in + 1) * 2 * epsilon_init - epsilon_init


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, Lambda):
    end = (input_layer_size + 1) * hidden_layer_size
    Theta1 = nn_params[:end].reshape(hidden_layer_size, input_layer_size + 1)
    Theta2 = nn_params[end:].reshape(num_labels, hidden_layer_size + 1)
    m = X.shape[0]
    J = 0
    X = np.hstack((np.ones((m, 1)), X))
    targets = np.zeros((m, num_labels))
    a1 = np.hstack((np.ones((m, 1)), sigmoid(X @ Theta1.T)))
    a2 = sigmoid(a1 @ Theta2.T)
    for i in range(1, num_labels + 1):
        targets[:, i - 1] = np.where(y.ravel() == i, 1, 0)
    for j in range(num_labels):
        J = J + sum(-targets[:, j] * np.log(a2[:, j]) - (1 - targets[:, j]) * np.log(1 - a2[:, j]))
    J = J / m + Lambda / (2 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))

    grad1 = np.zeros(Theta1.shape)
    grad2 = np.zeros(Theta2.shape)
    for i in range(m):
        error2 = a2[i] - targets[i]
        error1 = Theta2.T @ error2 * a1[i] * (1 - a1[i])
        grad1 = grad1 + error1[1:, np.newaxis] @ X[i][np.newaxis]
        grad2 = grad2 + error2[:, np.newaxis] @ a1[i][np.newaxis]
    decay1, decay2 = Lambda / m * Theta1, Lambda / m * Theta2
    decay1[:, 0] = decay2[:, 0] = 0
    return J, np.append((grad1 / m + decay1).flatten(), (grad2 / m + decay2).flatten())
