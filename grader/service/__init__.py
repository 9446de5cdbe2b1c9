"""The grader as a service for a class: uploads, a queue that loses nothing, live progress, feedback pages.

settings   what can be set, by environment           data       database, tables, migrations
storage    files by their content, on disk or in S3   engine     the durable queue, its workers, and who watches them
courses, rosters, people, submissions, gradings, batches, gradebooks …   what the service does, whoever asks
api        the JSON door                               pages      the door for people

Needs the extra `service`: `pip install 'numpy-grader[service]'`.
"""
