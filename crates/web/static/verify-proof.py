#!/usr/bin/env python3
"""Checks a proof file of Luoshi without Luoshi: python3 verify-proof.py 2026-0412.proof.json 'PUBLIC KEY'

Needs Python 3.9 and the package cryptography, and no network. It says what each event was, and ends with an error where
anything does not hold. Formats: RFC 6962 (tree), C2SP tlog-checkpoint and signed-note (checkpoint), RFC 8032 (Ed25519).
"""

import base64
import hashlib
import json
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unpack(text):
    return base64.b64decode(text, validate=True)


def check(holds, what):
    if not holds:
        sys.exit(f"NOT VERIFIED: {what}")


def signed(note, vkey):
    """Size and root that the checkpoint names, if the key signed it. The signature covers the text and its line end."""
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    name, key_hash, key = vkey.split("+", 2)
    key = unpack(key)
    check(key[:1] == b"\x01" and sha(name.encode(), b"\n", key)[:4].hex() == key_hash, "the public key is malformed")
    check(text.split("\n")[0] == name, "the checkpoint is another log's")
    for line in signatures.splitlines():
        signature = unpack(line.split(" ")[2]) if line.startswith(f"— {name} ") else b""
        if signature[:4].hex() == key_hash:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], text.encode())  # raises where it is not
            return int(text.split("\n")[1]), unpack(text.split("\n")[2])
    sys.exit("NOT VERIFIED: the checkpoint is not signed with this key")


def root_by(leaf, index, size, path):
    """The root to which the path leads from the leaf (RFC 9162, section 2.1.3.2)."""
    last, root = size - 1, leaf
    for sibling in path:
        check(last > 0, "a path is too long")
        if index % 2 or index == last:
            root = sha(b"\x01", sibling, root)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            root = sha(b"\x01", root, sibling)
        index, last = index // 2, last // 2
    check(last == 0, "a path is too short")
    return root


if len(sys.argv) != 3:
    sys.exit(__doc__)
vkey = sys.argv[2]
try:
    proof = json.load(open(sys.argv[1], encoding="utf-8"))
except (OSError, ValueError) as error:
    sys.exit(f"NOT VERIFIED: {sys.argv[1]} is no proof file: {error}")
check(isinstance(proof, dict) and proof.get("format") == "luoshi/proof/v1", "the file is of another format")
size, root = signed(proof["checkpoint"], vkey)
before = 0
for event in proof["events"]:
    salt, body = unpack(event["salt"]), unpack(event["body"])
    entry = b"luoshi/event/v1\n" + base64.b64encode(sha(b"luoshi/body/v1\0", salt, body)) + b"\n"
    path = [unpack(sibling) for sibling in event["path"]]
    check(event["idx"] < size, "an event is newer than the checkpoint")
    check(root_by(sha(b"\0", entry), event["idx"], size, path) == root, f"event {event['idx']} is not in the log")
    said = json.loads(body)
    check(said["stream"] == proof["stream"] and said["n"] > before, "an event is another matter's, or out of order")
    before = said["n"]
    print(f"{said['n']:4} {said['type']}: {json.dumps(said['data'], ensure_ascii=False)}")
    for part in event["parts"]:
        if part.get("value") is not None:
            words = unpack(part["value"])
            bound = sha(b"luoshi/part/v1\0", unpack(part["salt"]), words)
            check(bound == unpack(said["sealed"][part["pos"]]), "words are not those that were recorded")
            print("     " + words.decode())
print(f"verified: {len(proof['events'])} events stood in the log when its first {size} events were signed")
