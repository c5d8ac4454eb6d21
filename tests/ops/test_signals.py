"""A signal that arrives while a process is being started is not lost: Python forgets what a fork's hooks raise."""

import subprocess
import sys

import pytest

from tests.ops.launching import ROOT

INSIDE_THE_FORK = """
import os, signal, sys, time
from config.services import processes
processes.end_on_signals()
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT) or time.sleep(0.01))
{start}
time.sleep(5)
sys.exit(7)
"""


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("processes.run(['true'])", 130),
        ("import subprocess; subprocess.run(['true'], preexec_fn=lambda: None)", 7),  # the guard is needed
    ],
)
def test_ctrl_c_inside_a_fork_ends_the_program(start, code):
    script = INSIDE_THE_FORK.format(start=start)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=30, check=False)
    assert done.returncode == code
