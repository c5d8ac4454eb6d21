"""Forms come in our markup by themselves: label, hint, error, and what ties them together for a reader."""

import re

import pytest
from django import forms

from agency.periods import Period
from agency.shell.fields import PercentField, PeriodField, YuanField
from agency.shell.widgets import Seg, Switch


class Wages(forms.Form):
    wage = YuanField(label="基本工资", help_text="按元填")
    note = forms.CharField(label="备注", required=False)
    place = forms.ChoiceField(
        label="在哪里", choices=[("a", "车间"), ("b", "宿舍")], widget=Seg(icons={"a": "factory", "b": "dorm"})
    )
    follow_up = forms.BooleanField(label="要跟进", widget=Switch, required=False)


def test_an_input_has_its_class_and_its_label():
    html = Wages()["note"].as_field_group()
    assert re.search(r'<input type="text" name="note"[^>]*class="input"', html)
    assert '<label class="label" for="id_note">' in html
    assert "可不填" in html


def test_hint_and_error_are_tied_to_the_input():
    html = Wages({"wage": "3600.005"})["wage"].as_field_group()
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_wage_helptext", "id_wage_error"]
    assert all(f'id="{name}"' in html for name in described)
    assert 'aria-invalid="true"' in html
    assert "“3600.005”超过两位小数" in html


def test_choices_stand_in_a_fieldset_with_a_legend_and_icons():
    html = Wages({"place": "b"})["place"].as_field_group()
    assert "<legend>在哪里</legend>" in html
    assert html.count('type="radio"') == 2
    assert "#i-dorm" in html
    assert re.search(r'value="b"[^>]*checked', html)


def test_a_switch_is_a_switch():
    assert re.search(r'<input type="checkbox"[^>]*role="switch"', Wages()["follow_up"].as_field_group())


@pytest.mark.parametrize(("typed", "fen"), [("3,600", 360_000), ("￥1.05", 105), ("", None)])
def test_yuan_become_fen(typed, fen):
    assert YuanField(required=False).clean(typed) == fen


def test_fen_are_shown_as_yuan_and_mistakes_as_typed():
    assert YuanField().prepare_value(360_000) == "3,600.00"
    assert YuanField().prepare_value("三千") == "三千"


@pytest.mark.parametrize(("typed", "millionths"), [("9.5", 95_000), ("0.7％", 7_000), ("16%", 160_000)])
def test_per_cent_become_millionths(typed, millionths):
    assert PercentField().clean(typed) == millionths


@pytest.mark.parametrize("typed", ["abc", "1.23456", "NaN"])
def test_what_is_no_percentage_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        PercentField().clean(typed)


def test_a_month_becomes_a_period():
    assert PeriodField().clean("2026-10") == Period(2026, 10)
    with pytest.raises(forms.ValidationError, match="2026-13"):
        PeriodField().clean("2026-13")
