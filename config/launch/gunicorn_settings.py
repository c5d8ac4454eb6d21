"""How gunicorn serves the demo: two processes of eight threads, loaded once, that end with their master."""

import signal
import sys
from typing import Any

from config.services.processes import tied_by_kernel

workers = 2
threads = 8
timeout = 60
graceful_timeout = 5
control_socket_disable = True
preload_app = True
_tie = tied_by_kernel(signal.SIGKILL) if sys.platform == "linux" else None


def post_fork(server: Any, worker: Any) -> None:
    """Tie a worker to its master; by itself it looks for it only once a second, and not while loading."""
    if _tie:
        _tie()
