import errno
import re
from pathlib import Path

import pytest

from grader.sandbox.seccomp import (
    ALLOW,
    ARGUMENT_RULES,
    AUDIT_ARCH,
    CLONE3,
    ERRNO,
    KILL_PROCESS,
    REFUSE,
    SYSCALLS,
    X32_BIT,
    Architecture,
    Assembler,
    cell_filter,
)

from .bpf import run

COLUMNS: list[tuple[Architecture, int]] = [("x86_64", 0), ("aarch64", 1)]
HEADERS = {
    "x86_64": [Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), Path("/usr/include/asm/unistd_64.h")],
    "aarch64": [Path("/usr/include/asm-generic/unistd.h")],  # arm64 uses the generic table
}
NEVER = [
    "socket", "socketpair", "connect", "bind", "sendto", "fork", "vfork", "clone", "execve", "execveat", "kill",
    "tkill", "tgkill", "ptrace", "process_vm_readv", "process_vm_writev", "unshare", "setns", "mount", "umount2",
    "pivot_root", "chroot", "bpf", "io_uring_setup", "memfd_create", "shmget", "keyctl", "userfaultfd", "prctl",
    "seccomp", "setrlimit", "unlink", "unlinkat", "rename", "mkdir", "mkdirat", "chmod", "fchmod", "fchmodat",
    "truncate", "ftruncate", "symlinkat", "linkat", "pipe2", "eventfd2", "signalfd4", "timer_create", "setsid",
    "setpgid", "setuid", "setpriority", "sched_setaffinity", "perf_event_open", "open_by_handle_at", "sendfile",
]  # fmt: skip


def numbers_in_header(architecture: str) -> dict[str, int]:
    found = next((path for path in HEADERS[architecture] if path.exists()), None)
    if found is None:
        pytest.skip("the kernel's headers are not installed")
    definition = re.compile(r"#define __NR(?:3264)?_(\w+)\s+(\d+)$", re.MULTILINE)
    numbers = {name: int(number) for name, number in definition.findall(found.read_text(encoding="utf-8"))}
    if architecture == "aarch64":
        numbers["newfstatat"] = numbers["fstatat"]  # the kernel's name for it in the generic table
    return numbers


@pytest.mark.parametrize(("architecture", "column"), COLUMNS)
def test_exactly_the_listed_calls_are_allowed(architecture: Architecture, column: int) -> None:
    program = cell_filter(architecture)
    listed = {numbers[column] for numbers in SYSCALLS.values()}
    by_argument = {rule.numbers[column] for rule in ARGUMENT_RULES.values()}
    for number in range(2_048):
        action = run(program, number, AUDIT_ARCH[architecture], [0xFFFF] * 6)
        if number in listed:
            assert action == ALLOW, number
        elif number == CLONE3:
            assert action == ERRNO | errno.ENOSYS
        else:
            assert action == REFUSE, number
    assert not listed & by_argument


@pytest.mark.parametrize(("architecture", "column"), COLUMNS)
def test_the_numbers_are_those_of_the_kernel(architecture: Architecture, column: int) -> None:
    known = numbers_in_header(architecture)
    ours = {name: numbers[column] for name, numbers in SYSCALLS.items() if numbers[column] is not None}
    ours |= {name: rule.numbers[column] for name, rule in ARGUMENT_RULES.items()}
    ours["clone3"] = CLONE3
    assert ours == {name: known[name] for name in ours}


@pytest.mark.parametrize(("architecture", "column"), COLUMNS)
def test_dangerous_calls_are_refused_by_name(architecture: Architecture, column: int) -> None:
    known = numbers_in_header(architecture)
    program = cell_filter(architecture)
    for name in NEVER:
        if name in known:
            assert run(program, known[name], AUDIT_ARCH[architecture]) == REFUSE, name


@pytest.mark.parametrize(("architecture", "column"), COLUMNS)
def test_some_calls_depend_on_an_argument(architecture: Architecture, column: int) -> None:
    program = cell_filter(architecture)

    def action(name: str, *arguments: int) -> int:
        return run(program, ARGUMENT_RULES[name].numbers[column], AUDIT_ARCH[architecture], arguments)

    assert action("ioctl", 1, 0x5401) == ALLOW
    assert action("ioctl", 1, 0x5412) == REFUSE  # TIOCSTI types into the terminal
    assert action("fcntl", 1, 3) == ALLOW
    assert action("fcntl", 1, 8) == REFUSE  # F_SETOWN sends signals
    assert action("prlimit64", 0, 7, 0, 0x7000) == ALLOW
    assert action("prlimit64", 0, 7, 0x7000, 0) == REFUSE
    assert action("prlimit64", 0, 7, 0x7000 << 32, 0) == REFUSE  # a pointer whose lower half is zero
    assert action("prlimit64", 1, 7, 0, 0x7000) == REFUSE  # of another process


@pytest.mark.parametrize(("architecture", "column"), COLUMNS)
def test_a_foreign_architecture_is_killed(architecture: Architecture, column: int) -> None:
    program = cell_filter(architecture)
    i386, other = 0x40000003, AUDIT_ARCH["aarch64" if architecture == "x86_64" else "x86_64"]
    for foreign in (i386, other, 0):
        assert {run(program, number, foreign) for number in range(600)} == {KILL_PROCESS}


def test_the_x32_interface_is_refused() -> None:
    program = cell_filter("x86_64")
    assert {run(program, X32_BIT + number, AUDIT_ARCH["x86_64"]) for number in range(600)} == {REFUSE}


def test_a_jump_that_is_too_long_is_an_error() -> None:
    bpf = Assembler()
    bpf.jump_if_equal(1, then="end")
    for _ in range(256):
        bpf.give(ALLOW)
    bpf.label("end")
    bpf.give(REFUSE)
    with pytest.raises(ValueError, match="256 instructions"):
        bpf.assemble()
