"""Tensor files, written and read by NumPy and by the few lines of safetensors below: what TensorFilePythonTests compares with.

Run by the tests: tensor_files.py write FOLDER, tensor_files.py read FOLDER. Element i of every array, row-major, is value(i) of its kind;
shapes stand in the names of the files, as 2x3.
"""
import json
import os
import struct
import sys

import numpy as np

SAFE = {"BOOL": "?", "U8": "u1", "I8": "i1", "I16": "i2", "U16": "u2", "F16": "f2", "I32": "i4", "U32": "u4", "F32": "f4", "F64": "f8", "I64": "i8", "U64": "u8"}
KINDS = ["b1", "u1", "i1", "i2", "u2", "f2", "i4", "u4", "f4", "f8", "i8", "u8"]
SHAPES = [(), (0,), (5,), (2, 3), (3, 0), (70, 33), (2, 3, 2), (1, 2, 1, 3, 2)]


def values(kind, shape):
    i = np.arange(int(np.prod(shape, dtype=np.int64)))
    if kind in ("b1", "?"):
        v = i % 3 == 0
    elif kind[0] == "u":
        v = (7 * i + 3) % 101
    elif kind[0] == "i":
        v = (7 * i + 3) % 101 - 50
    else:
        v = ((7 * i + 3) % 101 - 50) / 8
    return v.astype(kind).reshape(shape)


def name_of(shape):
    return "x".join(map(str, shape)) or "number"


def shape_of(name):
    return () if name == "number" else tuple(map(int, name.split("x")))


def write_safetensors(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, (kind, array) in tensors.items():
        raw = array.tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path):
    with open(path, "rb") as file:
        raw = file.read()
    (length,) = struct.unpack("<Q", raw[:8])
    assert length % 8 == 0
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    metadata, end = header.pop("__metadata__", {}), 0
    arrays = {}
    for name, entry in header.items():
        begin, stop = entry["data_offsets"]
        assert begin == end, name
        end = stop
        if entry["dtype"] != "BF16":
            arrays[name] = np.frombuffer(data[begin:stop], "<" + SAFE[entry["dtype"]]).reshape(entry["shape"])
    assert end == len(data)
    return arrays, metadata


def check(array, kind, shape, where):
    assert array.dtype == np.dtype(kind), (where, array.dtype)
    assert array.shape == shape, (where, array.shape)
    assert np.array_equal(array, values(kind, shape)), where


def write(folder):
    import torch

    for kind in KINDS:
        for shape in SHAPES:
            for order in "CF":
                for end in "<>":
                    array = np.asarray(values(kind, shape), dtype=end + kind, order=order)
                    for version in (1, 2, 3):
                        # What NumPy chooses by itself is the first that fits.
                        with open(os.path.join(folder, f"{kind} {name_of(shape)} {order} {'little' if end == '<' else 'big'} {version}.npy"), "wb") as file:
                            np.lib.format.write_array(file, array, version=(version, 0))
    arrays = {f"{kind} {name_of(shape)}": values(kind, shape) for kind in KINDS for shape in SHAPES}
    np.savez(os.path.join(folder, "stored.npz"), **arrays)
    np.savez_compressed(os.path.join(folder, "packed.npz"), **arrays)
    tensors = {f"{SAFE[kind].replace('?', 'b1')} {name_of(shape)}": (kind, values(SAFE[kind], shape)) for kind in SAFE for shape in SHAPES}
    for shape in SHAPES:
        # Eighths from -50/8 to 50/8 have seven significant bits, so both kinds have them.
        half = torch.from_numpy(values("f4", shape)).to(torch.bfloat16)
        tensors[f"f2 of bf16 {name_of(shape)}"] = ("BF16", half.view(torch.int16).numpy())
    write_safetensors(os.path.join(folder, "all.safetensors"), tensors, {"made by": "NumPy \u00e4"})


def read(folder):
    count = 0
    for file in sorted(os.listdir(folder)):
        path, words = os.path.join(folder, file), file.rsplit(".", 1)[0].split(" ")
        if file.endswith(".npy"):
            array = np.load(path)
            check(array, words[0], shape_of(words[1]), file)
            assert array.flags.f_contiguous or words[2] != "F", file
            count += 1
        else:
            arrays, metadata = read_safetensors(path) if file.endswith(".safetensors") else (np.load(path), {"made by": "NeuralNet \u00e4"})
            assert metadata == {"made by": "NeuralNet \u00e4"}, metadata
            for name in arrays:
                kind, shape = name.split(" ")
                check(arrays[name], kind, shape_of(shape), (file, name))
                count += 1
    print(count, file=sys.stderr)


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](sys.argv[2])
