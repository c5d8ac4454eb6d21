"""Real PostgreSQL: the test database is made by the owner role, the tests run as the application role."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.browser import (  # noqa: F401  (pytest takes hooks and fixtures from here)
    browser_type_launch_args,
    live_server,
    pytest_collection_modifyitems,
    pytest_terminal_summary,
)


def _use(url_name: str) -> None:
    """Reconnect as another role, keeping the database's name."""
    from config.settings.base import env

    target = env.db(url_name)
    for key in ("USER", "PASSWORD"):
        connection.settings_dict[key] = settings.DATABASES["default"][key] = target[key]
    connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """After the owner has migrated, work with the rights the application has in production."""
    with django_db_blocker.unblock():
        role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
        with connection.cursor() as cursor:  # pytest-django empties tables after transactional tests
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}")
        _use("DATABASE_URL")
    yield
    with django_db_blocker.unblock():
        _use("DATABASE_OWNER_URL")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: Any) -> None:
    _use("DATABASE_OWNER_URL")


@pytest.fixture(scope="session")
def media_folder(tmp_path_factory: Any) -> Any:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def media_of_the_tests(settings: Any, media_folder: Any) -> None:
    """Keep files that tests upload out of the working copy."""
    settings.MEDIA_ROOT = media_folder


@pytest.fixture
def as_owner() -> Any:
    """Return a function that runs a statement as the owner role, on a connection of its own."""
    import psycopg2

    from config.settings.base import env

    owner = env.db("DATABASE_OWNER_URL")

    def run(statement: str) -> Any:
        with (
            psycopg2.connect(
                dbname=connection.settings_dict["NAME"],
                user=owner["USER"],
                password=owner["PASSWORD"],
                host=owner["HOST"],
                port=owner["PORT"],
            ) as own,
            own.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None

    return run


@pytest.fixture
def cast(db: Any) -> Any:
    """Two agencies and their people, no agency active: a test opens `tenant(...)` itself or uses `ours`."""
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def ours(cast: Any) -> Iterator[Any]:
    """Our agency, active for the whole test."""
    from agency.tenancy.context import tenant

    with tenant(cast.ours.agency):
        yield cast.ours


@pytest.fixture
def sign_in(client: Any) -> Any:
    """Return a function that signs a person in and gives the test client back."""

    def enter(staff: Any) -> Any:
        client.force_login(staff, backend="agency.staff.backends.PhoneOrEmailBackend")
        return client

    return enter
