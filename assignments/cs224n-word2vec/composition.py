"""Which function is what; the window is put together in `solution.py`."""

from operations import sigmoid, word_vectors

USES = (
    sigmoid.use(
        points={"sigmoid": 8}, guarded=False, without=["sigmoid_derivative.*", "backward.*", "sigmoid.overflow"]
    ),
    word_vectors.use(
        "naiveSoftmaxLossAndGradient",
        points={"naiveSoftmaxLossAndGradient": 34, "negSamplingLossAndGradient": 36},
        names={"negative_sampling": "negSamplingLossAndGradient"},
        codes={"window": "skipgram"},
    ),
)
