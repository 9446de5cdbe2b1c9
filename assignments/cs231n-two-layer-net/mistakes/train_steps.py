"""`train`: which parameters a step changes, by how much, and what is kept of it."""

from grader.assignments import Place, mistake

WEIGHTS = ("W1", "W2")

_STEP = "A step changes every parameter by $-\\eta$ times its gradient."
_WHICH_KEYS = ("Which of the four parameters are different after a step?", "Which keys does the update run over?")
_ALL_KEYS = ("W1", "b1", "W2", "b2")


def never_updated(name, title, left_out, explain):
    """Declare that `train` leaves this parameter as it was."""
    keys = [key for key in _ALL_KEYS if key != left_out]
    declare = mistake(
        f"train.{name}", step="changed_names", title=title, explain=f"{_STEP} {explain}", hints=_WHICH_KEYS
    )
    return declare(lambda params: keys)


without_w1 = never_updated("w1-never-updated", "W1 is never updated", "W1", "Yours leaves W1 out.")
without_b1 = never_updated("b1-never-updated", "b1 is never updated", "b1", "Yours leaves b1 out.")
without_w2 = never_updated("w2-never-updated", "W2 is never updated", "W2", "Yours leaves W2 out.")
without_b2 = never_updated("b2-never-updated", "b2 is never updated", "b2", "Yours leaves b2 out.")


_DECAY = "After each epoch of max(N / batch_size, 1) steps the learning rate is multiplied by `learning_rate_decay`."


@mistake(
    "train.learning-rate-never-decays",
    step="next_rate",
    title="The learning rate never decays",
    explain=_DECAY,
    hints=("How large is your learning rate after ten epochs?", "Where is `learning_rate_decay` used?"),
)
def learning_rate_never_decays(rate, decay, ends_epoch):
    return rate


@mistake(
    "train.learning-rate-decays-every-step",
    step="next_rate",
    title="The learning rate decays after every step, not after every epoch",
    explain=f"{_DECAY} After every step it is nearly 0 before the second epoch begins.",
    hints=(
        "How large is your learning rate after a hundred steps?",
        "Is the line with `learning_rate_decay` inside the `if` that asks for the end of an epoch?",
    ),
    place=Place(assigns="learning_rate|lr|rate"),
)
def learning_rate_decays_every_step(rate, decay, ends_epoch):
    return rate * decay


@mistake(
    "train.learning-rate-grows",
    step="next_rate",
    title="The learning rate is divided by `learning_rate_decay`, so that it grows",
    explain=_DECAY,
    hints=("Is your learning rate larger or smaller in the second epoch?", "`*=` or `/=`?"),
    place=Place(assigns="learning_rate|lr|rate"),
)
def learning_rate_grows(rate, decay, ends_epoch):
    return rate / decay if ends_epoch else rate


@mistake(
    "train.epoch-of-as-many-steps-as-samples",
    step="epoch_length",
    title="An epoch has as many steps as there are samples",
    explain=f"{_DECAY} A step takes `batch_size` samples, so an epoch is over after $N / batch\\_size$ of them.",
    hints=("How many steps does it take to see as many samples as there are?", "What is your `iterations_per_epoch`?"),
)
def epoch_of_as_many_steps_as_samples(n, batch_size):
    return n


@mistake(
    "train.penalty-forgotten",
    step="batch_gradients",
    title="`train` does not pass `reg` on to `loss`",
    explain="Without it the loss of a step has no penalty, and the weights never feel one.",
    hints=("Does the training change when `reg` does?", "With which arguments does `train` call `self.loss`?"),
    place=Place(assigns="loss|grads", calls="loss"),
)
def penalty_forgotten(net, X, y, reg):
    return net.loss(X, y)


@mistake(
    "train.penalty-added-again",
    step="batch_gradients",
    title="`train` adds the penalty's gradient, which is in the gradients of `loss` already",
    explain="`loss` returns the gradient of the whole loss, penalty included: a step needs nothing else.",
    hints=("Does `loss` know `reg`?", "Where does `reg` occur in `train`?"),
)
def penalty_added_again(net, X, y, reg):
    loss, gradients = net.loss(X, y, reg)
    return loss, gradients | {key: gradients[key] + reg * net.params[key] for key in WEIGHTS}


@mistake(
    "train.history-of-the-last-step",
    step="history_with",
    title="`loss_history` keeps the last step alone",
    explain="It has the loss of every step, in their order. `=` in the place of `append` throws away what was there.",
    hints=("How long is your `loss_history`?", "`append`, or `=`?"),
)
def history_of_the_last_step(history, loss):
    return [loss]
