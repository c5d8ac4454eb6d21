"""The frame of the pages: menu, toasts, questions, errors, theme."""

import json

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from agency import navigation
from agency.navigation import Item
from agency.shell.confirmation import confirmed
from agency.shell.context import Shell
from agency.shell.errors import server_error
from agency.shell.toasts import ToastMiddleware, toast, warn


@pytest.fixture
def menu(monkeypatch):
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(
        Item("我的", "person", "agency:account", group="", tab=5),
        Item("登录", "person", "agency:sign_in", group="team", order=2, counter=lambda request: 3),
        Item("组件", "settings", "agency:design", group="team", order=1, permission="agency.settings.manage"),
        Item("还没有", "person", "nowhere:list", group="daily"),
    )


def asked(path="/sign-in/", **headers):
    request = RequestFactory().get(path, headers=headers)
    request.htmx = HtmxDetails(request)
    request.session = SessionBase()
    request._messages = FallbackStorage(request)
    return request


def labels(entries):
    return [entry.item.label for entry in entries]


def test_the_menu_shows_what_exists_and_what_one_may_open(menu):
    assert labels(navigation.entries(asked(), lambda name: True)) == ["我的", "组件", "登录"]
    assert labels(navigation.entries(asked(), lambda name: False)) == ["我的", "登录"]


def test_the_menu_marks_where_one_is_and_counts(menu):
    here = [entry for entry in navigation.entries(asked("/sign-in/code/"), lambda name: True) if entry.current]
    assert labels(here) == ["登录"]
    assert here[0].count == 3


def test_the_tab_bar_and_the_groups(menu):
    shown = navigation.entries(asked(), lambda name: True)
    assert labels(navigation.tabs(shown)) == ["我的"]
    assert [labels(entries) for _title, entries in navigation.grouped(shown)] == [["组件", "登录"]]


def test_an_unknown_group_is_refused(menu):
    with pytest.raises(ValueError, match="daily, talk, business, team"):
        navigation.register(Item("x", "person", "agency:home", group="misc"))


def answered(view, **headers):
    return ToastMiddleware(view)(asked(**headers))


def returned(request):
    toast(request, "退回给郑凯了", undo="/undo/")
    return HttpResponse()


def test_an_htmx_request_gets_its_messages_as_an_event():
    items = json.loads(answered(returned, **{"HX-Request": "true"})["HX-Trigger"])["toast"]["items"]
    assert items == [{"text": "退回给郑凯了", "state": "ok", "undo": "/undo/"}]


def test_a_whole_page_keeps_them_for_its_template():
    assert "HX-Trigger" not in answered(returned)


def test_a_redirect_keeps_them_for_the_next_page():
    def moved(request):
        warn(request, "再看一眼")
        return HttpResponse(headers={"HX-Redirect": "/"})

    assert "HX-Trigger" not in answered(moved, **{"HX-Request": "true"})


@confirmed(title="删掉这个班次？", verb="删掉")
def drop(request):
    return HttpResponse("gone")


def test_what_cannot_be_undone_is_asked_first(db):
    request = RequestFactory().post("/drop/", {"shift": "night"})
    page = drop(request).content.decode()
    assert 'name="shift" value="night"' in page
    assert 'name="confirmed" value="1"' in page


def test_what_was_confirmed_is_done(db):
    assert drop(RequestFactory().post("/drop/", {"confirmed": "1"})).content == b"gone"


def test_the_page_of_our_own_mistake_needs_neither_request_nor_database():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "这一页暂时打不开" in response.content.decode()
    assert "8F3A-21C7" in render_to_string("500.html", {"code": "8F3A-21C7"})


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><x', "")])
def test_only_known_themes_reach_the_page(cookie, theme):
    request = asked()
    request.COOKIES["theme"] = cookie
    assert Shell(request).theme == theme


def test_the_theme_is_kept_without_script(client, db):
    client.post("/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/sign-in/").content.decode()
    client.post("/theme/", {"theme": "system"})
    assert "data-theme" not in client.get("/sign-in/").content.decode().split("<body")[0]


def test_the_theme_door_sends_nobody_to_another_site(client, db):
    response = client.post("/theme/", {"theme": "dark"}, headers={"Referer": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_the_gallery_is_closed_where_it_is_not_wanted(client, db, settings):
    settings.SHOW_DESIGN_PAGES = False
    assert client.get("/design/").status_code == 403


def rendered(text, **values):
    request = asked()
    return Template(text).render(Context({"request": request, "shell": Shell(request)} | values))


def test_a_page_for_workers_loads_the_small_stylesheet_and_no_script():
    page = rendered(
        '{% extends "public.html" %}{% block content %}<h1>张师傅</h1>{% endblock %}', agency_name="禾川人力"
    )
    assert "css/public.css" in page
    assert "<script" not in page
    assert "禾川人力" in page


def test_a_page_for_one_job_has_its_save_bar_and_no_tabs():
    page = rendered(
        '{% extends "focus.html" %}{% block heading %}记沟通{% endblock %}{% block actionbar %}存好{% endblock %}'
    )
    assert page.count("存好") == 1
    assert 'class="tabbar"' not in page
    assert "<h1>记沟通</h1>" in page
