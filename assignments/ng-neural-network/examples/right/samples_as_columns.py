import numpy as np


def _sigma(z):
    return np.where(z > 0, 1 / (1 + np.exp(-np.abs(z))), 1 - 1 / (1 + np.exp(-np.abs(z))))


def sigmoidGradient(z):
    return _sigma(z) * _sigma(-z)


def randInitializeWeights(L_in, L_out, epsilon_init=0.12):
    rng = np.random.default_rng()
    return epsilon_init * (2 * rng.random((L_out, L_in + 1)) - 1)


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_=0.0):
    T1, T2 = np.split(nn_params, [hidden_layer_size * (input_layer_size + 1)])
    T1 = T1.reshape(hidden_layer_size, -1)
    T2 = T2.reshape(num_labels, -1)
    n = X.shape[0]
    ones = np.ones((1, n))
    A1 = np.vstack((ones, X.T))
    Z2 = T1 @ A1
    A2 = np.vstack((ones, _sigma(Z2)))
    H = _sigma(T2 @ A2)
    Y = (np.arange(num_labels)[:, None] == y.ravel()).astype(int)

    cost = -np.mean(np.sum(np.where(Y == 1, np.log(H), np.log(1 - H)), axis=0))
    R1, R2 = T1.copy(), T2.copy()
    R1[:, 0] = R2[:, 0] = 0
    cost += lambda_ * (np.vdot(R1, R1) + np.vdot(R2, R2)) / 2 / n

    D3 = (H - Y) / n
    D2 = (T2.T @ D3)[1:] * sigmoidGradient(Z2)
    G1 = D2 @ A1.T + lambda_ / n * R1
    G2 = D3 @ A2.T + lambda_ / n * R2
    return cost, np.concatenate((G1.flatten(), G2.flatten()))
