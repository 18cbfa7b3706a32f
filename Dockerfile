# One image for the web server, the workers, the scheduler and the commands.
FROM python:3.15-slim

ENV PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=dashboard.config.settings \
    CODEVITALS_DATA_DIR=/data \
    CODEVITALS_STATIC_DIR=/app/static \
    CODEVITALS_BIND=0.0.0.0:8000

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends git openssh-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin codevitals \
    && install -d -m 0700 -o codevitals -g codevitals /data

WORKDIR /app

COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY manage.py pyproject.toml LICENSE ./
COPY scanner scanner
COPY dashboard dashboard
RUN python -m compileall -q scanner dashboard \
    && python manage.py collectstatic --no-input

USER 10001
VOLUME /data
EXPOSE 8000

CMD ["gunicorn", "--config", "python:dashboard.config.web"]
