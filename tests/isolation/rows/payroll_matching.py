from tests.isolation.row import Row
from tests.payroll.matching.lists import known, received, uploaded


def _upload(c):
    return {"pk": received(c).pk}


def _with_marks(c):
    return {"pk": uploaded(c, (*known(c)[:1], "123", "在保", "1", "1")).pk}


ROWS = {
    "payroll:matches": Row(),
    "payroll:match": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:match_risk": Row(args=lambda c: {"pk": c.client.pk}),
    "payroll:bureau_new": Row(),
    "payroll:bureau_template": Row(),
    "payroll:bureau_upload": Row(args=_upload),
    "payroll:bureau_password": Row(args=_upload, method="post", data=lambda c: {"password": "1"}),
    "payroll:bureau_mapping": Row(args=_upload),
    "payroll:bureau_fix": Row(args=_upload, method="post", data=lambda c: {"row": "4", "column": "B", "value": "王"}),
    "payroll:bureau_check": Row(args=_upload, method="post"),
    "payroll:bureau_commit": Row(args=_upload, method="post"),
    "payroll:bureau_annotated": Row(args=_with_marks),
    "payroll:bureau_layout_keep": Row(args=lambda c: {"pk": uploaded(c, known(c)).pk}),
    "payroll:bureau_discard": Row(args=_upload, method="post"),
}
