import gettext
import os
from pathlib import Path

import pytest

from agency.translations.catalogues import add, compile_file, read, write
from agency.translations.checking import Comparison
from agency.translations.extraction import Message
from agency.translations.ownership import Owners

PO = Path("locale/zh_Hans/LC_MESSAGES/django.po")
APPS = ["agency", "payroll"]


@pytest.fixture
def tree(tmp_path):
    """A little source tree: the app payroll with a room runs."""
    put(tmp_path / "payroll/runs/__init__.py", "")
    put(tmp_path / "payroll/runs/views.py", '_("Approve")\n')
    put(tmp_path / "templates/payroll/runs/list.html", '{% translate "Runs" %}')
    put(tmp_path / "templates/base.html", '{% translate "Sign out" %}')
    translate(tmp_path / "payroll/runs" / PO, {"Approve": "批准", "Runs": "算薪批次"})
    translate(tmp_path / "agency" / PO, {"Sign out": "退出"})
    return tmp_path


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def translate(path, texts):
    catalogue = read(path, "zh_Hans")
    for text, answer in texts.items():
        catalogue.add(text, answer)
    write(path, catalogue)


def problems(tree):
    return Comparison(tree, APPS).problems()


def test_a_complete_tree_has_no_problems(tree):
    assert problems(tree) == []


def test_a_text_without_an_entry_is_missing_in_the_catalogue_beside_it(tree):
    put(tree / "payroll/runs/forms.py", '\n_("Reason")\n')
    assert problems(tree) == [f"payroll/runs/{PO}: missing 'Reason'  (payroll/runs/forms.py:2)"]


def test_an_entry_without_chinese_is_empty(tree):
    put(tree / "payroll/runs/forms.py", '_("Reason")')
    translate(tree / "payroll/runs" / PO, {"Reason": ""})
    assert problems(tree) == [f"payroll/runs/{PO}: empty 'Reason'"]


def test_an_entry_nobody_uses_is_obsolete(tree):
    translate(tree / "payroll/runs" / PO, {"Gone": "没了", "Sign out": "退出"})
    assert problems(tree) == [f"payroll/runs/{PO}: obsolete {text!r}" for text in ("Gone", "Sign out")]


def test_two_answers_to_one_text_are_a_conflict(tree):
    put(tree / "templates/base.html", '{% translate "Sign out" %}{% translate "Approve" %}')
    translate(tree / "agency" / PO, {"Approve": "同意"})
    assert [line.split(":")[0] for line in problems(tree)] == ["conflicting 'Approve'"]


def test_a_lost_placeholder_is_reported(tree):
    put(tree / "payroll/runs/views.py", '_("Approve")\n_("%(count)d left")\n')
    translate(tree / "payroll/runs" / PO, {"%(count)d left": "还差 %(counts)d 个"})
    assert problems(tree) == [f"payroll/runs/{PO}: other placeholders than '%(count)d left'"]


def test_a_room_may_use_the_words_of_its_app_and_of_the_ground(tree):
    put(tree / "payroll/runs/views.py", '_("Approve")\n_("Sign out")\n')
    assert problems(tree) == []


def test_update_adds_what_is_missing_and_keeps_the_rest(tree):
    put(tree / "payroll/runs/views.py", '_("Approve")\nngettext("%(n)d run", "%(n)d runs", n)\n')
    path = tree / "payroll/runs" / PO
    [(owner, missing)] = Comparison(tree, APPS).missing().items()
    assert (owner, missing) == (Path("payroll/runs") / PO, [Message("%(n)d run", "%(n)d runs")])
    catalogue = read(path, "zh_Hans")
    assert add(catalogue, missing) == 1
    write(path, catalogue)
    text = path.read_text(encoding="utf-8")
    assert 'msgid_plural "%(n)d runs"\nmsgstr[0] ""' in text
    assert 'msgstr "批准"' in text
    assert "POT-Creation-Date" not in text


def test_compiling_happens_once_and_again_after_a_change(tree):
    source = tree / "agency" / PO
    assert compile_file(source)
    assert not compile_file(source)
    os.utime(source, (2_000_000_000, 2_000_000_000))
    assert compile_file(source)
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Sign out") == "退出"


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("payroll/runs/views.py", "payroll/runs"),
        ("payroll/runs/deep/down.py", "payroll/runs"),
        ("payroll/apps.py", "payroll"),
        ("payroll/static/x.html", "payroll"),
        ("templates/payroll/runs/list.html", "payroll/runs"),
        ("templates/payroll/other/list.html", "payroll"),
        ("templates/payroll/index.html", "payroll"),
        ("templates/components/field.html", "agency"),
        ("templates/base.html", "agency"),
        ("config/urls.py", "agency"),
    ],
)
def test_each_file_has_one_owner(tree, path, owner):
    assert Owners(tree, APPS).catalogue_for(Path(path)) == owner / PO
