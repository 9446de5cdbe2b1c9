# One image for the API and the workers. A cell locks itself with Landlock and seccomp, which needs no privileges: the
# container runs as an ordinary user, without capabilities, on a read-only file system.
FROM python:3.11-slim-bookworm AS build
COPY requirements-service.lock /tmp/
RUN python -m venv /opt/grader \
 && /opt/grader/bin/pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps --require-hashes -r /tmp/requirements-service.lock
COPY pyproject.toml README.md LICENSE /src/
COPY grader /src/grader
COPY library /src/library
COPY reference /src/reference
COPY operations /src/operations
COPY assignments /src/assignments
RUN /opt/grader/bin/pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps /src /src/library

FROM python:3.11-slim-bookworm
COPY --from=build /opt/grader /opt/grader
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin grader \
 && mkdir /var/lib/grader && chown grader: /var/lib/grader
ENV PATH=/opt/grader/bin:$PATH PYTHONUNBUFFERED=1 OPENBLAS_NUM_THREADS=1 GRADER_FOLDER=/var/lib/grader XDG_CACHE_HOME=/var/lib/grader/cache GRADER_HOST=0.0.0.0
USER grader
WORKDIR /var/lib/grader
VOLUME /var/lib/grader
EXPOSE 8000
CMD ["grade", "serve"]
