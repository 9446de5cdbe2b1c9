"""Animations that are never shown: their frames are gone through, since in some files it is a frame that trains."""

from __future__ import annotations

from itertools import islice
from typing import Any, Iterable

from ..standins import DisplayValue, provide
from .samples import Samples

MAX_FRAMES = 60


def animating(samples: Samples) -> None:
    """Let `FuncAnimation` call its function for every frame, as saving or showing it does."""

    class Animation(DisplayValue):
        def __init__(self, figure: Any, func: Any, frames: Any = None, *args: Any, **options: Any) -> None:
            super().__init__("matplotlib.animation.FuncAnimation")
            given = args[1] if len(args) > 1 else options.get("fargs")
            start = args[0] if args else options.get("init_func")
            samples.note("an animation that nobody sees", "its frames, one after another")
            try:
                if callable(start):
                    start()
                for frame in islice(_frames(frames), MAX_FRAMES):
                    func(frame, *(given or ()))
            except Exception as error:  # a drawing that a stand-in has no answer for
                if "array element with a sequence" in str(error):  # as an older numpy took it
                    raise

    provide("matplotlib.animation", {"FuncAnimation": Animation})


def _frames(frames: Any) -> Iterable[Any]:
    if frames is None:
        return range(MAX_FRAMES)
    if isinstance(frames, int):
        return range(frames)
    found: Iterable[Any] = frames() if callable(frames) else frames
    return found
