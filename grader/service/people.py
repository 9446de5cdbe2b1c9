"""Accounts, and how they prove who they are: tokens for programs, visits (browser sessions) opened by a token."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from grader.service import audit
from grader.service.data import Token, User, Visit, counted
from grader.service.data.base import utc_now
from grader.service.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn

MOST_TOKENS = 100  # of one account, as far as it makes them itself
TOKEN_PREFIX = "grader_"
CSRF_HEADER = "X-CSRF-Token"
VISIT_COOKIE, SECURE_VISIT_COOKIE = "grader_visit", "__Host-grader_visit"  # browsers hold the second to https
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,199}")
_USE_NOTED_EVERY = timedelta(minutes=1)


def new_user(
    session: Session, login: str, *, name: str = "", email: str = "", is_admin: bool = False, actor: User | None = None
) -> User:
    """Create an account.

    Raises:
        Invalid: the login is none.
        Conflict: it is taken.
    """
    login = tidy_login(login)
    if find_user(session, login) is not None:
        raise Conflict(f"There is a user {login} already.")
    user = User(login=login, name=" ".join(name.split())[:200], email=email.strip()[:200], is_admin=is_admin)
    session.add(user)
    session.flush()
    audit.record(session, actor or user, "user created", subject=login, is_admin=is_admin)
    return user


def tidy_login(login: str) -> str:
    """The login as it is kept.  Raises Invalid."""
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise Invalid(f"{login[:60]!r} is no login: expected letters, digits and . _ @ + -, at most 200 of them.")
    return login


def find_user(session: Session, login: str) -> User | None:
    return session.scalar(sa.select(User).where(User.login == login.strip().lower()))


def get_user(session: Session, login: str) -> User:
    """Raises NotFound."""
    user = find_user(session, login)
    if user is None:
        raise NotFound(f"There is no user {login!r}.")
    return user


def all_users(session: Session) -> list[User]:
    return list(session.scalars(sa.select(User).order_by(User.login)))


def set_admin(session: Session, actor: User, user: User, is_admin: bool) -> None:
    """Raises Forbidden: nobody can take their own rights, so that one admin is always left."""
    demand_admin(actor)
    if user.id == actor.id and not is_admin:
        raise Forbidden("You can't take your own rights; ask another admin.")
    if is_admin and not user.is_admin:
        drop_handed_out_tokens(session, user)
    user.is_admin = is_admin
    audit.record(session, actor, "admin rights changed", subject=user.login, is_admin=is_admin)


def demand_admin(user: User) -> None:
    """Raises Forbidden."""
    if not user.is_admin:
        raise Forbidden("This is for admins of the service.")


def create_token(
    session: Session, user: User, label: str = "", *, expires_at: datetime | None = None, actor: User | None = None
) -> str:
    """A new token in clear, which nobody can be told a second time; one for somebody else is recorded.

    Raises Conflict: so many of one's own are enough.
    """
    if actor is None:
        now = utc_now()
        lasts = sa.or_(Token.expires_at.is_(None), Token.expires_at > now)
        counts = sa.or_(sa.and_(Token.revoked_at.is_(None), lasts), Token.created_at > now - timedelta(days=1))
        own = counted(session, Token, Token.user_id == user.id, counts)
        if own >= MOST_TOKENS:
            raise Conflict(f"There are {own} tokens already; revoke those that nobody uses, and make others in a day.")
    text = TOKEN_PREFIX + secrets.token_urlsafe(32)
    made_by_id = actor.id if actor is not None else user.id
    session.add(
        Token(user=user, digest=digest(text), label=label.strip()[:100], expires_at=expires_at, made_by_id=made_by_id)
    )
    session.flush()
    if actor is not None and actor.id != user.id:
        audit.record(session, actor, "token created", subject=user.login, label=label.strip()[:100])
    return text


def find_token(session: Session, text: str) -> Token:
    """What is kept of a token that exists, valid or not."""
    return session.scalars(sa.select(Token).where(Token.digest == digest(text))).one()


def note_by_hand(session: Session, user: User, *, is_admin: bool) -> None:
    """Record that whoever runs the service made a token for an account, and which rights it has now."""
    user.is_admin = is_admin
    audit.record(session, user, "token made by hand", subject=user.login, is_admin=is_admin)


def tokens_of(session: Session, user: User) -> list[Token]:
    """Those not revoked, the newest first."""
    query = sa.select(Token).where(Token.user_id == user.id, Token.revoked_at.is_(None)).order_by(Token.id.desc())
    return list(session.scalars(query))


def revoke_token(session: Session, actor: User, token_id: int) -> None:
    """End a token and every visit that it opened.  Raises NotFound, also for somebody else's."""
    token = session.get(Token, token_id)
    if token is None or (token.user_id != actor.id and not actor.is_admin):
        raise NotFound("There is no such token.")
    if token.revoked_at is None:
        token.revoked_at = utc_now()
        session.execute(sa.delete(Visit).where(Visit.token_id == token.id))
        audit.record(session, actor, "token revoked", subject=token.user.login, label=token.label)


def drop_handed_out_tokens(session: Session, user: User) -> None:
    """End the tokens of an account that gains rights, if somebody who is no admin has seen one of them.

    An instructor's import makes tokens for accounts that may be given more rights later, by others. Whoever signed in
    with such a one could have made more, so only those that admins made stay.
    """
    tokens = list(session.scalars(sa.select(Token).where(Token.user_id == user.id)))
    made_by = {token.made_by_id for token in tokens}
    makers = {maker.id: maker for maker in session.scalars(sa.select(User).where(User.id.in_(made_by)))}
    by_others = [t for t in tokens if t.made_by_id not in (None, user.id) and not makers[t.made_by_id].is_admin]
    if not by_others:
        return
    for token in tokens:
        maker = makers.get(token.made_by_id) if token.made_by_id is not None else None
        if token.revoked_at is None and not (maker is not None and maker.id != user.id and maker.is_admin):
            token.revoked_at = utc_now()
            session.execute(sa.delete(Visit).where(Visit.token_id == token.id))
            audit.record(session, user, "token revoked", subject=user.login, label=token.label)


def user_of_token(session: Session, text: str) -> User:
    """Whose token it is.  Raises NotSignedIn: nobody's, or not any more."""
    return _valid_token(session, text).user


def open_visit(session: Session, text: str, hours: float) -> tuple[str, Visit]:
    """Sign a browser in by a token: the cookie's content, and the visit.  Raises NotSignedIn."""
    token = _valid_token(session, text)
    cookie = secrets.token_urlsafe(32)
    expires_at = utc_now() + timedelta(hours=hours)
    if token.expires_at is not None:
        expires_at = min(expires_at, token.expires_at)
    visit = Visit(digest=digest(cookie), token=token, secret=secrets.token_hex(32), expires_at=expires_at)
    session.execute(sa.delete(Visit).where(Visit.expires_at < utc_now()))
    session.add(visit)
    session.flush()
    return cookie, visit


def visit_of_cookie(session: Session, cookie: str) -> Visit:
    """Raises NotSignedIn: there is no such visit, or it has ended."""
    visit = session.get(Visit, digest(cookie))
    if visit is None or visit.expires_at <= utc_now() or not _is_valid(visit.token):
        raise NotSignedIn("You are not signed in any more.")
    return visit


def csrf_token(visit: Visit) -> str:
    """What every form and every script of a visit's pages sends along; no other site can know it."""
    return hmac.new(visit.secret.encode(), b"form", hashlib.sha256).hexdigest()


def demand_csrf_token(visit: Visit, sent: str | None) -> None:
    """Raises Forbidden: what was to change something came from another site, or from a page of an earlier visit."""
    if sent is None or not hmac.compare_digest(sent.encode("utf-8", "replace"), csrf_token(visit).encode()):
        raise Forbidden("This request did not come from a page of this service, or the page is out of date: reload it.")


def close_visit(session: Session, cookie: str) -> None:
    session.execute(sa.delete(Visit).where(Visit.digest == digest(cookie)))


def digest(text: str) -> str:
    """SHA-256: with 256 random bits there is nothing to guess, so nothing slower is needed."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _valid_token(session: Session, text: str) -> Token:
    token = session.scalar(sa.select(Token).where(Token.digest == digest(text.strip())))
    if token is None or not _is_valid(token):
        raise NotSignedIn("This token is not known here, or not valid any more.")
    now = utc_now()
    if token.last_used_at is None or now - token.last_used_at > _USE_NOTED_EVERY:
        token.last_used_at = now
    return token


def _is_valid(token: Token) -> bool:
    return token.revoked_at is None and (token.expires_at is None or token.expires_at > utc_now())
