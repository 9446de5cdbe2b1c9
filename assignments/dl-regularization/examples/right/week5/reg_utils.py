import numpy as np
import matplotlib.pyplot as plt
import h5py
import sklearn
import sklearn.datasets
import sklearn.linear_model
import scipy.io


def sigmoid(x):
    s = 1/(1+np.exp(-x))
    return s


def relu(x):
    s = np.maximum(0, x)
    return s


def compute_cost(a3, Y):
    m = Y.shape[1]
    logprobs = np.multiply(-np.log(a3), Y) + np.multiply(-np.log(1 - a3), 1 - Y)
    cost = 1./m * np.nansum(logprobs)
    return cost


def load_2D_dataset():
    data = scipy.io.loadmat('datasets/data.mat')
    return data['X'].T, data['y'].T, data['Xval'].T, data['yval'].T


def plot_decision_boundary(model, X, y):
    plt.contourf(X[0], X[1], model(np.c_[X[0], X[1]]))


def initialize_parameters(layer_dims):
    np.random.seed(3)
    return {}


def predict_dec(parameters, X):
    return forward_propagation(X, parameters)[0] > 0.5


def predict(X, y, parameters):
    return forward_propagation(X, parameters)[0] > 0.5


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = relu(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = relu(Z2)
    Z3 = np.dot(parameters["W3"], A2) + parameters["b3"]
    A3 = sigmoid(Z3)
    return A3, (Z1, A1, parameters["W1"], parameters["b1"], Z2, A2, parameters["W2"], parameters["b2"], Z3, A3,
                parameters["W3"], parameters["b3"])


def backward_propagation(X, Y, cache):
    raise NotImplementedError


def update_parameters(parameters, grads, learning_rate):
    n = len(parameters) // 2
    for k in range(n):
        parameters["W" + str(k + 1)] = parameters["W" + str(k + 1)] - learning_rate * grads["dW" + str(k + 1)]
        parameters["b" + str(k + 1)] = parameters["b" + str(k + 1)] - learning_rate * grads["db" + str(k + 1)]
    return parameters
