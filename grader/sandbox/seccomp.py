"""The system calls that a submission may make, assembled into a seccomp filter.

An allow-list: what is not named here is refused with EPERM, so that calls which future kernels add are refused as
well.  A cell computes with memory that it has, reads files that Landlock shows it, tells the time and answers on
its pipes; it opens no sockets, starts no process or thread, signals nobody and changes no file.

The filter is classic BPF over `struct seccomp_data` (linux/seccomp.h):

    int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6];
"""

import errno
import os
import struct
from dataclasses import dataclass
from typing import Final, Literal

from grader.sandbox.errors import SandboxUnavailable

Architecture = Literal["x86_64", "aarch64"]

# include/uapi/linux/audit.h: the machine's ELF number, 64 bit, little-endian.
AUDIT_ARCH: Final[dict[Architecture, int]] = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# x86-64 kernels also take the calls of the x32 interface under the same architecture, with this bit set.
X32_BIT: Final = 0x40000000

KILL_PROCESS: Final = 0x80000000
ALLOW: Final = 0x7FFF0000
ERRNO: Final = 0x00050000
REFUSE: Final = ERRNO | errno.EPERM

# Numbers on (x86-64, arm64); None where the architecture has no such call.
SYSCALLS: Final[dict[str, tuple[int, int | None]]] = {
    # files that are open, or that Landlock lets be opened
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "lseek": (8, 62), "close": (3, 57), "fstat": (5, 80), "newfstatat": (262, 79), "stat": (4, None),
    "lstat": (6, None), "statx": (332, 291), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "getcwd": (79, 17),
    "chdir": (80, 49), "getdents64": (217, 61), "open": (2, None), "openat": (257, 56), "dup": (32, 23),
    "dup2": (33, None), "dup3": (292, 24), "fadvise64": (221, 223), "poll": (7, None), "ppoll": (271, 73),
    "select": (23, None), "pselect6": (270, 72),
    # memory, bounded by RLIMIT_AS
    "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "brk": (12, 214),
    "madvise": (28, 233),
    # one's own signals and timers
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136), "sigaltstack": (131, 132), "alarm": (37, None), "setitimer": (38, 103),
    "getitimer": (36, 102), "restart_syscall": (219, 128),
    # locks, which the C library and the interpreter take even with a single thread
    "futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    # who and where one is
    "gettid": (186, 178), "getpid": (39, 172), "getppid": (110, 173), "getpgrp": (111, None),
    "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getresuid": (118, 148), "getresgid": (120, 150),
    "getgroups": (115, 158), "getrlimit": (97, 163), "getrusage": (98, 165), "times": (100, 153),
    "uname": (63, 160), "sysinfo": (99, 179), "getcpu": (309, 168),
    # time and randomness
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101), "gettimeofday": (96, 169), "time": (201, None), "getrandom": (318, 278),
    # the end
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip


@dataclass(frozen=True)
class ArgumentRule:
    """A call that is allowed only when its argument, as 32 bits, is one of `values`.

    `zero_pointer` is the index of an argument that must be a null pointer besides.
    """

    numbers: tuple[int, int]
    argument: int
    values: tuple[int, ...]
    zero_pointer: int | None = None


ARGUMENT_RULES: Final[dict[str, ArgumentRule]] = {
    # duplicate, close-on-exec and status flags: not F_SETOWN (signals), F_SETPIPE_SZ or leases
    "fcntl": ArgumentRule((72, 25), 1, (0, 1, 2, 3, 4, 1030)),
    # TCGETS (isatty), TIOCGWINSZ, FIONREAD, FIONCLEX, FIOCLEX
    "ioctl": ArgumentRule((16, 29), 1, (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)),
    # one's own limits, to read
    "prlimit64": ArgumentRule((302, 261), 0, (0,), zero_pointer=2),
}

# Refused as unknown rather than forbidden, so that the C library falls back to clone, which is forbidden.
CLONE3: Final = 435

_LOAD_WORD, _JUMP_EQUAL, _JUMP_BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
_OFFSET_NUMBER, _OFFSET_ARCHITECTURE, _OFFSET_ARGUMENTS = 0, 4, 16


@dataclass(frozen=True)
class _Instruction:
    code: int
    operand: int
    if_true: str | None = None  # a label; None is the next instruction
    if_false: str | None = None


class Assembler:
    """Classic BPF with labels for the targets of jumps, which only go forward."""

    def __init__(self) -> None:
        self._instructions: list[_Instruction] = []
        self._labels: dict[str, int] = {}

    def label(self, name: str) -> None:
        self._labels[name] = len(self._instructions)

    def load(self, offset: int) -> None:
        self._instructions.append(_Instruction(_LOAD_WORD, offset))

    def load_argument(self, index: int, *, high: bool = False) -> None:
        self.load(_OFFSET_ARGUMENTS + 8 * index + 4 * high)

    def jump_if_equal(self, value: int, then: str | None = None, otherwise: str | None = None) -> None:
        self._instructions.append(_Instruction(_JUMP_EQUAL, value, then, otherwise))

    def jump_if_bits(self, mask: int, then: str) -> None:
        self._instructions.append(_Instruction(_JUMP_BITS, mask, then))

    def give(self, action: int) -> None:
        self._instructions.append(_Instruction(_RETURN, action))

    def assemble(self) -> bytes:
        """The `struct sock_filter` array (linux/filter.h): code, jump if true, jump if false, operand."""
        return b"".join(
            struct.pack(
                "<HBBI",
                instruction.code,
                self._distance(position, instruction.if_true),
                self._distance(position, instruction.if_false),
                instruction.operand,
            )
            for position, instruction in enumerate(self._instructions)
        )

    def _distance(self, position: int, label: str | None) -> int:
        if label is None:
            return 0
        distance = self._labels[label] - position - 1
        if not 0 <= distance <= 255:
            raise ValueError(f"the jump to {label!r} spans {distance} instructions, 0 to 255 are possible")
        return distance


def machine_architecture() -> Architecture:
    """The architecture of this machine; raises SandboxUnavailable where no filter is known for it."""
    machine = os.uname().machine.lower()
    if machine in ("x86_64", "amd64"):
        return "x86_64"
    if machine in ("aarch64", "arm64"):
        return "aarch64"
    raise SandboxUnavailable(
        f"a list of system calls for the processor architecture {machine!r}",
        "grade on an x86-64 or arm64 machine, or use `--sandbox none` for code of your own",
    )


def cell_filter(architecture: Architecture) -> bytes:
    """The filter of a cell as raw BPF instructions."""
    column = 0 if architecture == "x86_64" else 1
    bpf = Assembler()
    bpf.load(_OFFSET_ARCHITECTURE)
    bpf.jump_if_equal(AUDIT_ARCH[architecture], otherwise="kill")
    bpf.load(_OFFSET_NUMBER)
    if architecture == "x86_64":
        bpf.jump_if_bits(X32_BIT, then="refuse")
    for name, rule in ARGUMENT_RULES.items():
        bpf.jump_if_equal(rule.numbers[column], then=name)
    for numbers in SYSCALLS.values():
        number = numbers[column]
        if number is not None:
            bpf.jump_if_equal(number, then="allow")
    bpf.jump_if_equal(CLONE3, then="unknown", otherwise="refuse")
    for name, rule in ARGUMENT_RULES.items():
        _check_arguments(bpf, name, rule)
    bpf.label("allow")
    bpf.give(ALLOW)
    bpf.label("refuse")
    bpf.give(REFUSE)
    bpf.label("unknown")
    bpf.give(ERRNO | errno.ENOSYS)
    bpf.label("kill")
    bpf.give(KILL_PROCESS)
    return bpf.assemble()


def _check_arguments(bpf: Assembler, name: str, rule: ArgumentRule) -> None:
    bpf.label(name)
    if rule.zero_pointer is not None:
        for high in (False, True):
            bpf.load_argument(rule.zero_pointer, high=high)
            bpf.jump_if_equal(0, otherwise="refuse")
    bpf.load_argument(rule.argument)
    for value in rule.values[:-1]:
        bpf.jump_if_equal(value, then="allow")
    bpf.jump_if_equal(rule.values[-1], then="allow", otherwise="refuse")
