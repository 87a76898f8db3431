# SPDX-License-Identifier: MIT
"""Joins two rings, one of each kind, and writes random bytes over all of their memory until it is killed."""
import mmap
import os
import random

from mixer import Mixer, new_memory

mixer = Mixer()
mappings = []
nodes = []
for kind in ("app_source", "app_sink"):
    memory = new_memory(4096, 2)
    nodes.append(mixer.ask(send=[memory], cmd="create_node", type=kind, args={"memfd": memory, "frames": 4096, "rate": 44100, "drift": "auto"})[0]["id"])
    mappings.append(mmap.mmap(memory, 0))
mixer.ask(cmd="connect", **{"from": nodes[0], "to": nodes[1]})
print("ready", flush=True)
while True:
    for mapping in mappings:
        mapping[:] = os.urandom(len(mapping))
        for _ in range(1000):
            mapping[random.randrange(384)] = random.randrange(256)
