"""The scripts in bin/: well-formed, installing nothing twice, and passing on what they run."""

import os
import subprocess
import sys

import pytest

from tests.ops.launching import ROOT, environment

SCRIPTS = sorted(file for file in (ROOT / "bin").iterdir() if file.suffix != ".py" and file.is_file())
SCRIPTS += [ROOT / ".ci" / "run", ROOT / "deploy" / "postgres.sh"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_well_formed_and_executable(script):
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def setup(place, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    args = [place / "bin" / "_setup", *command]
    return subprocess.run(args, env=os.environ | env, capture_output=True, text=True, check=False)


@pytest.fixture
def clone(tmp_path):
    """A clone whose environment is this one's, by link, and without texts to compile."""
    subprocess.run(["cp", "-r", ROOT / "bin", tmp_path], check=True)
    (tmp_path / "requirements.lock").write_text("")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return tmp_path


def test_a_linked_environment_is_used_and_left_alone(clone):
    done = setup(clone, "python", "-c", "import sys; print(sys.prefix)")
    assert done.stdout.strip() == str(clone / ".venv")
    assert done.stderr == ""


def test_the_exit_code_is_the_commands(clone):
    assert setup(clone, "bash", "-c", "exit 5").returncode == 5


def test_an_old_python_is_named_in_a_sentence(clone):
    old = clone / "old"
    old.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (old / name).symlink_to("/bin/false")
    done = setup(clone, "true", PATH=f"{old}:/usr/bin:/bin", PYTHON="python3")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


@pytest.mark.services
def test_the_tests_exit_code_is_pytests(var):
    failing = var / "test_failing.py"
    failing.write_text("def test_no(): assert False\n")
    args = [ROOT / "bin" / "test", "-n0", "-p", "no:django", "-c", os.devnull, "--rootdir", var, failing]
    done = subprocess.run(args, env=environment(ROOT / "var"), capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "1 failed" in done.stdout
