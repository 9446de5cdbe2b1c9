"""`L_model_backward`: the keys under which the gradients are returned."""

from grader.assignments import Place, mistake


def renamed(gradients, rename):
    return {rename(key): value for key, value in gradients.items()}


@mistake(
    "backward.keys-counted-from-0",
    step="L_model_backward",
    title="The keys are counted from 0: what belongs to layer 1 is under `dW0`",
    explain="Layers are counted from 1: the gradients of layer l are `dW` and `db` of l. In a loop over indices from 0 "
    "that is `l + 1`.",
    hints=("Which keys does your dict have for a network of three layers?", 'Where is the `+ 1` in `"dW" + str(l)`?'),
    place=Place(assigns="grads|dW.*"),
)
def keys_counted_from_0(right, AL, Y, caches):
    return renamed(right(AL, Y, caches), lambda key: f"{key[:2]}{int(key[2:]) - 1}")


@mistake(
    "backward.hidden-keys-counted-from-0",
    step="L_model_backward",
    title="The keys of hidden layers are counted from 0, that of the last layer from 1",
    explain="Layers are counted from 1: the gradients of layer l are `dW` and `db` of l. In a loop over indices from 0 "
    "that is `l + 1`.",
    hints=("Which keys does your dict have for a network of three layers?", 'Where is the `+ 1` in `"dW" + str(l)`?'),
    place=Place(assigns="grads|dW.*"),
)
def hidden_keys_counted_from_0(right, AL, Y, caches):
    last = str(len(caches))
    return renamed(right(AL, Y, caches), lambda key: key if key[2:] == last else f"{key[:2]}{int(key[2:]) - 1}")


@mistake(
    "backward.weights-and-biases-of-the-last-layer-exchanged",
    step="L_model_backward",
    title="The weight and bias gradients of the last layer are exchanged",
    explain="What is stored under the key of the last layer's weights is the gradient of its biases, and the reverse.",
    hints=("Which shape does the gradient of the last W have?", "In which order are `dW` and `db` taken?"),
    place=Place(assigns="grads|dW", calls="linear_activation_backward"),
)
def weights_and_biases_of_the_last_layer_exchanged(right, AL, Y, caches):
    last = len(caches)
    other = {f"dW{last}": f"db{last}", f"db{last}": f"dW{last}"}
    return renamed(right(AL, Y, caches), lambda key: other.get(key, key))
