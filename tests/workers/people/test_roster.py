"""The roster: found by whatever one types, filtered, sorted, paged."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import hire
from workers.contracts.signing import end_contract
from workers.models import Placement
from workers.placements.returns import return_worker

TODAY = dt.date(2026, 11, 23)
MOST_READS = 15


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def people(ours):
    names = {"张守田": 201, "欧阳文斌": 202, "单立新": 203}
    found = {name: hire(name, serial, ours.client, ours.site, ours.post) for name, serial in names.items()}
    return found | {"王海波": ours.worker, "罗永强": ours.other_worker}


@pytest.fixture
def ask(ours, sign_in):
    def names(query="", staff=None):
        answer = sign_in(staff or ours.manager).get(f"{reverse('workers:workers')}{query}")
        assert answer.status_code == 200
        return [row.worker.name for row in answer.context["listing"].page]

    return names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张守田", ["张守田"]),
        ("张", ["张守田"]),
        ("zst", ["张守田"]),
        ("zhangsh", ["张守田"]),
        ("zhang shou", ["张守田"]),
        ("ouyang", ["欧阳文斌"]),
        ("shan", ["单立新"]),
        ("0201", ["张守田"]),
        ("13800000201", ["张守田"]),
        ("020", ["欧阳文斌", "单立新", "张守田"]),
        ("没有这个人", []),
    ],
)
def test_found_by_name_initials_pinyin_phone_and_number(people, ask, typed, found):
    assert ask(f"?q={typed}") == found


def test_sorted_by_reading_and_the_other_way_round(people, ask):
    names = ["罗永强", "欧阳文斌", "单立新", "王海波", "张守田"]
    assert ask() == names
    assert ask("?sort=-name") == names[::-1]
    assert ask("?sort=no") == ["王海波", "罗永强", "张守田", "欧阳文斌", "单立新"]


def test_a_specialist_sees_the_workers_of_their_clients(people, ask, ours):
    assert ask(staff=ours.colleague) == ["罗永强"]
    assert "罗永强" not in ask(staff=ours.specialist)


def test_filtered_by_client_and_place(people, ask, ours):
    assert ask(f"?client={ours.other_client.pk}") == ["罗永强"]
    assert ask(f"?client={ours.client.pk}&site={ours.site.pk}&q=w") == ["王海波"]


def test_a_client_s_own_roster_offers_its_own_places(people, ours, sign_in):
    page = sign_in(ours.manager).get(reverse("workers:of_client", args=[ours.client.pk]), {"site": ours.site.pk})
    assert {place.client for place in page.context["filters"].form.fields["site"].queryset} == {ours.client}
    assert {row.worker.name for row in page.context["listing"].page} == {"王海波", "张守田", "欧阳文斌", "单立新"}


def test_who_left_and_who_waits(people, ask, ours):
    end_contract(people["张守田"].contracts.get(), dt.date(2026, 11, 20), "本人辞职", ours.specialist)
    return_worker(people["单立新"].placements.get(), dt.date(2026, 11, 20), "agreed", ours.specialist)
    assert "张守田" not in ask() and "单立新" in ask()
    assert ask("?status=left") == ["张守田"]
    assert ask("?status=waiting") == ["单立新"]
    assert len(ask("?status=all")) == 5
    assert ask(f"?status=left&client={ours.client.pk}") == ["张守田"]


def test_who_moved_on_is_filtered_under_the_new_client(people, ask, ours):
    moved = people["张守田"]
    Placement.objects.filter(worker=moved).update(valid_to=TODAY)
    post = ours.other_client.posts.get()
    Placement.objects.create(worker=moved, client=ours.other_client, post=post, valid_from=TODAY)
    assert "张守田" in ask(f"?client={ours.other_client.pk}")
    assert "张守田" not in ask(f"?client={ours.client.pk}")


@pytest.mark.parametrize("query", ["?client=999999", "?sort=salary", "?status=fired"])
def test_a_filter_that_does_not_exist_is_not_ignored(ours, sign_in, query):
    assert sign_in(ours.manager).get(f"{reverse('workers:workers')}{query}").status_code == 404


def test_the_other_agencys_client_is_no_filter(cast, sign_in):
    url = f"{reverse('workers:workers')}?client={cast.theirs.client.pk}"
    assert sign_in(cast.ours.manager).get(url).status_code == 404


def test_htmx_gets_the_rows_only(people, sign_in, ours):
    answer = sign_in(ours.manager).get(f"{reverse('workers:workers')}?q=zst", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "张守田" in text and "<html" not in text and "sidenav" not in text


@pytest.mark.parametrize("query", ["", "?q=z", "?status=waiting", "?sort=-joined&status=all"])
@pytest.mark.parametrize("role", ["manager", "specialist"])
def test_the_number_of_reads_does_not_depend_on_the_number_of_workers(people, ours, sign_in, query, role):
    browser, url = sign_in(ours.staff[role]), f"{reverse('workers:workers')}{query}"

    def reads():
        with CaptureQueriesContext(connection) as captured:
            browser.get(url)
        return sum(' FROM "' in one["sql"] for one in captured)

    before = reads()
    for serial in range(210, 230):
        hire("赵志远", serial, ours.client, ours.site, ours.post)
    assert reads() == before < MOST_READS
