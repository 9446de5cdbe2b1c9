"""What is closed when its block ends."""

from typing import Self


class Closing:
    """A context manager of its own."""

    def close(self) -> None:
        """Let go of what is held; by default nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
