import numpy as np


def svm_loss_naive(W, X, y, reg):
    return None


def svm_loss_vectorized(W, X, y, reg):
    return None
