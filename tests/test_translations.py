import pytest
from django.core.management import CommandError, call_command


def test_every_text_has_one_chinese_answer():
    call_command("messages", "--check")


def test_the_check_fails_for_a_text_without_answer(settings, tmp_path):
    (tmp_path / "agency").mkdir()
    (tmp_path / "agency/words.py").write_text('_("Nobody translated me")\n', encoding="utf-8")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="missing 'Nobody translated me'") as failure:
        call_command("messages", "--check")
    assert failure.value.returncode == 1
