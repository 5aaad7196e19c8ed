"""Functions as learners write them, right and wrong. They are never made from the records."""

from importlib import import_module
from pkgutil import iter_modules

from .bank import RIGHT, WRONG, Learner

__all__ = ["RIGHT", "WRONG", "Learner"]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
