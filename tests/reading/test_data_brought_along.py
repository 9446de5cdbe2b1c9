"""Data that lie in the folder of a file are read, and nothing stands in their place."""

import gzip
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from grader.reading.explain import explain
from grader.sandbox.inside.sample_data.brought import Brought, from_idx

READS = """
import gzip, os, pathlib, struct
import idx2numpy
import numpy as np
import pandas as pd

assert os.path.exists("points.csv") and pathlib.Path("data/labels.idx").exists() and not os.path.exists("other.csv")
frame = pd.read_csv("points.csv")
assert list(frame.columns) == ["a", "b, squared", "kind"], list(frame.columns)
table = np.loadtxt("./points.csv", delimiter=",", skiprows=1)
assert np.array_equal(table, np.genfromtxt("points.csv", delimiter=",", skip_header=1))
assert np.array_equal(table, frame.values)
assert "a," in open("points.csv").readline()
saved = np.load("data/saved.npy")
kinds = idx2numpy.convert_from_file("data/labels.idx")
with gzip.open("labels.gz", "rb") as file:
    assert struct.unpack(">II", file.read(8)) == (2049, 37)
    assert np.array_equal(np.frombuffer(file.read(), np.uint8), kinds)
with open("labels.gz", "rb") as file:
    assert np.array_equal(np.frombuffer(gzip.GzipFile(fileobj=file).read()[8:], np.uint8), kinds)
X, y = table[:, :2], saved
W1, b1 = np.random.randn(2, 5), np.zeros(5)
W2, b2 = np.random.randn(5, 1), np.zeros(1)
for i in range(50):
    h = np.tanh(X @ W1 + b1)
    p = h @ W2 + b2
    cost = np.mean((p - y) ** 2)
    d2 = 2 * (p - y) / len(X)
    d1 = d2 @ W2.T * (1 - h ** 2)
    W2 -= 0.1 * h.T @ d2
    b2 -= 0.1 * d2.sum(0)
    W1 -= 0.1 * X.T @ d1
    b1 -= 0.1 * d1.sum(0)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A script of 37 samples with the files that it reads."""
    rng = np.random.default_rng(0)
    home = tmp_path / "work"
    (home / "data").mkdir(parents=True)
    (home / "train.py").write_text(READS)
    lines = ['a,"b, squared",kind', *(f"{a:.2f},{a * a:.2f},{i % 2}" for i, a in enumerate(rng.normal(size=37)))]
    (home / "points.csv").write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    np.save(home / "data" / "saved.npy", rng.normal(size=(37, 1)))
    labels = struct.pack(">II", 2049, 37) + bytes(i % 2 for i in range(37))
    (home / "data" / "labels.idx").write_bytes(labels)
    (home / "labels.gz").write_bytes(gzip.compress(labels))
    return home


@pytest.mark.parametrize("is_packed", [False, True], ids=["folder", "archive"])
def test_the_data_of_a_folder_are_read(folder, tmp_path, is_packed):
    path = folder
    if is_packed:
        path = tmp_path / "work.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.rglob("*"):
                archive.write(file, file.relative_to(tmp_path))
    told = explain(path)
    assert (told.status, told.network.batch, told.data) == ("right", 37, ()), told.reason


def test_the_file_that_is_meant_lies_where_the_path_says():
    brought = Brought({"work/train/x.csv": b"of train", "work/test/x.csv": b"of test", "y.csv": b"y"})
    assert brought.find("test/x.csv") == brought.find(r"..\data\test\x.csv") == b"of test"
    assert brought.find("/content/drive/y.csv") == b"y"
    assert brought.find("z.csv") is None
    assert brought.exists("train")
    assert not brought.exists("rain")


@pytest.mark.parametrize("kind", ["u1", "i2", "f4", "f8"])
def test_numbers_of_an_idx_file_are_of_its_type(kind):
    numbers = np.arange(24).reshape(2, 3, 4).astype(kind)
    code = {"u1": 8, "i2": 11, "f4": 13, "f8": 14}[kind]
    content = bytes([0, 0, code, 3]) + struct.pack(">3I", 2, 3, 4) + numbers.astype(f">{kind}").tobytes()
    assert np.array_equal(from_idx(content), numbers)
    with pytest.raises(ValueError, match="no idx file"):
        from_idx(b"PNG" + content)
