"""What goes wrong in the network beside its layers."""

from grader.assignments import mistake


@mistake(
    "gradient.layers-exchanged",
    step="by_parameter",
    title="The gradients of the two layers are exchanged",
    explain="`W1` belongs to the layer that sees the samples, which comes last on the way back.",
    hints=["Which shape has each gradient?", "Which layer is `Affine1`?"],
)
def layers_exchanged(right, first, second):
    return right(second, first)


@mistake(
    "gradient.hidden-units-passed-over",
    step="sent_back",
    title="The way back passes the hidden units by: the backward pass of Relu is left out",
    explain="Every layer of the forward pass has its turn on the way back, in the reverse order.",
    hints=["Which layers lie between the loss and W1?", "Print the layers in the order of your backward passes."],
)
def hidden_units_passed_over(second, hidden, dout):
    return second.backward(dout)
