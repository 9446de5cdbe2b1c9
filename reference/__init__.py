"""Neural networks in plain numpy, small enough to be read from end to end.

Each operation has a formula in small named steps, of which solutions of assignments are composed; its conventions
(where samples lie, where the mean is taken, what a penalty is divided by) are keyword-only parameters::

    relu, leaky_relu, elu, sigmoid, softmax          activations, slopes, the way back through them
    dense, convolution_layer, max_pooling            layers
    batch_norm, dropout                              layers that differ in training
    embedding, recurrence, lstm_step, value_slope    layers for sequences, back through time
    cross_entropy, binary_cross_entropy,
    softmax_loss, output_error, linear_loss          costs, and the error at the output
    one_hot, flatten                                 labels and samples in another shape
    l1_penalty, l2_penalty, penalty_terms            penalties
    initial_weights, gradient_descent, adam          how parameters begin, and how they move
    perceptron, layer_activations, prediction,
    batch_training                                   networks whose parameters are a dict
    gradient_check                                   a gradient, compared with differences of its cost
    arrays, windows                                  how arrays are represented, what a moving window sees

Everything is a function of its arguments: parameters come in, new values go out, nothing is changed in place.

Sources named in a few words: "Deep Learning" is the book by Goodfellow, Bengio & Courville (2016), "Nielsen" is
"Neural Networks and Deep Learning" (2015).
"""
