"""The second layer: the zygote starts inside namespaces of its own, made by bubblewrap.

Nothing of the machine is visible but the interpreter, its packages and two devices, all read-only; there is no
network and no /proc.  The zygote keeps the right to make further namespaces, which every cell gives up.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox.interpreter import DEVICES, INSIDE, SYSTEM_LIBRARIES, Interpreter

#: Where the folder of the worker appears inside.
INSIDE_MOUNT = "/inside"
UNPRIVILEGED_ID = 65_534


def find_bubblewrap() -> str | None:
    """The path of the `bwrap` program, None where it is not installed."""
    return shutil.which("bwrap")


def bubblewrap_command(program: str, interpreter: Interpreter, *, as_root: bool) -> list[str]:
    """The command line up to the program to run inside.

    As root no user namespace is made: the mounts are made with root's rights, so that an interpreter in a home
    folder stays readable, and every cell then becomes an unprivileged user for real.
    """
    command = [program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    capabilities = ["CAP_SYS_ADMIN"]
    if as_root:
        capabilities += ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL"]
    else:
        command += ["--unshare-user", "--uid", str(UNPRIVILEGED_ID), "--gid", str(UNPRIVILEGED_ID)]
    command += ["--cap-drop", "ALL"]
    for capability in capabilities:
        command += ["--cap-add", capability]
    return [*command, *_mounts(interpreter), "--chdir", "/", "--"]


def _mounts(interpreter: Interpreter) -> list[str]:
    roots = interpreter.roots
    arguments: list[str] = []
    for folder in _parents([*roots, *interpreter.files, *map(Path, DEVICES)]):
        arguments += ["--dir", str(folder)]  # by itself bubblewrap makes them unreadable for others than root
    for root in roots:
        arguments += ["--ro-bind", str(root), str(root)]
    for folder in SYSTEM_LIBRARIES:
        if folder.is_symlink():  # /lib -> usr/lib
            arguments += ["--symlink", str(folder.readlink()), str(folder)]
    masks = [folder for folder in interpreter.hidden if any(folder.is_relative_to(root) for root in roots)]
    for folder in masks:
        arguments += ["--tmpfs", str(folder)]
    for path in interpreter.files:
        arguments += ["--ro-bind", str(path), str(path)]
    arguments += ["--ro-bind", str(INSIDE), INSIDE_MOUNT]
    for device in DEVICES:
        arguments += ["--dev-bind", device, device]
    for mount in [*masks, "/"]:
        arguments += ["--remount-ro", str(mount)]
    return arguments


def _parents(paths: Iterable[Path]) -> list[Path]:
    """The folders above the paths, outermost first, the root folder left out."""
    return sorted({parent for path in paths for parent in path.parents if parent != Path("/")})
