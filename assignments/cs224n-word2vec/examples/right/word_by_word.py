"""Number by number; the same word may be sampled twice."""

import math

import numpy as np


def sigmoid(x):
    if np.ndim(x) == 0:
        return 1.0 / (1.0 + math.exp(-x))
    return np.array([sigmoid(v) for v in x])


def naiveSoftmaxLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset):
    scores = [float(sum(a * b for a, b in zip(u, centerWordVec))) for u in outsideVectors]
    top = max(scores)
    total = sum(math.exp(s - top) for s in scores)
    gradCenterVec, gradOutsideVecs = np.zeros(len(centerWordVec)), []
    for w, s in enumerate(scores):
        p = math.exp(s - top) / total
        if w == outsideWordIdx:
            loss = -math.log(p)
            p -= 1
        gradCenterVec = gradCenterVec + p * outsideVectors[w]
        gradOutsideVecs.append(p * centerWordVec)
    return loss, gradCenterVec, np.array(gradOutsideVecs)


def getNegativeSamples(outsideWordIdx, dataset, K):
    found = []
    for _ in range(K):
        i = dataset.sampleTokenIdx()
        while i == outsideWordIdx:
            i = dataset.sampleTokenIdx()
        found.append(i)
    return found


def negSamplingLossAndGradient(centerWordVec, outsideWordIdx, outsideVectors, dataset, K=10):
    grads = {w: np.zeros(len(centerWordVec)) for w in range(len(outsideVectors))}
    loss, gradCenterVec = 0.0, 0.0
    for w, wanted in [(outsideWordIdx, 1)] + [(k, 0) for k in getNegativeSamples(outsideWordIdx, dataset, K)]:
        p = sigmoid(float(outsideVectors[w].dot(centerWordVec)))
        loss -= math.log(p if wanted else 1 - p)
        gradCenterVec = gradCenterVec + (p - wanted) * outsideVectors[w]
        grads[w] += (p - wanted) * centerWordVec
    return loss, gradCenterVec, np.array([grads[w] for w in sorted(grads)])


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
    loss, row = 0, word2Ind[currentCenterWord]
    gradCenterVecs, gradOutsideVectors = centerWordVectors * 0, outsideVectors * 0
    for i in range(len(outsideWords)):
        one, center, outside = word2vecLossAndGradient(
            centerWordVectors[row, :], word2Ind[outsideWords[i]], outsideVectors, dataset
        )
        loss = loss + one
        gradCenterVecs[row, :] = gradCenterVecs[row, :] + center
        gradOutsideVectors = gradOutsideVectors + outside
    return loss, gradCenterVecs, gradOutsideVectors
