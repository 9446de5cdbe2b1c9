"""Neural networks in plain numpy, small enough to be read from end to end.

Read it in this order::

    arrays        how arrays, labels and parameters are represented
    activations   sigmoid, tanh, ReLU, leaky ReLU, ELU, softmax and their derivatives
    losses        cross-entropies and the quadratic cost, with gradients
    regularizers  L1, L2, elastic net; on weights and on activations
    initializers  how weights start
    convolution   sliding windows: convolution, max-pooling and their gradients
    layers        dense, convolutional, pooling, flattening and activation layers
    networks      a stack of layers with a loss: cost, gradients, predictions
    optimizers    stochastic gradient descent
    training      mini-batches, epochs, cost and accuracy along the way

Beside these, each operation has a formula in small named steps, of which solutions of assignments are composed; its
conventions (where samples lie, where the mean is taken, what a penalty is divided by) are keyword-only parameters::

    relu, leaky_relu, elu, sigmoid, softmax          activations, slopes, the way back through them
    dense, convolution_layer, max_pooling            layers
    batch_norm, dropout                              layers that differ in training
    cross_entropy, binary_cross_entropy,
    softmax_loss, output_error, one_hot              costs, and the error at the output
    l1_penalty, l2_penalty, penalty_terms            penalties
    initial_weights, gradient_descent, adam          how parameters begin, and how they move
    perceptron, layer_activations, prediction,
    batch_training                                   networks whose parameters are a dict

Everything is a function of its arguments: layers and networks hold sizes and constants, never weights or
activations. Parameters come in, new values go out, nothing is changed in place.

Arrays of float64 are meant, yet no function fixes the precision: float32 arrays give float32 arrays. Complex
arrays pass through as well (every comparison looks at real parts), so that derivatives can be verified by the
complex step (Squire & Trapp 1998, "Using complex variables to estimate derivatives of real functions").

Sources named in a few words: "Deep Learning" is the book by Goodfellow, Bengio & Courville (2016), "Nielsen" is
"Neural Networks and Deep Learning" (2015).
"""
