from tests.isolation.row import Row

ROWS = {
    "agency:home": Row(),
    "agency:sign_in": Row(public=True),
    "agency:second_factor": Row(public=True),
    "agency:sign_out": Row(method="post", public=True),
    "agency:theme": Row(method="post", public=True),
    "agency:design": Row(public=True),
    "agency:design_detail": Row(public=True),
    "agency:account": Row(),
    "agency:password": Row(),
    "agency:totp_setup": Row(),
    "agency:totp_disable": Row(method="post", data=lambda c: {"code": "000000"}),
    "agency:staff": Row(),
    "agency:staff_new": Row(),
    "agency:staff_edit": Row(args=lambda c: {"pk": c.colleague.pk}),
    "agency:staff_password": Row(args=lambda c: {"pk": c.colleague.pk}, method="post"),
    "agency:staff_leaving": Row(args=lambda c: {"pk": c.colleague.pk}, method="post"),
    "agency:audit": Row(),
    "agency:health_live": Row(public=True),
    "agency:health_ready": Row(public=True),
    "set_language": Row(method="post", data=lambda c: {"language": "en"}, public=True),
}
