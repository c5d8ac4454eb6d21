# The web, worker, beat and migrate containers of docker-compose.yml all run this one image.
FROM python:3.11-slim AS packages
RUN pip install --no-cache-dir uv && uv venv /opt/venv
COPY requirements.production.lock /tmp/
RUN uv pip sync --no-cache --require-hashes --python /opt/venv /tmp/requirements.production.lock

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media CELERY_BEAT_SCHEDULE_FILENAME=/srv/beat/schedule
RUN useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin zhudian \
    && install -d -o zhudian -g zhudian /srv/static /srv/media /srv/beat
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY manage.py ./
COPY config config
COPY agency agency
COPY clients clients
COPY workers workers
COPY payroll payroll
COPY training training
COPY servicedesk servicedesk
COPY templates templates
COPY static static
# Nothing here encrypts or connects: the values only let the settings load.
RUN export SECRET_KEY=build FIELD_ENCRYPTION_KEYS=build: BLIND_INDEX_KEY=build ALLOWED_HOSTS=build \
      DATABASE_URL=postgres://127.0.0.1:1/none \
    && python manage.py compile_catalogues && python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q /app
USER zhudian
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "8", \
     "--timeout", "60", "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm", \
     "--no-control-socket", "--access-logfile", "-"]
