"""What people do to tasks by hand, and what the files they put in are."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from agency.models import BusinessEvent
from servicedesk.models import Task, TaskFile
from servicedesk.workflow import closing
from servicedesk.workflow.attachments import MAX_BYTES, FileError, check_file, used_before
from servicedesk.workflow.closing import TaskError
from tests.servicedesk.workflow.conftest import day


def pdf(name: str = "回执.pdf", content: bytes = b"%PDF-1.4 test") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_receipt_closes_the_insurance(october, task):
    closing.close_by_hand(task("insurance"), october.specialist, "报了 2 增 1 减", pdf())
    done = task("insurance")
    assert done.state == Task.State.DONE
    assert done.evidence["note"] == "报了 2 增 1 减"
    assert TaskFile.objects.get().sha256 == hashlib.sha256(b"%PDF-1.4 test").hexdigest()
    assert BusinessEvent.objects.filter(name="workflow.task.closed").exists()


def test_without_its_file_it_does_not_close(october, task):
    with pytest.raises(TaskError):
        closing.close_by_hand(task("insurance"), october.specialist, "报了")
    assert task("insurance").is_open


def test_what_another_room_does_is_not_closed_by_a_tick(october, task):
    with pytest.raises(TaskError):
        closing.close_by_hand(task("roster"), october.specialist, "导好了")


def test_taken_back_and_closed_again_with_the_file_that_is_there(october, task):
    closing.close_by_hand(task("insurance"), october.specialist, "", pdf())
    closing.reopen(task("insurance"), october.specialist)
    assert task("insurance").is_open
    closing.close_by_hand(task("insurance"), october.specialist)
    assert task("insurance").state == Task.State.DONE
    assert TaskFile.objects.count() == 1


def test_a_check_before_its_payroll_waits(october, task):
    assert closing.close_by_hand(task("payroll_check"), october.specialist, "看过了").is_open


def test_setting_aside_needs_a_reason(october, task):
    with pytest.raises(TaskError):
        closing.skip(task("bill"), october.reviewer, "  ")


def test_last_months_file_put_in_again_is_recognised(october, task):
    closing.close_by_hand(task("attendance"), october.specialist, "", pdf("九月.pdf"))
    closing.close_by_hand(task("insurance"), october.specialist, "", pdf("新的.pdf"))
    first, second = TaskFile.objects.order_by("pk")
    assert used_before([first, second]) == {second.pk: first}


@pytest.mark.parametrize(
    "file",
    [pdf("程序.exe"), pdf("空.pdf", b""), pdf("大.pdf", b"x" * (MAX_BYTES + 1)), pdf("没有后缀")],
)
def test_files_that_are_not_taken(file):
    with pytest.raises(FileError):
        check_file(file)


def test_a_files_own_name_never_reaches_the_disk(october, task):
    closing.close_by_hand(task("insurance"), october.specialist, "", pdf("../../../etc/passwd.pdf"))
    file = TaskFile.objects.get()
    assert file.name == "passwd.pdf"
    assert file.content.name == f"agencies/{october.agency.pk}/tasks/{file.task_id}/{file.sha256}.pdf"


def test_a_task_of_ones_own(october):
    own = closing.add_task(
        october.specialist, october.client, title="国庆值班", opens_on=day(10, 1), due_on=day(10, 4), with_file=False
    )
    assert closing.close_by_hand(own, october.specialist, "巡了 3 栋").state == Task.State.DONE
    with pytest.raises(TaskError):
        closing.add_task(october.specialist, october.client, title="x", opens_on=day(11, 1), due_on=day(11, 4))
    with pytest.raises(TaskError):
        closing.add_task(october.specialist, october.client, title="x", opens_on=day(10, 9), due_on=day(10, 4))


def test_the_database_refuses_a_window_the_wrong_way_round(october, task):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task("roster").pk).update(opens_on=day(10, 20))


def test_what_was_set_aside_can_be_taken_up_again(october, task):
    closing.skip(task("bill"), october.reviewer, "总部统一对账")
    assert closing.take_up(task("bill"), october.reviewer).is_open
    with pytest.raises(TaskError):
        closing.take_up(task("bill"), october.reviewer)
