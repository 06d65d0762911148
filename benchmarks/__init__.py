"""What measures the quality of Standpunkt: run from a checkout, and no part of the package."""
