"""The newest files that were built, so that a second download costs nothing."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST = 8  # a workbook of 13 libraries is some 100 KB


class KeptFiles:
    """Files by everything that they depend on; each is built once, also when many ask at the same moment."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._files: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, build: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key not in self._files:
                self._files[key] = build()
                if len(self._files) > self._most:
                    self._files.popitem(last=False)
            self._files.move_to_end(key)
            return self._files[key]
