"""A secret is written into the code.

## What it finds
A text that looks like a secret and is given to something named like one: a variable, parameter,
argument, key, comparison, or the fallback of a look-up whose name ends in password, passphrase,
secret, token, credentials, DSN, or api, access, private, auth, signing or encryption key. It looks
like one when it has at least twelve characters, letters and digits among them, and no order that a
person would write; for passwords and secrets, words with two digits or more are enough. Private
keys, tokens in the shape that their issuer gives them, and passwords in URLs are reported wherever
they stand. Cost 5. Neither the value nor a hash of it is kept anywhere, not in a report and not in
the identity of the finding, and the page of the file hides it.

Not reported are placeholders, words, paths, dates, versions, hashes of passwords, public keys and
sequences; names and places that say test, dummy, fake, mock, example, sample, demo or public; lines
whose comment says so; and modules named after development, local use or tests.

## Why it matters
Everyone who can read the repository, or ever could, has the secret, and so has every copy, build
log and image made from it. It cannot be changed without a release, and taking it out of the code
does not take it out of the history.

## How to fix it
Replace the secret where it was issued, since the old one must count as known. Then read the new one
from the environment or from a secret store, without a default.

Bad:

    client = Client("shop", api_key="q7Lz93mXcV0b4TqR8sWk")

Good:

    client = Client("shop", api_key=settings.payment_api_key)

## When to accept it
When the value is public by its nature, such as the key of a web page that anyone can read there, or
the identifier of a public client.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import SuspectedSecret
from scanner.rules.configuration.secrets import secrets
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(5)
_WHAT: Final[Mapping[str, str]] = {
    "private key": "A private key",
    "token": "A token in the shape that its issuer gives it",
    "password in a URL": "A URL with a password",
}


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, secret in secrets(context):
        yield Offence(
            line=secret.line,
            end_line=secret.end_line,
            symbol=secret.symbol,
            message=f"{_what(secret)}; read it from the environment or a secret store.",
            costs=(Cost(COST, site),),
            digest=secret.digest,
        )


def _what(secret: SuspectedSecret) -> str:
    known = _WHAT.get(secret.reason)
    if known:
        return f"{known} is written into the code"
    return f"{brief(secret.name)} is given what looks like a real secret"


RULE = module_rule("CF01", "hardcoded-secret", effort=30, page=__doc__, judge=_judge)
