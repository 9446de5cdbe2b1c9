"""Which class makes which step; what they keep from step to step is in `solution.py`."""

from operations import adagrad, adam, gradient_descent, momentum, rmsprop

USES = (
    gradient_descent.use(
        codes={"update": "GradientDescentLearningRule"},
        without=["update.never-made", "update.biases-*", "update.weights-*"],
    ),
    momentum.use(
        codes={"momentum": "MomentumLearningRule"},
        without=[
            "momentum.learning-rate-on-the-whole-velocity",  # from 0, at a constant rate, that is the same
            "momentum.velocity-not-returned",  # it is kept in the instance
        ],
    ),
    adagrad.use(codes={"adagrad": "AdaGradLearningRule"}, eps=1e-8, within=True),
    rmsprop.use(codes={"rmsprop": "RMSPropLearningRule"}, within=True, without=["rmsprop.mean-not-returned"]),
    adam.use(codes={"adam": "AdamLearningRule"}, without=["adam.epsilon-*"]),
)
