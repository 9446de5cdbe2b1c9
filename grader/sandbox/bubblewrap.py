"""The second layer: the zygote starts inside namespaces of its own, made by bubblewrap.

Nothing of the machine is visible but the interpreter, its packages and two devices, all read-only; there is no
network and no /proc.  The zygote keeps the right to make further namespaces, which every cell gives up.
"""

import os
import shutil
from collections.abc import Sequence

from grader.sandbox.interpreter import DEVICES, INSIDE, SYSTEM_LIBRARIES, Interpreter, is_inside, outermost

#: Where the folder of the worker appears inside.
INSIDE_MOUNT = "/inside"
_MASK_BYTES = 1 << 20


def find_bubblewrap() -> str | None:
    """The path of the `bwrap` program, None where it is not installed."""
    return shutil.which("bwrap")


def bubblewrap_command(program: str, interpreter: Interpreter, *, as_root: bool) -> list[str]:
    """The command line up to the program to run inside.

    As root no user namespace is made: the mounts are made with root's rights, so that an interpreter in a home
    folder stays readable, and every cell then becomes an unprivileged user for real.
    """
    command = [program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if not as_root:
        command += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    command += ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"]
    if as_root:
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL"):
            command += ["--cap-add", capability]
    return command + _mounts(interpreter) + ["--chdir", "/", "--"]


def _mounts(interpreter: Interpreter) -> list[str]:
    arguments: list[str] = []
    roots = outermost((*interpreter.libraries, *SYSTEM_LIBRARIES))
    for path in roots:
        arguments += ["--ro-bind", path, path]
    for path in SYSTEM_LIBRARIES:
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
    masks = [path for path in outermost(interpreter.hidden) if any(is_inside(path, root) for root in roots)]
    for path in masks:
        arguments += ["--size", str(_MASK_BYTES), "--tmpfs", path]
    for path in _files(interpreter):
        arguments += ["--ro-bind", path, path]
    arguments += ["--ro-bind", str(INSIDE), INSIDE_MOUNT]
    for device in DEVICES:
        arguments += ["--dev-bind", device, device]
    for path in [*masks, "/"]:
        arguments += ["--remount-ro", path]
    return arguments


def _files(interpreter: Interpreter) -> Sequence[str]:
    return [interpreter.executable, *(path for files in interpreter.packages.values() for path in files)]
