"""Files that are not there: what their names promise is in them."""

import numpy as np

from grader.sandbox.inside.sample_data.files import Files
from grader.sandbox.inside.sample_data.frames import Frame, dummies
from grader.sandbox.inside.sample_data.samples import Samples
from grader.sandbox.inside.sample_data.tables import of_columns


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


def test_a_column_of_a_stand_in_holds_the_texts_that_are_asked_of_it() -> None:
    table = Frame(np.arange(8.0).reshape(-1, 1), ["x"], kinds=np.arange(8) % 2)
    assert set(table["sex"].map({"male": 0, "female": 1}).tolist()) == {0, 1}
    assert 0 < (table["sex"] == "male").values.sum() < 8
    assert "sex" in table.columns


def test_a_table_is_reckoned_with_by_columns() -> None:
    table = Frame({"a": [1.0, 2.0, 3.0], "b": [2.0, 4.0, 6.0], "c": ["u", "v", "u"]})
    numbers = table[["a", "b"]]
    assert ((numbers - numbers.mean()) / numbers.std()).values.tolist() == [[-1, -1], [0, 0], [1, 1]]
    assert dummies(table).columns == ["a", "b", "c_u", "c_v"]
    train = table.sample(frac=0.67, random_state=0)
    assert len(table.drop(train.index)) == 1
    assert table[(table["a"] > 1) & (table["c"] == "u")].index.tolist() == [2]


def test_a_table_is_known_by_the_columns_that_are_asked_of_it() -> None:
    assert of_columns(["Survived", "Sex", "Age"])[0].startswith("PassengerId,Survived,")
    assert of_columns(["height", "weight"]) is None
