"""How findings are mended, in German and English, as far as that is known."""

from standpunkt.mends.fault import Fault
from standpunkt.mends.mender import Mender
from standpunkt.mends.phrases import VARIABLE, filled

__all__ = ["VARIABLE", "Fault", "Mender", "filled"]
