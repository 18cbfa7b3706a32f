"""A blocking call inside an async function stops every other task.

## What it finds
Calls in an `async def` that wait without giving way: `time.sleep`, requests, the module functions
of httpx, urllib, socket look-ups and connections, `subprocess.run` and its kin, `os.system`, SMTP,
`input`, and connections of sqlite3, psycopg, psycopg2, pymysql, MySQLdb and pymongo: cost 3; also
the methods of a local `httpx.Client`, `requests.Session` or `subprocess.Popen` that wait. Work on
local files, such as `open`, `Path.read_text`, `os.listdir` and `shutil.copy`: cost 1. Exempt:

- what is awaited
- what stands in a lambda, and what a nested sync function does: they may run in a thread
- functions of the module that have such a name, and closing a client
- single quick calls on a path, such as `os.remove` and `os.mkdir`
- `input` in command-line code, where a person answers before anything else runs
- support for tests, told by an import of pytest or unittest: there, only the test waits

## Why it matters
All tasks of a process share one thread. While one waits for a disk or a server in a blocking call,
no request is answered, no timeout fires and no heartbeat is sent.

## How to fix it
Use the asynchronous counterpart, or hand the call to a thread.

Bad:

    async def refresh(self):
        time.sleep(5)
        return requests.get(self.url)

Good:

    async def refresh(self):
        await asyncio.sleep(5)
        return await asyncio.to_thread(fetch, self.url)

## When to accept it
In code that runs once, before any other task exists, such as reading a small file at start-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import AsyncCall
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(3)
FILE_COST: Final = millionths(1)
_BLOCKING: Final = re.compile(
    r"time\.sleep|os\.(?:system|popen|wait\w*|spawn\w+|posix_spawnp?)|input|builtins\.input"
    r"|(?:requests|httpx)\.(?:get|post|put|delete|patch|head|options|request|stream|trace|connect)"
    r"|(?:httpx\.Client|requests\.[sS]ession)\(\)"
    r"\.(?:get|post|put|delete|patch|head|options|request|send|stream)"
    r"|urllib\.request\.(?:urlopen|urlretrieve)|urllib3\.request"
    r"|socket\.(?:create_connection|getaddrinfo|gethostbyname\w*|gethostbyaddr)"
    r"|subprocess\.(?:run|call|check_call|check_output|getoutput|getstatusoutput|Popen)"
    r"|subprocess\.Popen\(\)\.(?:wait|communicate)"
    r"|(?:sqlite3|psycopg2?|pymysql|MySQLdb)\.connect|pymongo\.MongoClient"
    r"|smtplib\.(?:SMTP|SMTP_SSL)"
)
_FILES: Final = re.compile(
    r"(?:io\.|builtins\.)?open|io\.open_code|pathlib\.Path\(\)\.open|os\.(?:listdir|scandir|walk)"
    r"|shutil\.(?:rmtree|copy|copy2|copyfile|copytree|move|make_archive|unpack_archive)"
    r"|.*\.(?:read_text|write_text|read_bytes|write_bytes)"
)
_QUESTIONS: Final = ("input", "builtins.input")
_ASYNC_FILES: Final = re.compile(r"(?:anyio|trio|aiofiles|aiopath)\.")


def _cost(call: AsyncCall) -> int:
    if not call.in_async or call.use == "awaited" or _ASYNC_FILES.match(call.name):
        return 0
    if _BLOCKING.fullmatch(call.name):
        return COST
    return FILE_COST if _FILES.fullmatch(call.name) else 0


def _judge(context: ModuleContext) -> Iterator[Offence]:
    if context.supports_tests:
        return
    own = {function.name for function in context.module.functions}
    for call in context.module.async_calls:
        if call.name in own or (call.name in _QUESTIONS and context.is_command_line):
            continue
        cost = _cost(call)
        if cost:
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=(
                    f"{brief(call.name)} blocks inside an async function: every other task of the "
                    "process waits for it."
                ),
                costs=(Cost(cost),),
                digest=call.digest,
            )


RULE = module_rule("AS01", "blocking-call", effort=20, page=__doc__, judge=_judge)
