import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder for servers that every user of the machine may walk through; pytest's own are closed."""
    path = Path(tempfile.mkdtemp(prefix="zhudian-ops-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)
