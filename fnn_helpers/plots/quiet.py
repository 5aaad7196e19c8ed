"""matplotlib, imported without a word.

Where the home cannot be written to it makes itself a folder, and where it is new it reads the
fonts; it tells of both on stderr, which a notebook shows in red above the first figure.
"""

import logging

_log = logging.getLogger("matplotlib")
_level = _log.level
_log.setLevel(logging.ERROR)
try:
    import matplotlib.font_manager  # noqa: F401
finally:
    _log.setLevel(_level)
