"""Pieces of code with something to find in them, one kind for each way of going wrong."""

from __future__ import annotations

from typing import Final

UNTYPED: Final = '''
def ${verb}_${noun}_quickly(batch, limit, mode=None):
    """Take the ${noun}s of a batch."""
    taken = [each for each in batch if each.amount > limit]
    return taken if mode else taken[:1]
'''
ANYTHING: Final = '''
def ${verb}_${noun}_somehow(payload: Any, options: dict) -> Any:
    """Whatever the caller of a $noun wants."""
    return {**payload, **options}
'''
SHARED: Final = '''
def ${verb}_${noun}_into(entry: $Noun, seen: list[str] = []) -> list[str]:
    """The references seen so far."""
    seen.append(entry.reference)
    return seen
'''
SILENT: Final = '''
def ${verb}_${noun}_again(entry: $Noun, sink: list[$Noun]) -> bool:
    """Try once more."""
    try:
        sink.append(entry.closed())
    except Exception:
        pass
    return bool(sink)
'''
BARE: Final = '''
def ${verb}_${noun}_or_none(row: dict[str, str]) -> int:
    """The amount of a row, or nothing."""
    try:
        return int(row["amount"])
    except:
        return 0
'''
TANGLED: Final = '''
def ${verb}_${noun}_rules(entry: $Noun, mode: str, late: bool, strict: bool, dry: bool) -> int:
    """What a $noun costs, by all the rules that came up."""
    fee = 0
    if entry.is_open and (late or strict):
        if mode == "express" and not dry:
            fee += 25 if entry.amount > 1000 else 15
        elif mode == "bulk":
            if late:
                if strict:
                    if entry.amount > 500:
                        fee += 9
                    else:
                        fee += 4
                elif dry:
                    fee -= 1
            else:
                fee += 2
        elif mode == "night" or mode == "weekend":
            fee += 40
    if mode == "refund":
        fee = -entry.amount if strict else 0
    elif mode == "hold":
        fee = 5 if late else 3
    if dry and fee > 0:
        fee = 0
    if entry.amount < 0:
        fee -= 7
    return fee
'''
PRINTED: Final = '''
def ${verb}_${noun}_shown(batch: Sequence[$Noun]) -> None:
    """Show what is there."""
    for entry in batch:
        print("$noun", entry.reference, entry.amount)
'''
INTERPOLATED: Final = '''
def ${verb}_${noun}_logged(entry: $Noun) -> None:
    """Tell that a $noun came."""
    logger.error(f"$noun {entry.reference} of {entry.amount} came late")
'''
WIRED: Final = '''
def ${verb}_${noun}_address() -> str:
    """Where ${noun}s are fetched."""
    region = os.environ.get("${NOUN}_REGION", "north")
    return f"http://$noun-{region}.internal.example.org:8080/v1"
'''
BLOCKING: Final = '''
async def ${verb}_${noun}_polled(queue: Queue[$Noun]) -> $Noun:
    """Wait for the next $noun."""
    while queue.empty():
        time.sleep(0.5)
    return await queue.get()
'''
DETACHED: Final = '''
async def ${verb}_${noun}_started(queue: Queue[$Noun], entry: $Noun) -> None:
    """Hand a $noun on."""
    asyncio.create_task(queue.put(entry))
'''
STARTED: Final = '''
def ${verb}_${noun}_exported(path: str) -> int:
    """Hand the ${noun}s to the archive; its status."""
    return subprocess.run(["archive", "--$noun", path]).returncode
'''
UNTOLD: Final = """
def process${Verb}$Noun(batch: Sequence[$Noun]) -> list[$Noun]:
    return [entry.closed() for entry in batch if entry.is_open]
"""


def _endless() -> str:
    """A function that goes on for longer than a screen."""
    head = [
        "",
        "def ${verb}_${noun}_report(entry: $Noun, quarter: int) -> list[str]:",
        '    """Every line of the report of a $noun."""',
        "    rows = [entry.reference]",
    ]
    steps = [
        line
        for step in range(4)
        for line in (
            f"    if quarter > {step}:",
            f'        rows.append(f"part {step}: {{entry.amount // {step + 3}}}")',
        )
    ]
    plain = [f'    rows.append("column {column:02d} of ${{noun}}s")' for column in range(58)]
    return "\n".join([*head, *steps, *plain, "    return rows", ""])


FLAWED: Final = {
    "untyped": UNTYPED,
    "anything": ANYTHING,
    "shared": SHARED,
    "silent": SILENT,
    "bare": BARE,
    "tangled": TANGLED,
    "endless": _endless(),
    "printed": PRINTED,
    "interpolated": INTERPOLATED,
    "wired": WIRED,
    "blocking": BLOCKING,
    "detached": DETACHED,
    "started": STARTED,
    "untold": UNTOLD,
}
