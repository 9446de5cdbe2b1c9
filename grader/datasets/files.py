"""The sets that `grade data fetch` knows, as they were published, and where the files of MNIST are on this machine.

What is told of a file here holds byte for byte, wherever it comes from; the mirrors are tried in turn.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DATA_DIR_VARIABLE = "GRADER_DATA_DIR"

FileState = Literal["verified", "differs", "missing"]


@dataclass(frozen=True)
class PublishedFile:
    """A file as its authors published it, mostly gzipped.

    ``size`` and ``sha256`` are those of the file, ``content_sha256`` is of what a gzipped one holds, where it is known.
    """

    filename: str
    size: int
    sha256: str
    content_sha256: str = ""

    @property
    def usual_names(self) -> tuple[str, ...]:
        """Names under which people keep the file, plain ones (faster to read) first."""
        dashed = self.filename.removesuffix(".gz")
        dotted = dashed.replace("-idx", ".idx")
        return dashed, dotted, f"{dashed}.gz", f"{dotted}.gz"


TRAIN_IMAGES = PublishedFile(
    "train-images-idx3-ubyte.gz",
    9_912_422,
    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
)
TRAIN_LABELS = PublishedFile(
    "train-labels-idx1-ubyte.gz",
    28_881,
    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
)
TEST_IMAGES = PublishedFile(
    "t10k-images-idx3-ubyte.gz",
    1_648_877,
    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
)
TEST_LABELS = PublishedFile(
    "t10k-labels-idx1-ubyte.gz",
    4_542,
    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
)
MNIST_FILES = (TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)


@dataclass(frozen=True)
class Half:
    """The images of one half of MNIST and their labels."""

    images: Path
    labels: Path


@dataclass(frozen=True)
class MnistFiles:
    """A folder with at least one half of MNIST: 60,000 images for training, 10,000 for testing."""

    directory: Path
    train: Half | None
    test: Half | None

    @property
    def is_complete(self) -> bool:
        return self.train is not None and self.test is not None


@dataclass(frozen=True)
class FileStatus:
    """One of the four files: where it is and whether it is the published one, byte for byte."""

    filename: str
    path: Path | None
    state: FileState


@dataclass(frozen=True)
class MnistStatus:
    """What this machine has of MNIST, for display.

    Attributes:
        searched: folders that were looked into, in that order.
        directory: the folder that is used, None if no folder has at least one half.
        files: the four files in that folder.
        summary: one sentence.
    """

    searched: tuple[Path, ...]
    directory: Path | None
    files: tuple[FileStatus, ...]
    summary: str


def cache_directory() -> Path:
    """The folder in the user's cache where fetched files are kept."""
    import platformdirs  # only needed here; keeps the import of the package cheap

    return Path(platformdirs.user_cache_dir("grader")) / "mnist"


def search_path(directory: Path | None = None) -> tuple[Path, ...]:
    """Where MNIST may be: ``directory`` alone if given, else ``$GRADER_DATA_DIR``, then the cache folder."""
    if directory is not None:
        return (directory,)
    named = os.environ.get(DATA_DIR_VARIABLE)
    return (Path(named).expanduser(), cache_directory()) if named else (cache_directory(),)


def find_all_mnist(directory: Path | None = None) -> tuple[MnistFiles, ...]:
    """Every folder of the search path with at least one half of MNIST, complete ones first."""
    found = [files for folder in search_path(directory) if (files := _look_into(folder)) is not None]
    return tuple(sorted(found, key=lambda files: not files.is_complete))


def find_mnist(directory: Path | None = None) -> MnistFiles | None:
    """The folder that `load_mnist` uses first, or None. Names are looked at, nothing is read."""
    return next(iter(find_all_mnist(directory)), None)


def describe_mnist(directory: Path | None = None) -> MnistStatus:
    """Where MNIST is and whether its files are the published ones. Reads and hashes the files found."""
    searched = search_path(directory)
    files = find_mnist(directory)
    if files is None:
        return MnistStatus(searched, None, (), "MNIST is not on this machine: run `grade data fetch`")
    statuses = tuple(_file_status(published, files.directory) for published in MNIST_FILES)
    return MnistStatus(searched, files.directory, statuses, _summary(files, statuses))


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _look_into(folder: Path) -> MnistFiles | None:
    train = _half(folder, TRAIN_IMAGES, TRAIN_LABELS)
    test = _half(folder, TEST_IMAGES, TEST_LABELS)
    return MnistFiles(folder, train, test) if train or test else None


def _half(folder: Path, images: PublishedFile, labels: PublishedFile) -> Half | None:
    images_path, labels_path = _first_present(folder, images), _first_present(folder, labels)
    return Half(images_path, labels_path) if images_path and labels_path else None


def _first_present(folder: Path, published: PublishedFile) -> Path | None:
    candidates = (folder / name for name in published.usual_names)
    try:
        return next((path for path in candidates if path.is_file()), None)
    except OSError:  # a folder that may not be entered has nothing for us
        return None


def _file_status(published: PublishedFile, folder: Path) -> FileStatus:
    path = _first_present(folder, published)
    if path is None:
        return FileStatus(published.filename, None, "missing")
    try:
        genuine = sha256_of(path) in (published.sha256, published.content_sha256)
    except OSError:
        genuine = False
    return FileStatus(published.filename, path, "verified" if genuine else "differs")


def _summary(files: MnistFiles, statuses: tuple[FileStatus, ...]) -> str:
    one_half = "the training half only" if files.train else "the test half only"
    extent = "complete" if files.is_complete else one_half
    differing = [status.path.name for status in statuses if status.path and status.state == "differs"]
    verdict = f"not the published files: {', '.join(differing)}" if differing else "checksums verified"
    return f"MNIST in {files.directory}: {extent}, {verdict}"


MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)
_SCIKIT_LEARN = ("https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.9.1/sklearn/datasets/data/",)


@dataclass(frozen=True)
class PublishedSet:
    """A set by its name.

    Attributes:
        title: what people call it.
        mirrors: addresses of folders that hold the files.
        members: files of the one archive that it is published as, without their folder; none where it is no archive.
        is_in_scikit_learn: whether an installed scikit-learn has the files.
    """

    title: str
    files: tuple[PublishedFile, ...]
    mirrors: tuple[str, ...]
    members: tuple[str, ...] = ()
    is_in_scikit_learn: bool = False


SETS: Mapping[str, PublishedSet] = {
    "mnist": PublishedSet("MNIST", MNIST_FILES, MIRRORS),
    "fashion-mnist": PublishedSet(  # H. Xiao, K. Rasul, R. Vollgraf, 2017
        "Fashion-MNIST",
        (
            PublishedFile(
                "train-images-idx3-ubyte.gz",
                26_421_880,
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            ),
            PublishedFile(
                "train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"
            ),
            PublishedFile(
                "t10k-images-idx3-ubyte.gz",
                4_422_102,
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            ),
            PublishedFile(
                "t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"
            ),
        ),
        (
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        ),
    ),
    "cifar-10": PublishedSet(  # A. Krizhevsky, 2009; the binary version, in which nothing is pickled
        "CIFAR-10",
        (
            PublishedFile(
                "cifar-10-binary.tar.gz",
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            ),
        ),
        ("https://www.cs.toronto.edu/~kriz/",),
        (*(f"data_batch_{i}.bin" for i in range(1, 6)), "test_batch.bin"),
    ),
    "digits": PublishedSet(
        "digits",
        (PublishedFile("digits.csv.gz", 57_523, "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"),),
        _SCIKIT_LEARN,
        is_in_scikit_learn=True,
    ),
    "iris": PublishedSet(
        "Iris",
        (PublishedFile("iris.csv", 2_734, "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449"),),
        _SCIKIT_LEARN,
        is_in_scikit_learn=True,
    ),
}
