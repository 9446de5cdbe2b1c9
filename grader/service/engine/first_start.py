"""Who can sign in to a service that nobody knows yet."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from grader.service import people
from grader.service.data import User, make_engine, session_factory
from grader.service.errors import Conflict
from grader.service.settings import Settings

ADMIN = "admin"


def first_admin(settings: Settings) -> str | None:
    """On an empty database, an admin's token; None when there are users already."""
    engine = make_engine(settings.database, pool_size=1)
    try:
        with session_factory(engine).begin() as session:
            if session.scalar(sa.select(User.id).limit(1)) is not None:
                return None
            admin = people.new_user(session, ADMIN, is_admin=True)
            return people.create_token(session, admin, "first start")
    except (IntegrityError, Conflict):
        return None  # another process was faster
    finally:
        engine.dispose()
