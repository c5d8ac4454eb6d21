"""The API reads what the pages show: same permissions, same scope, numbers masked."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import hire


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


def test_a_worker_comes_masked_and_with_the_placement(ours, sign_in):
    body = sign_in(ours.specialist).get(f"/api/workers/{ours.worker.pk}/").json()
    assert body["identity_number"] == "320500********1013" and body["phone"] == "138****0101"
    assert body["placement"]["client_name"] == "澄光电子" and body["placement"]["post_name"] == "操作工"
    assert "birth_date" not in body


def test_scope_and_filters_are_those_of_the_pages(ours, sign_in):
    hire("张守田", 201, ours.client, ours.site, ours.post)
    browser = sign_in(ours.specialist)
    assert {row["name"] for row in browser.get("/api/workers/").json()["results"]} == {"王海波", "张守田"}
    assert [row["name"] for row in browser.get("/api/workers/?q=zst").json()["results"]] == ["张守田"]
    assert browser.get(f"/api/workers/{ours.other_worker.pk}/").status_code == 404
    assert browser.get("/api/workers/?status=fired").status_code == 400


def test_pages_end_where_the_list_ends(ours, sign_in):
    hire("张守田", 201, ours.client, ours.site, ours.post)
    browser = sign_in(ours.specialist)
    first = browser.get("/api/workers/?size=1").json()
    assert first["count"] == 2 and first["next"].endswith("page=2&size=1")
    assert browser.get("/api/workers/?size=1&page=2").json()["next"] is None
    assert browser.get("/api/workers/?size=1&page=3").status_code == 404


def test_nothing_is_written_over_the_api(ours, sign_in):
    browser = sign_in(ours.administrator)
    for url in ("/api/workers/", f"/api/workers/{ours.worker.pk}/", f"/api/clients/{ours.client.pk}/"):
        for method in (browser.post, browser.put, browser.patch, browser.delete):
            assert method(url).status_code in {403, 405}


def test_a_trainer_reads_neither(ours, sign_in):
    browser = sign_in(ours.trainer)
    assert [browser.get(f"/api/{name}/").status_code for name in ("workers", "clients")] == [403, 403]


def test_clients_come_with_places_and_posts(ours, sign_in):
    body = sign_in(ours.specialist).get("/api/clients/").json()
    assert [(row["short_name"], len(row["sites"]), len(row["posts"])) for row in body["results"]] == [
        ("澄光电子", 1, 1)
    ]


def test_the_reads_of_a_page_do_not_grow_with_it(ours, sign_in):
    browser = sign_in(ours.manager)

    def reads():
        with CaptureQueriesContext(connection) as captured:
            browser.get("/api/workers/?size=50")
        return sum(' FROM "' in one["sql"] for one in captured)

    before = reads()
    for serial in range(210, 230):
        hire("赵志远", serial, ours.client, ours.site, ours.post)
    assert reads() == before < 15


def test_the_schema_describes_both(ours, sign_in):
    text = sign_in(ours.specialist).get("/api/schema/").content.decode()
    for part in ("/api/workers/", "/api/clients/{id}/", "identity_number", "status", "placement"):
        assert part in text
