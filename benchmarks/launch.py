"""Starts a program and says what it took: `python launch.py REPORT COMMAND…`.

A small process of its own, because what the kernel counts as the peak of a child's memory has in it
what its parent had when it was started.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Run the command and write a JSON object: exit code, seconds, seconds of processors, bytes."""
    report, *command = sys.argv[1:]
    # A server is ended with the whole group. What ignores a signal hands that down, a handler not.
    signal.signal(signal.SIGTERM, lambda *_: None)
    begun = time.perf_counter()
    process = subprocess.Popen(command)  # noqa: S603  the harness's own
    _, status, used = os.wait4(process.pid, 0)
    found = {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": time.perf_counter() - begun,
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024,
    }
    Path(report).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
