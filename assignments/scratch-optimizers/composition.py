"""Which class makes which step; what they keep from step to step is in `solution.py`."""

from operations import adagrad, adam, gradient_descent, momentum, nesterov, rmsprop

USES = (
    gradient_descent.use(codes={"update": "SGD"}),
    momentum.use(
        codes={"momentum": "Momentum"},
        without=["momentum.learning-rate-on-the-whole-velocity"],  # from 0, at a constant rate, that is the same
    ),
    nesterov.use(codes={"nesterov": "Nesterov"}),
    adagrad.use(codes={"adagrad": "AdaGrad"}),
    rmsprop.use(codes={"rmsprop": "RMSprop"}, without=["rmsprop.epsilon-inside-the-root"]),
    adam.use(codes={"adam": "Adam"}, without=["adam.epsilon-*"]),
)
