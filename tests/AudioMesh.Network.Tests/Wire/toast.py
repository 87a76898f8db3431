# SPDX-License-Identifier: MIT
"""A second reader of TOAST, written from the tables of docs/protocols/toast.md with nothing but Python's standard library.

Reads the document's vectors as JSON from standard input and writes what it made of each: the body in clear and its fields."""
import hashlib
import hmac
import json
import struct
import sys

SALT = b"AudioMesh TOAST 1 "
TYPES = {1: "audio", 2: "sync_request", 3: "sync_reply", 4: "announce", 5: "subscribe", 6: "unsubscribe", 7: "parity", 8: "leave", 9: "control", 10: "bus", 11: "bus_ack"}


def hkdf_extract(salt, secret):
    return hmac.new(salt, secret, hashlib.sha256).digest()


def hkdf_expand(key, info, length):
    block, out, i = b"", b"", 0
    while len(out) < length:
        i += 1
        block = hmac.new(key, block + info + bytes([i]), hashlib.sha256).digest()
        out += block
    return out[:length]


def key_of_passphrase(passphrase, session):
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), SALT + session.encode(), 600_000, 32)


def key_of_file(secret, session):
    return hkdf_expand(hkdf_extract(SALT + session.encode(), secret), SALT + b"key file", 32)


def tag_of(key):
    return hkdf_expand(key, SALT + b"session", 4)


def sender_of(key, sender):
    both = hkdf_expand(key, SALT + b"sender" + struct.pack(">Q", sender), 44)
    return both[:32], both[32:]


def make_sbox():
    """FIPS 197: the inverse in GF(2^8), then the affine map."""
    p = q = 1
    box = [0x63] * 256
    while True:
        p ^= (p << 1) ^ (0x11B if p & 0x80 else 0)
        p &= 0xFF
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q &= 0xFF
        if q & 0x80:
            q ^= 0x09
        x = q
        for shift in range(1, 5):
            x ^= ((q << shift) | (q >> (8 - shift))) & 0xFF
        box[p] = x ^ 0x63
        if p == 1:
            return box


SBOX = make_sbox()


def double(x):
    return ((x << 1) ^ (0x1B if x & 0x80 else 0)) & 0xFF


class Aes256:
    def __init__(self, key):
        words, rcon = [list(key[i:i + 4]) for i in range(0, 32, 4)], 1
        for i in range(8, 60):
            word = list(words[-1])
            if i % 8 == 0:
                word = [SBOX[b] for b in word[1:] + word[:1]]
                word[0] ^= rcon
                rcon = double(rcon)
            elif i % 8 == 4:
                word = [SBOX[b] for b in word]
            words.append([a ^ b for a, b in zip(words[-8], word)])
        self.rounds = [sum(words[i:i + 4], []) for i in range(0, 60, 4)]

    def encrypt(self, block):
        state = [a ^ b for a, b in zip(block, self.rounds[0])]
        for r in range(1, 15):
            state = [SBOX[b] for b in state]
            state = [state[(i + 4 * (i % 4)) % 16] for i in range(16)]
            if r < 14:
                mixed = []
                for c in range(0, 16, 4):
                    col = state[c:c + 4]
                    for i in range(4):
                        a, b, d, e = col[i], col[(i + 1) % 4], col[(i + 2) % 4], col[(i + 3) % 4]
                        mixed.append(double(a) ^ double(b) ^ b ^ d ^ e)
                state = mixed
            state = [a ^ b for a, b in zip(state, self.rounds[r])]
        return bytes(state)


def multiply(x, y):
    product = 0
    for i in range(127, -1, -1):
        if (y >> i) & 1:
            product ^= x
        x = (x >> 1) ^ (0xE1 << 120 if x & 1 else 0)
    return product


def gcm(key, nonce, aad, text, sealed):
    """NIST SP 800-38D. Returns the other text and the tag."""
    aes = Aes256(key)
    h = int.from_bytes(aes.encrypt(bytes(16)), "big")
    out = b""
    for i in range(0, len(text), 16):
        stream = aes.encrypt(nonce + struct.pack(">I", 2 + i // 16))
        out += bytes(a ^ b for a, b in zip(text[i:i + 16], stream))
    cipher = text if sealed else out
    y = 0
    for part in (aad, cipher):
        for i in range(0, len(part), 16):
            y = multiply(y ^ int.from_bytes(part[i:i + 16].ljust(16, b"\0"), "big"), h)
    y = multiply(y ^ ((len(aad) * 8) << 64 | len(cipher) * 8), h)
    tag = bytes(a ^ b for a, b in zip(y.to_bytes(16, "big"), aes.encrypt(nonce + b"\0\0\0\1")))
    return out, tag


def nonce_of(vector, counter):
    return bytes(a ^ b for a, b in zip(vector, bytes(4) + struct.pack(">Q", counter)))


def seal(key, kind, sender, counter, body):
    header = b"AM\x01" + bytes([kind]) + tag_of(key) + struct.pack(">QQ", sender, counter)
    secret, vector = sender_of(key, sender)
    cipher, tag = gcm(secret, nonce_of(vector, counter), header, body, sealed=False)
    return header + cipher + tag


def unseal(key, datagram):
    magic, version, kind, tag, sender, counter = struct.unpack(">2sBB4sQQ", datagram[:24])
    assert (magic, version, tag) == (b"AM", 1, tag_of(key))
    secret, vector = sender_of(key, sender)
    body, proof = gcm(secret, nonce_of(vector, counter), datagram[:24], datagram[24:-16], sealed=True)
    assert hmac.compare_digest(proof, datagram[-16:]), "not authentic"
    return TYPES[kind], sender, counter, body


def text_at(body, at):
    return body[at + 1:at + 1 + body[at]].decode(), at + 1 + body[at]


def read_audio(body):
    packets = []
    while body:
        stream, sequence, first, time, rate, frames, size, channels, channel, count, encoding, flags = struct.unpack(">IIqqIHHBBBBH", body[:38])
        packets.append({
            "stream": stream, "sequence": sequence, "first_frame": first, "timestamp": time, "rate": rate, "frames": frames, "channels": channels,
            "first_channel": channel, "channel_count": count, "encoding": encoding, "flags": flags, "payload": body[38:38 + size].hex()})
        body = body[38 + size:]
    return {"packets": packets}


def read_announce(body):
    name, at = text_at(body, 4)
    out = {"capabilities": struct.unpack(">I", body[:4])[0], "name": name, "offers": [], "wishes": []}
    count, at = body[at], at + 1
    for _ in range(count):
        stream, rate, frames, channels, lane, encoding, kind, amount = struct.unpack(">IIHBBBBB", body[at:at + 15])
        name, at = text_at(body, at + 15)
        out["offers"].append({
            "stream": stream, "rate": rate, "frames": frames, "channels": channels, "channels_per_lane": lane, "encoding": encoding, "redundancy": kind,
            "amount": amount, "name": name})
    count, at = body[at], at + 1
    for _ in range(count):
        owner, stream = struct.unpack(">QI", body[at:at + 12])
        out["wishes"].append({"owner": owner, "stream": stream})
        at += 12
    assert at == len(body)
    return out


def read_parity(body):
    stream, first, count, lengths = struct.unpack(">IIHH", body[:12])
    return {"stream": stream, "first_sequence": first, "count": count, "lengths": lengths, "xor": body[12:].hex()}


def read_bus(body):
    receiver, epoch, sequence, oldest = struct.unpack(">QIII", body[:20])
    out = {"receiver": receiver, "epoch": epoch, "sequence": sequence, "oldest": oldest, "pieces": []}
    at = 20
    while at < len(body):
        flags, size = struct.unpack(">BH", body[at:at + 3])
        out["pieces"].append({"first": flags & 1 != 0, "last": flags & 2 != 0, "bytes": body[at + 3:at + 3 + size].hex()})
        at += 3 + size
    return out


def read(kind, body):
    if kind == "audio":
        return read_audio(body)
    if kind == "announce":
        return read_announce(body)
    if kind in ("subscribe", "unsubscribe"):
        owner, stream = struct.unpack(">QI", body)
        return {"owner": owner, "stream": stream}
    if kind == "parity":
        return read_parity(body)
    if kind == "control":
        return {"receiver": struct.unpack(">Q", body[:8])[0], "json": body[8:].decode()}
    if kind == "bus":
        return read_bus(body)
    if kind == "bus_ack":
        receiver, epoch, following, beyond, broken = struct.unpack(">QIIQB", body)
        return {"receiver": receiver, "epoch": epoch, "next": following, "beyond": beyond, "broken": broken == 1}
    return {}


def main():
    vectors = json.load(sys.stdin)
    out = []
    for vector in vectors:
        key = key_of_passphrase(vector["passphrase"], vector["session"]) if "passphrase" in vector else key_of_file(bytes.fromhex(vector["key_file"]), vector["session"])
        kind, sender, counter, body = unseal(key, bytes.fromhex(vector["datagram"]))
        secret, iv = sender_of(key, sender)
        out.append({
            "session_key": key.hex(), "tag": tag_of(key).hex(), "sender_key": secret.hex(), "sender_vector": iv.hex(), "type": kind, "sender": f"{sender:016x}",
            "counter": counter, "body": body.hex(), "fields": read(kind, body)})
    json.dump(out, sys.stdout)


if __name__ == "__main__":
    main()
