from cs231n.classifiers.softmax import *
import numpy as np


class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def predict(self, X):
        return np.argmax(X.dot(self.W), axis=1)
