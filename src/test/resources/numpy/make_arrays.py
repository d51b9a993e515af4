"""Files of images for NumpyReadingTest: python3 make_arrays.py (made with numpy 2.4).

Byte i of image j is (7 * i + 31 * j) mod 256, counted in the order channels, height, width; its label is (3 * j) mod 10, and 1 more
in the test half.
"""
import io
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent


def images(n, channels, height, width):
    i, j = np.arange(channels * height * width), np.arange(n)[:, None]
    return ((7 * i + 31 * j) % 256).astype("u1").reshape(n, channels, height, width)


def labels(n, more=0, dtype="i8"):
    return ((3 * np.arange(n)) % 10 + more).astype(dtype)


class Stream(io.RawIOBase):
    """Cannot seek, as a pipe or a socket."""

    def __init__(self):
        self.bytes = b""

    def writable(self):
        return True

    def write(self, more):
        self.bytes += bytes(more)
        return len(more)


grey = images(5, 1, 3, 4)[:, 0]
colour = images(5, 3, 2, 4)
keras = dict(x_test=grey[:2], x_train=grey, y_train=labels(5), y_test=labels(2, 1))
np.savez(HERE / "keras.npz", **keras)
np.savez_compressed(HERE / "compressed.npz", **keras)
stream = Stream()
np.savez(stream, **keras)
(HERE / "streamed.npz").write_bytes(stream.bytes)
np.savez(HERE / "medmnist.npz", train_images=colour.transpose(0, 2, 3, 1), train_labels=labels(5, dtype="u1")[:, None])
np.savez(HERE / "planar.npz", images=colour, labels=labels(5, dtype=">i4"))
np.savez(HERE / "whole-floats.npz", x=grey.astype("f4"), y=labels(5).astype("f8"))
np.savez(HERE / "fractions.npz", x=(grey / 255).astype("f4"), y=labels(5))
np.savez(HERE / "one-hot.npz", x=grey, y=np.eye(10)[labels(5)])
np.savez(HERE / "flat.npz", x=grey.reshape(5, 12), y=labels(5))
np.savez(HERE / "fortran.npz", x=np.asfortranarray(grey), y=labels(5))
np.savez(HERE / "texts.npz", x=grey, y=labels(5).astype("U1"))
np.savez(HERE / "fewer.npz", x=grey, y=labels(4))
np.savez(HERE / "weights.npz", **{"c1.weight": grey.astype("f4")})
