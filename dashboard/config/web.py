"""The web server's settings: `gunicorn -c python:dashboard.config.web`."""

from __future__ import annotations

import os

from dashboard.config.settings import ENVIRONMENT, LOGGING

wsgi_app = "dashboard.config.wsgi:application"
bind = ENVIRONMENT.bind
workers = ENVIRONMENT.web_processes
threads = 4
preload_app = True  # the code is loaded once and shared
timeout = 60  # seconds
graceful_timeout = 10
control_socket_disable = True
_MEMORY = "/dev/shm"  # noqa: S108  signs of life go to memory, never to a slow disk
worker_tmp_dir = _MEMORY if os.access(_MEMORY, os.W_OK) else None
logconfig_dict = {
    **LOGGING,
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
    },
}
