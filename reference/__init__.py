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

Everything is a function of its arguments: layers and networks hold sizes and constants, never weights or
activations. Parameters come in, new values go out, nothing is changed in place.

Arrays of float64 are meant, yet no function fixes the precision: float32 arrays give float32 arrays. Complex
arrays pass through as well (every comparison looks at real parts), so that derivatives can be verified by the
complex step (Squire & Trapp 1998, "Using complex variables to estimate derivatives of real functions").

Sources named in a few words: "Deep Learning" is the book by Goodfellow, Bengio & Courville (2016), "Nielsen" is
"Neural Networks and Deep Learning" (2015).
"""
