import pytest


@pytest.fixture
def stage(cast):
    """Our company with nothing active: the pages open their own context."""
    return cast.ours
