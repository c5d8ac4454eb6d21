import pytest
from django.core.exceptions import FieldError
from django.db import connection

from agency.models import StaffMember
from agency.privacy import crypto
from agency.privacy.fields import matching
from agency.tenancy.context import tenant
from clients.models import ClientContact
from workers.models import Worker

PHONE = "13900001234"


def stored(model, pk, column):
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from {model._meta.db_table} where id = %s", [pk])
        return cursor.fetchone()[0]


def contact(company, **values):
    return ClientContact(client=company.client, name="高班长", **values)


def test_the_database_holds_a_token_and_python_a_number(ours):
    saved = contact(ours, phone=PHONE)
    saved.save()
    token = stored(ClientContact, saved.pk, "phone")
    assert token.startswith("v1.t1.")
    assert crypto.decrypt(token, "phone") == PHONE
    assert ClientContact.objects.get(pk=saved.pk).phone == PHONE


def test_an_encrypted_number_is_found_however_it_is_written(ours):
    contact(ours, phone=PHONE).save()
    agency = ours.agency.pk
    assert ClientContact.objects.filter(matching(ClientContact, "phone", "+86 139-0000-1234", agency)).count() == 1
    assert not ClientContact.objects.filter(matching(ClientContact, "phone", "13900001235", agency)).exists()


def test_bulk_creation_fills_the_index_too(ours):
    ClientContact.objects.bulk_create([contact(ours, name_pinyin="", phone=PHONE)])
    assert ClientContact.objects.filter(matching(ClientContact, "phone", PHONE, ours.agency.pk)).count() == 1


def test_no_number_no_index(ours):
    empty = contact(ours, phone="")
    empty.save()
    assert stored(ClientContact, empty.pk, "phone") == ""
    assert empty.phone_index is None


def test_the_same_person_in_two_agencies_has_two_indexes(cast):
    indexes = set()
    for company in (cast.ours, cast.theirs):
        with tenant(company.agency):
            saved = contact(company, phone=PHONE)
            saved.save()
            indexes.add(saved.phone_index)
    assert len(indexes) == 2


def test_sign_in_phones_share_one_name_space(cast):
    field = StaffMember._meta.get_field("phone_index")
    assert field.index_for(PHONE, cast.ours.agency.pk) == field.index_for(PHONE, None)


def test_an_encrypted_column_cannot_be_compared(ours):
    with pytest.raises(FieldError, match="blind index"):
        Worker.objects.filter(phone=PHONE).exists()
    assert Worker.objects.filter(phone__isnull=True).count() == 0


def test_a_number_cannot_be_saved_without_its_index(ours):
    ours.contact.phone = PHONE
    with pytest.raises(ValueError, match="phone_index"):
        ours.contact.save(update_fields=["phone"])
    ours.contact.save(update_fields=["phone", "phone_index"])
    assert ClientContact.objects.filter(matching(ClientContact, "phone", PHONE, ours.agency.pk)).exists()


def test_a_row_loaded_without_the_number_keeps_its_index(ours):
    before = ours.contact.phone_index
    partial = ClientContact.objects.defer("phone").get(pk=ours.contact.pk)
    partial.save()
    assert stored(ClientContact, ours.contact.pk, "phone_index") == before


def test_a_model_without_an_index_says_so(ours):
    with pytest.raises(FieldError, match="no blind index"):
        matching(ClientContact, "name", "x", ours.agency.pk)
