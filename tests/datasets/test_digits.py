import numpy as np
import pytest

from grader.datasets import draw_digits


def test_shape_type_and_balance_are_those_of_mnist():
    images, labels = draw_digits(1003)
    assert images.shape == (1003, 28, 28)
    assert images.dtype == labels.dtype == np.uint8
    counts = np.bincount(labels, minlength=10)
    assert set(counts) == {100, 101}
    assert images.max() > 200
    assert (images < 30).mean() > 0.6, "most of an image is black paper"


def test_equal_seeds_give_equal_digits_and_others_do_not():
    images, labels = draw_digits(50, seed=3)
    again, labels_again = draw_digits(50, seed=3)
    np.testing.assert_array_equal(images, again)
    np.testing.assert_array_equal(labels, labels_again)
    assert not np.array_equal(images, draw_digits(50, seed=4)[0])


def test_no_two_images_are_alike():
    images, _ = draw_digits(500)
    assert len(np.unique(images.reshape(500, -1), axis=0)) == 500


@pytest.mark.parametrize("n", [0, 1])
def test_draws_as_few_as_asked(n: int):
    images, labels = draw_digits(n)
    assert images.shape == (n, 28, 28)
    assert labels.shape == (n,)


def test_every_image_has_its_digit_inside_the_frame():
    images, _ = draw_digits(2000)
    ink = images.astype(float) * (images > 60)
    assert (ink.sum(axis=(1, 2)) > 2000).all(), "no image is blank"
    rim = np.ones((28, 28), dtype=bool)
    rim[1:-1, 1:-1] = False
    assert ink[:, rim].sum() < 0.02 * ink.sum()


def test_softmax_regression_learns_most_of_them_but_not_all():
    images, labels = draw_digits(4000)
    X = np.column_stack([images.reshape(4000, -1) / 255.0, np.ones(4000)])
    W = np.zeros((785, 10))
    for batch in np.split(np.tile(np.arange(3000), 10), 600):
        logits = X[batch] @ W
        probs = np.exp(logits - logits.max(axis=1, keepdims=True))
        probs /= probs.sum(axis=1, keepdims=True)
        W -= 0.1 / len(batch) * X[batch].T @ (probs - np.eye(10)[labels[batch]])
    accuracy = float(((X[3000:] @ W).argmax(axis=1) == labels[3000:]).mean())
    assert 0.84 < accuracy < 0.92
