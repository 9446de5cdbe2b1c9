import gzip
from pathlib import Path

import numpy as np
import pytest

from grader.datasets import Dataset, describe_mnist, find_mnist, load_mnist


@pytest.fixture
def write_half(idx_bytes):
    """Writes a half of a made-up MNIST whose images carry their position, so that each can be recognised."""

    def write(directory: Path, prefix: str, n: int, *, separator: str = "-", zipped: bool = True) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        images = np.zeros((n, 28, 28), dtype=np.uint8)
        images[:, 0, 0], images[:, 0, 1] = np.arange(n) % 256, np.arange(n) // 256
        labels = (np.arange(n) % 10).astype(np.uint8)
        for name, array in ((f"{prefix}-images", images), (f"{prefix}-labels", labels)):
            filename = f"{name}{separator}idx{array.ndim}-ubyte"
            content = idx_bytes(array)
            (directory / (filename + ".gz" * zipped)).write_bytes(gzip.compress(content) if zipped else content)

    return write


def positions(X: np.ndarray) -> np.ndarray:
    return np.rint(X[:, 0] * 255 + X[:, 1] * 255 * 256).astype(int)


def assert_well_formed(dataset: Dataset, n_train: int, n_test: int) -> None:
    for X, y, n in ((dataset.X_train, dataset.y_train, n_train), (dataset.X_test, dataset.y_test, n_test)):
        assert X.shape == (n, 784)
        assert X.dtype == np.float64
        assert X.min() >= 0.0
        assert X.max() <= 1.0
        assert y.shape == (n,)
        assert y.dtype == np.int64
        assert set(np.unique(y)) <= set(range(10))
        assert not X.flags.writeable
        assert not y.flags.writeable


@pytest.mark.parametrize("separator", ["-", "."])
@pytest.mark.parametrize("zipped", [True, False])
def test_both_halves_under_any_usual_name(tmp_path, write_half, separator, zipped):
    write_half(tmp_path, "train", 60, separator=separator, zipped=zipped)
    write_half(tmp_path, "t10k", 20, separator=separator, zipped=zipped)
    dataset = load_mnist(50, 10, directory=tmp_path)
    assert_well_formed(dataset, 50, 10)
    assert not dataset.is_stand_in
    assert dataset.title == "MNIST: 50 training and 10 test images"
    assert dataset.source == str(tmp_path)
    np.testing.assert_array_equal(dataset.y_train, positions(dataset.X_train) % 10)
    np.testing.assert_array_equal(dataset.y_test, positions(dataset.X_test) % 10)


@pytest.mark.parametrize("prefix", ["train", "t10k"])
def test_one_half_is_split_without_overlap_whatever_is_asked(tmp_path, write_half, prefix):
    write_half(tmp_path, prefix, 1000)
    train, test = set(), set()
    for n_train, n_test, seed in ((800, 200, 0), (100, 150, 1), (30, 5, 2)):
        dataset = load_mnist(n_train, n_test, seed=seed, directory=tmp_path)
        assert_well_formed(dataset, n_train, n_test)
        assert "half only" in dataset.title
        train.update(positions(dataset.X_train))
        test.update(positions(dataset.X_test))
    assert train.isdisjoint(test)
    assert len(train) == 800
    assert len(test) == 200


def test_the_seed_decides_which_images_and_in_which_order(tmp_path, write_half):
    write_half(tmp_path, "t10k", 500)
    first, again, other = (load_mnist(100, 50, seed=seed, directory=tmp_path) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first.X_train, again.X_train)
    np.testing.assert_array_equal(first.y_test, again.y_test)
    assert set(positions(first.X_train)) != set(positions(other.X_train))


def test_fewer_images_than_asked_are_told(tmp_path, write_half):
    write_half(tmp_path, "t10k", 100)
    dataset = load_mnist(5000, 1000, directory=tmp_path)
    assert_well_formed(dataset, 80, 20)
    assert dataset.title.endswith("80 training and 20 test images")


def test_without_mnist_the_stand_in_says_so(no_data):
    dataset = load_mnist(300, 100)
    assert_well_formed(dataset, 300, 100)
    assert dataset.is_stand_in
    assert dataset.name == "drawn-digits"
    assert dataset.title == ("digits drawn by the grader (MNIST is not on this machine: run `grade data fetch`)")
    assert np.bincount(dataset.y_train, minlength=10).min() > 15
    np.testing.assert_array_equal(dataset.X_train, load_mnist(300, 100).X_train)
    assert find_mnist() is None


def test_damaged_files_are_replaced_with_the_reason_in_the_title(tmp_path, write_half):
    write_half(tmp_path, "t10k", 100)
    path = tmp_path / "t10k-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:40])
    dataset = load_mnist(30, 10, directory=tmp_path)
    assert dataset.is_stand_in
    assert "cannot be used: t10k-images-idx3-ubyte.gz" in dataset.title
    assert "\n" not in dataset.title


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (np.full(100, 11, dtype=np.uint8), "holds the label 11; expected digits 0 to 9"),
        (np.zeros(99, dtype=np.uint8), "has 100 images, t10k-labels-idx1-ubyte has 99 labels"),
    ],
)
def test_labels_that_do_not_fit_are_refused(tmp_path, write_half, idx_bytes, labels, reason):
    write_half(tmp_path, "t10k", 100, zipped=False)
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    assert reason in load_mnist(30, 10, directory=tmp_path).title


@pytest.mark.parametrize("n", [0, 4])
def test_a_half_with_hardly_an_image_is_refused(tmp_path, write_half, n):
    write_half(tmp_path, "t10k", n)
    assert f"has {n} images, too few" in load_mnist(30, 10, directory=tmp_path).title


@pytest.mark.parametrize(("n_train", "n_test"), [(0, 10), (10, 0), (-1, 10)])
def test_sizes_must_be_positive(n_train, n_test):
    with pytest.raises(ValueError, match="at least 1"):
        load_mnist(n_train, n_test)


def test_the_named_folder_comes_before_the_cache_but_a_complete_one_before_a_half(
    no_data, tmp_path, write_half, monkeypatch
):
    named, cache = tmp_path / "named", no_data / "grader" / "mnist"
    monkeypatch.setenv("GRADER_DATA_DIR", str(named))
    write_half(cache, "t10k", 20)
    assert find_mnist().directory == cache
    write_half(named, "t10k", 20)
    assert find_mnist().directory == named
    write_half(cache, "train", 20)
    assert find_mnist().directory == cache
    assert find_mnist().is_complete


def test_a_sound_folder_takes_over_from_a_damaged_one(no_data, tmp_path, write_half, monkeypatch):
    named, cache = tmp_path / "named", no_data / "grader" / "mnist"
    monkeypatch.setenv("GRADER_DATA_DIR", str(named))
    write_half(named, "t10k", 20)
    (named / "t10k-labels-idx1-ubyte.gz").write_bytes(b"nothing of the kind")
    write_half(cache, "t10k", 20)
    assert load_mnist(10, 2).source == str(cache)


def test_images_without_labels_are_no_half(tmp_path, write_half):
    write_half(tmp_path, "t10k", 20)
    (tmp_path / "t10k-labels-idx1-ubyte.gz").unlink()
    assert find_mnist(tmp_path) is None


def test_the_description_tells_absent_from_altered(no_data, tmp_path, write_half):
    absent = describe_mnist()
    assert absent.directory is None
    assert absent.searched == (no_data / "grader" / "mnist",)
    assert "run `grade data fetch`" in absent.summary
    write_half(tmp_path, "t10k", 20)
    altered = describe_mnist(tmp_path)
    assert [file.state for file in altered.files] == ["missing", "missing", "differs", "differs"]
    assert "the test half only, not the published files: t10k-images-idx3-ubyte.gz" in altered.summary


class TestPublishedTestHalf:
    def test_is_recognised_gzipped_and_plain(self, real_t10k, tmp_path):
        plain = tmp_path / "t10k-images.idx3-ubyte"
        plain.write_bytes(gzip.decompress((real_t10k / "t10k-images-idx3-ubyte.gz").read_bytes()))
        (tmp_path / "t10k-labels-idx1-ubyte.gz").write_bytes((real_t10k / "t10k-labels-idx1-ubyte.gz").read_bytes())
        status = describe_mnist(tmp_path)
        assert [file.state for file in status.files[2:]] == ["verified", "verified"]
        assert status.files[2].path == plain
        assert status.summary.endswith("the test half only, checksums verified")

    def test_splits_into_8000_and_2000_with_all_digits(self, real_t10k):
        dataset = load_mnist(8000, 2000, directory=real_t10k)
        assert_well_formed(dataset, 8000, 2000)
        assert np.bincount(dataset.y_train, minlength=10).min() > 650
        assert np.bincount(dataset.y_test, minlength=10).min() > 150
        counts = np.bincount(np.concatenate([dataset.y_train, dataset.y_test]))
        # The class counts of the published test labels.
        assert counts.tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]

    def test_images_of_a_digit_resemble_each_other(self, real_t10k):
        dataset = load_mnist(3000, 1000, directory=real_t10k)
        means = np.array([dataset.X_train[dataset.y_train == digit].mean(axis=0) for digit in range(10)])
        distance = ((dataset.X_test[:, None, :] - means) ** 2).sum(axis=-1)
        accuracy = (distance.argmin(axis=1) == dataset.y_test).mean()
        assert accuracy > 0.75  # the nearest mean gets about 80 %: images and labels belong together
