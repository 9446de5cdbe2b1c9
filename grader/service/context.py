"""What every part of the service works with: settings, database, storage, queue and the assignments."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from grader.service.ports import JobQueue, Storage
from grader.service.settings import Settings
from grader.service.shelf import Shelf


@dataclass(frozen=True)
class Context:
    """An open service."""

    settings: Settings
    engine: sa.Engine
    sessions: sessionmaker[Session]
    storage: Storage
    queue: JobQueue
    shelf: Shelf
