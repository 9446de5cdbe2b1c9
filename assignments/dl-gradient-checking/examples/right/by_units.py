import numpy as np
from gc_utils import dictionary_to_vector, gradients_to_vector, relu, sigmoid, vector_to_dictionary

norm = np.linalg.norm


def forward_propagation(x, theta):
    return x * theta


def backward_propagation(x, theta):
    return x * 1.0


def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    up, down = [forward_propagation(x, t) for t in (theta + epsilon, theta - epsilon)]
    approx = (up - down) / (2.0 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - approx) / (abs(grad) + abs(approx))


def forward_propagation_n(X, Y, parameters):
    p = parameters
    A1 = relu(p["W1"].dot(X) + p["b1"])
    A2 = relu(p["W2"].dot(A1) + p["b2"])
    Z3 = p["W3"].dot(A2) + p["b3"]
    cost = np.sum(np.logaddexp(0, Z3) - Y * Z3) / X.shape[1]
    return cost, {"A1": A1, "A2": A2, "A3": sigmoid(Z3), "p": p}


def backward_propagation_n(X, Y, cache):
    A1, A2, A3, p = cache["A1"], cache["A2"], cache["A3"], cache["p"]
    m = Y.shape[1]
    d3 = A3 - Y
    d2 = p["W3"].T.dot(d3)
    d2[A2 <= 0] = 0
    d1 = p["W2"].T.dot(d2)
    d1[A1 <= 0] = 0
    return {
        "dW1": d1.dot(X.T) / m,
        "db1": d1.mean(axis=1, keepdims=True),
        "dW2": d2.dot(A1.T) / m,
        "db2": d2.mean(axis=1, keepdims=True),
        "dW3": d3.dot(A2.T) / m,
        "db3": d3.mean(axis=1, keepdims=True),
    }


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    theta = dictionary_to_vector(parameters)[0]
    given = gradients_to_vector(gradients)
    J = lambda t: forward_propagation_n(X, Y, vector_to_dictionary(t))[0]
    steps = epsilon * np.eye(len(theta))
    slopes = np.array([[J(theta + step[:, None]) - J(theta - step[:, None])] for step in steps]) / (2 * epsilon)
    return norm(given - slopes) / (norm(given) + norm(slopes))
