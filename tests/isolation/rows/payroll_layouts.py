from payroll.models import LayoutDraft
from tests.isolation.row import Row
from tests.payroll.layouts import stage


def row(c):
    return {"pk": stage.shipped().pk}


def draft(c):
    known = LayoutDraft.objects.first()
    return {"pk": (known or stage.draft(c)).pk}


def confirmed(c):
    return {"confirmed": "1"}


ROWS = {
    "payroll:file_layouts": Row(),
    "payroll:file_layout": Row(args=row),
    "payroll:file_layout_edit": Row(args=row),
    "payroll:bureau_layouts": Row(),
    "payroll:bureau_layout": Row(args=lambda c: {"pk": stage.shipped_list().pk}),
    "payroll:bureau_layout_edit": Row(),
    "payroll:layout_end": Row(args=row),
    "payroll:cutoffs": Row(),
    "payroll:cutoff_edit": Row(),
    "payroll:layout_draft": Row(args=draft),
    "payroll:layout_draft_approve": Row(args=draft, method="post", data=confirmed),
    "payroll:layout_draft_decline": Row(args=draft, method="post", data=lambda c: {"reason": "不对"}),
}
