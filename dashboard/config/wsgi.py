"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

from dashboard.config.collecting import collect_seldom
from dashboard.config.utf8_only import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dashboard.config.settings")
application = utf8_only(get_wsgi_application())
collect_seldom()
