"""Values that the reader makes, beside those of a recording."""

from dataclasses import dataclass, field

import numpy as np

from grader.reading.recorded.recording import Array, ValueTable

MAX_VECTOR = 64  # numbers of a vector that is looked for among those of the script


@dataclass
class AddedValues:
    """New values beside those of a recording."""

    table: ValueTable
    is_single: bool  # whether they are kept in single precision
    made: dict[tuple[tuple[int, ...], bytes], int] = field(default_factory=dict)
    arrays: list[Array] = field(default_factory=list)
    vectors: dict[bytes, int] | None = None  # those of the script, by content

    def number(self, array: Array) -> int:
        content = np.array(array, float, order="C")
        key = content.shape, content.tobytes()
        if key not in self.made:
            self.made[key] = len(self.table) + len(self.arrays)
            self.arrays.append(content)
        return self.made[key]

    def known(self, array: Array) -> int:
        """The number of a vector as the script has it, if it has one."""
        if self.vectors is None:
            self.vectors = {}
            for number in np.flatnonzero((self.table.table[:, 2] == 1) & (self.table.table[:, 0] == 0)).tolist():
                if self.table.sizes[number] <= MAX_VECTOR:
                    vector = self.table.get(number)
                    self.vectors.setdefault(b"" if vector is None else vector.tobytes(), number)
        found = self.vectors.get(np.ascontiguousarray(array, float).tobytes()) if array.ndim == 1 else None
        return self.number(array) if found is None else found

    def together(self) -> ValueTable:
        old = self.table
        buffer = int(self.is_single)
        floats = old.buffers[buffer]
        sizes = [array.size for array in self.arrays]
        starts = len(floats) + np.cumsum([0, *sizes[:-1]])
        rows = [[buffer, int(start), array.ndim] for start, array in zip(starts, self.arrays, strict=True)]
        dimensions = [size for array in self.arrays for size in array.shape]
        table = np.concatenate([old.table, np.array(rows, np.int64).reshape(-1, 3)])
        ends = np.cumsum(table[:, 2])
        return ValueTable(
            table,
            ends - table[:, 2],
            np.concatenate([old.dimensions, np.array(dimensions, np.int64)]),
            tuple(
                np.concatenate([one, *[array.ravel().astype(one.dtype) for array in self.arrays]])
                if one is floats
                else one
                for one in old.buffers
            ),
        )
