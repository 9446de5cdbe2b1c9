from operations import adam, batch_norm, dense, dropout, output_error, relu, softmax_loss, table

USES = table(
    dense.use(prefix="hidden_", where="the hidden layer"),
    dense.use(prefix="output_", where="the output layer"),
    batch_norm.use(),
    relu.use(),
    dropout.use(keep=0.8),
    softmax_loss.use(),
    output_error.use(without=["backward.diagonal-jacobian"]),
    adam.use(),
)
