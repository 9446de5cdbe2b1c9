"""Single source files: encodings, line ends, and every way of being unreadable."""

import codecs
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import SubmissionRejected, load_bytes, load_source, load_submission

Write = Callable[[str, str | bytes], Path]
TEXT = "s = 'é'\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT),
        ((cookie := "# -*- coding: latin-1 -*-\n" + TEXT).encode("latin-1"), cookie),
        ((cookie := "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\ns = '“'\n").encode("cp1252"), cookie),
        ((cookie := "# coding: shift_jis\ns = '日本'\n").encode("shift_jis"), cookie),
        (b"a = 1\r\nb = 2\rc = 3\n", "a = 1\nb = 2\nc = 3\n"),
        (b"if 1:\n\ta = 1\x0c\n", "if 1:\n\ta = 1\x0c\n"),
    ],
)
def test_encodings_that_python_reads(data: bytes, text: str) -> None:
    submission = load_bytes(data, "network.py")
    assert (submission.kind, submission.units[0].source, submission.remarks) == ("module", text, ())


@pytest.mark.parametrize(
    ("data", "text", "remark"),
    [
        (TEXT.encode("latin-1"), TEXT, "not valid UTF-8; it was read as Latin-1"),
        (("x = 1\n" * 3 + TEXT).encode("latin-1"), "x = 1\n" * 3 + TEXT, "Latin-1"),
        (TEXT.encode("utf-16"), TEXT, "UTF-16"),
        (TEXT.encode("utf-32"), TEXT, "UTF-32"),
        (b"# coding: klingon\nx = 1", "# coding: klingon\nx = 1", "does not exist; it was read as UTF-8"),
        (b"# coding: rot13\nx = 1", "# coding: rot13\nx = 1", "read as UTF-8"),
        (b"# coding: punycode\nx = 1", "# coding: punycode\nx = 1", "punycode"),
        (b"# coding: ascii\n" + TEXT.encode(), "# coding: ascii\n" + TEXT, "read as UTF-8"),
    ],
)
def test_other_encodings_are_read_with_a_remark(data: bytes, text: str, remark: str) -> None:
    submission = load_bytes(data, "network.py")
    assert submission.units[0].original == text
    assert remark in submission.remarks[0]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), min_size=1))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    body = "x = 1\n\n" + text  # past the lines that may declare an encoding
    assert load_bytes(body.encode(), "network.py").units[0].original == body


@pytest.mark.parametrize(
    "text", ["def f(:\n", "x = '\n", "(" * 5_000, "-" * 100_000 + "1", "x" + ".a" * 99_000, "\ta\n  b"]
)
def test_a_module_that_does_not_parse_is_no_rejection(text: str) -> None:
    submission = load_source(text)
    assert submission.units[0].original == text
    assert submission.definitions() == {}


def test_commands_in_a_module_are_named_by_file_and_line(samples: Path) -> None:
    submission = load_submission(samples / "exported.py", ["relu"])
    assert "exported.py, line 16: `get_ipython().system('pip install tqdm')` was not run" in submission.remarks
    assert {"relu", "train", "names"} <= submission.definitions().keys()


def test_remarks_are_bounded() -> None:
    submission = load_source("\n".join(f"!echo {number}" for number in range(1_000)))
    assert len(submission.remarks) == 51
    assert submission.remarks[-1] == "and 950 more remarks of this kind"


def test_the_fingerprint_is_that_of_the_file(write: Write) -> None:
    path = write("network.py", "x = 1")
    assert load_submission(path).sha256 == load_submission(str(path)).sha256 == load_source("x = 1").sha256
    assert load_submission(path).sha256 != load_source("x = 2").sha256


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("network.py", b"", "empty file"),
        ("network.py", b" \n", "is empty"),
        ("homework.ipynb", b"", "empty file"),
        ("network.py", b"MZ\0\0", "binary file"),
        ("network.py", bytes(range(1, 256)), "binary file"),
        ("network.py", b"\xff\xfex\0\0\0", "null characters"),
        ("network.py", b"\xff\xfex", "begins like UTF-16"),
        ("network.py", b"#" * 1_000_001, "1 MB"),
        ("homework.docx", b"PK\x03\x04", "not a document made from it"),
        ("homework.pdf", b"%PDF-1.7", "not a document made from it"),
        ("homework", b"%PDF-1.7", "not a document made from it"),
        ("homework.html", b"<html>", "Save and Export As"),
        ("homework.rar", b"Rar!", "Pack it as .zip"),
        ("homework.txt", b"x = 1", "ends in .py"),
        ("network.pyc", b"\xa7\r\r\n\0", "the .py file"),
        ("homework", b"\0\1", "binary data"),
        ("weird\n\x1b[31mname.exe", b"MZ", "a .exe"),
        ("homework.zip", b"PK\x03\x04 and nothing else", "damaged archive"),
        ("homework.tgz", b"\x1f\x8b and nothing else", "damaged archive"),
    ],
)
def test_rejections_say_what_was_found(name: str, data: bytes, found: str) -> None:
    with pytest.raises(SubmissionRejected, match=found) as rejection:
        load_bytes(data, name)
    assert rejection.value.reason.isprintable()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF (", "a PDF document"),
        (b"\n%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n", "a PDF document"),
        (b"{\\rtf1\\ansi def relu(z): return z}", "an RTF document"),
        (b"<!DOCTYPE html>\n<script>\nz = 1\n</script>", "a web page"),
        (b"%!PS-Adobe-3.0\n/x 1 def\n", "a PostScript document"),
        (b"\x89PNG\r\n\x1a\nabc", "a picture"),
        (b"GIF89a;abc", "a picture"),
        (b"\xff\xd8\xff\xe0abc", "a picture"),
        (b"PK\x03\x04[Content_Types].xml", "a zip archive or an office document"),
        (b"Rar!\x1a\x07abc", "an archive"),
        (b"\x7fELFabc", "a compiled program"),
        (b"Dear all, my work is in the cloud.\nThank you\n", "not one statement"),
        (b"https://colab.example.org/drive/abc\n", "not one statement"),
        (b"cGFzc3dvcmQgMTIzNA==\nZXRj\nZXQ=\n", "not one statement"),
        (b"Sorry, I was ill (see the\nletter).\nIvan\n", "not one statement"),
    ],
)
def test_what_is_called_a_module_and_is_none_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(SubmissionRejected, match=found) as rejection:
        load_bytes(data, "hw-1.py")
    assert rejection.value.reason.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "def relu(z:\n    return max(z, 0)\n",
        "class Network\n    pass\n",
        "import numpy as np,\n",
        "from numpy import (\n",
        "W1, b1 = np.zeros((3, 2)\n",
        'params["W1"] = (\n',
        "for i in range(3)\n  print(i)\n",
        "for i in range(3):\n",
        "while True:\n",
        "print 'a' +\n",
        "    return z)\n",
        "@njit(\n",
        "x = 1\nDear all, it is in the cloud.\n",
        "net.train(X, y\n",
        "%matplotlib inline\ndef f(:\n",
    ],
)
def test_python_with_a_syntax_error_is_an_attempt(text: str) -> None:
    assert load_bytes(text.encode(), "hw-1.py").units


def test_paths_that_are_no_submission(tmp_path: Path) -> None:
    with pytest.raises(SubmissionRejected, match=r"no file or folder network\.py"):
        load_submission(tmp_path / "network.py")
    with pytest.raises(SubmissionRejected, match="cannot be read"):
        load_submission("a\0b.py")
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(SubmissionRejected, match="device or a pipe"):
        load_submission(tmp_path / "pipe.py")


def test_a_file_of_100_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "homework.ipynb"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(SubmissionRejected, match="has 100 MB; at most 50 MB"):
        load_submission(path)


def test_methods_are_found_under_their_class_wherever_it_comes_from(tmp_path):
    (tmp_path / "layers.py").write_text("class Net:\n    def forward(self, X):\n        return X\n")
    (tmp_path / "main.py").write_text("from layers import Net as Network\n\ndef train():\n    pass\n")

    found = load_submission(tmp_path, ["train", "Network", "Network.forward"]).definitions()

    assert (found["Network.forward"].file.endswith("layers.py"), found["Network.forward"].line) == (True, 2)


def test_a_name_for_data_is_no_function(tmp_path):
    path = tmp_path / "homework.py"
    path.write_text(
        "def g(z): return z\nf = g\ntrain = data.T\nW = 0.1 * g(3)\nh = np.maximum\nk = lambda z: z\ng = 3\n", "utf-8"
    )
    submission = load_submission(path)
    assert {name for name in submission.definitions() if submission.names_data(name)} == {"train", "W", "g"}
