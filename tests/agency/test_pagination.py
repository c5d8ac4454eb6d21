import pytest
from django.core.cache import cache
from django.test import RequestFactory

from agency import pagination
from agency.models import Branch
from agency.pagination import in_batches, paginate, steady
from agency.tenancy.context import tenant

ASK = RequestFactory()


@pytest.fixture
def branches(ours):
    cache.clear()
    Branch.objects.bulk_create([Branch(name=f"分公司{n:03d}", city="苏州") for n in range(130)])
    return Branch.objects.order_by("city")


def page_of(rows, **query):
    return paginate(ASK.get("/", query), rows)


def test_equal_rows_never_show_on_two_pages(branches):
    seen = [row.pk for number in (1, 2, 3) for row in page_of(branches, page=number)]
    assert len(seen) == len(set(seen)) == 130


def test_the_person_chooses_among_offered_sizes_only(branches):
    assert len(page_of(branches, size="20")) == 20
    assert len(page_of(branches, size="100000")) == 50
    assert len(page_of(branches, size="x")) == 50


@pytest.mark.parametrize(("asked", "given"), [("2", 2), ("99", 3), ("x", 1), ("-4", 3), ("", 1)])
def test_a_page_that_is_not_there_gives_the_nearest(branches, asked, given):
    assert page_of(branches, page=asked).number == given


def test_a_deep_page_is_cut_out_of_the_keys_first(branches, django_assert_num_queries):
    page = page_of(branches, page=3)
    with django_assert_num_queries(2):
        page = page.paginator.page(3)
        assert [row.name for row in page] == [f"分公司{n:03d}" for n in range(100, 130)]


def test_a_small_count_is_always_fresh(branches):
    assert page_of(branches).paginator.count == 130
    Branch.objects.create(name="新的")
    assert page_of(branches).paginator.count == 131


def test_a_large_count_is_kept_for_a_minute_and_for_one_agency(cast, branches, monkeypatch):
    monkeypatch.setattr(pagination, "LARGE", 100)
    assert page_of(branches).paginator.count == 130
    Branch.objects.create(name="新的")
    assert page_of(branches).paginator.count == 130
    assert page_of(branches.filter(name="新的")).paginator.count == 1
    with tenant(cast.theirs.agency):
        assert page_of(Branch.objects.order_by("city")).paginator.count == 0


def test_an_order_that_is_total_already_stays(ours):
    assert steady(Branch.objects.order_by("-pk")).query.order_by == ("-pk",)
    assert steady(Branch.objects.order_by("-name")).query.order_by == ("-name", "pk")
    assert steady(Branch.objects.all()).query.order_by == ("pk",)


def test_batches_go_on_from_a_key_and_miss_nothing_that_changes_meanwhile(branches):
    batches = in_batches(Branch.objects.all(), size=50)
    first = next(batches)
    Branch.objects.filter(pk=first[0].pk).delete()
    rest = [row for batch in batches for row in batch]
    assert len(first) + len(rest) == 130
    assert sum(map(len, in_batches(Branch.objects.all(), size=50, after=first[-1].pk))) == 80
