# SPDX-License-Identifier: MIT
"""The daemon's socket, and rings in shared memory, from the standard library alone. Linux."""
import json
import mmap
import os
import socket
import struct
import time

HEADER_BYTES = 384
FRAME_BYTES = 32
MAGIC = 0x47524D41


def find_socket():
    machine = "/run/copperline/audiomixerd.sock"
    return os.environ.get("AUDIOMIXERD_SOCKET") or (
        machine if os.path.exists(machine) else os.path.join(os.environ["XDG_RUNTIME_DIR"], "audiomixerd.sock"))


class Mixer:
    """One conversation with the daemon: requests and their replies, descriptors beside them."""

    def __init__(self):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(find_socket())
        self._received = b""

    def ask(self, send=(), **request):
        """Sends a request, with the descriptors of send; the reply, and the descriptors that came with it."""
        socket.send_fds(self._socket, [json.dumps(request).encode() + b"\n"], list(send))
        descriptors = []
        while b"\n" not in self._received:
            data, came, _, _ = socket.recv_fds(self._socket, 65536, 4)
            if not data:
                raise SystemExit("the daemon has closed the connection")
            self._received += data
            descriptors += came
        line, self._received = self._received.split(b"\n", 1)
        reply = json.loads(line)
        if not reply["ok"]:
            raise SystemExit(f"{request['cmd']}: {reply['error']['message']}")
        return reply, descriptors


def new_memory(frames, channels):
    """A memfd of zeros for a ring of that many frames, a power of two. The daemon lays the ring out in it."""
    descriptor = os.memfd_create("ring", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(descriptor, HEADER_BYTES + FRAME_BYTES * max(16, frames // 16) + 4 * frames * channels)
    return descriptor


class Ring:
    """One end of the ring behind a descriptor, as native/include/audiomesh_ring.h lays it out. Samples are floats, interleaved."""

    # Words of 8 bytes in the header. A memoryview writes them whole, as struct does not.
    WRITE, FRAME_WRITE, WRITER_BEAT, READ, FRAME_READ, READER_BEAT = 16, 17, 18, 32, 33, 34
    WRITER_STATE, READER_STATE = 40, 70  # words of 4 bytes

    def __init__(self, descriptor):
        self._memory = mmap.mmap(descriptor, 0)
        os.close(descriptor)
        magic, version, _, self.capacity, self.channels, self.rate, _, _, self.high, _, samples, _, _ = struct.unpack_from("=10I3Q", self._memory)
        if (magic, version) != (MAGIC, 1):
            raise SystemExit("this is no ring of version 1")
        view = memoryview(self._memory)
        self._words = view[:HEADER_BYTES].cast("Q")
        self._states = view[:HEADER_BYTES].cast("I")
        self._samples = view[samples:samples + 4 * self.capacity * self.channels].cast("f")

    @property
    def fill(self):
        return min(max(self._words[self.WRITE] - self._words[self.READ], 0), self.capacity)

    def write(self, block):
        """Writes as much of an array of floats as there is room for; how many frames that was. Says nothing of times, so it needs no frame headers."""
        position = self._words[self.WRITE]
        frames = min(len(block) // self.channels, self.high - self.fill)
        for ring, offset, length in self._parts(position, frames):
            self._samples[ring:ring + length] = memoryview(block)[offset:offset + length]
        self._words[self.WRITER_BEAT] = time.monotonic_ns()
        self._words[self.WRITE] = position + frames
        return frames

    def read(self):
        """All frames that are there, as a list of floats."""
        position, frames = self._words[self.READ], self.fill
        headers = self._words[self.FRAME_WRITE]
        block = [sample for ring, _, length in self._parts(position, frames) for sample in self._samples[ring:ring + length]]
        self._words[self.READER_BEAT] = time.monotonic_ns()
        self._words[self.FRAME_READ] = headers
        self._words[self.READ] = position + frames
        return block

    def complete(self):
        """No more will be written: the daemon plays what is left."""
        self._states[self.WRITER_STATE] = 1

    def close(self):
        """Nobody reads any more."""
        self._states[self.READER_STATE] = 1

    def _parts(self, position, frames):
        start = position % self.capacity
        head = min(frames, self.capacity - start)
        yield start * self.channels, 0, head * self.channels
        yield 0, head * self.channels, (frames - head) * self.channels
