#!/usr/bin/env python

import argparse
import numpy as np
import random

from utils.gradcheck import gradcheck_naive, grad_tests_softmax, grad_tests_negsamp
from utils.utils import normalizeRows, softmax


def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s


def naiveSoftmaxLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset):
    y_hat = softmax(np.dot(outsideVectors, centerWordVec))
    loss = -np.log(y_hat[outsideWordIdx])

    delta = y_hat.copy()
    delta[outsideWordIdx] -= 1

    gradCenterVec = np.dot(outsideVectors.T, delta)
    gradOutsideVecs = np.dot(delta[:, np.newaxis], centerWordVec[np.newaxis, :])

    return loss, gradCenterVec, gradOutsideVecs


def getNegativeSamples(outsideWordIdx, dataset, K):
    negSampleWordIndices = [None] * K
    for k in range(K):
        newidx = dataset.sampleTokenIdx()
        while newidx == outsideWordIdx:
            newidx = dataset.sampleTokenIdx()
        negSampleWordIndices[k] = newidx
    return negSampleWordIndices


def negSamplingLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset, K=10):
    negSampleWordIndices = getNegativeSamples(outsideWordIdx, dataset, K)
    indices = [outsideWordIdx] + negSampleWordIndices

    gradCenterVec = np.zeros(centerWordVec.shape)
    gradOutsideVecs = np.zeros(outsideVectors.shape)

    s = sigmoid(np.dot(outsideVectors[outsideWordIdx], centerWordVec))
    loss = -np.log(s)
    gradCenterVec += (s - 1) * outsideVectors[outsideWordIdx]
    gradOutsideVecs[outsideWordIdx] += (s - 1) * centerWordVec

    for k in negSampleWordIndices:
        t = sigmoid(-np.dot(outsideVectors[k], centerWordVec))
        loss -= np.log(t)
        gradCenterVec += (1 - t) * outsideVectors[k]
        gradOutsideVecs[k] = (1 - t) * centerWordVec

    return loss, gradCenterVec, gradOutsideVecs


def skipgram(
    currentCenterWord,
    windowSize,
    outsideWords,
    word2Ind,
    centerWordVectors,
    outsideVectors,
    dataset,
    word2vecLossAndGradient=naiveSoftmaxLossAndGradient,
):
    loss = 0.0
    gradCenterVecs = np.zeros(centerWordVectors.shape)
    gradOutsideVectors = np.zeros(outsideVectors.shape)

    centerIdx = word2Ind[currentCenterWord]
    for word in outsideWords:
        l, gc, go = word2vecLossAndGradient(centerWordVectors[centerIdx], word2Ind[word], outsideVectors, dataset)
        loss += l
        gradCenterVecs[centerIdx] += gc
        gradOutsideVectors += go

    return loss, gradCenterVecs, gradOutsideVectors


def test_sigmoid():
    assert sigmoid(0) == 0.5
    print("Your sigmoid function is fine")


if __name__ == "__main__":
    test_sigmoid()
