"""The web server's settings: `gunicorn -c python:dashboard.config.web`."""

from __future__ import annotations

from pathlib import Path

from dashboard.config.settings import ENVIRONMENT, LOGGING

wsgi_app = "dashboard.config.wsgi:application"
bind = ENVIRONMENT.bind
workers = ENVIRONMENT.web_processes
threads = 4
preload_app = True  # the code is loaded once and shared
timeout = 60  # seconds
graceful_timeout = 10
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  never on a disk
logconfig_dict = {
    **LOGGING,
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
    },
}
