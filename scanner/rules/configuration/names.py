"""Names that decide what is configuration, and what is a secret. They came from reading code."""

from __future__ import annotations

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONFIGURATION_FILE: Final = re.compile(
    r"(?:.*_)?(?:settings?|config|configs|configuration|configure|conf|env|environ|environment"
    r"|constants|const|defaults|options)(?:_.*)?"
)
"""File names, without the suffix, of modules that may read the environment."""

CONFIGURATION_FOLDERS: Final = _words(
    "settings setting config configs conf configuration environments env"
)

CONFIGURATION_SYMBOL: Final = re.compile(
    r"(?:.*_)?(?:settings?|config|configuration|conf|env|environ|environment|options)(?:_.*)?"
    r"|.*(?:Settings|Config|Configuration|Options|Environment|Env)"
)
"""Functions and classes whose name says that they gather configuration."""

DEVELOPMENT_FILE: Final = re.compile(
    r"(?:.*_)?(?:dev|devel|development|local|debug|test|tests|testing|ci|demo|example|sample"
    r"|mock|dummy|sandbox)(?:_.*)?"
)
"""File names of settings that no production system uses."""

PLATFORM: Final = _words(
    "PATH HOME USER LOGNAME USERNAME USERDOMAIN SHELL PWD OLDPWD TMPDIR TEMP TMP LANG LANGUAGE TZ "
    "TERM COLORTERM TERM_PROGRAM COLUMNS LINES EDITOR VISUAL PAGER BROWSER DISPLAY WAYLAND_DISPLAY "
    "TMUX STY HOSTNAME HOST HOMEDRIVE HOMEPATH USERPROFILE APPDATA LOCALAPPDATA ALLUSERSPROFILE "
    "PROGRAMDATA SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT OS NUMBER_OF_PROCESSORS "
    "VIRTUAL_ENV LD_LIBRARY_PATH LD_PRELOAD DYLD_LIBRARY_PATH MANPATH TERMINFO DEBIAN_CHROOT "
    "CI CONTINUOUS_INTEGRATION BUILD_NUMBER TRAVIS READTHEDOCS CODESPACES "
    "NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE PY_COLORS "
    "HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY FTP_PROXY SSL_CERT_FILE SSL_CERT_DIR "
    "REQUESTS_CA_BUNDLE CURL_CA_BUNDLE SSLKEYLOGFILE NETRC "
    "NOTIFY_SOCKET LISTEN_FDS WATCHDOG_USEC INVOCATION_ID JOURNAL_STREAM DBUS_SESSION_BUS_ADDRESS "
    "DYNO PORT ENTRY_POINT GCP_PROJECT "
    "WEBSITE_HOSTNAME AWS_EXECUTION_ENV WERKZEUG_RUN_MAIN RUN_MAIN DJANGO_SETTINGS_MODULE "
    "RANK LOCAL_RANK WORLD_SIZE LOCAL_WORLD_SIZE NODE_RANK MASTER_ADDR MASTER_PORT "
    "CUDA_VISIBLE_DEVICES NVIDIA_VISIBLE_DEVICES CFLAGS LDFLAGS CC CXX SOURCE_DATE_EPOCH "
    "AWS_REGION AWS_DEFAULT_REGION PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGSSLMODE "
    "PGOPTIONS PGAPPNAME APPIMAGE SNAP FLATPAK_ID"
)
PLATFORM_BEGINNINGS: Final = (
    "LC_", "XDG_", "CI_", "GITHUB_", "GITLAB_", "JENKINS_", "BUILDKITE", "CIRCLE", "TRAVIS_",
    "PYTHON", "PYTEST", "COVERAGE", "COV_CORE", "TOX_", "SSH_", "GIT_", "GPG_", "SUDO_", "SYSTEMD_",
    "AWS_LAMBDA_", "KUBERNETES_", "ECS_CONTAINER_", "FUNCTION", "GAE_", "SPACE_", "K_", "SLURM_",
    "OMPI_", "PMI_", "WSL_", "JUPYTER", "JPY_", "COLAB_", "KAGGLE_", "VSCODE", "CONDA_",
    "INSIDE_EMACS", "VTE_", "KONSOLE_", "ITERM_", "PROCESSOR_", "PROGRAMFILES", "COMMONPROGRAM",
    "STATICX_",
)  # fmt: skip
_OF_PROCESSES: Final = "_PID"
_SWITCHES: Final = _words(
    "DEBUG TRACE PROFILE BENCH NO DISABLE DISABLED SKIP IGNORE COVERAGE VERBOSE EXPERIMENTAL"
)
"""Words of switches that turn something off, or on for finding faults."""


def is_platform(key: str) -> bool:
    """Whether an environment value is set by the system, a shell or a host, not by a team."""
    name = key.upper()
    return name in PLATFORM or name.startswith(PLATFORM_BEGINNINGS) or name.endswith(_OF_PROCESSES)


def is_switch(key: str) -> bool:
    """Whether a value turns something off, or on for finding faults, told by its words."""
    words = key.upper().split("_")
    return words[0] == "" or words[-1].endswith("DEBUG") or not _SWITCHES.isdisjoint(words)
