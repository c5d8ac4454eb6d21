"""The editor of the procedure and the adaptation of a task in a browser: readable for all."""

import datetime as dt

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe

from agency.tenancy.context import tenant
from servicedesk.models import Task
from servicedesk.workflow.editor.versions import begin_draft
from servicedesk.workflow.plans import generate_plans
from tests.design.test_pages import DESKTOP, PHONE, RULES, visit  # noqa: F401  (a fixture)
from tests.servicedesk.workflow.conftest import OCTOBER

pytestmark = pytest.mark.browser


@pytest.fixture
def paths(cast):
    """Who opens what, in October."""
    with time_machine.travel(dt.datetime(2026, 10, 21, 1, tzinfo=dt.UTC), tick=True):
        with tenant(cast.ours.agency):
            generate_plans(OCTOBER)
            draft = begin_draft(cast.ours.administrator)
            task = Task.objects.filter(staff=cast.ours.specialist, step__key="attendance").first()
        head, own = cast.ours.administrator, cast.ours.specialist
        yield {
            "draft": ("/procedure/draft/", head),
            "step": ("/procedure/draft/steps/new/", head),
            "preview": (f"/procedure/versions/{draft.pk}/preview/", head),
            "days": (f"/tasks/{task.pk}/days/", own),
            "task": (f"/tasks/{task.pk}/", own),
        }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["draft", "step", "preview", "days", "task"])
def test_a_page_is_readable_for_all(visit, paths, name, viewport, theme):  # noqa: F811
    path, who = paths[name]
    page = visit(path, viewport, theme, who)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
