import base64

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from agency.audit.models import BusinessEvent
from agency.models import PlatformEvent
from agency.privacy.fields import matching
from agency.privacy.rotation import encrypted_models, rotate
from agency.tenancy.context import tenant
from workers.models import BankAccount, Worker

NEW = "2027a:" + base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def new_key(settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, *settings.FIELD_ENCRYPTION_KEYS]


def keys_in_use(agency):
    """The key ids of every token of an agency, by table and column."""
    found = set()
    with tenant(agency), connection.cursor() as cursor:
        for model in encrypted_models():
            for name in [
                f.column for f in model._meta.concrete_fields if hasattr(f, "purpose") and not hasattr(f, "source")
            ]:
                cursor.execute(
                    f"select distinct split_part({name}, '.', 2) from {model._meta.db_table} where {name} <> ''"
                )
                found |= {key for (key,) in cursor.fetchall()}
    return found


def test_history_tables_hold_tokens_too():
    assert {"Worker", "WorkerEvent", "BankAccount", "BankAccountEvent"} <= {m.__name__ for m in encrypted_models()}


def test_after_a_rotation_the_old_key_can_go(cast, new_key, settings, capsys):
    assert keys_in_use(cast.ours.agency) == {"t1"}
    call_command("rotate_field_keys", reason="yearly", by="operator")
    for company in (cast.ours, cast.theirs):
        assert keys_in_use(company.agency) == {"2027a"}
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with tenant(cast.ours.agency):
        assert Worker.objects.get(pk=cast.ours.worker.pk).phone == cast.ours.worker.phone
    assert "hechuan: workers.Worker 2" in capsys.readouterr().out


def test_a_suspended_agency_is_rotated_too(cast, new_key):
    cast.theirs.agency.suspended_at = timezone.now()
    cast.theirs.agency.save()
    call_command("rotate_field_keys", reason="yearly", verbosity=0)
    assert keys_in_use(cast.theirs.agency) == {"2027a"}


def test_a_stopped_rotation_goes_on_where_it_was(cast, new_key):
    agency = cast.ours.agency
    first = rotate(Worker, agency.pk, batch=1)
    assert next(first) == 1
    first.close()
    assert list(rotate(Worker, agency.pk, batch=1)) == [1]
    assert list(rotate(Worker, agency.pk)) == []


def test_a_rotation_is_on_record_and_adds_no_history(cast, new_key):
    with tenant(cast.ours.agency):
        before = Worker.pgh_event_model.objects.count()
    call_command("rotate_field_keys", agency="hechuan", reason="a key was seen", verbosity=0)
    assert PlatformEvent.objects.filter(name="platform.keys_rotated", reason="a key was seen").count() == 1
    with tenant(cast.ours.agency):
        event = BusinessEvent.objects.get(name="privacy.keys.rotated")
        assert event.data["rows"]["workers.Worker"] == 2
        assert event.data["key"] == "2027a"
        assert Worker.pgh_event_model.objects.count() == before
    assert "t1" in keys_in_use(cast.theirs.agency)


def test_a_new_index_key_is_followed_by_reindexing(cast, settings):
    agency, number = cast.ours.agency, cast.ours.worker.bank_accounts
    with tenant(agency):
        account = number.get().number
    settings.BLIND_INDEX_KEY = "another key of at least thirty-two characters"
    with tenant(agency):
        wanted = matching(BankAccount, "number", account, agency.pk)
        assert not BankAccount.objects.filter(wanted).exists()
    call_command("rotate_field_keys", reindex=True, reason="new index key", verbosity=0)
    with tenant(agency):
        assert BankAccount.objects.filter(wanted).count() == 1
