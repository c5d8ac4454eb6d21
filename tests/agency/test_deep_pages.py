"""The longest lists, paged to any depth."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agency.deep_pages import DeepPaginator
from clients.models import Site


@pytest.fixture
def rows(ours):
    Site.objects.bulk_create([Site(client=ours.client, name=f"{n:02d}") for n in range(23)])
    return Site.objects.filter(client=ours.client, name__lt="9").order_by("name", "pk")


def keys(rows):
    return list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("known", [False, True])
def test_the_pages_together_are_the_list(rows, known):
    pages = DeepPaginator(rows, 5, known=keys(rows) if known else None)
    names = [row.name for number in pages.page_range for row in pages.page(number)]
    assert names == [f"{n:02d}" for n in range(23)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(size=st.integers(1, 30), number=st.integers(1, 30), known=st.booleans())
def test_any_page_equals_the_plain_slice(rows, size, number, known):
    pages = DeepPaginator(rows, size, known=keys(rows) if known else None)
    number = min(number, pages.num_pages)
    assert list(pages.page(number)) == list(rows[(number - 1) * size : number * size])


def test_beyond_the_end_is_the_last_page_and_nonsense_the_first(rows):
    pages = DeepPaginator(rows, 10)
    assert (pages.page(99).number, pages.page("x").number, pages.page(None).number, pages.page(-3).number) == (
        3,
        1,
        1,
        1,
    )


def test_an_empty_list_has_one_empty_page(rows):
    page = DeepPaginator(rows.filter(name="none"), 10).page(1)
    assert (list(page), page.paginator.num_pages, page.start_index()) == ([], 1, 0)


def test_a_deep_page_is_read_from_the_nearer_end(rows, django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        DeepPaginator(rows, 5).page(5)
    assert "DESC" in asked[1]["sql"] and "OFFSET" not in asked[1]["sql"]
