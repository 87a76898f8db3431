# SPDX-License-Identifier: MIT
"""Two seconds of a sine through libaudiomesh. Arguments: the driver ("auto"), the library's path."""
import ctypes
import json
import math
import sys
import time

DRIVER = sys.argv[1] if len(sys.argv) > 1 else "auto"
LIBRARY = sys.argv[2] if len(sys.argv) > 2 else "artifacts/native/linux-x64/libaudiomesh.so"
ABI_VERSION = 1
TIME_UNKNOWN = -(2**63)
BLOCK_FRAMES = 480

mesh = ctypes.CDLL(LIBRARY)
mesh.am_status_name.restype = ctypes.c_char_p
for name, types in {
    "am_engine_create": [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_void_p)],
    "am_engine_destroy": [ctypes.c_void_p],
    "am_engine_request": [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t,
                          ctypes.POINTER(ctypes.c_size_t)],
    "am_node_write": [ctypes.c_void_p, ctypes.c_uint32, ctypes.POINTER(ctypes.c_float), ctypes.c_uint32, ctypes.c_int64,
                      ctypes.POINTER(ctypes.c_uint32)],
    "am_node_complete": [ctypes.c_void_p, ctypes.c_uint32],
}.items():
    getattr(mesh, name).argtypes = types


def check(status):
    if status != 0:
        text = ctypes.create_string_buffer(512)
        mesh.am_last_error(text, ctypes.c_size_t(len(text)))
        sys.exit(f"{mesh.am_status_name(status).decode()}: {text.value.decode()}")


def ask(engine, **request):
    line = json.dumps(request).encode()
    reply = ctypes.create_string_buffer(65536)
    length = ctypes.c_size_t()
    check(mesh.am_engine_request(engine, line, len(line), reply, len(reply), ctypes.byref(length)))
    answer = json.loads(reply.raw[: length.value])
    if not answer["ok"]:
        sys.exit(answer["error"]["message"])
    return answer


def play(engine, source, rate):
    written = ctypes.c_uint32()
    for start in range(0, 2 * rate, BLOCK_FRAMES):
        sine = [0.25 * math.sin(math.tau * 440 * (start + i) / rate) for i in range(BLOCK_FRAMES)]
        block = (ctypes.c_float * BLOCK_FRAMES)(*sine)
        done = 0
        while done < BLOCK_FRAMES:
            rest = ctypes.cast(ctypes.byref(block, done * 4), ctypes.POINTER(ctypes.c_float))
            check(mesh.am_node_write(engine, source, rest, BLOCK_FRAMES - done, TIME_UNKNOWN, ctypes.byref(written)))
            done += written.value
            if written.value == 0:
                time.sleep(0.005)
    check(mesh.am_node_complete(engine, source))


if mesh.am_abi_version() != ABI_VERSION:
    sys.exit("libaudiomesh is of another version than this program")
engine = ctypes.c_void_p()
check(mesh.am_engine_create(None, 0, ctypes.byref(engine)))
rate = ask(engine, cmd="device_open", driver=DRIVER)["device"]["rate"]
source = ask(engine, cmd="create_node", type="app_source",
             args={"frames": rate // 4, "channels": 1, "rate": rate})["id"]
sink = ask(engine, cmd="create_node", type="device_sink")["id"]
ask(engine, cmd="connect", **{"from": source, "to": sink})
ask(engine, cmd="start")
play(engine, source, rate)
while ask(engine, cmd="get", id=source)["args"]["fill"] > 0:
    time.sleep(0.02)
stats = ask(engine, cmd="stats")
print(f"{stats['position']} frames, {stats['underruns']} underruns")
check(mesh.am_engine_destroy(engine))
