# SPDX-License-Identifier: MIT
"""Plays a second of a sine through "audiomesh jdat" and counts what it hears. Arguments: the driver ("auto"), the command ("audiomesh")."""
import json
import math
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time

DRIVER = sys.argv[1] if len(sys.argv) > 1 else "auto"
COMMAND = sys.argv[2:] or ["audiomesh"]
BLOCK_FRAMES = 240


def connect(path):
    for _ in range(600):
        try:
            place = socket.socket(socket.AF_UNIX)
            place.connect(path)
            return place
        except OSError:
            place.close()
            time.sleep(0.1)
    sys.exit("audiomesh does not answer")


def line(start, rate):
    sine = [0.25 * math.sin(math.tau * 440 * (start + i) / rate) for i in range(BLOCK_FRAMES)]
    return json.dumps({
        "type": "jdat", "version": "jamnet/1.0", "timestamp_gpu": start * 1_000_000_000 // rate, "session_id": "sample",
        "audio_data": {"sample_rate": rate, "channels": 1, "samples": sine},
    }).encode() + b"\n"


def hear(place, heard, ready):
    for text in place.makefile():
        frame = json.loads(text)
        heard["rate"] = frame["audio_data"]["sample_rate"]
        heard["frames"] += len(frame["audio_data"]["samples"]) // frame["audio_data"]["channels"]
        ready.set()


with tempfile.TemporaryDirectory() as folder:
    play_at, hear_at = os.path.join(folder, "play"), os.path.join(folder, "hear")
    mesh = subprocess.Popen([*COMMAND, "jdat", "--in", f"unix:{play_at}", "--out", f"unix:{hear_at}", "--backend", DRIVER, "--depth", "2400"])
    heard, ready = {"frames": 0, "rate": 0}, threading.Event()
    listener = threading.Thread(target=hear, args=(connect(hear_at), heard, ready), daemon=True)
    listener.start()
    if not ready.wait(60):
        sys.exit("nothing is heard")
    player = connect(play_at)
    written = 0
    while written < heard["rate"]:
        player.sendall(line(written, heard["rate"]))
        written += BLOCK_FRAMES
    player.close()
    time.sleep(0.2)
    mesh.terminate()
    code = mesh.wait(30)
    print(f"{written} frames written, {heard['frames']} frames heard, exit code {code}")
    sys.exit(code)
