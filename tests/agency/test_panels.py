"""Panels of other apps: by URL name, for those who may see them, and only where the URL exists."""

from types import SimpleNamespace

import pytest

from agency import panels
from agency.panels import Panel, panels_for


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})


def shown(staff, pk=7, **place):
    return panels_for(SimpleNamespace(user=staff), "worker", pk, **place)


def test_in_order_and_by_place(ours):
    panels.register(
        Panel("worker", "workers:worker_edit", "workers.worker.view", order=20),
        Panel("worker", "workers:worker", "workers.worker.view", order=10),
        Panel("worker", "workers:contract_new", "workers.worker.view", place="aside"),
        Panel("client", "clients:client", "clients.client.view"),
    )
    assert shown(ours.specialist) == ["/workers/7/", "/workers/7/edit/"]
    assert shown(ours.specialist, place="aside") == ["/workers/7/contracts/new/"]


def test_only_for_those_with_the_permission(ours):
    panels.register(Panel("worker", "workers:worker", "payroll.run.view"))
    assert shown(ours.manager) == []
    assert shown(ours.payroll_officer) == ["/workers/7/"]


def test_a_url_that_does_not_exist_yet_shows_nothing(ours):
    panels.register(Panel("worker", "payroll:some_day", "workers.worker.view"))
    assert shown(ours.specialist) == []
