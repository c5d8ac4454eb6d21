from tests.isolation.row import Row
from tests.workers.imports.rosters import as_known, checked, upload_of


def _upload(c):
    return {"pk": upload_of(c, as_known(c)).pk}


def _with_marks(c):
    return {"pk": checked(c, as_known(c, client="没有这家")).pk}


ROWS = {
    "workers:roster_new": Row(),
    "workers:roster_template": Row(),
    "workers:roster_upload": Row(args=_upload),
    "workers:roster_password": Row(args=_upload, method="post", data=lambda c: {"password": "1"}),
    "workers:roster_mapping": Row(args=_upload),
    "workers:roster_fix": Row(args=_upload, method="post", data=lambda c: {"row": "2", "column": "B", "value": "王"}),
    "workers:roster_check": Row(args=_upload, method="post"),
    "workers:roster_commit": Row(args=_upload, method="post"),
    "workers:roster_annotated": Row(args=_with_marks),
    "workers:roster_discard": Row(args=_upload, method="post"),
}
