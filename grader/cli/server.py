"""What the commands that work through a service share: where it is, who asks, and how its errors are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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


@contextmanager
def service_at(url: str, token: str, token_file: Path | None) -> Iterator["Client"]:
    """A client of the service; what it refuses is told in one line."""
    from grader.client import Client, ClientError, ServiceFault, Unreachable

    try:
        with Client(url, token or _read(token_file)) as client:
            yield client
    except ClientError as error:
        raise refusal(str(error), OUR_FAULT if isinstance(error, ServiceFault | Unreachable) else BAD_INPUT) from error


def _read(token_file: Path | None) -> str:
    if token_file is None:
        raise refusal("a token is needed: --token, --token-file, or the variable GRADER_TOKEN")
    try:
        return token_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise refusal(f"{token_file}: {getattr(error, 'strerror', None) or 'no text in UTF-8'}") from error
