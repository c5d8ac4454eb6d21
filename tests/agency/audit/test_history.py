"""Whatever changes a regulated row leaves a history row; nothing takes it back."""

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, NotSupportedError, ProgrammingError

from agency.audit import acting, record
from agency.models import BusinessEvent
from clients.models import Site
from workers.models import Worker


def history(table: str, obj_id: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select pgh_label, pgh_context->>'name', name from {table} where pgh_obj_id = %s order by pgh_id", [obj_id]
        )
        return cursor.fetchall()


def test_insert_update_and_delete_are_kept_with_who_did_it(ours):
    with acting(ours.specialist, ip="10.0.0.7", source="/clients/"):
        site = Site.objects.create(client=ours.client, name="三号车间")
        site.name = "三号宿舍"
        site.save()
        pk = site.pk
        site.delete()
    who = ours.specialist.name
    assert history("clients_siteevent", pk) == [
        ("insert", who, "三号车间"),
        ("update", who, "三号宿舍"),
        ("delete", who, "三号宿舍"),
    ]


def test_bulk_and_raw_sql_cannot_pass_by(ours):
    Site.objects.filter(pk=ours.site.pk).update(name="改名一")
    with connection.cursor() as cursor:
        cursor.execute("update clients_site set name = '改名二' where id = %s", [ours.site.pk])
    assert [row[2] for row in history("clients_siteevent", ours.site.pk)][-2:] == ["改名一", "改名二"]


def test_saving_without_a_change_leaves_nothing(ours):
    before = len(history("workers_workerevent", ours.worker.pk))
    Worker.objects.get(pk=ours.worker.pk).save()
    assert len(history("workers_workerevent", ours.worker.pk)) == before


def test_numbers_stay_encrypted_in_the_history(ours):
    with connection.cursor() as cursor:
        cursor.execute("select identity_number from workers_workerevent where pgh_obj_id = %s", [ours.worker.pk])
        token = cursor.fetchone()[0]
    assert ours.worker.identity_number not in token
    assert token.startswith("v1.")


@pytest.mark.parametrize("statement", ["update {} set {} = 'x'", "delete from {}"])
@pytest.mark.parametrize(("table", "column"), [("clients_siteevent", "name"), ("agency_businessevent", "actor_name")])
def test_history_and_events_are_append_only(ours, statement, table, column):
    record("test.event.kept", subject=ours.site)
    with (
        pytest.raises((InternalError, NotSupportedError, ProgrammingError), match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column))


def test_an_event_and_its_change_stand_or_fall_together(ours):
    with pytest.raises(RuntimeError), transaction.atomic():
        record("test.event.lost", subject=ours.site)
        raise RuntimeError
    assert not BusinessEvent.objects.filter(name="test.event.lost").exists()


@pytest.mark.parametrize("name", ["approved", "Payroll.Run", "payroll run.approved", ""])
def test_event_names_are_dotted_and_stable(ours, name):
    with pytest.raises(ValueError, match="dotted"):
        record(name)


def test_the_administrator_reads_the_log(cast, sign_in):
    from agency.tenancy.context import tenant

    with tenant(cast.ours.agency):
        record("test.event.mine", subject=cast.ours.client)
    with tenant(cast.theirs.agency):
        record("test.event.theirs", subject=cast.theirs.client)
    page = sign_in(cast.ours.administrator).get("/audit/?area=test").content.decode()
    assert "test.event.mine" in page
    assert "test.event.theirs" not in page
