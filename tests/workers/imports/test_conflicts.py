"""What does not fit to the data on file is found before anything changes, with row, column and what to do."""

import datetime as dt

import pytest

from agency.tenancy.context import tenant
from agency.uploads.models import State
from clients.models import ClientEnterprise, Post
from tests.workers.imports.rosters import as_known, checked, doubts, errors, found, person
from workers.models import LabourContract, Placement

D = dt.date


@pytest.fixture
def company(cast):
    return cast.ours


def only_error(company, row, **options):
    upload = checked(company, row, **options)
    assert upload.state == State.CHECKED
    ((line, header, sentence),) = errors(upload)
    assert line == 2
    (finding,) = found(upload)
    return header, sentence, finding["suggestion"]


def test_an_unknown_client_is_answered_with_the_nearest_names(company):
    header, sentence, suggestion = only_error(company, person(client="澄光电"))
    assert header == "客户企业"
    assert sentence == "No client is called “澄光电”. Near to it: 澄光电子（苏州）有限公司."
    assert suggestion == "澄光电子（苏州）有限公司"


def test_a_specialist_may_import_only_for_their_own_clients(company):
    header, sentence, _suggestion = only_error(company, person(client="云杉食品"))
    assert (header, "not among your clients" in sentence) == ("客户企业", True)
    assert errors(checked(company, person(client="云杉食品"), by=company.administrator)) == []


def test_nearest_names_tell_a_specialist_nothing_of_other_clients(company):
    assert only_error(company, person(client="云杉食"))[1] == "No client is called “云杉食”. Enter the client first."


def test_a_client_we_no_longer_work_for(company):
    with tenant(company.agency):
        ClientEnterprise.objects.filter(pk=company.client.pk).update(ended_on=D(2026, 9, 1))
    assert "no longer work for" in only_error(company, person(client=company.client.name))[1]


def test_a_number_on_file_under_another_name(company):
    header, sentence, suggestion = only_error(company, as_known(company, name="王海涛"))
    assert (header, suggestion) == ("姓名", "王海波")
    assert sentence.startswith("This identity number is 王海波's on file.")


def test_names_of_workers_elsewhere_are_not_told(company):
    with tenant(company.agency):
        number = str(company.other_worker.identity_number)
    header, sentence, suggestion = only_error(company, person(identity_number=number))
    assert (header, suggestion) == ("姓名", "")
    assert "罗永强" not in sentence


def test_an_employee_number_that_is_taken(company):
    header, sentence, _suggestion = only_error(company, person(employee_no=company.worker.employee_no))
    assert header == "工号"
    assert "王海波" in sentence


def test_a_worker_placed_at_another_client(company):
    row = as_known(company, client="云杉食品", site="", placement_start="2026-11-01")
    header, sentence, _suggestion = only_error(company, row, by=company.administrator)
    assert header == "客户企业"
    assert sentence.endswith("from 2026-01-01 to no end fixed. Return the worker there first.")


def test_another_first_day_at_the_same_client(company):
    header, _sentence, suggestion = only_error(company, as_known(company, placement_start="2026-02-01"))
    assert (header, suggestion) == ("派遣开始日期", "2026-01-01")


def test_a_contract_that_overlaps_the_one_on_file(company):
    header, sentence, _suggestion = only_error(company, as_known(company, contract_start="2025-12-01"))
    assert header == "合同开始日期"
    assert sentence.startswith("The contract from 2026-01-01 to 2027-12-31 is on file")


def test_a_contract_that_was_ended_is_not_opened_again(company):
    with tenant(company.agency):
        LabourContract.objects.filter(worker=company.worker).update(valid_to=D(2026, 10, 1))
    assert only_error(company, as_known(company))[0] == "合同结束日期"


def test_a_placement_before_any_contract(company):
    assert only_error(company, person(placement_start="2026-11-01"))[0] == "派遣开始日期"


def test_a_renewed_contract_covers_the_old_placement(company):
    row = as_known(company, contract_start="2028-01-01", contract_last_day="2030-12-31")
    assert errors(checked(company, row)) == []


def test_a_post_out_of_use(company):
    with tenant(company.agency):
        Post.objects.filter(pk=company.post.pk).update(is_active=False)
    assert only_error(company, person())[0] == "岗位"


def test_a_housing_fund_base_without_a_rate(company):
    assert only_error(company, person(fund_base_fen="4494"))[0] == "公积金比例"


def test_an_end_before_the_last_change(company):
    with tenant(company.agency):
        Placement.objects.filter(worker=company.worker).update(valid_to=D(2026, 6, 1))
        Placement.objects.create(
            worker=company.worker, client=company.client, post=company.post, valid_from=D(2026, 6, 1)
        )
    assert only_error(company, as_known(company, placement_last_day="2026-05-01"))[0] == "派遣结束日期"


def test_terms_the_law_does_not_know_are_doubted_but_may_stand(company):
    upload = checked(company, person(contract_last_day="2027-11-01", probation_last_day="2027-03-01"))
    assert errors(upload) == []
    assert [header for _row, header, _why in doubts(upload)] == ["合同结束日期", "试用期到期日"]


def test_every_bad_cell_of_every_row_is_found_at_once(company):
    upload = checked(
        company,
        person(identity_number="320500199005177000", phone="138", insurance_base_fen="面议", client="不存在"),
        person(contract_start="", placement_start="05/06/2026"),
    )
    assert {(row, header) for row, header, _why in errors(upload)} == {
        *((2, header) for header in ("身份证号", "手机号", "社保基数", "客户企业")),
        *((3, header) for header in ("合同开始日期", "派遣开始日期")),
    }
    assert (upload.rows, upload.bad_rows, upload.error_count) == (2, 2, 6)
