"""A secret seems to go into the log.

## What it finds
A value handed to a log call as it is, whose name ends in password, passwd, secret, secret_key,
api_key, private_key, access_token, auth_token or refresh_token. Advisory: it is shown and costs
nothing, since a name alone does not say whether the value is the secret, a masked copy of it or the
name of a field. Values that go through a function, attributes of a secret, names such as `tokens`
and `password_path`, and comparisons are not reported.

## Why it matters
Logs are copied, shipped and kept, and read by many more people than the secret is meant for.

## How to fix it
Leave it out, or log something that only identifies it.

Bad:

    log.info("signing in with %s", password)

Good:

    log.info("signing in as %s", user.name)

## When to accept it
Where the value is masked already or is not secret in spite of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.rules.contexts import ModuleContext
from scanner.rules.observability.places import logs
from scanner.rules.offences import Offence
from scanner.rules.records import module_rule
from scanner.rules.wording import listed

_SECRET: Final = re.compile(
    r"(?:.*_)?(?:passw(?:or)?d|secret|secret_key|api_?key|private_key"
    r"|(?:access|auth|refresh)_token)",
    re.IGNORECASE,
)
_MASKED: Final = re.compile(
    r"(?:masked|hidden|redacted|safe|has|is|no|missing|need|use|hashed|encrypted|public)_",
    re.IGNORECASE,
)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for _, call in logs(context):
        secrets = [n for n in call.names if _SECRET.fullmatch(n) and not _MASKED.match(n)]
        if secrets:
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=f"{listed(secrets)} seems to be a secret and goes into the log.",
                digest=call.digest,
            )


RULE = module_rule("OB05", "secret-in-log", effort=15, page=__doc__, judge=_judge)
