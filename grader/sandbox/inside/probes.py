"""Run inside a cell by the start-up self-test: tries what a submission must not be able to do."""

from __future__ import annotations

import ctypes
import errno
import importlib
import os
import resource
from typing import Any, Callable, Sequence

_LIBC = ctypes.CDLL(None, use_errno=True)
_DENIED = (errno.EPERM, errno.EACCES, errno.ENOSYS)
_HIDDEN = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.EROFS)


def _c(name: str, *arguments: Any) -> int:
    """Call a function of the C library by name; raises OSError when it fails."""
    function = getattr(_LIBC, name)  # the result is an int, -1 for an error
    result: int = function(*arguments)
    if result == -1:
        raise OSError(ctypes.get_errno(), name)
    return result


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _spawn() -> None:
    os.posix_spawn("/bin/true", ["true"], {})


def _raise_limit() -> None:
    _c("setrlimit", resource.RLIMIT_CPU, (ctypes.c_long * 2)(-1, -1))


def _write_file() -> None:
    os.close(os.open("/tmp/escaped", os.O_WRONLY | os.O_CREAT, 0o600))


_AF_UNIX, _AF_INET, _AF_NETLINK, _STREAM, _DATAGRAM = 1, 2, 16, 1, 2
_CLONE_NEWUSER = 0x10000000

_PROBES: dict[str, Callable[[], object]] = {
    "start a process": _fork,
    "start a program": _spawn,
    "replace its program": lambda: os.execv("/bin/true", ["true"]),
    "open a TCP socket": lambda: _c("socket", _AF_INET, _STREAM, 0),
    "open a UDP socket": lambda: _c("socket", _AF_INET, _DATAGRAM, 0),
    "open a local socket": lambda: _c("socket", _AF_UNIX, _STREAM, 0),
    "open a netlink socket": lambda: _c("socket", _AF_NETLINK, _DATAGRAM, 0),
    "signal itself": lambda: os.kill(os.getpid(), 0),
    "signal everybody": lambda: os.kill(-1, 0),
    "trace a process": lambda: _c("ptrace", 16, 1, 0, 0),
    "read another process": lambda: _c("process_vm_readv", 1, 0, 0, 0, 0, 0),
    "make a namespace": lambda: _c("unshare", _CLONE_NEWUSER),
    "mount": lambda: _c("mount", b"none", b"/", b"tmpfs", 0, 0),
    "make an anonymous file": lambda: _c("memfd_create", b"x", 0),
    "make shared memory": lambda: _c("shmget", 0, 4096, 0o1600),
    "watch files": lambda: _c("inotify_init1", 0),
    "raise its limits": _raise_limit,
    "change its privileges": lambda: _c("prctl", 38, 1, 0, 0, 0),
    "write a file": _write_file,
    "change a file": lambda: os.chmod("/", 0o755),
    "list the root folder": lambda: os.listdir("/"),
    "read the list of users": lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
    "read about processes": lambda: os.close(os.open("/proc/self/status", os.O_RDONLY)),
}


def _is_denied(probe: Callable[[], object], errors: Sequence[int]) -> bool:
    try:
        probe()
    except OSError as error:
        return error.errno in errors
    except AttributeError:
        return True  # the C library lacks the function
    return False


def import_standard_library() -> None:
    """Import a module that nothing has imported before; raises ImportError."""
    importlib.import_module("colorsys")


def escapes(secret: str) -> list[str]:
    """The names of what was possible; `secret` is a file of the grader."""
    files = ("read the list of users", "read about processes", "write a file", "list the root folder")
    possible = [name for name, probe in _PROBES.items() if not _is_denied(probe, _HIDDEN if name in files else _DENIED)]
    if not _is_denied(lambda: os.close(os.open(secret, os.O_RDONLY)), _HIDDEN):
        possible.append("read the grader's files")
    if resource.getrlimit(resource.RLIMIT_AS)[1] == resource.RLIM_INFINITY:
        possible.append("use memory without bound")
    return possible
