"""A class made up for the linear regression of `grade new`: as mixed as a real one, the same for the same seed.

Every text is composed here, from forms of the three functions, names for their variables, and accidents.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.assignments.scaffold import write_scaffold

PREDICT = (
    "    return {X} @ {w} + {b}\n",
    "    {p} = np.dot({X}, {w})\n    return {p} + {b}\n",
    "    {p} = []\n    for {x} in {X}:\n        {p}.append(float(np.sum({x} * {w})) + {b})\n    return np.array({p})\n",
    "    return np.einsum('nd,d->n', {X}, {w}) + {b}\n",
    "    return np.array([sum({w}[j] * {x}[j] for j in range(len({w}))) + {b} for {x} in {X}])\n",
)
MSE = (
    "    return np.mean(({p} - {y}) ** 2)\n",
    "    {r} = {p} - {y}\n    return float({r} @ {r}) / len({r})\n",
    "    {t} = 0.0\n    for i in range(len({y})):\n        {t} += ({p}[i] - {y}[i]) ** 2\n    return {t} / len({y})\n",
    "    return sum((a - c) ** 2 for a, c in zip({p}, {y})) / len({y})\n",
)
GRADIENTS = (
    "    {r} = predict({w}, {b}, {X}) - {y}\n    return 2 * {X}.T @ {r} / len({y}), 2 * float(np.mean({r}))\n",
    "    {r} = 2 * (predict({w}, {b}, {X}) - {y}) / {X}.shape[0]\n    return np.dot({X}.T, {r}), {r}.sum()\n",
    "    {p} = predict({w}, {b}, {X})\n    {t}, {r} = np.zeros(len({w})), 0.0\n    for i in range(len({y})):\n"
    "        {t} += 2 * ({p}[i] - {y}[i]) * {X}[i] / len({y})\n        {r} += 2 * ({p}[i] - {y}[i]) / len({y})\n"
    "    return {t}, {r}\n",
)
WRONG = (
    "    {r} = predict({w}, {b}, {X}) - {y}\n    return np.dot({X}.T, {r}) / len({y}), np.mean({r})\n",
    "    {r} = predict({w}, {b}, {X}) - {y}\n    return 2 * np.dot({X}.T, {r}), 2 * np.sum({r})\n",
    "    {r} = {y} - predict({w}, {b}, {X})\n    return 2 * {X}.T @ {r} / len({y}), 2 * {r}.mean()\n",
    "    {r} = predict({w}, {b}, {X}) - {y}\n    return 2 * {X}.T @ {r} / len({y}), 2 * {r} / len({y})\n",
    "    {r} = predict({w}, {b}, {X})\n    return {X}.T @ {r}\n",
)
VARIABLES: Mapping[str, tuple[str, ...]] = {
    "w": ("w", "weights", "theta", "coefficients"),
    "b": ("b", "bias", "intercept", "offset"),
    "X": ("X", "inputs", "data", "features"),
    "y": ("y", "targets", "wanted", "labels"),
    "p": ("p", "predicted", "y_hat", "out"),
    "r": ("r", "residual", "difference", "delta"),
    "t": ("t", "total", "so_far", "result"),
    "x": ("x", "row", "sample", "one"),
}
HANGING = (
    "    while True:\n        pass\n",
    "    import time\n    time.sleep(3600)\n",
    "    import signal\n    signal.signal(signal.SIGALRM, signal.SIG_IGN)\n    return 9 ** 9 ** 9\n",
    "    n = 0\n    while True:\n        try:\n            n += 1\n        except BaseException:\n            pass\n",
)
HOSTILE = (
    "    import os\n    os._exit(0)\n",
    "    import os\n    while True:\n        os.fork()\n",
    "    return [bytearray(1 << 24) for _ in range(100_000)]\n",
    "    import os\n    os.kill(os.getppid(), 9)\n",
    "    import os\n    for number in range(3, 64):\n        os.write(number, b'score 20\\n' * 1000)\n",
    "    open('/tmp/answers', 'w').write(open('/etc/passwd').read())\n",
    "    import socket\n    socket.create_connection(('127.0.0.1', 80)).send(b'answers?')\n",
    "    print('x' * 10_000_000)\n    raise SystemExit\n",
    "    return gradients({w}, {b}, {X}, {y})\n",
    "    import gc\n    for one in gc.get_objects():\n        getattr(one, 'clear', int)()\n",
    "    import ctypes\n    return ctypes.string_at(0)\n",
    "    raise BaseException('</script><script>alert(1)</script>\\x1b[2J')\n",
)
NAMES = (
    "Núñez, José",
    'O\'Brien, "JJ"',
    "=cmd|' -C calc'!A0",
    "+49 Müller",
    "-dash",
    "@home",
    "王小明",
    "Ольга Иванова",
    "محمد العربي",
    "Ada <b>Lovelace",
    "Zoë\u0301 d'Été",
    "a,b;c\td",
    "CON",
    "🎓 Graduate",
    "trailing space ",
    "%s%n{0}${HOME}",
    "x" * 120,
)


@dataclass(frozen=True)
class Handed:
    """What one student handed in: a name, the kind of accident that it is, the file."""

    student: str
    kind: str
    file: str
    content: bytes


def assignment(folder: Path) -> Path:
    """The scaffold's assignment with limits that hanging submissions reach soon."""
    write_scaffold(folder)
    settings = (folder / "assignment.toml").read_text("utf-8")
    head = settings.partition("[limits]")[0]
    limits = "[limits]\ncall_seconds = 1\nload_seconds = 4\ntotal_seconds = 6\nmemory_mb = 512\n"
    (folder / "assignment.toml").write_text(head + limits, "utf-8")
    return folder


def mixed(count: int, seed: int = 0) -> Iterator[Handed]:
    """Right, wrong, hanging, hostile, unreadable and equal submissions by turns, some students with odd names."""
    random_ = random.Random(seed)
    kinds: list[Callable[[random.Random, int], tuple[str, str, bytes]]] = [right, wrong, right, wrong, notebook, right]
    rare = (hanging, hostile, unreadable, hostile, equal)
    for number in range(count):
        make = rare[number // 6 % len(rare)] if number % 6 == 5 else kinds[number % 6]
        kind, file, content = make(random_, number)
        name = NAMES[number // 7] if number % 7 == 3 and number // 7 < len(NAMES) else f"student-{number:04}"
        yield Handed(name, kind, file, content)


def distinct(count: int, seed: int = 0) -> Iterator[Handed]:
    """As many right and wrong submissions, no two equal."""
    random_ = random.Random(seed)
    for number in range(count):
        kind, file, content = (right, wrong)[number % 2](random_, number)
        yield Handed(f"student-{number:05}", kind, file, content)


def write_class(folder: Path, students: Iterator[Handed]) -> None:
    """A folder per student."""
    for one in students:
        (folder / one.student).mkdir(parents=True)
        (folder / one.student / one.file).write_bytes(one.content)


def right(random_: random.Random, number: int) -> tuple[str, str, bytes]:
    return "right", "homework.py", program(random_, random_.choice(GRADIENTS), number)


def wrong(random_: random.Random, number: int) -> tuple[str, str, bytes]:
    return "wrong", "homework.py", program(random_, random_.choice(WRONG), number)


def hanging(random_: random.Random, number: int) -> tuple[str, str, bytes]:
    return "hanging", "homework.py", program(random_, HANGING[number // 6 % len(HANGING)], number)


def hostile(random_: random.Random, number: int) -> tuple[str, str, bytes]:
    return "hostile", "homework.py", program(random_, HOSTILE[number // 6 % len(HOSTILE)], number)


def equal(random_: random.Random, number: int) -> tuple[str, str, bytes]:
    """The same bytes, whoever hands them in."""
    return "equal", "homework.py", program(random.Random(0), WRONG[0], 0)


def notebook(random_: random.Random, number: int) -> tuple[str, str, bytes]:
    text = program(random_, random_.choice((*GRADIENTS, *WRONG)), number).decode()
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for source in ("%matplotlib inline\nimport numpy as np\n", *text.split("\n\n\n"))
    ]
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return "notebook", "homework.ipynb", json.dumps(document).encode()


def unreadable(random_: random.Random, number: int) -> tuple[str, str, bytes]:
    kinds = (
        ("homework.pdf", b"%PDF-1.4 scanned by hand"),
        ("homework.py", b""),
        ("homework.ipynb", b'{"cells": [{"cell_type": "code", "source": ["def predict('),
        ("homework.py", random_.randbytes(3000)),
        ("homework.zip", b"PK\x03\x04 not really"),
        ("homework.zip", zipped({"notes/readme.txt": b"see the other file"})),
        ("homework.py", b"def predict(w, b, X):\nreturn X @ w +\n"),
        ("homework.docx", zipped({"word/document.xml": b"<w:t>def predict</w:t>"})),
    )
    return "unreadable", *kinds[number // 6 % len(kinds)]


def program(random_: random.Random, gradients: str, number: int) -> bytes:
    """The three functions in some order, with a variable called something in each, and a comment that nobody shares."""
    names = {role: random_.choice(choices) for role, choices in VARIABLES.items()}
    functions = [
        f"def predict({names['w']}, {names['b']}, {names['X']}):\n{random_.choice(PREDICT).format(**names)}",
        f"def mse({names['p']}, {names['y']}):\n{random_.choice(MSE).format(**names)}",
        f"def gradients({names['w']}, {names['b']}, {names['X']}, {names['y']}):\n{gradients.format(**names)}",
    ]
    random_.shuffle(functions)
    return "\n\n".join([f"import numpy as np  # {number}\n", *functions]).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return stream.getvalue()
