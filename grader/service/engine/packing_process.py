"""A process that packs one archive for a worker: a `ChildProcess`.

It reads a `PackOrder` and answers with `Packed`. What it needs, time and memory, ends with it; so does it with the
worker, however that ends.
"""

import contextlib

from grader.child import inbox, parent
from grader.service import packed_outputs
from grader.service.context import open_context
from grader.service.data import Archive, Batch, CourseAssignment
from grader.service.engine.messages import Packed, PackOrder
from grader.service.errors import ServiceError


def main() -> None:
    connection = parent()
    order: PackOrder = inbox(connection).get()
    try:
        pack(order)
    except ServiceError as error:
        connection.send(Packed(error.detail))
    else:
        connection.send(Packed())
    with contextlib.suppress(EOFError, OSError):
        connection.recv()  # the worker ends this process


def pack(order: PackOrder) -> None:
    """Raises ServiceError: it cannot be packed, now or ever."""
    context = open_context(order.settings)
    with context.sessions() as session:
        archive = session.get_one(Archive, order.archive)
        assignment = session.get_one(CourseAssignment, archive.course_assignment_id)
        batch = session.get_one(Batch, archive.batch_id) if archive.batch_id else None
        collected = packed_outputs.collect(context, session, assignment, batch)
        worksheet, similarity, feedback_alone = archive.worksheet, archive.similarity, archive.feedback_alone
    packed_outputs.write_output(
        context,
        collected,
        order.target,
        similarity=similarity,
        worksheet=context.storage.read(worksheet) if worksheet else None,
        feedback_alone=feedback_alone,
    )
    context.engine.dispose()
