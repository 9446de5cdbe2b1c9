"""Files of a course, and the usual small sets where their files are at hand."""

import gzip
import hashlib
import struct

import numpy as np
import pytest

from grader import Grader
from grader.assignments.scaffold import write_scaffold
from grader.datasets import DatasetError, describe_named, load_named, load_tables

RNG = np.random.default_rng(5)
X, Y = RNG.normal(size=(20, 3)).round(3), RNG.integers(0, 4, size=20)


def csv_text(labels, header=""):
    return header + "".join(f"{','.join(map(str, row))},{label}\n" for row, label in zip(X, labels, strict=True))


def idx(array):
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()


def sorted_rows(X, y):
    return sorted((*row, label) for row, label in zip(np.round(X, 9).tolist(), y.tolist(), strict=True))


def test_arrays_of_train_and_test(tmp_path):
    np.savez(tmp_path / "train.npz", X=X[:15], y=Y[:15])
    np.savez(tmp_path / "test.npz", X_test=X[15:], y_test=Y[15:])
    data = load_tables(tmp_path, "train.npz", "test.npz")
    assert sorted_rows(data.X_train, data.y_train) == sorted_rows(X[:15], Y[:15])
    assert sorted_rows(data.X_test, data.y_test) == sorted_rows(X[15:], Y[15:])
    assert data.title == "train.npz: 15 training and 5 test samples, 4 classes"
    assert not data.is_stand_in


def test_one_table_is_split_by_position(tmp_path):
    (tmp_path / "all.csv").write_text(csv_text(Y), "utf-8")
    data = load_tables(tmp_path, "all.csv", None)
    assert sorted_rows(data.X_test, data.y_test) == sorted_rows(X[4::5], Y[4::5])
    assert len(data.y_train) == 16


def test_labels_that_are_words_and_a_column_with_a_name(tmp_path):
    words = np.array(["setosa", "virginica", "versicolor", "other"])[Y]
    rows = "".join(f"{word},{','.join(map(str, row))}\n" for row, word in zip(X, words, strict=True))
    (tmp_path / "flowers.csv").write_text("species,a,b,c\n" + rows, "utf-8")
    data = load_tables(tmp_path, "flowers.csv", None, label="species")
    order = sorted(set(words.tolist()))
    assert sorted_rows(data.X_test, data.y_test) == sorted_rows(
        X[4::5], np.array([order.index(w) for w in words[4::5]])
    )


def test_images_and_labels_in_two_files(tmp_path):
    images = RNG.integers(0, 256, size=(10, 4, 5))
    (tmp_path / "images").write_bytes(gzip.compress(idx(images)))
    (tmp_path / "labels").write_bytes(idx(Y[:10]))
    data = load_tables(tmp_path, "images+labels", None, n_train=6, n_test=2)
    assert data.X_train.shape == (6, 20)
    assert data.X_test.shape == (2, 20)
    assert 0.9 < data.X_train.max() <= 1.0


@pytest.mark.parametrize(
    ("write", "train", "options", "told"),
    [
        (lambda p: None, "a.csv", {}, "there is no file a.csv in"),
        (lambda p: None, "../a.csv", {}, "is not in the folder"),
        (lambda p: (p / "a.csv").write_text("1,2,3\n4,5\n"), "a.csv", {}, "row 2 has 2 cells, expected 3"),
        (lambda p: (p / "a.csv").write_text("1,x,3\n4,y,6\n"), "a.csv", {}, "cannot be read: could not convert"),
        (lambda p: (p / "a.csv").write_text("1,2,3\n"), "a.csv", {"label": "y"}, "has no column 'y'"),
        (lambda p: (p / "a.csv").write_text("1,2,3\n"), "a.csv", {"label": 7}, "none with the number 7"),
        (lambda p: (p / "a.csv").write_text("1,2,3\n"), "a.csv", {}, "too few to train and test with"),
        (lambda p: (p / "a.csv").write_text("1,nan,3\n"), "a.csv", {}, "not finite"),
        (
            lambda p: (p / "a.csv").write_text("1,2,3\n"),
            "a.csv",
            {"sha256": {"a.csv": "00"}},
            "not the file that was meant",
        ),
        (lambda p: np.savez(p / "a.npz", Z=X), "a.npz", {}, "has the arrays Z; expected X and y"),
        (lambda p: np.savez(p / "a.npz", X=X, y=Y[:3]), "a.npz", {}, "X is (20, 3) and y is (3,)"),
        (lambda p: np.savez(p / "a.npz", X=np.array([{}]), y=Y), "a.npz", {}, "cannot be read: Object arrays"),
        (lambda p: (p / "a.npz").write_bytes(b"no"), "a.npz", {}, "cannot be read"),
        (lambda p: ((p / "i").write_bytes(idx(X > 0)), (p / "l").write_bytes(b"?")), "i+l", {}, ""),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path, write, train, options, told):
    write(tmp_path)
    with pytest.raises(DatasetError) as caught:
        load_tables(tmp_path, train, None, **options)
    assert told in str(caught.value)


def test_checksums_that_fit(tmp_path):
    (tmp_path / "all.csv").write_text(csv_text(Y), "utf-8")
    checksum = hashlib.sha256((tmp_path / "all.csv").read_bytes()).hexdigest()
    assert load_tables(tmp_path, "all.csv", None, sha256={"all.csv": checksum.upper()}).y_train.size == 16


def test_small_sets_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_DATA_DIR", str(tmp_path))
    with pytest.raises(DatasetError, match=r"not on this machine: run `grade data fetch iris`, or put iris\.csv"):
        load_named("iris", 10, 5)
    (tmp_path / "iris").mkdir()
    (tmp_path / "iris" / "iris.csv").write_text(
        "20,3,setosa,versicolor\n" + csv_text(Y % 2).replace("\n", "\n"), "utf-8"
    )
    assert load_named("iris", 10, 3).X_train.shape == (10, 3)
    told = {line.partition(":")[0]: line for line in describe_named()}
    assert told["iris"] == f"iris: in {tmp_path / 'iris'}, not as published: iris.csv"
    assert told["cifar-10"].startswith("cifar-10: run `grade data fetch cifar-10`, or put the .bin files of its binary")
    (tmp_path / "fashion-mnist").mkdir()
    for part, n in (("train", 12), ("t10k", 6)):
        images, labels = RNG.integers(0, 256, size=(n, 28, 28)), RNG.integers(0, 10, size=n)
        (tmp_path / "fashion-mnist" / f"{part}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images)))
        (tmp_path / "fashion-mnist" / f"{part}-labels-idx1-ubyte").write_bytes(idx(labels))
    fashion = load_named("fashion-mnist", 10, 5)
    assert (fashion.X_train.shape, fashion.X_test.shape) == ((10, 784), (5, 784))
    (tmp_path / "cifar-10").mkdir()
    for name in ("data_batch_1.bin", "test_batch.bin"):
        records = RNG.integers(0, 10, size=(8, 3073)).astype(np.uint8)
        (tmp_path / "cifar-10" / name).write_bytes(records.tobytes())
    cifar = load_named("cifar-10", 5, 4)
    assert (cifar.X_train.shape, cifar.y_test.shape) == ((5, 3072), (4,))


def test_an_assignment_trains_on_files_of_its_own(tmp_path):
    folder = tmp_path / "linear-regression"
    write_scaffold(folder)
    (folder / "data").mkdir()
    np.savez(folder / "data" / "train.npz", X=X, y=Y)
    with (folder / "assignment.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[dataset]\ntrain = 12\ntest = 10\n\n[dataset.files]\ntrain = "data/train.npz"\n')
    with (folder / "checks.py").open("a", encoding="utf-8") as checks:
        checks.write(
            '\n\n@check("predict", points=0, title="On the data of the course")\n'
            "def predict_data(student, solution, dataset):\n"
            "    w = np.arange(3.0)\n"
            '    expect(student.predict(w, 1.0, dataset.X_test), "predictions").close_to(dataset.X_test @ w + 1)\n'
        )
    with Grader(folder) as session:
        report = session.grade(folder / "examples" / "by_sample.py")
    assert report.function("predict").status == "passed"
    assert session.dataset is not None
    assert session.dataset.X_test.shape == (4, 3)
