"""Addresses that are handed to what connects, told by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import Endpoint
from scanner.rules.configuration.modules import is_configuration, is_development
from scanner.rules.contexts import ModuleContext

PUBLIC: Final = "public"
_REQUESTS: Final = re.compile(
    r"get|post|put|patch|delete|head|options|request|stream|urlopen|urlretrieve|fetch|ws_connect"
    r"|_?(?:async_?)?(?:http_?)?(?:get|post|put|patch|request|fetch)(?:_json|_url|_data)?"
)
_CONNECTING: Final = re.compile(
    r"(?:.*_)?(?:connect|connection|from_url|from_uri|from_dsn|create_(?:async_)?engine|pool"
    r"|insecure_channel|secure_channel|client|celery|broker)"
    r"|.*(?:Client|Connection|Session|Engine|Pool|Producer|Consumer|Broker|Redis|Celery|Channel"
    r"|Elasticsearch|OpenSearch|ServerProxy|SMTP|Database|Driver|Proxy|OpenAI|Ollama|Publisher)"
)
_ADDRESSES: Final = re.compile(
    r"(?:.*_)?(?:url|uri|dsn|host|hosts|hostname|endpoint|broker|backend|address|addr|server"
    r"|servers|nodes|connection_string)"
)
_OF_CLIENTS: Final = re.compile(
    r"base_url|api_base|endpoint_url|bootstrap_servers|broker|broker_url|backend|db_url"
)
_NO_CLIENT: Final = re.compile(
    r"(?:.*_)?(?:run|bind|serve|listen|start|site|default|option|field|argument|redirect|build"
    r"|config|environ|getenv|env|dict)"
    r"|.*(?:Info|Config|Settings|Provider|Spec|Definition|Options|Server|Site|Field|Required|Optional"
    r"|Option|Query|Body|Header|Request|Response|Error|Model|Description|Entry)"
)


def connections(context: ModuleContext) -> Iterator[tuple[str, Endpoint]]:
    """Fixed addresses of services that are connected to, with the keys of the sites."""
    if context.once(is_configuration) or context.is_command_line or is_development(context):
        return
    for place, endpoint in enumerate(context.module.endpoints):
        if not endpoint.in_main_guard and _connects(endpoint):
            yield f"endpoint {place}", endpoint


def costly(context: ModuleContext) -> Iterator[tuple[str, Endpoint]]:
    """Those of them that differ between environments: all but public ones."""
    return ((site, found) for site, found in connections(context) if found.kind != PUBLIC)


def _connects(endpoint: Endpoint) -> bool:
    receiver, _, name = endpoint.callee.rpartition(".")
    if endpoint.kind == PUBLIC:
        return _is_request(endpoint, receiver, name)
    if endpoint.argument.isdigit():
        return bool(_CONNECTING.fullmatch(name)) or _is_request(endpoint, receiver, name)
    if not _ADDRESSES.fullmatch(endpoint.argument) and not _OF_CLIENTS.fullmatch(endpoint.argument):
        return False
    if _OF_CLIENTS.fullmatch(endpoint.argument) or endpoint.kind == "store":
        return not _NO_CLIENT.fullmatch(name)
    return bool(_CONNECTING.fullmatch(name)) or _is_request(endpoint, receiver, name)


def _is_request(endpoint: Endpoint, receiver: str, name: str) -> bool:
    """Whether an address is what a request goes to: the first argument, or behind the method."""
    if not receiver or not _REQUESTS.fullmatch(name):
        return False
    place = "1" if name in ("request", "stream") else "0"
    return endpoint.argument in (place, "url")
