"""The door for people: server-rendered pages that need no script, and are livelier with one.

app        the pages as an ASGI application           desk       who asks, and what an answer is made with
security   headers, cookies, forged requests          forms      what a browser sends
stylesheets, static, templates                        handouts, liveness, explanations …   what pages show
sign_in, courses, submissions, class_pages …          the pages themselves
"""

from grader.service.pages.app import create_pages

__all__ = ["create_pages"]
