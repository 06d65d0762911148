"""What a user sets once: variables of the environment, and how long an answer may take."""

USER = "STANDPUNKT_USER"
PASSWORD = "STANDPUNKT_PASSWORD"  # noqa: S105  the name of a variable
TOKEN = "STANDPUNKT_TOKEN"  # noqa: S105  the same

TIMEOUT = 120.0
