"""The phone's tab bar: five places, each taken by what its person does most."""

import re

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("specialist", ["今日", "沟通", "员工", "工单", "我的"]),
        ("payroll_officer", ["算薪", "文件", "员工", "账单", "我的"]),
        ("manager", ["总览", "沟通", "员工", "工单", "我的"]),
        ("reviewer", ["总览", "沟通", "员工", "工单", "我的"]),
    ],
)
def test_each_role_has_its_own_five(ours, sign_in, role, shown):
    page = sign_in(getattr(ours, role)).get(reverse("agency:account")).content.decode()
    bar = re.search(r'<nav class="tabbar".*?</nav>', page, re.DOTALL).group(0)
    assert [
        re.sub(r"<[^>]+>|\d+|waiting|等着", "", link).strip() for link in re.findall(r"<a .*?</a>", bar, re.DOTALL)
    ] == shown


def test_what_found_no_place_in_the_bar_is_on_the_page_me(ours, sign_in):
    page = sign_in(ours.specialist).get(reverse("agency:account")).content.decode()
    main = page[page.index("<main") :]
    assert reverse("payroll:runs") in main
