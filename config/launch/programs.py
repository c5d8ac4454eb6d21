"""The three processes of the product, as one machine runs them."""

from __future__ import annotations

import signal
import sys

from config.launch.supervisor import Program

CELERY = (sys.executable, "-m", "celery", "-A", "config")


def gunicorn(port: int) -> Program:
    """Serve pages on 127.0.0.1:`port`."""
    args = ("--config", "python:config.launch.gunicorn_settings", "--bind", f"127.0.0.1:{port}")
    return Program("web", (sys.executable, "-m", "gunicorn", "config.wsgi:application", *args))


def runserver(port: int) -> Program:
    """Serve pages with tracebacks; reloading is the business of `bin/dev`."""
    args = (sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}")
    return Program("web", args, signal.SIGINT)


def worker() -> Program:
    """Work through the queue in threads of one process: a forked pool could outlive its killed parent."""
    size = ("--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle")
    return Program("worker", (*CELERY, "worker", "--loglevel", "INFO", *size))


def beat() -> Program:
    """Send the scheduled jobs."""
    return Program("beat", (*CELERY, "beat", "--loglevel", "INFO", "--pidfile", ""))
