"""The three processes of the product, as one machine runs them."""

from __future__ import annotations

import signal
import sys

from config.launch.supervisor import Program

CELERY = [sys.executable, "-m", "celery", "-A", "config"]


def gunicorn(port: int) -> Program:
    """Serve pages on 127.0.0.1:`port`: two processes of eight threads."""
    args = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    args += ["--workers", "2", "--threads", "8", "--timeout", "60", "--graceful-timeout", "5"]
    return Program("web", [*args, "--no-control-socket"])


def runserver(port: int) -> Program:
    """Serve pages with tracebacks; reloading is the business of `bin/dev`."""
    args = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    return Program("web", args, signal.SIGINT)


def worker() -> Program:
    """Work through the queue in threads of one process: a forked pool could outlive its killed parent."""
    args = [*CELERY, "worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "INFO"]
    return Program("worker", [*args, "--without-gossip", "--without-mingle"])


def beat() -> Program:
    """Send the scheduled jobs."""
    return Program("beat", [*CELERY, "beat", "--loglevel", "INFO", "--pidfile", ""])
