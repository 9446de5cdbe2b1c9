"""What a grading needs besides the assignment: the data set, and a sandbox that has it.

Both are waited for more than worked on: files are decompressed, the sandbox starts. So they are prepared in a thread,
as soon as it is known what the assignment asks for, and while the rest of it is read.
"""

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from grader.datasets import Dataset
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from grader.assignments.settings import Metadata


class Preparation:
    """The data set of an assignment is loaded, and a sandbox equipped with it, in a thread of its own.

    A context manager, which ends when nothing is being prepared any more.
    """

    def __init__(self, folder: Path, metadata: "Metadata", sandbox: Sandbox | None, *, proves: bool = False) -> None:
        """
        Args:
            folder, metadata: of the assignment.
            sandbox: that is equipped, if one is to be.
            proves: whether it proves itself, too. Nobody waits for that but who asks for a cell.
        """
        self.sandbox = sandbox
        self._is_equipped = threading.Event()
        self._dataset: Dataset | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._prepare, args=(folder, metadata, proves))
        self._thread.start()

    def dataset(self) -> Dataset | None:
        """The data set, once all is prepared but the proof; None for an assignment without one.

        Raises:
            DatasetError: its files are absent or damaged.
            SandboxUnavailable: something that the sandbox needs is missing for sure.
        """
        self._is_equipped.wait()
        if self._error is not None:
            raise self._error
        return self._dataset

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _prepare(self, folder: Path, metadata: "Metadata", proves: bool) -> None:
        try:
            self._dataset = _dataset(folder, metadata)
            if self.sandbox is not None:
                _equip(self.sandbox, metadata, self._dataset)
        except BaseException as error:
            self._error = error
        self._is_equipped.set()
        if proves and self._error is None and self.sandbox is not None:
            with suppress(Exception):  # it is raised again when a cell is asked for
                _ = self.sandbox.layers


def _dataset(folder: Path, metadata: "Metadata") -> Dataset | None:
    """The data set that an assignment asks for; None without one."""
    settings = metadata.dataset
    if settings is None:
        return None
    if settings.files is not None:
        from grader.datasets import load_tables

        return load_tables(
            folder,
            settings.files.train,
            settings.files.test,
            label=settings.files.label,
            sha256=settings.files.sha256,
            n_train=settings.train,
            n_test=settings.test,
        )
    if settings.name == "mnist":
        from grader.datasets import load_mnist

        return load_mnist(settings.train, settings.test)
    from grader.datasets import load_named

    return load_named(settings.name, settings.train, settings.test)


def _equip(sandbox: Sandbox, metadata: "Metadata", dataset: Dataset | None) -> None:
    """Let cells have the images already; the labels of the test set are never in them."""
    images = {"X_train": dataset.X_train, "X_test": dataset.X_test} if dataset else {}
    sandbox.equip(packages=metadata.imports.allowed, preload=images)
