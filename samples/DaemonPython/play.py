# SPDX-License-Identifier: MIT
"""A tone into the daemon. Arguments: seconds (2), frequency (440), the node to play into (a device_sink of its own)."""
import array
import math
import sys
import time

from mixer import Mixer, Ring, new_memory

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 2
FREQUENCY = float(sys.argv[2]) if len(sys.argv) > 2 else 440
INTO = sys.argv[3] if len(sys.argv) > 3 else None
RATE, CHANNELS, FRAMES, BLOCK = 44100, 2, 8192, 441

mixer = Mixer()
memory = new_memory(FRAMES, CHANNELS)
source = mixer.ask(send=[memory], cmd="create_node", type="app_source", args={
    "memfd": memory, "frames": FRAMES, "channels": CHANNELS, "rate": RATE, "depth": FRAMES // 2})[0]["id"]
sink = INTO or mixer.ask(cmd="create_node", type="device_sink")[0]["id"]
mixer.ask(cmd="connect", **{"from": source, "to": sink})

ring = Ring(memory)
total = int(SECONDS * RATE)
for start in range(0, total, BLOCK):
    samples = array.array("f")
    for i in range(start, min(start + BLOCK, total)):
        samples.extend([0.25 * math.sin(math.tau * FREQUENCY * i / RATE)] * CHANNELS)
    while len(samples):
        written = ring.write(samples)
        samples = samples[written * CHANNELS:]
        if not written:
            time.sleep(BLOCK / RATE / 2)
ring.complete()
while ring.fill:
    time.sleep(0.02)
figures = mixer.ask(cmd="get", id=source)[0]["args"]
print(f"{figures['position']:.0f} frames played, {figures['underruns']:.0f} underruns")
