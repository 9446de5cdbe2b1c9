"""Every way of running the suite on this machine: users, layers, and a container.

A container is used when `DOCKER_HOST` is set: the checkout and the interpreter appear in it read-only, under
Docker's default seccomp profile, without capabilities, as uid 10001. `HOSTILE_IMAGE` names another image than
python:3.11-slim-bookworm; all it needs is the C library that the interpreter runs on.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .layers import LAYERS

REPOSITORY = Path(__file__).parents[2]
ORDINARY_ID = 65_534
CONTAINER_ID = 10_001
IMAGE = os.environ.get("HOSTILE_IMAGE", "python:3.11-slim-bookworm")


@dataclass(frozen=True)
class Combination:
    """`command` is put before `python -m tests.hostile --layers LAYERS`."""

    name: str
    layers: str
    command: tuple[str, ...] = ()


def combinations() -> Iterator[Combination]:
    is_root = os.geteuid() == 0
    users = {"root": (), "user": _as_ordinary_user()} if is_root else {"user": ()}
    for user, command in users.items():
        if command is not None:
            for layers in LAYERS:
                yield Combination(f"{user}, {layers}", layers, command)
    if os.environ.get("DOCKER_HOST"):
        yield Combination("container", "all", _in_container())


def _as_ordinary_user() -> tuple[str, ...] | None:
    """Drop to a user without rights; where that one could not read the interpreter, in mounts where it can."""
    if not shutil.which("setpriv"):
        return None
    drop = ("setpriv", f"--reuid={ORDINARY_ID}", f"--regid={ORDINARY_ID}", "--clear-groups", "env", "HOME=/tmp")
    closed = _closed_folder()
    if closed is None:
        return drop
    if not shutil.which("bwrap"):
        return None
    prefix = Path(sys.base_prefix)
    mounts = ["--dev-bind", "/", "/", "--tmpfs", str(closed)]
    for folder in reversed([parent for parent in prefix.parents if closed in parent.parents]):
        mounts += ["--perms", "0755", "--dir", str(folder)]
    return ("bwrap", *mounts, "--ro-bind", str(prefix), str(prefix), "--cap-add", "ALL", "--", *drop)


def _closed_folder() -> Path | None:
    """The outermost folder above the interpreter that only its owner may enter."""
    parents = reversed(Path(sys.base_prefix).parents)
    return next((folder for folder in parents if not folder.stat().st_mode & 0o001), None)


def _in_container() -> tuple[str, ...]:
    command = ["docker", "run", "--rm", "--network", "none", "--read-only", "--cap-drop", "ALL"]
    command += ["--security-opt", "no-new-privileges", "--user", f"{CONTAINER_ID}:{CONTAINER_ID}", "--tmpfs", "/tmp"]
    for folder in {sys.base_prefix, sys.prefix, str(REPOSITORY), os.environ.get("GRADER_DATA_DIR", "")}:
        if folder:
            command += ["--volume", f"{folder}:{folder}:ro"]
    command += ["--env", "HOME=/tmp", "--env", "GRADER_DATA_DIR", "--workdir", str(REPOSITORY)]
    return (*command, _image())


def _image() -> str:
    """The image, in which every folder above the interpreter is open to its user too."""
    closed = _closed_folder()
    if closed is None:
        return IMAGE
    recipe = f"FROM {IMAGE}\nRUN mkdir -p {closed} && chmod 755 {closed}\n"
    built = subprocess.run(
        ["docker", "build", "--quiet", "-"], input=recipe, capture_output=True, text=True, check=True
    )
    return built.stdout.strip()
