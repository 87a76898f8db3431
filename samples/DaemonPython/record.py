# SPDX-License-Identifier: MIT
"""What a node of the daemon plays, as a WAV file. Arguments: the node's name or number, the file, seconds (2)."""
import array
import sys
import time
import wave

from mixer import Mixer, Ring

NODE = int(sys.argv[1]) if sys.argv[1].isdigit() else sys.argv[1]
FILE = sys.argv[2]
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 2
RATE, CHANNELS = 44100, 2

mixer = Mixer()
sink, descriptors = mixer.ask(cmd="create_node", type="app_sink", args={"frames": 16384, "channels": CHANNELS, "rate": RATE})
ring = Ring(descriptors[0])
mixer.ask(cmd="connect", **{"from": NODE, "to": sink["id"]})

wanted = int(SECONDS * RATE) * CHANNELS
with wave.open(FILE, "wb") as file:
    file.setparams((CHANNELS, 2, RATE, 0, "NONE", ""))
    last = time.monotonic()
    while wanted:
        block = ring.read()[:wanted]
        if block:
            last = time.monotonic()
        elif time.monotonic() - last > 5:
            sys.exit("nothing comes: does the device run?")
        file.writeframes(array.array("h", [round(32767 * min(max(sample, -1), 1)) for sample in block]))
        wanted -= len(block)
        time.sleep(0.02)
ring.close()
lost = mixer.ask(cmd="get", id=sink["id"])[0]["args"]["lost_frames"]
print(f"{int(SECONDS * RATE)} frames recorded, {lost:.0f} lost")
