"""Fill an agency with very many workers at many clients, inside the database: one of each, and copies of it.

Triggers that write history or look at single rows are off while it is filled; keys, uniqueness and spans are checked.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from django.db import connection, models

from agency.models import Agency
from agency.tenancy.context import tenant
from benchmarks._database import as_owner, vacuum
from payroll.models import PayrollInput
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker

# Each worker's number in `many_places`; text that must differ from worker to worker is made of it.
OF_WORKER = {
    LabourContract: {},
    Placement: {"client_id": "place.client_id", "post_id": "place.post_id", "site_id": "NULL::bigint"},
    InsuranceEnrolment: {},
    BankAccount: {"number_index": "md5('account' || place.number)"},
    PayrollInput: {"run_id": "place.run_id", "night_shifts": "place.number %% 13"},
}
NEW_WORKER = {
    "employee_no": "lpad(number::text, 8, '0')",
    "name": "template.name || chr(19968 + number %% 5000)",
    "identity_index": "md5('identity' || number)",
    "phone_index": "md5('phone' || number)",
}


def fill_many(agency: Agency, workers: int, places: list[tuple[int, int, int]]) -> None:
    """Divide so many new workers among `places` of (client, post, run), each like the agency's first worker there."""
    templates = _templates(agency)
    tables = [model._meta.db_table for model in templates]
    with closing(as_owner()) as own, own.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _make_workers(cursor, templates.pop(Worker), workers, places)
        own.commit()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_copy, templates.items()))
    with closing(as_owner()) as own, own.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("DROP TABLE many_places")
        own.commit()
    vacuum(tables)


def _templates(agency: Agency) -> dict[type[models.Model], int]:
    with tenant(agency):
        return {
            model: model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
            for model in (Worker, *OF_WORKER)
        }


def _make_workers(cursor, template: int, workers: int, places: list[tuple[int, int, int]]) -> None:
    names, values = _columns(Worker, NEW_WORKER)
    keys = "number int, worker_id bigint, client_id bigint, post_id bigint, run_id bigint, at bigint"
    cursor.execute(f"CREATE TABLE many_places ({keys})")
    clients, posts, runs = (list(column) for column in zip(*places, strict=True))
    cursor.execute(
        f"WITH made AS (INSERT INTO workers_worker ({names}) SELECT {values} FROM workers_worker AS template, "
        f"generate_series(1, %s) AS number WHERE template.id = %s RETURNING id, employee_no::int AS number) "
        f"INSERT INTO many_places SELECT number, id, place.* FROM made "
        f"JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[]) WITH ORDINALITY AS place(client, post, run, at) "
        f"ON place.at = 1 + number %% %s",
        [workers, template, clients, posts, runs, len(places)],
    )
    cursor.execute("CREATE INDEX ON many_places (run_id)")


def _copy(item: tuple[type[models.Model], int]) -> None:
    model, template = item
    names, values = _columns(model, OF_WORKER[model] | {"worker_id": "place.worker_id"})
    with closing(as_owner()) as own, own.cursor() as cursor:
        cursor.execute("SET work_mem = '256MB'")
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {model._meta.db_table} AS template, "
            f"many_places AS place WHERE template.id = %s ORDER BY place.worker_id",
            [template],
        )
        own.commit()


def _columns(model: type[models.Model], changed: dict[str, str]) -> tuple[str, str]:
    columns: Iterable[str] = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    quoted = [connection.ops.quote_name(column) for column in columns]
    return ", ".join(quoted), ", ".join(changed.get(column, f"template.{column}") for column in columns)
