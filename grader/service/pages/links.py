"""Where pages are; the only place that knows."""

from urllib.parse import quote, urlencode

from starlette.requests import Request

from grader.service.data import Batch, Course, CourseAssignment, ExplainedFile, Submission


def course(course: Course, *more: str) -> str:
    return "/".join((f"/courses/{course.slug}", *more))


def assignment(assignment: CourseAssignment, *more: str) -> str:
    return "/".join((f"{course(assignment.course)}/assignments/{assignment.slug}", *more))


def student(assignment_: CourseAssignment, key: str, **more: str) -> str:
    """Keys are whatever a platform calls its students, so they are no part of a path."""
    return f"{assignment(assignment_, 'student')}?{urlencode({'key': key, **more})}"


def submission(submission: Submission, *more: str) -> str:
    return "/".join((f"/submissions/{submission.id}", *more))


def explanation(file: ExplainedFile, *more: str) -> str:
    return "/".join((f"/explain/{file.id}", *more))


def batch(batch: Batch, *more: str) -> str:
    return "/".join((f"/batches/{batch.id}", *more))


def with_query(path: str, **query: object) -> str:
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def sign_in(next: str = "/") -> str:
    """Where to sign in and come back from."""
    return "/sign-in" if next == "/" else f"/sign-in?{urlencode({'next': own_path(next)})}"


def own_page(request: Request) -> str:
    """The path and the query of a request, as `sign_in` leads back to it."""
    return own_path(f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path)


def own_path(path: str) -> str:
    """A path of this service to go on to; home for anything that could lead elsewhere."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return quote(path, safe="/?&=%-._~+") if is_own else "/"
