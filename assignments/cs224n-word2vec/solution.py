"""How the losses of a window's outside words are put together."""


def skipgram(
    currentCenterWord,
    windowSize,
    outsideWords,
    word2Ind,
    centerWordVectors,
    outsideVectors,
    dataset,
    word2vecLossAndGradient=None,
):
    loss_of = word2vecLossAndGradient or naiveSoftmaxLossAndGradient
    center = word2Ind[currentCenterWord]
    losses, center_gradients, outside = zip(
        *(loss_of(centerWordVectors[center], word2Ind[word], outsideVectors, dataset) for word in outsideWords),
        strict=True,
    )
    return (
        window_loss(losses),
        window_center_gradients(center_gradients, center, centerWordVectors.shape),
        window_outside_gradients(outside),
    )
