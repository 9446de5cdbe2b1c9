"""Folders of images that are not there: handwritten digits in the forms in which cv2, PIL and imageio read them.

Where a path has a digit that tells the kind (`train/7/12.png`, `7_12.png`, `12.png` of ten kinds), the image is one
of that kind; otherwise they come in their order.
"""

from __future__ import annotations

import fnmatch
import glob
import os
import re
import sys
from typing import Any

import numpy as np

from ..standins import DisplayValue
from .samples import PICTURES, Samples

KINDS, IMAGES_OF_A_KIND = 10, 12
_KIND = re.compile(r"(?<![0-9a-zA-Z])(\d)(?![0-9])")
_NUMBER = re.compile(r"(\d+)(?=\.\w+$)")
_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".pgm")


class Photographs:
    """Reads images, and lists the folders that hold them."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self._taken: dict[int, int] = {}  # of each kind
        self._listdir, self._glob, self._walk, self._isdir = os.listdir, glob.iglob, os.walk, os.path.isdir

    def modules(self) -> dict[str, dict[str, Any]]:
        """What reads images, by module."""
        for where, name, what in (
            (os, "listdir", self.listdir), (glob, "glob", self.glob), (glob, "iglob", self.glob),
            (os, "walk", self.walk), (os.path, "isdir", self.isdir),
        ):  # fmt: skip
            setattr(where, name, what)
        shown = {name: lambda *a, **k: None for name in ("imshow", "waitKey", "imwrite", "destroyAllWindows")}
        cv2 = {
            "imread": self.imread, "resize": lambda image, size, *a, **k: resized(image, size[1], size[0]),
            "cvtColor": converted, "threshold": threshold, "bitwise_not": lambda image: 255 - np.asarray(image),
            "GaussianBlur": lambda image, *a, **k: image, "flip": lambda x, code: x[:, ::-1] if code else x[::-1],
            "IMREAD_GRAYSCALE": 0, "IMREAD_COLOR": 1, "IMREAD_UNCHANGED": -1, "COLOR_BGR2GRAY": 6,
            "COLOR_RGB2GRAY": 7, "COLOR_BGR2RGB": 4, "COLOR_RGB2BGR": 4, "COLOR_GRAY2BGR": 8, "COLOR_GRAY2RGB": 8,
            "THRESH_BINARY": 0, "THRESH_BINARY_INV": 1, "THRESH_OTSU": 8, "INTER_AREA": 3, "INTER_LINEAR": 1,
            "INTER_NEAREST": 0, "INTER_CUBIC": 2, **shown,
        }  # fmt: skip
        pictures = {"open": self.open, "fromarray": lambda array, *a, **k: Picture(np.asarray(array))}
        plain = {"imread": lambda path, *a, **rest: self.imread(path, 0 if rest.get("as_gray") else -1)}
        scaled = {"imread": lambda path, *a, **rest: self.imread(path, -1) / np.float32(255)}
        return {
            "cv2": cv2, "PIL": {}, "PIL.Image": pictures, "imageio": plain, "imageio.v2": plain, "imageio.v3": plain,
            "skimage": {}, "skimage.io": plain, "matplotlib.image": scaled,
        }  # fmt: skip

    def image(self, path: str) -> Any:
        """28 x 28 pixels, or as many as the text counts on."""
        images, labels = self.samples.train
        kind = kind_of(path)
        self.samples.note(PICTURES, "digits of " + self.samples.given)
        which = np.arange(len(images)) if kind is None else np.flatnonzero(labels == kind)
        key = -1 if kind is None else kind
        taken = self._taken[key] = self._taken.get(key, -1) + 1
        image = images[which[taken % len(which)]]
        return resized(image, *self.samples.sides) if self.samples.sides[0] else image

    def imread(self, path: Any, flag: Any = 1, *args: Any, **rest: Any) -> Any:
        """`cv2.imread`: in colours, unless grey was asked for."""
        if os.path.exists(str(path)):
            return None
        image = self.image(str(path)).copy()
        return image if flag in (0, -1) else np.stack([image] * 3, axis=2)

    def open(self, path: Any, *args: Any, **rest: Any) -> Any:
        return Picture(self.image(str(path)).copy())

    # --- folders -----------------------------------------------------------------------------------------

    def listdir(self, path: Any = ".") -> list[str]:
        if self._is_here(path):
            return list(self._listdir(path))
        self.samples.note("the folder " + str(path)[-60:], "folders of %d kinds, with images" % KINDS)
        kind = kind_of(os.path.join(str(path), ""))
        if kind is None:
            return [Listed(k) for k in range(KINDS)]
        return ["%d_%d.png" % (kind, k) for k in range(IMAGES_OF_A_KIND)]

    def glob(self, pathname: Any, *args: Any, **rest: Any) -> list[str]:
        name = str(pathname)
        folder, last = os.path.split(name)
        is_of_images = last.lower().endswith(_ENDINGS) or "*" in last
        if not is_of_images or self._is_here(folder.split("*")[0]):
            return list(self._glob(name, *args, **rest))
        self.samples.note("the folder " + folder[-60:], "images of %d kinds" % KINDS)
        ending = os.path.splitext(last)[1] if last.lower().endswith(_ENDINGS) else ""
        kinds = range(KINDS) if kind_of(folder + "/") is None else [kind_of(folder + "/")]
        names = ["%s_%d%s" % (kind, k, ending) for kind in kinds for k in range(IMAGES_OF_A_KIND if ending else 1)]
        return [os.path.join(folder.replace("*", one[0]), one) for one in names if fnmatch.fnmatch(one, last)]

    def walk(self, top: Any, *args: Any, **rest: Any) -> Any:
        if self._is_here(top):
            yield from self._walk(top, *args, **rest)
            return
        names = self.listdir(top)
        is_of_kinds = names[0] == "0"
        yield str(top), names if is_of_kinds else [], [] if is_of_kinds else names
        for name in names if is_of_kinds else ():
            yield os.path.join(str(top), name), [], self.listdir(os.path.join(str(top), name))

    def isdir(self, path: Any) -> bool:
        return self._isdir(path) or (not self._is_here(path) and not os.path.splitext(str(path))[1])

    @staticmethod
    def _is_here(path: Any) -> bool:
        is_table = str(path).endswith(".csv")  # which may be what the command line is answered
        return (
            os.path.exists(path or ".") and not is_table
        ) or path in sys.path  # an import lists what it goes through


class Listed(str):
    """A name in a folder of which nothing is known: one of a folder, or, where this is asked, of an image."""

    def endswith(self, suffix: Any, *args: Any) -> bool:
        asked = suffix if isinstance(suffix, tuple) else (suffix,)
        return super().endswith(suffix, *args) or any(one.lower() in _ENDINGS for one in asked)


def kind_of(path: str) -> int | None:
    """The digit of an image that its path tells: of its folder, or what its name begins with, or its number."""
    folder, name = os.path.split(path.replace("\\", "/"))
    for part in (os.path.basename(folder), name):
        found = _KIND.findall(part)
        if found and (part != name or part[0].isdigit()):
            return int(found[-1] if part != name else found[0])
    number = _NUMBER.search(name)
    return int(number[1]) % KINDS if number else None


class Picture:
    """An image of PIL."""

    def __init__(self, data: Any) -> None:
        self._data = data
        self.size = data.shape[1], data.shape[0]
        self.width, self.height = self.size
        self.mode = "L" if data.ndim == 2 else "RGB"

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return self._data.astype(dtype) if dtype is not None else self._data.copy()

    def convert(self, mode: str = "L", *args: Any, **rest: Any) -> Any:
        grey = self._data if self._data.ndim == 2 else self._data.mean(2).astype(np.uint8)
        return Picture(grey if mode in ("L", "1", "F", "I") else np.stack([grey] * 3, axis=2))

    def resize(self, size: Any, *args: Any, **rest: Any) -> Any:
        return Picture(resized(self._data, size[1], size[0]))

    thumbnail = close = show = save = lambda self, *args, **rest: None

    def getdata(self, *args: Any) -> Any:
        return self._data.reshape(-1, *self._data.shape[2:]).tolist()

    def getpixel(self, place: Any) -> Any:
        return self._data[place[1], place[0]].tolist()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *details: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return DisplayValue("PIL.Image." + name)


def resized(image: Any, height: int, width: int) -> Any:
    """Of each new pixel the nearest old one."""
    image = np.asarray(image)
    rows = np.arange(int(height)) * image.shape[0] // int(height)
    return image[rows][:, np.arange(int(width)) * image.shape[1] // int(width)]


def converted(image: Any, code: Any, *args: Any) -> Any:
    """`cvtColor`: to grey, or to three colours."""
    image = np.asarray(image)
    if code in (6, 7):
        return image if image.ndim == 2 else image[:, :, 0]
    return np.stack([image] * 3, axis=2) if image.ndim == 2 else image[:, :, ::-1]


def threshold(image: Any, limit: float, largest: float, kind: int = 0) -> tuple[float, Any]:
    image = np.asarray(image)
    limit = 127.0 if kind & 8 else limit
    is_above = image > limit
    return limit, np.where(is_above != bool(kind & 1), largest, 0).astype(image.dtype)
