# -*- coding: utf-8 -*-
"""Errors of a model's outputs."""

import numpy as np


class SumOfSquaredDiffsError(object):
    def __call__(self, outputs, targets):
        return 0.5 * np.mean(np.sum((outputs - targets) ** 2, axis=1))

    def grad(self, outputs, targets):
        return (outputs - targets) / outputs.shape[0]

    def __repr__(self):
        return "SumOfSquaredDiffsError"


class CrossEntropyError(object):
    def __call__(self, outputs, targets):
        return -np.mean(targets * np.log(outputs))

    def grad(self, outputs, targets):
        return -(targets / outputs) / outputs.shape[0]

    def __repr__(self):
        return "CrossEntropyError"


class CrossEntropySoftmaxError(object):
    def __call__(self, outputs, targets):
        normalised = outputs - outputs.max(-1)[:, None]
        log_prob = normalised - np.log(np.sum(np.exp(normalised), axis=-1)[:, None])
        return -np.mean(np.sum(targets * log_prob, axis=1))

    def grad(self, outputs, targets):
        probs = np.exp(outputs - outputs.max(-1)[:, None])
        probs /= probs.sum(-1)[:, None]
        return (probs - targets) / outputs.shape[0]

    def __repr__(self):
        return "CrossEntropySoftmaxError"
