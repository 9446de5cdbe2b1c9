"""The OpenAPI document: complete, and whatever it allows to be sent is answered without a fault of ours."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from batch.conftest import zipped
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from service.api.conftest import make_course
from service.api.running import Service, running
from service.postgres import Cluster
from tests.softplus import HALF_RIGHT
from tests.tables import WHOLE, sampled

FEW = settings(  # of each of about fifty operations
    max_examples=4 if WHOLE else 2,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Iterator[Service]:
    """A service of its own, on PostgreSQL, which is more particular about texts and numbers than SQLite."""
    with (
        cluster.database() as url,
        running(tmp_path_factory.mktemp("fuzzed"), uploads_per_minute=10_000, database_url=url) as service,
    ):
        yield service


@pytest.fixture(scope="module")
def document(fuzzed: Service) -> dict[str, Any]:
    with fuzzed.door() as door:
        found: dict[str, Any] = door.get("/openapi.json").json()
        return found


def test_every_operation_is_documented(document: dict[str, Any]) -> None:
    assert len(document["paths"]) > 40
    tags = {tag["name"] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"] or path == "/health", where
            assert set(operation["tags"]) <= tags, where
            errors = {status: r for status, r in operation["responses"].items() if status.startswith("4")}
            assert all("application/problem+json" in response["content"] for response in errors.values()), where
            if path.startswith("/api/"):
                assert "401" in errors, where
                assert operation["security"], where


def test_nothing_that_the_document_allows_is_a_fault(fuzzed: Service, document: dict[str, Any]) -> None:
    """With addresses that are made up, and with those of what there is, so that bodies and filters get far."""
    course = make_course(fuzzed)
    course.set(max_attempts=None)
    with course.door("teacher") as door:
        batch = door.post(f"{course.hw}/batches", files={"file": ("x.zip", zipped({"ada/a.py": HALF_RIGHT}))}).json()
    there = {
        "course": course.slug,
        "assignment": "hw",
        "submission": course.submit("bob").json()["id"],
        "batch": batch["id"],
        "login": course.login("ada"),
        "student": "ada",
        "name": "softplus",
    }
    signed_in = {"Authorization": f"Bearer {fuzzed.admin}"}
    import schemathesis  # half a second, in the one process that runs this

    schema = schemathesis.openapi.from_dict(without_security(document))
    faults = []
    operations = [found.ok() for found in schema.get_all_operations()]
    # Of each subject one of each method and depth; `make tables`: all.
    for operation in sampled(operations, lambda one: (str(one.tags), one.method, one.path.count("{"))):
        if operation.path.endswith(("/events", "/tokens/{token_id}")):  # one would not end, one take the admin's own
            continue

        @settings(FEW)
        @given(case=operation.as_strategy(), is_there=st.booleans())
        def explore(case: Any, is_there: bool) -> None:
            if is_there:
                case.path_parameters.update({k: v for k, v in there.items() if k in case.path_parameters})
            answer = case.call(base_url=fuzzed.url, headers=signed_in, timeout=60)
            assert answer.status_code != 401, "what was sent before took the admin's own token"
            if answer.status_code >= 500 and case.path not in ("/ready",):
                faults.append((case.method, case.formatted_path, answer.status_code, answer.text))

        explore()
    assert faults == []


def without_security(document: dict[str, Any]) -> dict[str, Any]:
    """So that no made-up tokens are sent in place of the true one."""
    open_to_all = copy.deepcopy(document)
    del open_to_all["components"]["securitySchemes"]
    for operations in open_to_all["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return open_to_all
