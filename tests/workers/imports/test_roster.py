"""What a roster changes on file, and what it never does."""

import datetime as dt

import pytest
from django.db import connection

from agency.models import BusinessEvent
from agency.tenancy.context import tenant
from agency.uploads.models import State
from clients.models import Post, Site
from tests.workers.imports.rosters import as_known, checked, committed, doubts, notes, person
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker
from workers.signals import roster_imported

D = dt.date


@pytest.fixture
def company(cast):
    return cast.ours


def history_rows(company) -> int:
    """Count the rows of every history table of the agency, and the business events."""
    with tenant(company.agency), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%event'")
        total = 0
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table}")
            total += cursor.fetchone()[0]
        return total


def worker(company, name="周建平"):
    with tenant(company.agency):
        return Worker.objects.get(name=name)


def rows_of(company, model, who):
    with tenant(company.agency):
        return list(model.objects.filter(worker=who).order_by("valid_from"))


def test_a_new_worker_comes_with_contract_placement_insurance_and_account(company):
    upload = committed(
        company,
        person(
            employee_no="A88",
            phone="13900001234",
            residence="农村",
            site="二厂",
            post="包装工",
            post_nature="临时性",
            fund_base_fen="4494.00",
            fund_percent="8%",
            base_wage_fen="2,490.50",
            bank_name="工商银行",
            bank_account="6222021234567890128",
            placement_last_day="2027-04-30",
            probation_last_day="2027-01-01",
        ),
    )
    assert upload.state == State.COMMITTED
    made = worker(company)
    assert (made.employee_no, made.hukou, made.phone, made.phone_tail) == ("A88", "rural", "13900001234", "1234")
    assert made.birth_date == D(1990, 5, 17)
    assert (made.joined_on, made.left_on) == (D(2026, 11, 2), D(2028, 11, 2))
    (contract,) = rows_of(company, LabourContract, made)
    assert (contract.valid_to, contract.probation_until) == (D(2028, 11, 2), D(2027, 1, 2))
    (placement,) = rows_of(company, Placement, made)
    with tenant(company.agency):
        assert (placement.site.name, placement.post.name, placement.post.nature) == ("二厂", "包装工", "temporary")
    assert (placement.valid_from, placement.valid_to) == (D(2026, 11, 2), D(2027, 5, 1))
    assert placement.base_wage_fen == 249_050
    (insured,) = rows_of(company, InsuranceEnrolment, made)
    assert (insured.valid_from, insured.valid_to) == (D(2026, 11, 1), D(2027, 5, 1))
    assert (insured.base_fen, insured.housing_fund_base_fen, insured.housing_fund_rate) == (449_400, 449_400, 80_000)
    (account,) = rows_of(company, BankAccount, made)
    assert (account.number, account.holder, account.bank) == ("6222021234567890128", "周建平", "工商银行")
    assert notes(upload) == [
        "1 new workers, 0 with changes, 0 as they were.",
        "New posts (1): 澄光电子 包装工",
        "New sites (1): 澄光电子 二厂",
    ]


def test_the_same_file_again_changes_nothing(company):
    rows = [as_known(company), person(), person(701, name="石磊", site="二厂", bank_account="6222021234567890128")]
    committed(company, *rows)
    before = history_rows(company)
    upload = committed(company, *rows)
    assert notes(upload) == ["0 new workers, 0 with changes, 3 as they were."]
    assert history_rows(company) == before


def test_the_proof_that_history_is_counted(company):
    before = history_rows(company)
    committed(company, as_known(company, base_wage_fen="3700"))
    assert history_rows(company) > before


def test_what_changes_holds_from_the_first_of_the_month(company):
    row = as_known(
        company, base_wage_fen="3800", post="班长", insurance_base_fen="5200", bank_account="6222021234567890128"
    )
    committed(company, row)
    who, on = company.worker, D(2026, 11, 1)
    for model in (Placement, InsuranceEnrolment, BankAccount):
        old, new = rows_of(company, model, who)
        assert (old.valid_from, old.valid_to) == (D(2026, 1, 1), on)
        assert (new.valid_from, new.valid_to) == (on, None)
    old, new = rows_of(company, Placement, who)
    assert (old.base_wage_fen, new.base_wage_fen, old.end_reason) == (360_000, 380_000, "moved")
    assert new.site_id == company.site.pk
    old, new = rows_of(company, InsuranceEnrolment, who)
    assert (old.base_fen, new.base_fen, new.housing_fund_rate) == (500_000, 520_000, 50_000)
    before = history_rows(company)
    committed(company, row)
    assert history_rows(company) == before


def test_a_second_correction_in_the_same_month_is_made_in_place(company):
    committed(company, as_known(company, base_wage_fen="3800"))
    committed(company, as_known(company, base_wage_fen="3900"))
    old, new = rows_of(company, Placement, company.worker)
    assert (old.base_wage_fen, new.base_wage_fen) == (360_000, 390_000)


def test_a_blank_cell_says_nothing(company):
    said = as_known(company)
    blank = {"phone", "site", "fund_base_fen", "fund_percent", "base_wage_fen", "bank_name", "bank_account"}
    before = history_rows(company)
    committed(company, {name: value for name, value in said.items() if name not in blank | {"employee_no"}})
    assert history_rows(company) == before


def test_a_changed_phone_is_found_by_its_new_number(company):
    committed(company, as_known(company, phone="139 0000 9999"))
    changed = worker(company, "王海波")
    assert (changed.phone, changed.phone_tail) == ("13900009999", "9999")
    assert changed.phone_index == Worker._meta.get_field("phone_index").index_of(changed)


def test_new_workers_without_a_number_get_free_ones(company):
    committed(company, person(700), person(701, name="石磊", employee_no="9000"))
    assert worker(company).employee_no == "9001"


def test_a_stay_that_ended_stays_ended(company):
    with tenant(company.agency):
        Placement.objects.filter(worker=company.worker).update(valid_to=D(2026, 10, 16), end_reason="resigned")
    upload = checked(company, as_known(company, base_wage_fen="9999"))
    assert "派遣开始日期" in [header for _row, header, _why in doubts(upload)]
    committed(company, as_known(company, base_wage_fen="9999"))
    (placement,) = rows_of(company, Placement, company.worker)
    assert (placement.valid_to, placement.base_wage_fen) == (D(2026, 10, 16), 360_000)


def test_each_clients_roster_is_announced_and_the_import_recorded_once(company, cast):
    heard = []

    def listen(client, period, **kwargs):
        heard.append((client.short_name, str(period)))

    roster_imported.connect(listen)
    try:
        committed(company, person(), person(701, name="石磊", client="云杉食品"), by=company.administrator)
    finally:
        roster_imported.disconnect(listen)
    assert sorted(heard) == [("云杉食品", "2026-11"), ("澄光电子", "2026-11")]
    with tenant(company.agency):
        event = BusinessEvent.objects.get(name="workers.roster.imported")
    assert event.actor_name == company.administrator.name
    assert (event.data["new"], event.data["changed"]) == (2, 0)


def test_a_dry_run_makes_no_site_and_no_post(company):
    checked(company, person(post="焊工", site="三厂"))
    with tenant(company.agency):
        assert not Post.objects.filter(name="焊工").exists()
        assert not Site.objects.filter(name="三厂").exists()
