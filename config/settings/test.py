"""Tests: real PostgreSQL and Valkey on throw-away data, cheap password hashing, no lock-out unless a test asks."""

import os

# Fixed keys so that a test's ciphertext and blind index never depend on the machine.
os.environ.setdefault("SECRET_KEY", "test-only-secret-key-that-protects-nothing-at-all")
os.environ.setdefault("FIELD_ENCRYPTION_KEYS", "t1:" + "A" * 43 + "=")
os.environ.setdefault("BLIND_INDEX_KEY", "B" * 43 + "=")

from .base import *  # noqa: F403

# bin/test names a migrated database to copy, which takes a fraction of the time of migrating.
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_TEMPLATE")}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
SHOW_DESIGN_PAGES = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
LOGGING["root"] = {"handlers": ["console"], "level": "CRITICAL"}  # noqa: F405
LOGGING["loggers"] = {}  # noqa: F405
# Counting wrong passwords in the memory of one process is enough for a test.
SILENCED_SYSTEM_CHECKS = ["axes.W001"]
