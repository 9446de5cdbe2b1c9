"""Bytes of a source file to text, the way Python does it where it can, leniently where it cannot."""

import codecs
import io
import tokenize

from grader.submissions.errors import SubmissionRejected

_BYTE_ORDER_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# These decode in quadratic time, and nobody writes Python in them.
_REFUSED_CODECS = frozenset({"punycode", "idna"})
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\r\f\x1b"))


def decode_source(data: bytes, name: str) -> tuple[str, str | None]:
    """The text of a source file with `\\n` line ends, and a remark if it took more than PEP 263 to read it.

    Raises:
        SubmissionRejected: the bytes are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, name)
    if b"\0" in data:
        raise SubmissionRejected(
            f"{name} is a binary file (it holds null bytes); expected Python source text saved as UTF-8."
        )
    encoding, problem = _declared_encoding(data)
    if problem is None:
        try:
            return _unify_line_ends(data.decode(encoding)), None
        except (UnicodeError, LookupError):
            problem = f"is not valid {encoding.upper()}"
    try:
        return _unify_line_ends(data.decode("utf-8-sig")), f"{name} {problem}; it was read as UTF-8."
    except UnicodeError:
        pass
    if len(data.translate(None, _CONTROL_BYTES)) != len(data):
        raise SubmissionRejected(
            f"{name} is a binary file (neither UTF-8 nor plain text); expected Python source text saved as UTF-8."
        )
    remark = f"{name} {problem}; it was read as Latin-1. Save it as UTF-8 to keep accents and symbols."
    return _unify_line_ends(data.decode("latin-1")), remark


def without_lone_surrogates(text: str) -> str:
    """`text` fit for UTF-8: JSON can spell half a surrogate pair, which no file or pipe can carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace").decode()
    return text


def _decode_marked(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeError:
        raise SubmissionRejected(
            f"{name} begins like {encoding.upper()} but is not; expected Python source text saved as UTF-8."
        ) from None
    if "\0" in text:
        raise SubmissionRejected(f"{name} holds null characters; expected Python source text saved as UTF-8.")
    return _unify_line_ends(text), f"{name} is {encoding.upper()}, which Python does not run; save it as UTF-8."


def _declared_encoding(data: bytes) -> tuple[str, str | None]:
    """The encoding by PEP 263, and what is wrong with it (None: nothing)."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        declared = "encoding" in str(error.msg) and "unknown" in str(error.msg)
        return "utf-8", "declares an encoding that does not exist" if declared else "is not valid UTF-8"
    if encoding.lower() in _REFUSED_CODECS:
        return "utf-8", f"declares the encoding {encoding}, which is not for source text"
    return encoding, None


def _unify_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
