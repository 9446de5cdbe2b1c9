"""What is measured of a training that draws its own batches."""

from grader.assignments import probe
from operations.sampled_batches import classifier_training, facts_about_batches


@probe("Softmax.train", checks=["softmax_train_batches"])
def facts(implementation, rng):
    return facts_about_batches(classifier_training(implementation.Softmax))
