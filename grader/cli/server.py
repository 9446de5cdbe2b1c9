"""What the commands that work through a service share: where it is, who asks, and how errors and Ctrl-C get through."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.terminal import BAD_INPUT, OUR_FAULT, refusal

if TYPE_CHECKING:
    from grader.client import Client

TokenOption = Annotated[
    str, typer.Option(envvar="GRADER_TOKEN", show_default=False, help="your token; better not where others can read it")
]
TokenFileOption = Annotated[
    Path | None, typer.Option(envvar="GRADER_TOKEN_FILE", show_default=False, help="a file that holds your token")
]
_AGAIN_SECONDS = 1.0  # between two interruptions; to close what is open takes milliseconds


@contextmanager
def service_at(url: str, token: str, token_file: Path | None) -> Iterator["Client"]:
    """A client of the service; what it refuses is told in one line."""
    from grader.client import Client, ClientError, ServiceFault, Unreachable

    try:
        with _interrupted_until_heard(), Client(url, token or _read(token_file)) as client:
            yield client
    except ClientError as error:
        raise refusal(str(error), OUR_FAULT if isinstance(error, ServiceFault | Unreachable) else BAD_INPUT) from error


@contextmanager
def _interrupted_until_heard() -> Iterator[None]:
    """From Ctrl-C on, KeyboardInterrupt is raised again and again until the block has ended.

    Python drops one that is raised while it lets go of an object, as after every import; and one between the taking of
    a lock and its block leaves a lock that nobody gives back, and for which whoever closes a connection waits for ever.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or not hasattr(signal, "setitimer"):
        yield
        return

    def interrupt(*_: Any) -> None:
        signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGALRM, before)


def _read(token_file: Path | None) -> str:
    if token_file is None:
        raise refusal("a token is needed: --token, --token-file, or the variable GRADER_TOKEN")
    try:
        return token_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise refusal(f"{token_file}: {getattr(error, 'strerror', None) or 'no text in UTF-8'}") from error
