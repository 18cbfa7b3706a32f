"""A bound on what a request may upload, whoever sends it: forms judge a file only when it is whole.

Django bounds fields and not files, which it writes to the disk before anyone has signed in.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

MOST_BYTES: Final = 1_000_000  # of all files of one request


class UploadBound(FileUploadHandler):
    """Counts what goes by; the handlers after it keep it."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._count = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on. Raises RequestDataTooBig, which is answered with 400."""
        self._count += len(raw_data)
        if self._count > MOST_BYTES:
            raise RequestDataTooBig(f"more than {MOST_BYTES} bytes of files")
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave the file to the others."""
        return None
