"""What of the sandbox works on this machine, in plain words for `grade doctor`."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.bubblewrap import find_bubblewrap
from grader.sandbox.errors import UPGRADE_KERNEL, SandboxUnavailable
from grader.sandbox.inside import lock
from grader.sandbox.interpreter import find_interpreter
from grader.sandbox.sandbox import INSTALL_BUBBLEWRAP, Sandbox
from grader.sandbox.seccomp import machine_architecture
from grader.sandbox.zygote import readable_by_all


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    works      whether it is as the sandbox wants it
    required   whether submissions cannot be graded without it
    remedy     what to do when it does not work, "" otherwise
    """

    name: str
    works: bool
    required: bool
    detail: str
    remedy: str = ""


def diagnose_machine() -> tuple[Finding, ...]:
    """Look at everything that the sandbox stands on, and try it; takes about half a second."""
    findings = [_system()]
    if findings[0].works:
        findings += [_landlock(), _seccomp(), _user_namespaces(), _bubblewrap(), _container()]
    findings += _interpreter()
    findings += [_trial("strict"), _trial("auto")]
    return tuple(findings)


def _system() -> Finding:
    detail = f"{platform.system()} {platform.release()}, {platform.machine()}"
    if platform.system() != "Linux":
        return Finding("system", False, True, detail, "run the grader on Linux, for instance in a container")
    try:
        machine_architecture()
    except SandboxUnavailable as unavailable:
        return Finding("system", False, True, detail, unavailable.remedy)
    return Finding("system", True, True, detail)


def _landlock() -> Finding:
    version = lock.landlock_abi()
    if version:
        return Finding("Landlock", True, True, f"version {version}: the submission sees no files but Python's own")
    return Finding("Landlock", False, True, "the kernel does not offer it, or a container forbids it", UPGRADE_KERNEL)


def _seccomp() -> Finding:
    if lock.has_seccomp():
        return Finding("seccomp", True, True, "the submission can make harmless system calls only")
    return Finding(
        "seccomp", False, True, "the kernel does not offer filters", "use a kernel with CONFIG_SECCOMP_FILTER"
    )


def _user_namespaces() -> Finding:
    name = "user namespaces"
    if os.geteuid() == 0:
        return Finding(name, True, False, "not needed: running as root")
    if _setting("user/max_user_namespaces") == "0":
        return Finding(name, False, False, "switched off", "`sysctl user.max_user_namespaces=10000`")
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return Finding(name, False, False, "for root only", "`sysctl kernel.unprivileged_userns_clone=1`")
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        remedy = "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`, or an AppArmor profile for bwrap"
        return Finding(name, False, False, "restricted by AppArmor", remedy)
    return Finding(name, True, False, "no setting forbids them")


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", name).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _bubblewrap() -> Finding:
    program = find_bubblewrap()
    if program:
        return Finding("bubblewrap", True, False, program)
    return Finding("bubblewrap", False, False, "not installed", INSTALL_BUBBLEWRAP)


def _container() -> Finding:
    inside = Path("/.dockerenv").exists() or Path("/run/.containerenv").exists()
    return Finding("container", True, False, "inside one" if inside else "none noticed")


def _interpreter() -> list[Finding]:
    try:
        found = find_interpreter()
    except SandboxUnavailable as unavailable:
        return [Finding("interpreter", False, True, unavailable.missing, unavailable.remedy)]
    findings = [Finding("interpreter", True, True, f"Python {found.version}, {found.executable}")]
    if os.geteuid() != 0:
        detail = "an ordinary user"
    elif readable_by_all(found):
        detail = "root; submissions run as an unprivileged user"
    else:
        detail = (
            "root; an unprivileged user cannot read the interpreter, so that without bubblewrap submissions run"
            " as root without any of its rights"
        )
    return [*findings, Finding("user", True, False, detail)]


def _trial(mode: str) -> Finding:
    """Start a sandbox for real, self-test included."""
    name = "both layers together" if mode == "strict" else "self-test"
    try:
        with Sandbox("strict" if mode == "strict" else "auto") as sandbox:
            return Finding(name, True, mode == "auto", " and ".join(sandbox.layers) + ": every attack was denied")
    except SandboxUnavailable as unavailable:
        return Finding(name, False, mode == "auto", f"missing: {unavailable.missing}", unavailable.remedy)
