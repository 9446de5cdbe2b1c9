"""`relu_backward`."""

from grader.assignments import mistake


@mistake(
    "relu_backward.mask-alone",
    step="relu_backward",
    title="dout is not used: the mask of positive inputs is returned",
    explain="By the chain rule the derivative, which is 0 or 1, is multiplied by dout.",
    hints=("Does your result change when `dout` is doubled?", "Where is `dout` used?"),
)
def mask_alone(upstream, z):
    return (z > 0).astype(float)
