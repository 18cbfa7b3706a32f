"""A file with secrets is committed.

## What it finds
An environment file (`.env`, `.env.production`, `docker.env`...) in which a value whose name ends in
password, secret, token, DSN, credentials or key is set, or a URL holds a password; and a private
key in a file of its own (`.pem`, `.key`, `id_rsa`, the JSON of a service account): cost 10. The
value is never stored or shown. A `.env` with other values alone is shown and costs nothing.

Not reported are files whose name says example, sample, template, dist, default or test;
placeholders and the passwords of every developer's machine, such as `postgres`; files in folders of
tests, documents, examples and tooling; and what `exclude` in pyproject.toml names. At most fifty
files are looked into, the first by path, and none over 64 kB. In a plain folder, which is no git
repository, every file that lies there counts as committed.

## Why it matters
Everyone who can read the repository, or ever could, has the secret, and so has every copy of it.
Taking the file out does not take it out of the history.

## How to fix it
Replace the secrets where they were issued. Take the file out of the repository, name it in
`.gitignore`, and commit a copy without values as `.env.example`.

Bad:

    # .env
    SMTP_PASSWORD="vK3w-91xQ-zzp4"

Good:

    # .env.example
    SMTP_PASSWORD=""

## When to accept it
When nothing real is behind the values: they only open a database that each developer's machine runs
for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import MODULE
from scanner.domain.project import SecretFile
from scanner.rules.configuration.files import SETTINGS, committed_secrets
from scanner.rules.contexts import Survey
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import survey_rule
from scanner.rules.wording import brief

COST: Final = millionths(10)


def _judge(survey: Survey) -> Iterator[Offence]:
    for site, file in committed_secrets(survey):
        costs = () if file.kind == SETTINGS else (Cost(COST, site, path=file.path),)
        yield Offence(
            line=file.line,
            end_line=file.line,
            symbol=MODULE,
            message=_message(file),
            costs=costs,
            path=file.path,
        )


def _message(file: SecretFile) -> str:
    if file.kind == "private key":
        return "A private key is committed; replace it, and keep the new one out of the repository."
    if file.kind == SETTINGS:
        return f"An environment file is committed; its first value is {brief(file.name)}."
    return f"{brief(file.name)} has a value in a committed file; replace it, and keep it elsewhere."


RULE = survey_rule("CF05", "committed-secret-file", effort=60, page=__doc__, judge=_judge)
