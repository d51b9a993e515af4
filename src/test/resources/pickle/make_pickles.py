"""Small files like mnist.pkl.gz, and bad ones, for MnistPickleTest: python3 make_pickles.py (made with Debian's numpy 1.24).

Pixel i of image j of part p is ((31 * i + 7 * j + p) mod 256) / 256; its label is (3 * j + p) mod 10. python2-*.pkl.gz are put
together from the opcodes that Python 2's cPickle wrote, with texts for bytes.
"""
import gzip
import os
import pathlib
import pickle
import struct

import numpy as np

HERE = pathlib.Path(__file__).parent


def part(p, n, images="f4", labels="i8"):
    i, j = np.arange(784), np.arange(n)[:, None]
    return ((31 * i + 7 * j + p) % 256 / 256).astype(images), ((3 * np.arange(n) + p) % 10).astype(labels)


def save(name, data):
    (HERE / name).write_bytes(gzip.compress(data, mtime=0))


def python2(array, code, protocol):
    """ndarray.__reduce__ as Python 2 pickled it: SHORT_BINSTRING and BINSTRING, or the repr of a str."""
    data = array.tobytes()
    if protocol == 0:
        def text(b):
            return b"S" + repr(b)[1:].encode() + b"\np1\n"
        shape = b"(" + b"".join(b"I%d\n" % s for s in array.shape) + b"tp2\n"
        return (b"cnumpy.core.multiarray\n_reconstruct\np3\n(cnumpy\nndarray\np4\n(I0\ntp5\n" + text(b"b") + b"tp6\nRp7\n(I1\n"
                + shape + b"cnumpy\ndtype\np8\n(" + text(code) + b"I0\nI1\ntp9\nRp10\n(I3\n" + text(b"<")
                + b"NNNI-1\nI-1\nI0\ntp11\nbI00\n" + text(data) + b"tp12\nb")
    shape = b"(" + b"".join(b"M" + struct.pack("<H", s) for s in array.shape) + b"t"
    return (b"cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b\x87R(K\x01" + shape
            + b"cnumpy\ndtype\nq\x04U\x02" + code + b"K\x00K\x01\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
            + b"T" + struct.pack("<I", len(data)) + data + b"tb")


good = (part(0, 5), part(1, 3), part(2, 2))
for protocol in (0, 1, 2):
    save(f"python3-protocol{protocol}.pkl.gz", pickle.dumps(good, protocol))
pairs = [(python2(x, b"f4", 2), python2(y, b"i8", 2)) for x, y in good]
save("python2-protocol2.pkl.gz", b"\x80\x02" + b"".join(x + y + b"\x86" for x, y in pairs) + b"\x87.")
pairs = [(python2(x, b"f4", 0), python2(y, b"i8", 0)) for x, y in good]
save("python2-protocol0.pkl.gz", b"(" + b"".join(b"(" + x + y + b"t" for x, y in pairs) + b"t.")

save("protocol4.pkl.gz", pickle.dumps(good, 4))
save("doubles.pkl.gz", pickle.dumps((part(0, 5, "f8"), part(1, 3), part(2, 2)), 2))
save("labels32.pkl.gz", pickle.dumps((part(0, 5), part(1, 3, labels="i4"), part(2, 2)), 2))
save("two-parts.pkl.gz", pickle.dumps(good[:2], 2))
save("narrow.pkl.gz", pickle.dumps((good[0], good[1], (good[2][0][:, :783], good[2][1])), 2))
save("fewer-labels.pkl.gz", pickle.dumps(((good[0][0], good[0][1][:4]), good[1], good[2]), 2))
save("by255.pkl.gz", pickle.dumps(((good[0][0] * np.float32(256 / 255), good[0][1]), good[1], good[2]), 2))
save("label10.pkl.gz", pickle.dumps(((good[0][0], good[0][1] + 10), good[1], good[2]), 2))


class Evil:
    def __reduce__(self):
        return os.system, ("touch /tmp/pickle-was-run",)


save("evil.pkl.gz", pickle.dumps(Evil(), 2))
save("dictionary.pkl.gz", pickle.dumps({"train": 1}, 2))
