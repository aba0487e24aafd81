"""Checks models with onnx (Debian's python3-onnx, 1.12), for OnnxRuntimeTests.cs.

Run with: python3 onnx_check.py folder. Checks every *.onnx there; what is wrong with one goes into a text file of its name.
"""
import pathlib
import sys

import onnx

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    try:
        onnx.checker.check_model(str(path), full_check=True)
    except Exception as error:
        path.with_suffix(".wrong").write_text(f"{type(error).__name__}: {error}")
