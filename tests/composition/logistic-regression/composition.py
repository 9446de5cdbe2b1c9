from operations import binary_cross_entropy, dense, gradient_descent, l2_penalty, output_error, sigmoid, table

USES = table(
    sigmoid.use(points=10),
    dense.use(),
    binary_cross_entropy.use(outputs="one"),
    l2_penalty.use(codes={"l2_penalty": "cost.penalty-"}),
    output_error.use(output="sigmoid", outputs="one"),
    gradient_descent.use(points=10),
)
