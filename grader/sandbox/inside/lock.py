"""The self-lock: what a cell does to itself before it sees a byte of the submission.

Resource limits, no privileges, not dumpable, Landlock (read-only on the interpreter and its packages), then a
seccomp allow-list.  It needs no privileges and no helper program.  Every step raises `OSError` when the kernel
refuses it, and the cell then ends without having run anything.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
from typing import Any, Iterable

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

# These numbers are the same on every architecture.
_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446
_PIDFD_OPEN = 434
_LANDLOCK_CREATE_RULESET_VERSION = 1
_LANDLOCK_RULE_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
# How many rights over files each version of the interface knows; later versions added other kinds of rules.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_RIGHTS_NOW = 16
_NET_BIND_CONNECT = 0b11
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_GET_SECCOMP, _PR_SET_SECCOMP = 1, 4, 21, 22
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 24, 38, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 63

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWPID, CLONE_NEWNET = 0x20000000, 0x40000000


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, "%s: %s" % (what, os.strerror(number)))
    return result


def _syscall(what: str, number: int, *arguments: Any) -> int:
    return _check(int(_libc.syscall(ctypes.c_long(number), *arguments)), what)


def _prctl(what: str, option: int, argument: Any = 0, argument3: Any = 0) -> int:
    ulong = ctypes.c_ulong
    second = argument3 if isinstance(argument3, bytes) else ulong(argument3)
    return _check(_libc.prctl(option, ulong(argument), second, ulong(0), ulong(0)), what)


def landlock_abi() -> int:
    """The version of Landlock that this kernel offers, 0 when it offers none."""
    version = _libc.syscall(
        ctypes.c_long(_LANDLOCK_CREATE_RULESET),
        None,
        ctypes.c_size_t(0),
        ctypes.c_uint32(_LANDLOCK_CREATE_RULESET_VERSION),
    )
    return max(int(version), 0)


def has_seccomp() -> bool:
    """Whether this kernel offers seccomp filters; in a process that is not under one."""
    return bool(_libc.prctl(_PR_GET_SECCOMP, *[ctypes.c_ulong(0)] * 4) >= 0)


def landlock_ruleset(readable: Iterable[str], writable_devices: Iterable[str]) -> int:
    """A file descriptor of rules: read below `readable`, read and write the devices, nothing else.

    Paths that do not exist are passed over: there is nothing to read.
    """
    abi = landlock_abi()
    if not abi:
        raise OSError("the kernel offers no Landlock")
    rights = (1 << _FILE_RIGHTS.get(abi, _FILE_RIGHTS_NOW)) - 1
    attributes = struct.pack("=Q", rights)
    if abi >= 4:
        attributes += struct.pack("=Q", _NET_BIND_CONNECT)
    if abi >= 6:
        attributes += struct.pack("=Q", _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS)
    ruleset = _syscall(
        "landlock_create_ruleset",
        _LANDLOCK_CREATE_RULESET,
        attributes,
        ctypes.c_size_t(len(attributes)),
        ctypes.c_uint32(0),
    )
    for path in readable:
        _allow(ruleset, path, _EXECUTE | _READ_FILE | _READ_DIR)
    for path in writable_devices:
        _allow(ruleset, path, _READ_FILE | _WRITE_FILE)
    return ruleset


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= ~_READ_DIR
        _syscall(
            "landlock_add_rule " + path,
            _LANDLOCK_ADD_RULE,
            ctypes.c_int(ruleset),
            ctypes.c_int(_LANDLOCK_RULE_PATH_BENEATH),
            struct.pack("=Qi", rights, place),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(place)


def set_budget(address_space: int, cpu_seconds: int) -> None:
    """Bound the memory (bytes, all that is mapped already included) and the processor time of this process."""
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_CPU, cpu_seconds)
    _set_limit(resource.RLIMIT_AS, address_space)


def set_limits() -> None:
    """The resource limits that are the same for every cell."""
    for kind, bound in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, 16),
        (resource.RLIMIT_STACK, 16 << 20),
    ):
        _set_limit(kind, bound)


def _set_limit(kind: int, bound: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        bound = min(bound, hard)
    resource.setrlimit(kind, (bound, bound))


def drop_privileges(uid: int) -> None:
    """Become `uid` (when not negative) and give up every capability, for good."""
    for capability in range(_LAST_CAPABILITY + 1):
        # Without the right to drop it, or beyond the kernel's last one: the empty sets below still hold.
        _libc.prctl(_PR_CAPBSET_DROP, ctypes.c_ulong(capability), *[ctypes.c_ulong(0)] * 3)
    if uid >= 0:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    _libc.prctl(_PR_CAP_AMBIENT, ctypes.c_ulong(_PR_CAP_AMBIENT_CLEAR_ALL), *[ctypes.c_ulong(0)] * 3)
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, bytes(24)), "capset")
    held = ctypes.create_string_buffer(24)
    _check(_libc.capget(header, held), "capget")
    if held.raw != bytes(24):
        raise OSError("capabilities are left")


def die_with_parent() -> None:
    """Ask the kernel for SIGKILL when the parent ends."""
    _prctl("PR_SET_PDEATHSIG", _PR_SET_PDEATHSIG, signal.SIGKILL)


def fresh_namespaces(flags: int) -> None:
    """Leave the namespaces shared with the other cells."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def pidfd_of_self() -> int:
    """A descriptor that stands for this process."""
    return _syscall("pidfd_open", _PIDFD_OPEN, ctypes.c_int(os.getpid()), ctypes.c_uint(0))


def enter_own_pid_namespace(pidfd: int) -> None:
    """Let the next child be born in the namespace of `pidfd`'s process again."""
    _check(_libc.setns(ctypes.c_int(pidfd), ctypes.c_int(CLONE_NEWPID)), "setns")


def lock(ruleset: int, program: bytes) -> None:
    """Apply Landlock and the seccomp `program` to this process, for good."""
    _prctl("PR_SET_DUMPABLE", _PR_SET_DUMPABLE, 0)
    _prctl("PR_SET_NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)
    _syscall("landlock_restrict_self", _LANDLOCK_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    os.close(ruleset)
    instructions = ctypes.create_string_buffer(program, len(program))
    filter_program = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    _prctl("PR_SET_SECCOMP", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, filter_program)
