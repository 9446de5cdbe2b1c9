"""What a step is made of; how it goes through a dict of parameters is in `solution.py`."""

from operations import adam, gradient_descent, momentum, table

USES = table(
    gradient_descent.use(codes={"update": "update_parameters_with_gd"}),
    momentum.use(
        velocity="average",
        codes={"momentum": "update_parameters_with_momentum"},
    ),
    adam.use(codes={"adam": "update_parameters_with_adam"}),
)
