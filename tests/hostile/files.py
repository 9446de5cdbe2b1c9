"""The attacks that are files: notebooks, archives and folders made to hurt whoever reads them."""

import gzip
import io
import json
import os
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .registry import HOMEWORK

Make = Callable[[Path], Path]


@dataclass(frozen=True)
class FileAttack:
    """A file or folder that `make` writes below a folder, and what the report must show."""

    category: str
    name: str
    seen: str
    make: Make

    @property
    def id(self) -> str:
        return f"{self.category}: {self.name}"


FILE_ATTACKS: list[FileAttack] = []


def attack(category: str, name: str, seen: str) -> Callable[[Make], Make]:
    def declare(make: Make) -> Make:
        FILE_ATTACKS.append(FileAttack(category, name, seen, make))
        return make

    return declare


def _written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def _wrong() -> str:
    return HOMEWORK.read_text("utf-8")


# --- notebooks -------------------------------------------------------------------------------------------


def _cell(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None, **more}


def _notebook(folder: Path, *cells: Mapping[str, Any], **more: Any) -> Path:
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}
    return _written(folder, "homework.ipynb", json.dumps(document))


@attack("notebook", "ten million cells", "REJECTED .* MB")
def ten_million_cells(folder: Path) -> Path:
    return _written(folder, "homework.ipynb", '{"nbformat":4,"cells":[' + "{}," * 10_000_000 + "{}]}")


@attack("notebook", "as many cells as the file size permits", "REJECTED .* values")
def six_million_cells(folder: Path) -> Path:
    return _written(folder, "homework.ipynb", '{"nbformat":4,"cells":[' + "{}," * 6_000_000 + "{}]}")


@attack("notebook", "more cells than are read", "REJECTED .*20,000 cells")
def many_cells(folder: Path) -> Path:
    return _notebook(folder, *[_cell("x = 1")] * 20_000)


@attack("notebook", "every cell ends the process", "ended the process|whole submission may take")
def every_cell_exits(folder: Path) -> Path:
    exits = [_cell("import os; os._exit(0)")] * 500
    return _notebook(folder, _cell("import time; time.sleep(0.3)"), *exits)


@attack("notebook", "every cell is asleep", "whole submission may take|still running after")
def every_cell_sleeps(folder: Path) -> Path:
    return _notebook(folder, *[_cell("import time\ntry: time.sleep(100)\nexcept BaseException: pass")] * 500)


@attack("notebook", "metadata nested without end", "REJECTED .*nested too deeply")
def nested_metadata(folder: Path) -> Path:
    document = '{"nbformat":4,"cells":[],"metadata":' + '{"a":' * 200_000 + "1" + "}" * 200_000 + "}"
    return _written(folder, "homework.ipynb", document)


@attack("notebook", "metadata of a million values", "REJECTED .* values")
def wide_metadata(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), metadata={"a": list(range(1_100_000))})


@attack("notebook", "a picture of 19 MB", r"relu\(z\) is wrong")
def large_output(folder: Path) -> Path:
    output = {"output_type": "display_data", "data": {"image/png": "A" * 19_000_000}, "metadata": {}}
    return _notebook(folder, _cell(_wrong(), outputs=[output]))


@attack("notebook", "constants that JSON lacks", "REJECTED|relu")
def json_constants(folder: Path) -> Path:
    return _written(folder, "homework.ipynb", '{"nbformat":NaN,"cells":[-Infinity, Infinity],"metadata":NaN}')


@attack("notebook", "a number of a million digits", "REJECTED .*too long a number")
def long_number(folder: Path) -> Path:
    return _written(folder, "homework.ipynb", '{"nbformat":' + "4" * 1_000_000 + ',"cells":[]}')


@attack("notebook", "a version beyond every version", "REJECTED .*nbformat 1e\\+300|REJECTED .*nbformat")
def absurd_version(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), nbformat=1e300)


@attack("notebook", "cells that are no cells", "REJECTED .*without code|no code cell")
def odd_cells(folder: Path) -> Path:
    odd: list[Any] = [None, 1, [], "code", {"cell_type": []}, {"cell_type": "code"}]
    return _written(folder, "homework.ipynb", json.dumps({"nbformat": 4, "cells": odd, "metadata": []}))


@attack("notebook", "sources that are no text", r"relu\(z\) is wrong|REJECTED|not defined")
def odd_sources(folder: Path) -> Path:
    return _notebook(folder, _cell([_wrong(), None, 3, ["x"]]), _cell({"a": 1}), _cell(True))


@attack("notebook", "keys twice", r"relu\(z\) is wrong|REJECTED")
def doubled_keys(folder: Path) -> Path:
    cells = json.dumps([_cell(_wrong())])
    return _written(folder, "homework.ipynb", f'{{"nbformat":4,"cells":{cells},"cells":[],"cells":{cells}}}')


@attack("notebook", "lone surrogates", r"relu\(z\) is wrong|not defined")
def surrogates(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), _cell("name = '\ud800'\nprint(name)\nraise ValueError('\udfff')"))


@attack("notebook", "text that runs backwards and moves the cursor", r"relu\(z\) is wrong|not defined")
def moving_text(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), _cell("raise ValueError('\u202e\x1b[2J\x9b31m\\x1b[31m')"))


@attack("notebook", "markup in every text", r"`relu` raised ValueError")
def markup(folder: Path) -> Path:
    code = "def relu(z): raise ValueError('<script>alert(1)</script>')\nprint('<script>alert(2)</script>')"
    return _notebook(folder, _cell(_wrong()), _cell(code + "  # <script>alert(3)</script>"))


@attack("notebook", "a cell of a megabyte", "REJECTED .*MB of code|relu|still running")
def long_cell(folder: Path) -> Path:
    return _notebook(folder, _cell("x\n" * 500_000))


@attack("notebook", "parentheses without end", r"relu\(z\) is wrong|SyntaxError|not defined|MemoryError")
def parentheses(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), _cell("(" * 90_000 + ")" * 90_000))


@attack("notebook", "an expression a hundred thousand terms long", r"relu\(z\) is wrong")
def long_expression(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), _cell("x = 1" + "+1" * 49_000))


@attack("notebook", "a constant that takes the compiler for ever", r"relu\(z\)|still running")
def folded_constant(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), _cell("x = ((((9**99)**99)**99)**99)**99"))


@attack("notebook", "an f-string within f-strings", r"relu\(z\)|SyntaxError")
def nested_f_string(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), _cell("f'" + "{" * 40_000 + "}" * 40_000 + "'"))


@attack("notebook", "magics that would harm", r"relu\(z\) is wrong")
def magics(folder: Path) -> Path:
    touch = "touch /tmp/escaped-magic"
    lines = [f"!{touch}", f"%%bash\n{touch}", "%run /etc/passwd", "%load_ext x", "?open"]
    return _notebook(folder, _cell(_wrong()), *[_cell(line) for line in lines])


@attack("notebook", "a hundred thousand magics", r"relu\(z\) is wrong")
def many_magics(folder: Path) -> Path:
    return _notebook(folder, _cell(_wrong()), _cell("!x\n" * 33_000))


@attack("notebook", "version 3 with worksheets of worksheets", "REJECTED")
def worksheets(folder: Path) -> Path:
    sheet: dict[str, Any] = {"cells": [{"cell_type": "code", "input": [[["x"]]], "language": "python"}]}
    document = {"nbformat": 3, "worksheets": [sheet, None, {"cells": None}], "metadata": {}}
    return _written(folder, "homework.ipynb", json.dumps(document))


# --- modules ---------------------------------------------------------------------------------------------


@attack("module", "an encoding that decodes in quadratic time", "relu|REJECTED|not defined")
def slow_encoding(folder: Path) -> Path:
    return _written(folder, "homework.py", "# coding: punycode\n" + "a-" * 200_000)


@attack("module", "an encoding that is a program", "REJECTED|not defined|relu")
def rot_encoding(folder: Path) -> Path:
    return _written(folder, "homework.py", "# coding: zlib\nprint(1)\n")


@attack("module", "null bytes", "REJECTED .*null bytes")
def null_bytes(folder: Path) -> Path:
    return _written(folder, "homework.py", b"def relu(z):\0 return z")


@attack("module", "a name of many lines that moves the cursor", r"relu\(z\) is wrong")
def name_of_lines(folder: Path) -> Path:
    return _written(folder, "home\nwork\x1b[2J\u202e<script>alert(1)</script>.py".replace("/", ""), _wrong())


# --- archives --------------------------------------------------------------------------------------------


def _zip(folder: Path, files: Mapping[str, bytes | str], name: str = "homework.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in files.items():
            archive.writestr(member, data)
    return path


def _tar(folder: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    path = folder / "homework.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for member, data in members:
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def _link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    link = tarfile.TarInfo(name)
    link.type, link.linkname = kind, target
    return link


@attack("archive", "a zip bomb", "REJECTED")
def zip_bomb(folder: Path) -> Path:
    return _zip(folder, {"homework.py": bytes(300_000_000)})


@attack("archive", "a zip bomb of many members", "REJECTED")
def wide_zip_bomb(folder: Path) -> Path:
    return _zip(folder, {f"{i}.py": b"#" * 4_000_000 for i in range(60)})


@attack("archive", "a gzip bomb", "REJECTED")
def gzip_bomb(folder: Path) -> Path:
    member = tarfile.TarInfo("homework.py")
    return _tar(folder, (member, bytes(300_000_000)))


@attack("archive", "an archive in an archive in an archive", "REJECTED")
def nested_archives(folder: Path) -> Path:
    data = b"x"
    for depth in range(20):
        data = _zip(folder, {f"{depth}.zip": data}, f"inner{depth}.zip").read_bytes()
    return _written(folder, "homework.zip", data)


@attack("archive", "members whose bytes overlap", "REJECTED|relu|not defined")
def overlapping_members(folder: Path) -> Path:
    data = bytearray(_zip(folder, {"a.py": _wrong(), "b.py": "x = 1\n" * 1_000}).read_bytes())
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 0)  # the second member begins where the first does
    return _written(folder, "homework.zip", bytes(data))


@attack("archive", "sizes that lie", "REJECTED|relu|not defined")
def lying_sizes(folder: Path) -> Path:
    data = bytearray(_zip(folder, {"homework.py": _wrong()}).read_bytes())
    directory = data.index(b"PK\1\2")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)  # 10 bytes when unpacked, it says
    return _written(folder, "homework.zip", bytes(data))


@attack("archive", "a hundred thousand members", "REJECTED .*files")
def many_members(folder: Path) -> Path:
    return _zip(folder, dict.fromkeys((f"{i}.txt" for i in range(60_000)), b""))


@attack("archive", "paths out of the archive", "REJECTED|relu|not defined")
def path_traversal(folder: Path) -> Path:
    names = ("../../../../tmp/escaped-zip.py", "/tmp/escaped-zip.py", "..\\..\\escaped-zip.py", "C:\\escaped-zip.py")
    return _zip(folder, {"homework.py": _wrong(), **dict.fromkeys(names, "x = 1")})


@attack("archive", "names with line ends, colours and no characters", r"relu\(z\) is wrong|REJECTED")
def odd_names(folder: Path) -> Path:
    names = ("a\nb.py", "\x1b[2J.py", "\u202e.py", "x" * 400 + ".py", " .py", "....py", "-rf.py")
    return _zip(folder, {"homework.py": _wrong(), **dict.fromkeys(names, "x = 1")})


@attack("archive", "one name many times", "REJECTED|relu|not defined")
def doubled_names(folder: Path) -> Path:
    path = folder / "homework.zip"
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(path, "w") as archive:
        for i in range(100):
            archive.writestr(zipfile.ZipInfo("homework.py"), _wrong() if i % 2 else "x = 1")
    return path


@attack("archive", "an encrypted member", "REJECTED")
def encrypted_member(folder: Path) -> Path:
    data = bytearray(_zip(folder, {"homework.py": _wrong()}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return _written(folder, "homework.zip", bytes(data))


@attack("archive", "a symbolic link in a zip", "REJECTED|not defined|relu")
def zip_symlink(folder: Path) -> Path:
    path = folder / "homework.zip"
    link = zipfile.ZipInfo("homework.py")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return path


@attack("archive", "a symbolic link to a file of the machine", "REJECTED")
def tar_symlink(folder: Path) -> Path:
    return _tar(folder, (_link("homework.py", "/etc/passwd"), b""))


@attack("archive", "a symbolic link to a folder, and a file in it", "REJECTED|relu|not defined")
def tar_symlinked_folder(folder: Path) -> Path:
    return _tar(folder, (_link("out", "/tmp"), b""), (tarfile.TarInfo("out/escaped-tar.py"), _wrong().encode()))


@attack("archive", "a hard link to a file of the machine", "REJECTED")
def tar_hard_link(folder: Path) -> Path:
    return _tar(folder, (_link("homework.py", "/etc/passwd", tarfile.LNKTYPE), b""))


@attack("archive", "a device and a pipe", "REJECTED")
def tar_device(folder: Path) -> Path:
    return _tar(folder, (_link("homework.py", "", tarfile.CHRTYPE), b""), (_link("b.py", "", tarfile.FIFOTYPE), b""))


@attack("archive", "a tar header that claims a petabyte", "REJECTED")
def tar_claim(folder: Path) -> Path:
    header = tarfile.TarInfo("homework.py")
    header.size = 1 << 50
    return _written(folder, "homework.tar.gz", gzip.compress(header.tobuf(tarfile.GNU_FORMAT) + b"x" * 2048))


@attack("archive", "cut off in the middle", "REJECTED")
def cut_off(folder: Path) -> Path:
    data = _zip(folder, {"homework.py": _wrong()}).read_bytes()
    return _written(folder, "homework.zip", data[: len(data) // 2])


# --- folders ---------------------------------------------------------------------------------------------


@attack("folder", "a link to a file of the machine", "REJECTED")
def folder_link(folder: Path) -> Path:
    work = folder / "work"
    work.mkdir()
    (work / "homework.py").symlink_to("/etc/passwd")
    return work


@attack("folder", "a link to itself", r"relu\(z\) is wrong")
def folder_loop(folder: Path) -> Path:
    work = folder / "work"
    work.mkdir()
    (work / "loop").symlink_to(work)
    _written(work, "homework.py", _wrong())
    return work


@attack("folder", "a pipe that nobody writes to", "REJECTED|relu|not defined")
def folder_pipe(folder: Path) -> Path:
    work = folder / "work"
    work.mkdir()
    os.mkfifo(work / "homework.py")
    return work


@attack("folder", "siblings that take the place of the standard library", r"relu\(z\)|not defined|ended|sent bytes")
def shadowing(folder: Path) -> Path:
    work = folder / "work"
    work.mkdir()
    for name in ("json", "struct", "os", "numpy", "encodings", "_grader_cell", "ctypes"):
        _written(work, f"{name}.py", "raise SystemExit('shadowed')")
    _written(work, "homework.py", _wrong())
    return work
