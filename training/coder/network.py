"""The network of the coder: a second MiniLM over the reader's word embeddings.

Takes: piece ids, shape-and-mark ids, first-piece indices. Gives: for each word
the hidden vector of its first piece; from it the scores of triggers, modes and
statuses; from a trigger's and a word's the scores of roles; from the marked words'
the scores of a relation.
Never: changes the reader. Word and position embeddings are the reader's, frozen.

A word's mark (0 none, 1 source, 2 target) is told by its row of the shape table,
row `16 * mark + shape`, so that a marked reading needs no other machinery.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from ..reader.network import EPS, HIDDEN, LAYERS, SHAPES, Label, Layer, Linear, quantised_rows
from . import corpus

MARKS = 3
WORD_HEADS = {"trigger": 1 + len(corpus.TYPES), "mode": len(corpus.MODES), "status": len(corpus.STATUSES)}
RELATED = ("source", "target", "whole")


class Embed(nn.Module):
    def __init__(self):
        super().__init__()
        self.shape = nn.Parameter(torch.zeros(MARKS * SHAPES, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)


class Coder(nn.Module):
    def __init__(self, reader, drop: float = 0.2):
        super().__init__()
        self.word = [reader.embed.word.detach(), reader.embed.position.detach()]  # shared, not ours
        self.embed = Embed()
        self.layer = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.ModuleDict({name: nn.Linear(HIDDEN, n) for name, n in WORD_HEADS.items()})
        for name in RELATED:
            self.head[f"relate_{name}"] = nn.Linear(HIDDEN, 1 + len(corpus.TYPES))
        self.roles = Label(1 + len(corpus.ROLES))
        self.candidate = nn.Linear(HIDDEN, 1)  # on the reader's vectors: may a word be a trigger
        self.drop, self.wet = nn.Dropout(drop), nn.Dropout(0.1)

    def start(self, reader):
        """The layers and norm of MiniLM, from a Reader that has just read it."""
        with torch.no_grad():
            self.embed.norm.load_state_dict(reader.embed.norm.state_dict())
            self.layer.load_state_dict(reader.layer.state_dict())
            self.embed.shape[SHAPES:].normal_(0, 0.02)

    def hidden(self, pieces, shapes, mask):
        word, position = self.word
        x = F.embedding(pieces, word) + position[: pieces.shape[1]] + F.embedding(shapes, self.embed.shape)
        x = self.wet(self.embed.norm(x))
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            bias = bias.to(torch.bfloat16)
        for layer in self.layer:
            x = layer(x, bias, self.wet)
        return x

    def words(self, batch):
        hidden = self.hidden(batch["pieces"], batch["shapes"], batch["mask"])
        first = batch["first"]
        return hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))

    def relate(self, words, marks, there):
        """words [b, n, h], marks [b, n] -> [b, 1 + types]: the sum of three linear maps of means."""
        out = 0
        for name, chosen in zip(RELATED, (marks == 1, marks == 2, there)):
            m = chosen.to(words.dtype).unsqueeze(-1)
            mean = (words * m).sum(1) / m.sum(1).clamp_min(1)
            out = out + self.head[f"relate_{name}"](self.drop(mean))
        return out

    def play_int8(self):
        with torch.no_grad():
            for module in self.layer.modules():
                if isinstance(module, Linear):
                    module.weight.copy_(quantised_rows(module.weight))
                    module.int8 = True
        return self


def tensors(coder: Coder) -> dict[str, torch.Tensor]:
    return {name: p.detach().float().contiguous() for name, p in coder.named_parameters()}


def metadata(seed: int, fitted: dict) -> dict[str, str]:
    return {
        "format": "verbale-coder",
        "version": "1",
        "seed": str(seed),
        "data": "verbale corpus (original sentences, annotations of newswire, marked pairs); all-MiniLM-L6-v2",
        "licence": "CC BY 4.0 (corpus); newswire released to train recognisers; Apache-2.0 (MiniLM)",
        "labels.trigger": json.dumps([corpus.NOTHING] + corpus.TYPES),
        "labels.mode": json.dumps(corpus.MODES),
        "labels.status": json.dumps(corpus.STATUSES),
        "labels.roles": json.dumps([corpus.NOTHING] + corpus.ROLES),
        **{f"labels.relate_{name}": json.dumps([corpus.NOTHING] + corpus.TYPES) for name in RELATED},
        "fitted": json.dumps(fitted),
    }
