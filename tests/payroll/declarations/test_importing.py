"""A workbook of declarations goes in whole or not at all; the same file twice changes nothing."""

import io

import pytest

from payroll.declarations.importing import import_declarations
from payroll.models import TaxDeclaration
from payroll.policies.installing import ensure_policies
from tests.payroll.runs.stage import employ

pytestmark = pytest.mark.django_db
HEADERS = "工号,姓名,扣除项目,每月金额,人数,扣除比例,非独生子女分摊,有效期起,有效期止,年金计税基数,备注"


def sent(ours, *rows, by=None):
    file = io.BytesIO("\n".join([HEADERS, *rows]).encode("utf-8-sig"))
    return import_declarations(file, by or ours.specialist, filename="扣除.csv")


def number(worker):
    return f"{worker.employee_no},{worker.name}"


def test_every_kind_in_one_file(ours):
    who = number(ours.worker)
    rows = [
        f"{who},子女教育,,2,50,,2026-01-01,,,两个孩子",
        f"{who},赡养老人,1000,,,是,2026-01-01,2026-12-31,,",
        f"{who},年金,300,,,,2026-03-01,,8000,",
    ]
    checked = sent(ours, *rows)
    assert checked.is_clean, checked.report.errors
    assert checked.importer.written == 3
    child = TaxDeclaration.objects.get(kind="children_education")
    assert (child.amount_fen, child.count, child.share, child.valid_to) == (2000_00, 2, 50, None)
    assert sent(ours, *rows).importer.written == 0
    assert TaxDeclaration.objects.count() == 3


def test_one_bad_row_and_none_goes_in(ours):
    who = number(ours.worker)
    checked = sent(ours, f"{who},住房租金,1500,,,,2026-01-01,,,", f"{who},房贷,,,,,2026-05-01,,,")
    assert not checked.is_clean
    (finding,) = checked.report.errors
    assert "不能同时扣" in str(finding.reason)
    assert not TaxDeclaration.objects.exists()


def test_serious_illness_is_for_the_yearly_settlement(ours):
    (finding,) = sent(ours, f"{number(ours.worker)},大病医疗,80000,,,,2026-01-01,,,").report.errors
    assert "年度汇算" in str(finding.reason)


def test_a_specialist_declares_for_the_own_workers_only(ours):
    other = ours.other_worker
    (finding,) = sent(ours, f"{number(other)},子女教育,,1,100,,2026-01-01,,,").report.errors
    assert "别人负责的客户" in str(finding.reason)
    assert sent(ours, f"{number(other)},子女教育,,1,100,,2026-01-01,,,", by=ours.payroll_officer).is_clean


def test_a_thousand_rows_ask_a_handful_of_questions(ours, django_assert_max_num_queries):
    workers = [employ(ours, "张守田", serial) for serial in range(300, 330)]
    rows = [f"{number(worker)},子女教育,,1,100,,2026-01-01,,," for worker in workers]
    ensure_policies()
    with django_assert_max_num_queries(16):
        assert sent(ours, *rows).importer.written == 30
