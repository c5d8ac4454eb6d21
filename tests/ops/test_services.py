"""The embedded servers: one pair for all who come, nothing left behind, and always startable again."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.services.place import Place
from tests.ops.launching import all_gone, ask, environment, launch, left_behind, running

pytestmark = pytest.mark.services


def sql(var: Path, address: str, statement: str) -> str:
    return ask(var, f'exec "$PG_BIN/psql" -XAtq -v ON_ERROR_STOP=1 "${address}" -c "{statement}"')


def test_whoever_comes_second_attaches_and_leaves_the_servers_running(var):
    with running(var) as (owner, address):
        assert ask(var, "echo $DATABASE_URL") == address
        assert owner.poll() is None
        assert ask(var, "echo $DATABASE_URL") == address
    assert all_gone(var)


def test_what_was_written_is_there_after_a_restart(var):
    sql(var, "DATABASE_OWNER_URL", "create table note (text text); insert into note values ('驻点')")
    assert sql(var, "DATABASE_URL", "select text from note") == "驻点"


def test_the_exit_code_is_the_commands(var):
    assert launch(var, "bash", "-c", "exit 7").wait(60) == 7


def test_roles_have_no_more_rights_than_they_need(var):
    rights = "select rolname, rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname ~ '^zhudian_'"
    assert sorted(sql(var, "DATABASE_URL", rights).splitlines()) == [
        "zhudian_app|f|f|f",
        "zhudian_owner|f|t|t",
    ]


def test_new_databases_search_chinese_text_and_serve_the_application(var):
    sql(var, "DATABASE_OWNER_URL", "create database another")

    def in_another(address: str, statement: str) -> str:
        return ask(var, f'exec "$PG_BIN/psql" -XAtq "${{{address}%/zhudian}}/another" -c "{statement}"')

    in_another("DATABASE_OWNER_URL", "create table worker (name text)")
    in_another("DATABASE_URL", "insert into worker values ('王小明')")
    assert in_another("DATABASE_URL", "select similarity(name, '王小明') from worker") == "1"


def test_secrets_are_made_once_and_closed_to_others(var):
    ask(var, "true")
    secrets = var / "secrets.env"
    first = secrets.read_text()
    ask(var, "true")
    assert secrets.read_text() == first
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600


def test_a_lost_secrets_file_is_named_and_not_replaced(var):
    ask(var, "true")
    (var / "secrets.env").unlink()
    process = launch(var, "true")
    assert process.wait(60) == 1
    assert "put it back" in process.stderr.read()


def test_four_starts_at_once_share_one_pair(var):
    starts = [launch(var, "bash", "-c", "echo $DATABASE_URL; sleep 1") for _ in range(4)]
    addresses = {start.communicate(timeout=60)[0] for start in starts}
    assert len(addresses) == 1
    assert all(start.returncode == 0 for start in starts)


def test_a_pid_file_of_a_killed_server_whose_number_lives_on_is_no_obstacle(var):
    ask(var, "true")
    (var / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}/pg\n")
    assert sql(var, "DATABASE_URL", "select 1") == "1"


def test_a_half_made_cluster_is_never_taken_for_whole(var):
    half = var / "pg.new.1"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert sql(var, "DATABASE_URL", "select 1") == "1"
    assert not half.exists()


def test_folders_closed_to_others_are_no_obstacle(tmp_path):
    tmp_path.chmod(0o700)
    home = Place.at(tmp_path / "var").home
    try:
        with running(tmp_path / "var") as (_, address):
            assert address.startswith("postgres://zhudian_app:")
            assert left_behind(home)
        assert all_gone(home)
    finally:
        shutil.rmtree(home)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_servers_and_command_in_order(var, number):
    with running(var) as (launcher, _):
        launcher.send_signal(number)
        assert launcher.wait(30) == 128 + number
        assert not left_behind(var)


def test_killed_at_any_moment_it_leaves_nothing_and_starts_again(var):
    """From the middle of initdb (0.1 s) to well after the start."""
    for seconds in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.2):
        launcher = launch(var, "sleep", "1000.25")
        time.sleep(seconds)
        launcher.kill()
        launcher.wait()
        assert all_gone(var), seconds
        assert all_gone("sleep 1000.25"), seconds
    assert sql(var, "DATABASE_URL", "select 1") == "1"


def test_servers_killed_under_the_launcher_start_again(var):
    with running(var) as _:
        assert left_behind(var)
        pid = int((var / "pg" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
    assert all_gone(var)
    assert sql(var, "DATABASE_URL", "select 1") == "1"


ORPHAN = """
import os, subprocess, sys
from config.services import processes
tie = {"none": None, "watchdog": processes.tied_by_watchdog(processes.signal.SIGKILL)}[sys.argv[1]]
subprocess.Popen(["sleep", sys.argv[2]], preexec_fn=tie, start_new_session=True)
print("started", flush=True)
sys.stdin.read()
"""


def survivors_of_a_kill(tie: str, mark: str) -> list[str]:
    """Kill a launcher that started `sleep mark`, wait a moment, and list what still runs."""
    args = [sys.executable, "-c", ORPHAN, tie, mark]
    pipe = subprocess.PIPE
    launcher = subprocess.Popen(args, stdin=pipe, stdout=pipe, env=environment(Path("unused")))
    launcher.stdout.readline()
    launcher.kill()
    launcher.wait()
    time.sleep(0.5)
    return left_behind(f"sleep {mark}")


def test_the_search_for_survivors_finds_one_when_nothing_ties_it():
    assert survivors_of_a_kill("none", "7.125") == ["sleep 7.125"]


def test_where_the_kernel_does_not_a_watchdog_ends_what_was_started():
    assert survivors_of_a_kill("watchdog", "7.375") == []
