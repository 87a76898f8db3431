# SPDX-License-Identifier: MIT
"""Commands "audiomesh agent --plain 127.0.0.1:50000" from the standard library alone. Arguments: the port (50000), then as many more agents' as there are."""
import json
import socket
import sys
import time

PORTS = [int(port) for port in sys.argv[1:]] or [50000]
LEAD_S = 1.0


def say(port, line):
    """One connection, one line, one answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as place:
        place.sendall(line.encode() + b"\n")
        answer = place.makefile().readline().strip()
    print(f"{port}: {line} -> {answer}")
    return answer


def say_and_go(port, line):
    """One connection, one line, and gone: the answer is nobody's."""
    place = socket.create_connection(("127.0.0.1", port), timeout=10)
    place.sendall(line.encode())
    place.close()


start = time.time() + LEAD_S
answers = [say(port, f"LOCATE_START_AT 48000 {start:.9f}") for port in PORTS]
if not all(answer.startswith("OK ") for answer in answers):
    sys.exit("not everybody is ready")

time.sleep(LEAD_S + 1)
for port in PORTS:
    say(port, json.dumps({"cmd": "set_param", "ns": "mix", "name": "level", "value": -6}))
    say_and_go(port, f"STOP_AT {time.time() + LEAD_S:.9f}")

print(say(PORTS[0], "START_AT NaN"))
