from datetime import date

import pytest

from agency.pinyin import person_search
from clients.models import ClientContact
from tests.cast import identity_number
from workers.models import Worker

PEOPLE = ["张三丰", "张三", "章士钊", "单雄信", "尉迟恭"]


@pytest.fixture
def workers(ours):
    for number, name in enumerate(PEOPLE, start=11):
        Worker.objects.create(
            name=name,
            employee_no=f"GZ{number:04d}",
            identity_number=identity_number(number),
            birth_date=date(1990, 5, 17),
            sex="M",
            phone=f"1380001{number:04d}",
        )
    return Worker.objects.order_by("pk")


def found(rows, query):
    return [row.name for row in person_search(rows, query)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("张三", ["张三丰", "张三"]),
        ("zs", ["张三丰", "张三", "章士钊"]),
        ("zhangs", ["张三丰", "张三", "章士钊"]),
        ("zhang san", ["张三丰", "张三"]),
        ("shanxiong", ["单雄信"]),
        ("ycg", ["尉迟恭"]),
        ("0012", ["张三"]),
        ("138 0001 0012", []),
        ("13800010012", ["张三"]),
        ("gz0015", ["尉迟恭"]),
        ("zs 0011", ["张三丰"]),
        ("三丰", []),
        ("%", []),
        ("_", []),
        ("?!", []),
    ],
)
def test_a_person_is_found_by_what_one_knows_of_them(workers, query, names):
    assert found(workers, query) == names


def test_an_identity_number_finds_its_owner_and_nobody_else(workers):
    assert found(workers, identity_number(13).lower()) == ["章士钊"]
    assert found(workers, identity_number(99)) == []


def test_an_empty_query_keeps_everybody(workers):
    assert len(found(workers, "  ")) == workers.count()


def test_columns_a_model_lacks_are_left_out(ours):
    assert found(ClientContact.objects.all(), "gao") == [ours.contact.name]
    assert found(ClientContact.objects.all(), "123") == []


def test_no_condition_is_a_like(workers):
    sql, _params = person_search(workers, "zs 0011 张").query.sql_with_params()
    assert "LIKE" not in sql
