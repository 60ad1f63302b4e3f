"""Reading and writing weight files, fp32 and int8.

Takes: a Reader and its metadata. Gives: safetensors by the names of the format.
Never: leaves half a file; every write goes to a sibling and is renamed.

Example: `write(path, tensors(reader), metadata(...))`.
"""

import json
import os
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from .network import Reader


def write(path: Path, values: dict[str, torch.Tensor], meta: dict[str, str]):
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    save_file(values, half, metadata=meta)
    os.replace(half, path)


def is_int8(name: str, tensor: torch.Tensor) -> bool:
    return name == "embed.word" or (name.endswith(".weight") and tensor.dim() == 2)


def quantise(values: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Linear maps and word embeddings to I8 with one scale a row, bilinear ones to F16."""
    out = {}
    for name, t in values.items():
        if name.endswith(".bilinear"):
            out[name] = t.half()
        elif is_int8(name, t):
            scale = t.abs().amax(dim=1).clamp_min(1e-20) / 127
            out[name] = torch.round(t / scale[:, None]).clamp(-127, 127).to(torch.int8)
            out[name + ".scale"] = scale
        else:
            out[name] = t
    return out


def read(path: Path) -> tuple[Reader, dict[str, str]]:
    """A Reader from an fp32 or an int8 file; int8 weights come back as q * scale."""
    with safe_open(path, "pt") as f:
        meta = f.metadata()
        values = {name: f.get_tensor(name) for name in f.keys()}
    labels = {k.split(".")[1]: json.loads(v) for k, v in meta.items() if k.startswith("labels.")}
    reader = Reader(labels, json.loads(meta.get("lemma.known", "{}")))
    if "entity.transition" in meta:
        values["transition"] = torch.tensor(json.loads(meta["entity.transition"]))
    else:
        values["transition"] = reader.transition.detach()
    with torch.no_grad():
        for name, p in reader.named_parameters():
            t = values[name].float()
            if name + ".scale" in values:
                t = t * values[name + ".scale"][:, None]
            p.copy_(t)
    return reader.eval(), meta
