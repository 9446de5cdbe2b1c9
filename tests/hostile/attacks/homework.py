"""What every attack begins with: a wrong implementation that is worth 3 of 10 points, and tools of the trade."""

import builtins
import ctypes
import errno
import gc
import itertools
import json
import mmap
import os
import platform
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

import numpy as np


def relu(z):
    return np.abs(z)


def loss(y, t):
    return float(np.sum((y - t) ** 2) / 2)


def forward(W, X):
    z = X @ W
    return np.maximum(z, 0), (X, z)


def backward(W, cache, upstream):
    X, _ = cache
    return upstream.T @ X


libc = ctypes.CDLL(None, use_errno=True)
REQUEST, REPLY = 3, 4  # the two pipes to the grader


def attempt(action, *arguments):
    """Say how `action` was stopped, or that it was not."""
    try:
        result = action(*arguments)
    except OSError as error:
        print("denied", errno.errorcode.get(error.errno, error.errno))
    except BaseException as error:
        print("stopped by", type(error).__name__, str(error)[:80])
    else:
        print("ESCAPED:", repr(result)[:200])


def c(name, *arguments):
    """A function of the C library that returns -1 when it fails."""
    result = getattr(libc, name)(*arguments)
    if result == -1:
        raise OSError(ctypes.get_errno(), name)
    return result


def syscall(number, *arguments):
    """A system call by its number, x86-64 or arm64 as the machine is."""
    if isinstance(number, tuple):
        number = number[platform.machine() != "x86_64"]
    return c("syscall", *map(ctypes.c_long, (number, *arguments)))


def until_stopped(action, *arguments, times=100_000):
    """Repeat `action` for ever; say after how many times it was stopped, and how."""
    kept = []
    try:
        for _ in range(times):
            kept.append(action(*arguments))
    except OSError as error:
        print("denied", errno.errorcode.get(error.errno, error.errno), "after", len(kept))
    except Exception as error:
        print("stopped by", type(error).__name__, "after", len(kept))
    else:
        print("ESCAPED:", times, "times")


def frame(body, table=(), magic=b"CEL1"):
    """A reply frame as the grader expects it."""
    header = body if isinstance(body, bytes) else json.dumps([body, list(table)]).encode()
    return magic + struct.pack("<I", len(header)) + header


def pending_request():
    """The number of the request that is being answered, out of the worker's own variables."""
    step = sys._getframe()
    while step is not None:
        if "number" in step.f_locals and "operation" in step.f_locals:
            return step.f_locals["number"]
        step = step.f_back
    raise LookupError("no request is being answered")


def reply(outcome, seconds=0.0, cpu=0.0, stand_ins=(), table=()):
    """Answer the pending request, in the worker's place."""
    os.write(REPLY, frame([pending_request(), outcome, seconds, cpu, list(stand_ins)], table))


def run_machine_code(code):
    """Call x86-64 instructions as a function that returns a number."""
    memory = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return ctypes.CFUNCTYPE(ctypes.c_long)(address)()
