"""Stopping a process of the service for a while, as a machine that stands still would."""

import os
import signal
import subprocess

import sqlalchemy as sa

from grader.service.context import Context
from grader.service.data import Worker


def stop(process: subprocess.Popen[bytes], context: Context) -> None:
    """Stop a child while it writes nothing: stopped in a transaction, it would keep SQLite's one lock for itself."""
    with context.sessions.begin() as session:
        session.execute(sa.update(Worker).where(sa.false()).values(beat=0.0))  # takes that lock
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
