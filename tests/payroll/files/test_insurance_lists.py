"""A city's lists of who joins and who leaves have the columns documented for it, written and read back."""

import datetime as dt

import pytest

from agency.periods import Period
from payroll.files.installing import layout_for
from payroll.files.making import make_insurance
from payroll.policies.loading import load_city_books
from tests.payroll.documents import tables
from tests.payroll.files.test_lists import book, newcomer
from workers.models import InsuranceEnrolment, LabourContract

pytestmark = pytest.mark.django_db
NOVEMBER = Period(2026, 11)
DOCUMENTED = tables("files.md")["Insurance lists"]
CITIES = list(dict.fromkeys(row["city"] for row in DOCUMENTED))
PURPOSES = {"增员": "insurance_add", "减员": "insurance_remove"}
NAMES = ("姓名",)
NUMBERS = ("证件号码", "公民身份号码", "身份证号码")
BASES = ("申报工资", "月均工资收入")


def test_there_is_one_for_every_city_with_rates():
    assert set(CITIES) == {book.city for book in load_city_books().values()} | {"every other"}


@pytest.mark.parametrize("row", DOCUMENTED, ids=lambda row: f"{row['city']}-{row['list']}")
def test_the_columns_as_documented(ours, row):
    city = "无锡" if row["city"] == "every other" else row["city"]
    found = layout_for(PURPOSES[row["list"]], NOVEMBER.last_day, city)
    assert [column["header"] for column in found.spec["columns"]] == row["columns"].split()
    assert found.provisional
    assert found.city == ("" if row["city"] == "every other" else city)


@pytest.mark.parametrize("city", CITIES)
def test_a_list_is_read_back_as_it_was_meant(ours, city):
    city = "无锡" if city == "every other" else city
    come = newcomer(ours, "周新", 401, dt.date(2026, 11, 3), dt.date(2026, 11, 1), city=city)
    InsuranceEnrolment.objects.filter(worker=ours.worker).update(city=city, valid_to=dt.date(2026, 11, 1))
    LabourContract.objects.filter(worker=ours.worker).update(valid_to=dt.date(2026, 10, 29))
    made = make_insurance(city, NOVEMBER, ours.payroll_officer)
    for sheet, worker, day in (("增员", come, "2026-11-01"), ("减员", ours.worker, "2026-10-31")):
        heads, row = book(made)[sheet].values
        told = dict(zip(heads, row, strict=True))
        assert [told[name] for name in NAMES] == [worker.name]
        assert [told[name] for name in NUMBERS if name in told] == [worker.identity_number]
        assert day in row
        assert [told[name] for name in BASES if name in told] in ([5000], [])
    assert {remark["provisional"] for remark in made.remarks if "名单" in remark["provisional"]}
