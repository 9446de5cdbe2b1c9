"""The JSON door: `grader.service.api.app.create_app(settings)` is an ASGI application.

app        the parts put together                     deps       who asks, and what the handlers work with
problems   errors as problem+json (RFC 9457)          limits     bodies refused before anything of them is parsed
models     what goes in and out                       routes     a module per resource, handlers of a few lines
presenting from the tables to the models              metrics    counters for Prometheus
uploads, files   files that come in and go out
"""
