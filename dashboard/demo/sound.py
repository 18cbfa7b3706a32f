"""Pieces of sound code that generated repositories are made of.

`$noun` is a thing of the trade in lower case, `$Noun` its class, `$verb` tells pieces apart.
"""

from __future__ import annotations

from typing import Final

RECORD: Final = '''
@dataclass(frozen=True, slots=True)
class $Noun:
    """One $noun as the service knows it; amounts in cents."""

    reference: str
    amount: int
    is_open: bool = True

    def closed(self) -> $Noun:
        """The same $noun, no longer open."""
        return replace(self, is_open=False)
'''
TOTAL: Final = '''
def ${verb}_total(batch: Sequence[$Noun]) -> int:
    """The amount of all open ${noun}s, in cents."""
    open_ones = [each for each in batch if each.is_open]
    return sum(each.amount for each in open_ones)
'''
CHECK: Final = '''
def ${verb}_checked(entry: $Noun, least: int = 1) -> $Noun:
    """The $noun, if it may be taken on. Raises ValueError with the reason."""
    if not entry.reference:
        raise ValueError("a $noun needs a reference")
    if entry.amount < least:
        raise ValueError(f"$noun {entry.reference} is under {least}")
    return entry
'''
GROUP: Final = '''
def ${verb}_by_reference(batch: Iterable[$Noun]) -> dict[str, list[$Noun]]:
    """The ${noun}s that share a reference, in the order in which they came."""
    grouped: dict[str, list[$Noun]] = {}
    for entry in batch:
        grouped.setdefault(entry.reference, []).append(entry)
    return grouped
'''
LARGEST: Final = '''
def ${verb}_largest(batch: Sequence[$Noun], count: int) -> list[$Noun]:
    """The largest ${noun}s, at most so many."""
    ranked = sorted(batch, key=lambda entry: (-entry.amount, entry.reference))
    return ranked[:count]
'''
READ: Final = '''
def ${verb}_from_row(row: Mapping[str, str]) -> $Noun:
    """A $noun from a row of a file. Raises ValueError where the amount is none."""
    try:
        amount = int(row["amount"])
    except ValueError as error:
        logger.warning("row refused", extra={"reference": row["reference"]})
        raise ValueError("the amount of a $noun is a whole number") from error
    return $Noun(row["reference"], amount)
'''
NOTE: Final = '''
def ${verb}_noted(entry: $Noun) -> $Noun:
    """The $noun, after it was written to the log."""
    logger.info("$noun handled", extra={"reference": entry.reference, "amount": entry.amount})
    return entry
'''
STORE: Final = '''
class ${Verb}${Noun}Store:
    """Keeps ${noun}s in a table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: $Noun) -> None:
        """Store one."""
        values = (entry.reference, entry.amount)
        self._connection.execute("INSERT INTO $noun VALUES (?, ?)", values)

    def count(self) -> int:
        """How many there are."""
        row: tuple[int] = self._connection.execute("SELECT count(*) FROM $noun").fetchone()
        return row[0]
'''
AWAITED: Final = '''
async def ${verb}_awaited(queue: Queue[$Noun], seconds: float) -> $Noun:
    """The next $noun of a queue. Raises TimeoutError when none comes in time."""
    async with timeout(seconds):
        return await queue.get()
'''
CASES: Final = """
def test_${verb}_${noun}_is_closed() -> None:
    entry = $Noun("${verb}-7", 1250)
    assert entry.closed() == $Noun("${verb}-7", 1250, is_open=False)
"""

SOUND: Final = {
    "record": RECORD,
    "total": TOTAL,
    "check": CHECK,
    "group": GROUP,
    "largest": LARGEST,
    "read": READ,
    "note": NOTE,
    "store": STORE,
    "awaited": AWAITED,
    "cases": CASES,
}
EVERYWHERE: Final = ("total", "check", "group", "largest", "read", "note")
"""Kinds that any module may hold."""
