"""Negative sampling with whole arrays; a softmax of its own."""

import numpy as np


def sigmoid(x):
    e = np.exp(x)
    return e / (e + 1)


def naiveSoftmaxLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset):
    z = outsideVectors @ centerWordVec
    log_p = z - z.max() - np.log(np.exp(z - z.max()).sum())
    error = np.exp(log_p) - np.eye(len(z))[outsideWordIdx]
    return -log_p[outsideWordIdx], error @ outsideVectors, np.outer(error, centerWordVec)


def getNegativeSamples(outsideWordIdx, dataset, K):
    samples = []
    while len(samples) < K:
        index = dataset.sampleTokenIdx()
        if index != outsideWordIdx:
            samples.append(index)
    return samples


def negSamplingLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset, K=10):
    words = np.array([outsideWordIdx] + getNegativeSamples(outsideWordIdx, dataset, K))
    sign = -np.ones(K + 1)
    sign[0] = 1
    s = sigmoid(sign * (outsideVectors[words] @ centerWordVec))
    error = sign * (s - 1)
    gradOutsideVecs = np.zeros_like(outsideVectors)
    np.add.at(gradOutsideVecs, words, error[:, None] * centerWordVec)
    return -np.log(s).sum(), error @ outsideVectors[words], gradOutsideVecs


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
    c = word2Ind[currentCenterWord]
    parts = [
        word2vecLossAndGradient(centerWordVectors[c], word2Ind[w], outsideVectors, dataset) for w in outsideWords
    ]
    gradCenterVecs = np.zeros_like(centerWordVectors)
    gradCenterVecs[c] = np.sum([p[1] for p in parts], axis=0)
    return sum(p[0] for p in parts), gradCenterVecs, sum(p[2] for p in parts)
