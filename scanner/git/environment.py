"""The closed environment of every git process: made from nothing, the same on every machine.

Neither the settings of the machine and its user nor those of a hostile repository may start a
program or send git online. What git has no switch for is never asked of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

Setting = tuple[str, str]
"""A key of git's configuration and its value; it outranks every file."""

SAFE_SETTINGS: Final[tuple[Setting, ...]] = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("core.untrackedCache", "false"),
    ("core.attributesFile", os.devnull),
    ("core.excludesFile", os.devnull),
    ("core.askPass", ""),
    ("core.sshCommand", "false"),
    ("core.gitProxy", ""),
    ("core.pager", "cat"),
    ("credential.helper", ""),
    ("diff.external", ""),
    ("fetch.recurseSubmodules", "false"),
    ("gc.auto", "0"),
    ("i18n.logOutputEncoding", "UTF-8"),
    ("init.templateDir", ""),
    ("log.showSignature", "false"),
    ("maintenance.auto", "false"),
    ("protocol.version", "2"),
    ("safe.directory", "*"),  # ownership guards against settings, and those are closed here
    ("submodule.recurse", "false"),
)


def closed_environment(
    *,
    protocols: str = "none",
    settings: Sequence[Setting] = (),
    variables: Sequence[Setting] = (),
) -> dict[str, str]:
    """Variables for one git process and its children, and nothing beside them.

    `protocols` are those it may speak, as in GIT_ALLOW_PROTOCOL; a read speaks none, or a missing
    object would send it online. `settings` come after the safe ones and travel in variables, so
    secrets in them stand in no argument and no file.
    """
    environment = {
        "PATH": _absolute_path(),
        "HOME": os.devnull,  # exists, holds no .netrc and no .ssh
        "XDG_CONFIG_HOME": os.devnull,
        "LANGUAGE": "C",
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": protocols,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_SSH_COMMAND": "false",
        "GIT_TERMINAL_PROMPT": "0",
    }
    every = (*SAFE_SETTINGS, *settings)
    environment["GIT_CONFIG_COUNT"] = str(len(every))
    for number, (key, value) in enumerate(every):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    return environment | dict(variables)


def _absolute_path() -> str:
    """The search path without relative folders, which would mean whatever folder git is in."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if os.path.isabs(folder))
