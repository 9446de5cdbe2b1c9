"""Files that are not there: what their names promise is in them."""

import numpy as np

from grader.sandbox.inside.sample_data.files import Files
from grader.sandbox.inside.sample_data.samples import Samples


def files(*, is_other: bool = False) -> Files:
    images, labels = np.full((20, 28, 28), 255), np.arange(20) % 10
    return Files(Samples(images, labels, images[:5], labels[:5], "digits"), {}, is_other)


def test_images_and_labels_that_have_files_of_their_own() -> None:
    images = files().loadtxt("train_images.csv", delimiter=",")
    assert images.shape == (20, 784)
    assert images.max() == 1.0
    assert files().loadtxt("x_test.csv", dtype=int).shape == (5, 784)
    assert files().loadtxt("train_labels.csv", delimiter=",").shape == (20, 10)
    assert files().loadtxt("train_labels.csv").shape == (20,)
    assert files(is_other=True).loadtxt("train_labels.csv", delimiter=",").shape == (20,)
    assert files().loadtxt("mnist_train.csv", delimiter=",").shape == (20, 785)
