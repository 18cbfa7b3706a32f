"""Django's settings, built from the environment alone."""

from __future__ import annotations

from datetime import timedelta

from django.utils.functional import SimpleLazyObject

from dashboard.config.broker import broker_url
from dashboard.config.databases import database
from dashboard.config.environment import HOME, read_environment
from dashboard.config.keys import encryption_keys, secret_key
from dashboard.config.logging import logging_settings
from scanner.application.configuration import Configuration, Limits

ENVIRONMENT = read_environment()

DEBUG = ENVIRONMENT.debug
SECRET_KEY = SimpleLazyObject(lambda: secret_key(ENVIRONMENT))  # read when it is first needed
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.origins)

CODEVITALS = Configuration(
    data_dir=ENVIRONMENT.data_dir,
    # the first start registers this checkout, and a demonstration lies in the data directory
    local_roots=(*ENVIRONMENT.local_roots, HOME, ENVIRONMENT.data_dir / "demo"),
    private_hosts=ENVIRONMENT.private_hosts,
    allow_http=ENVIRONMENT.allow_http,
    children=ENVIRONMENT.children,
    interpreter=ENVIRONMENT.interpreter,
    ca_bundle=ENVIRONMENT.ca_bundle,
    secret_keys=encryption_keys(ENVIRONMENT),
    disk_bytes=ENVIRONMENT.disk_gigabytes << 30,
    keep_all=timedelta(days=ENVIRONMENT.keep_days),
    limits=Limits(
        lease_seconds=ENVIRONMENT.lease_seconds,
        scan_seconds=ENVIRONMENT.scan_seconds,
        cache_bytes=ENVIRONMENT.cache_megabytes << 20,
    ),
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "scanner.storage",
    "dashboard",
]

MIDDLEWARE = [
    "dashboard.views.health.probes",
    "dashboard.config.request_logs.request_logs",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # why that is safe: docs/performance.md, Compression
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dashboard.config.urls"
WSGI_APPLICATION = "dashboard.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HOME / "dashboard" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT.database_url.get_secret_value(), ENVIRONMENT.data_dir)}
BROKER_URL = broker_url(ENVIRONMENT.redis_url.get_secret_value(), ENVIRONMENT.data_dir)

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "dashboard.config.visitors.visitor_address"
AXES_LOCKOUT_TEMPLATE = "locked_out.html"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "portfolio"
LOGOUT_REDIRECT_URL = "sign-in"

LOGGING_CONFIG = "dashboard.config.logging.configure"
LOGGING = logging_settings(ENVIRONMENT.log_level)

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.static_dir or ENVIRONMENT.data_dir / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_HANDLERS = [
    "dashboard.uploads.UploadBound",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None

# Columns that an index carries along: PostgreSQL alone has them, and SQLite does without.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
