"""The sets that `grade data fetch` knows: their files as they were published, and who has them.

What is told of a file here holds byte for byte, wherever it comes from; the mirrors are tried in turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.datasets.files import MNIST_FILES, PublishedFile

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
                "train-labels-idx1-ubyte.gz",
                29_515,
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            ),
            PublishedFile(
                "t10k-images-idx3-ubyte.gz",
                4_422_102,
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            ),
            PublishedFile(
                "t10k-labels-idx1-ubyte.gz",
                5_148,
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
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
