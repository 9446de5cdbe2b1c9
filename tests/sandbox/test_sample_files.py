"""Files that are not there: what their names promise is in them."""

import struct

import numpy as np
import pytest

from grader.sandbox.inside.sample_data.answers import Piped
from grader.sandbox.inside.sample_data.csv_files import csv_reader
from grader.sandbox.inside.sample_data.files import ANY_TEXT, Files
from grader.sandbox.inside.sample_data.frames import Frame, dummies
from grader.sandbox.inside.sample_data.loading import loading
from grader.sandbox.inside.sample_data.photographs import Listed
from grader.sandbox.inside.sample_data.readers import other_readers, torchvision
from grader.sandbox.inside.sample_data.samples import Samples
from grader.sandbox.inside.sample_data.series import Series, as_dates
from grader.sandbox.inside.sample_data.tables import known, of_columns
from grader.sandbox.inside.standins import MissingValue, StandInUsed


def files(*, is_other: bool = False, given: dict[str, bytes] | None = None) -> Files:
    images, labels = np.full((20, 28, 28), 255), np.arange(20) % 10
    return Files(Samples(images, labels, images[:5], labels[:5], "digits"), given or {}, is_other)


def test_images_and_labels_that_have_files_of_their_own() -> None:
    images = files().loadtxt("train_images.csv", delimiter=",")
    assert images.shape == (20, 784)
    assert images.max() == 1.0
    assert files().loadtxt("x_test.csv", dtype=int).shape == (5, 784)
    assert files().loadtxt("train_labels.csv", delimiter=",").shape == (20, 10)
    assert files().loadtxt("train_labels.csv").shape == (20,)
    assert files(is_other=True).loadtxt("train_labels.csv", delimiter=",").shape == (20,)
    assert files().loadtxt("mnist_train.csv", delimiter=",").shape == (20, 785)


def test_a_file_without_a_telling_name_is_what_its_head_is_read_as() -> None:
    served = files()
    assert struct.unpack(">IIII", served.open("data/train/a.bin", "rb").read(16)) == (2051, 20, 28, 28)
    assert struct.unpack(">II", served.open("data/train/b.bin", "rb").read(8)) == (2049, 20)
    assert Listed(3).endswith((".png", ".jpg"))
    assert not Listed(3).endswith(".txt")


def test_what_is_written_is_read_again() -> None:
    served, one = files(), np.arange(6.0).reshape(2, 3)
    served.saving(np.savez, ".npz")("out/w.npz", W1=one)
    served.saving(np.save, ".npy")("w", one)
    served.saving(np.savetxt)("weights.csv", one, delimiter=",")
    assert served.load("w.npz").files == ["W1"]
    assert served.load("w.npy").tolist() == one.tolist()
    assert served.loadtxt("weights.csv", delimiter=",").tolist() == one.tolist()
    with served.open("w.txt", "w") as file:
        file.write("0.5")
    assert served.open("w.txt").read() == "0.5"


def test_labels_of_a_test_set_are_there_for_who_asks() -> None:
    table = csv_reader(files().samples, files())("test.csv")
    assert table.shape == (5, 784)
    assert table.label.tolist() == [0, 1, 2, 3, 4]


def test_what_a_missing_file_loads_is_told_by_the_names_that_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MissingValue, "loads", None)
    samples = files().samples
    loading(samples)
    images, labels = MissingValue("utils").load_dataset()
    assert (images.shape, labels.shape, images.max()) == ((20, 784), (20, 10), 1.0)
    samples.codes_labels = samples.scales_images = True
    (x_train, t_train), (x_test, t_test) = MissingValue("helpers").read_mnist("path")
    assert (x_train.max(), t_train.shape, x_test.shape, t_test.shape) == (255, (20,), (5, 784), (5,))
    input_size, output_size, x_train, y_train, scaler = MissingValue("data").prepared()
    assert (input_size, output_size, x_train.shape, y_train.shape) == (784, 10, (20, 784), (20,))
    first, _ = MissingValue("helpers").load_images()
    x_split, y_split = MissingValue("data").parted(x_train)
    for nothing in (scaler, first, x_split, y_split):
        with pytest.raises(StandInUsed):
            nothing + 1


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


def test_what_a_module_holds_is_a_table_where_the_text_takes_it_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MissingValue, "loads", None)
    monkeypatch.setattr(MissingValue, "gives", None)
    samples = files().samples
    samples.says_digits, samples.gives_functions, samples.of_modules = False, True, ["prep.features", "prep.targets"]
    loading(samples)
    assert MissingValue("prep").targets.shape == (100, 1)
    samples.has_tables = True
    assert (MissingValue("prep").features.values.shape, MissingValue("prep").targets.shape) == ((100, 8), (100,))
    assert (2 ** -Series(np.array([1.0, 2.0]))).values.tolist() == [0.5, 0.25]
    charges = dummies(Frame(np.arange(60.0).reshape(-1, 2), kinds=np.arange(30) % 2), columns=[0])
    assert charges.shape == (30, 4)


def test_a_table_is_known_by_the_columns_that_are_asked_of_it() -> None:
    assert of_columns(["Survived", "Sex", "Age"])[0].startswith("PassengerId,Survived,")
    assert of_columns(["height", "weight"]) is None


def test_iris_has_the_columns_that_the_text_names() -> None:
    there = files()
    there.samples.columns = ["Iris Class", "Sepal Length", "Petal Width"]
    table = csv_reader(there.samples, there)("irisBinary.csv")
    assert set(table["Iris Class"].map({"Iris-setosa": 0, "Iris-versicolor": 1}).tolist()) == {0, 1}
    assert 5 < table["Sepal Length"].values.mean() < 7
    assert table.drop("Iris Class", axis=1).shape == (150, 4)


def test_kinds_in_the_sixth_column_of_iris_stand_behind_numbers_of_the_rows() -> None:
    there = files()
    there.samples.kind_column, there.samples.kind_names = 5, ["setosa", "versicolor"]
    assert there.content("iris.csv").splitlines()[1].split(b",")[5] == b"setosa"


def test_what_is_saved_without_names_piped_in_or_written_as_json_is_asked_for_by_its_names() -> None:
    there = files()
    there.samples.says_digits = False
    saved = there.load("points.npz")
    assert (saved["arr_0"].shape, saved["arr_1"].shape) == ((400, 8), (400,))
    X, labels = there.unpickle(there.open("points.pkl", "rb"))
    assert (X.shape, labels.shape) == ((400, 8), (400,))
    assert there.unpack_json(there.open("data/samples.json"))["outputs"].shape == (400,)
    assert len(list(Piped(there.samples))) == 400
    there.samples.columns = ["height", "label"]
    assert there.content("people.csv").split(b"\n")[0] == b"height,x1,x2,x3,x4,x5,x6,x7,label"
    assert [there.may_stand_in(one) for one in ("train.csv", "weights.txt", "results.csv")] == [True, False, False]


def test_a_table_is_one_of_images_by_what_the_text_says() -> None:
    there = files()
    assert csv_reader(there.samples, there)("train.csv").shape == (20, 785)
    there.samples.says_digits = False
    assert csv_reader(there.samples, there)("train.csv").shape == (400, 9)


def test_a_published_table_is_in_two_parts() -> None:
    there = files()
    data = other_readers(there.samples, there)["ucimlrepo"]["fetch_ucirepo"](id=9).data
    assert (data.features.shape, data.targets.columns) == ((398, 7), ["mpg"])
    assert "horsepower" in data.features.columns


def test_a_file_of_any_name_is_what_it_is_read_as() -> None:
    there = files(given={ANY_TEXT: b"words"})
    with pytest.raises(FileNotFoundError):
        there.open("weights", "rb")
    assert struct.unpack(">HBB", there.open("data_train_y", "rb").read(4)) == (0, 8, 1)
    images, labels = there.unpickle(there.open_gzip("data_training", "rb"))
    assert (images.shape, labels.shape) == ((20, 784), (20,))
    assert there.open("shakespeare").read() == "words"
    assert there.open("train.csv").read() != "words"


def test_a_table_of_a_gate_is_its_four_lines() -> None:
    assert known("data/dataset_xor.txt") == ("0 0 0\n0 1 1\n1 0 1\n1 1 0\n", " ", False)
    assert known("cats_and_dogs.csv") is None


def test_of_a_table_that_nobody_knows_a_file_holds_the_part_that_its_name_tells() -> None:
    served = files()
    shapes = [served.samples.unknown_table(name).shape for name in ("logisticX.csv", "y_train.csv", "input.csv")]
    assert shapes == [(400, 8), (400, 1), (400, 9)]
    served.samples.has_signs = True
    assert {row[-1] for row in served.samples.unknown_lines("points.csv")} == {-1, 1}


def test_what_is_in_a_file_is_told_by_the_name_that_asks_for_it() -> None:
    served = files()
    batch = served.unpickle(served.open("cifar-10-batches-py/data_batch_2", "rb"))
    assert (batch[b"data"].shape, len(batch["labels"])) == ((5, 3072), 5)
    trainData, unused, trainTargets, testLabels = served.unpickle(served.open("mnist.pkl", "rb"))
    assert (trainData.ndim, trainTargets.ndim, testLabels.ndim, unused) == (2, 2, 2, None)
    first, *others = served.unpickle(served.open("mnist.pkl", "rb"))
    assert (first[0].shape, len(others)) == ((20, 784), 2)
    images = torchvision(served.samples)["torchvision.datasets"]["MNIST"]
    assert images(transform=lambda image: np.array(image).ravel())[3][0].shape == (784,)
    assert images(transform="a tensor")[3][0].shape == (1, 28, 28)
    served.samples.says_digits = False
    archive = served.load("measured.npz")
    assert (archive["X_train"].shape, archive["y"].shape, served.load("X.npy").shape) == ((400, 8), (400,), (400, 8))
    with pytest.raises(KeyError):
        archive["W1"]


def test_a_table_has_the_form_that_is_asked_of_it() -> None:
    samples = files().samples
    samples.columns, samples.rows_of_tables = ["Date"], 500
    table = csv_reader(samples, files())("measured.csv")
    assert (table.columns[0], table.shape) == ("Date", (500, 10))
    assert as_dates(table["Date"]).dt.month.max() == 12
    table.columns = ["Day", *table.columns[1:]]
    assert table.loc[:, table.columns != "Day"].shape == (500, 9)
    samples.columns, samples.separator = [], ","
    assert csv_reader(samples, files())("housing.csv", delim_whitespace=True, header=None).values.dtype == float
    assert [row[-1] for row in samples.unknown_lines()[:2]] == samples.unknown_table()[:2, -1].astype(int).tolist()
