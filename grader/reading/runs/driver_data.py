"""What lines that are added to a file are given: images, or a few numbers, as wide as the file counts on."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.reading.runs.widths import MAX_WIDTH, unequal

SAMPLES = 60
TIMES, SERIES = 8, 4  # of a recurrent network: times of each sequence, and sequences
IMAGES = f"""
import numpy as _np
from keras.datasets import mnist as _mnist
(_images, _labels), _ = _mnist.load_data()
_rows = _images[:{SAMPLES}].reshape({SAMPLES}, -1) / 255.0
_labels = _labels[:{SAMPLES}].astype(int)
_one_hot = _np.eye(10)[_labels]
_one_of_two = (_labels % 2).reshape(-1, 1).astype(float)
_kinds = _labels % 2
_signs = 2 * _kinds - 1
_pairs = [(x.reshape(-1, 1), y.reshape(-1, 1)) for x, y in zip(_rows, _one_hot)]
_flat_pairs = list(zip(_rows, _one_hot))
"""
#: for a file that takes its data as tables
AS_TABLES = """
class _Table(_np.ndarray):
    values = property(_np.asarray)
    def to_numpy(self): return _np.asarray(self)
_rows, _one_hot, _labels, _one_of_two, _kinds, _signs = [
    one.view(_Table) for one in (_rows, _one_hot, _labels, _one_of_two, _kinds, _signs)
]
"""


@dataclass(frozen=True)
class Widths:
    """Numbers of inputs and of outputs, of images or of a few samples that are drawn."""

    inputs: int
    outputs: int
    are_images: bool = False

    def lines(self) -> str:
        """The lines that make the data: X in rows, labels, the same one-hot and as one of two, pairs."""
        if self.are_images:
            return IMAGES
        one_hot = f"_np.eye({self.outputs})[_labels]" if self.outputs > 1 else "_one_of_two"
        return f"""
import numpy as _np
_draws = _np.random.RandomState(0)
_labels = _draws.randint(0, {max(2, self.outputs)}, {SAMPLES})
_rows = _draws.randn({SAMPLES}, {self.inputs}) + _draws.randn({max(2, self.outputs)}, {self.inputs})[_labels]
_one_of_two = (_labels % 2).reshape(-1, 1).astype(float)
_kinds = _labels % 2
_signs = 2 * _kinds - 1
_one_hot = {one_hot}
_pairs = list(zip(_rows.tolist(), _one_hot.tolist()))
_number_pairs = list(zip(_rows[:, 0].tolist(), _rows[:, -1].tolist()))
_flat_pairs = list(zip(_rows, _one_hot))
"""

    def in_words(self, served: Sequence[tuple[str, str]]) -> str:
        """What is given; `served` tells which images there were."""
        if not self.are_images:
            return f"{SAMPLES} samples of {self.inputs} number{'s' * (self.inputs > 1)}, drawn at random"
        kind = next((given.rpartition(" of ")[2] for asked, given in served if "mnist" in asked), "digits")
        return f"{SAMPLES} images of {kind}"


@dataclass(frozen=True)
class Sequences(Widths):
    """The same for a recurrent network: what comes in time after time."""

    def lines(self) -> str:
        """The lines that make the data: times first, samples first, a list of columns, numbers of symbols."""
        return f"""
import numpy as _np
_draws = _np.random.RandomState(0)
_marks = _draws.randint(0, {self.outputs}, {TIMES} + 1)
_symbols, _next = _marks[:-1].tolist(), _marks[1:].tolist()
_series = _draws.randn({TIMES}, {SERIES}, {self.inputs})
_kinds = _draws.randint(0, {self.outputs}, ({TIMES}, {SERIES}))
_one_hot = _np.eye({self.outputs})[_kinds]
_columns = [_np.eye({self.inputs})[k].reshape(-1, 1) for k in _draws.randint(0, {self.inputs}, {TIMES})]
_targets = [_np.eye({self.outputs})[k].reshape(-1, 1) for k in _next]
"""

    def in_words(self, served: Sequence[tuple[str, str]]) -> str:
        return (
            f"sequences of {TIMES} times, with {self.inputs} numbers or one of {self.outputs} symbols, drawn at random"
        )


#: of a recurrent network: in which forms X and y are tried
OF_SEQUENCES = (
    ("_symbols", "_next"),
    ("_series", "_one_hot[-1]"),
    ("_series.transpose(1, 0, 2)", "_one_hot[-1]"),
    ("_columns", "_targets"),
    ("_columns", "_next"),
    ("_columns", "_targets[-1]"),
    ("_columns", "_next[-1]"),
    ("_series", "_kinds"),
    ("_series", "_one_hot"),
    ("_series.transpose(1, 0, 2)", "_one_hot.transpose(1, 0, 2)"),
    ("_series[..., None]", "_kinds"),
    ("_series.transpose(1, 0, 2)", "_kinds[-1]"),
)
DIGITS = Widths(784, 10, are_images=True)
#: of few and small numbers no rate makes too much
FEW = Widths(6, 3)
SEQUENCES = Sequences(6, 3)


def refitted(widths: Widths, error: str) -> Widths | None:
    """Other widths, if an error says that what came in or was compared has another width than the file's own arrays."""
    sizes = None if isinstance(widths, Sequences) else unequal(error)
    if sizes is None or max(sizes) > MAX_WIDTH or any(size % SAMPLES == 0 for size in sizes):  # of all samples
        return None
    if {*sizes} == {widths.inputs, widths.outputs}:  # the file has as many outputs as the inputs that were found
        return Widths(widths.inputs, widths.inputs)
    if widths.inputs in sizes:
        return Widths(sizes[1 - sizes.index(widths.inputs)], widths.outputs)
    if widths.outputs in sizes:
        return Widths(widths.inputs, sizes[1 - sizes.index(widths.outputs)])
    if widths.inputs + 1 in sizes:  # a column of ones that the file puts before or behind them
        return Widths(max(1, sizes[1 - sizes.index(widths.inputs + 1)] - 1), widths.outputs)
    return None
