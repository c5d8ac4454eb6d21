"""bin/demo on an empty folder, without the example agencies: ready at the end, gone after any kill."""

import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from config.launch.testing import provide_cluster
from config.services.processes import free_port
from tests.ops.launching import ROOT, all_gone, environment, left_behind

pytestmark = pytest.mark.services

PHASES = ("Starting PostgreSQL", "Creating and updating tables", "Starting web")


@pytest.fixture
def demo(var):
    """Start the demo on a free port; the file it leaves after loading the examples stands there already."""
    (var / "demo-is-loaded").touch()
    port = free_port()

    def start() -> subprocess.Popen[str]:
        args = [sys.executable, "-m", "config.launch.demo"]
        env = environment(var) | {"PORT": str(port)}
        pipe = subprocess.PIPE
        return subprocess.Popen(args, cwd=ROOT, env=env, text=True, stdout=pipe, stderr=subprocess.STDOUT)

    return start


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Read what a demo prints up to the line that starts with `words`, and give that line."""
    for line in process.stdout:
        if line.startswith(words):
            return line
    raise AssertionError(f"The demo ended before it said: {words}")


def test_killed_in_any_phase_it_leaves_nothing_and_the_next_start_is_ready(demo, var):
    for phase in PHASES:
        process = demo()
        read_until(process, phase)
        time.sleep(0.3)
        process.kill()
        process.communicate()
        assert all_gone(var), phase
    process = demo()
    address = read_until(process, "Ready: ").split()[1]
    with urllib.request.urlopen(f"{address}/health/ready/", timeout=10) as answer:
        assert answer.status == 200
    assert len(left_behind(var)) > 4
    process.kill()
    process.communicate()
    assert all_gone(var)


def test_ctrl_c_ends_everything_before_it_returns(demo, var, monkeypatch):
    monkeypatch.delenv("ZHUDIAN_VAR", raising=False)  # the tables are in the folder that bin/test keeps, not in its own
    provide_cluster(var)
    process = demo()
    read_until(process, "Ready: ")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGINT
    assert not left_behind(var)


def test_a_taken_port_is_named(demo, var):
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"], stdout=subprocess.PIPE, text=True
    ) as other:
        port = other.stdout.readline().split("port ")[1].split()[0]
        env = environment(var) | {"PORT": port}
        args = [sys.executable, "-m", "config.launch.demo"]
        done = subprocess.run(args, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        other.kill()
    assert done.returncode == 1
    assert done.stderr.strip() == f"Port {port} is taken: set PORT to another one, or leave it unset."
