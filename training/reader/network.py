"""The network: MiniLM-L6 with word shapes, four token heads and a biaffine tree.

Takes: a batch of piece ids, shape ids and first-piece indices. Gives: for each
word the hidden vector of its first piece, and from it every head's scores.
Never: drops a word; masking is the caller's.

Parameter names are the names in the weight file (see `tensors`).
Example: `reader = Reader(labels); reader.read_minilm(folder)`.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from . import sequence

HIDDEN, HEADS, LAYERS, FFN, PIECES, POSITIONS, SHAPES = 384, 12, 6, 1536, 30522, 512, 16
ARC, LABEL = 256, 128
EPS = 1e-12
TOKEN_HEADS = ("upos", "xpos", "lemma", "entity")


def quantised_rows(x: torch.Tensor) -> torch.Tensor:
    """What int8 with one symmetric scale per row keeps of x."""
    scale = x.abs().amax(dim=-1, keepdim=True).clamp_min(1e-20) / 127
    return torch.round(x / scale).clamp(-127, 127) * scale


class Linear(nn.Linear):
    """A linear map that can play int8: rows of the weight and of the input are rounded."""

    int8 = False

    def forward(self, x):
        if self.int8:
            return F.linear(quantised_rows(x), self.weight, self.bias)
        return super().forward(x)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = (f(x).view(b, n, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        # Written out: on a processor the backward pass of the fused form is five times slower.
        y = ((q @ k.transpose(-1, -2)) * (HIDDEN // HEADS) ** -0.5 + mask).softmax(-1) @ v
        return self.norm(x + self.output(y.transpose(1, 2).reshape(b, n, HIDDEN)))


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.up, self.down = Linear(HIDDEN, FFN), Linear(FFN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)

    def forward(self, x, wet):
        return self.norm(x + wet(self.down(F.gelu(self.up(x)))))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.ffn = Attention(), FeedForward()

    def forward(self, x, mask, wet):
        return self.ffn(self.attention(x, mask), wet)


class Embed(nn.Module):
    def __init__(self):
        super().__init__()
        self.word = nn.Parameter(torch.zeros(PIECES, HIDDEN))
        self.position = nn.Parameter(torch.zeros(POSITIONS, HIDDEN))
        self.shape = nn.Parameter(torch.zeros(SHAPES, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)

    def forward(self, pieces, shapes):
        n = pieces.shape[1]
        return self.norm(F.embedding(pieces, self.word) + self.position[:n] + F.embedding(shapes, self.shape))


class Arc(nn.Module):
    """score(word i <- head j) = d_i' U e_j + u' e_j"""

    def __init__(self):
        super().__init__()
        self.dep, self.head = nn.Linear(HIDDEN, ARC), nn.Linear(HIDDEN, ARC)
        self.bilinear = nn.Parameter(torch.randn(ARC, ARC) * 0.02)
        self.prior = nn.Parameter(torch.zeros(ARC))

    def forward(self, words, drop):
        """words [b, 1 + n, h], the root first -> [b, n, 1 + n]"""
        d = drop(F.gelu(self.dep(words[:, 1:])))
        e = drop(F.gelu(self.head(words)))
        return (d @ self.bilinear) @ e.transpose(1, 2) + (e @ self.prior).unsqueeze(1)


class Label(nn.Module):
    """score_k = d' U_k e + W_k [d; e] + b_k"""

    def __init__(self, k):
        super().__init__()
        self.dep, self.head = nn.Linear(HIDDEN, LABEL), nn.Linear(HIDDEN, LABEL)
        self.bilinear = nn.Parameter(torch.zeros(k, LABEL, LABEL))
        self.linear = nn.Parameter(torch.randn(k, 2 * LABEL) * 0.02)
        self.bias = nn.Parameter(torch.zeros(k))

    def forward(self, dep, head, drop):
        """dep, head [n, h] -> [n, k]"""
        d, e = drop(F.gelu(self.dep(dep))), drop(F.gelu(self.head(head)))
        k = self.bias.shape[0]
        du = (d @ self.bilinear.transpose(0, 1).reshape(LABEL, k * LABEL)).view(-1, k, LABEL)
        return (du * e.unsqueeze(1)).sum(-1) + torch.cat([d, e], -1) @ self.linear.t() + self.bias


class Tree(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.arc, self.label = Arc(), Label(k)


class Reader(nn.Module):
    def __init__(self, labels: dict[str, list[str]], known: dict[str, str] | None = None, drop: float = 0.2):
        super().__init__()
        self.labels = labels
        self.known = known or {}  # lemmas by form and tag
        self.embed = Embed()
        self.layer = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.ModuleDict({name: nn.Linear(HIDDEN, len(labels[name])) for name in TOKEN_HEADS})
        self.tree = Tree(len(labels["tree"]))
        self.register_buffer("barred", sequence.barred(labels["entity"]), persistent=False)
        self.transition = nn.Parameter(sequence.starting(labels["entity"], []))
        self.drop = nn.Dropout(drop)
        self.wet = nn.Dropout(0.1)  # inside the encoder

    def hidden(self, pieces, shapes, mask):
        """mask [b, n] is true where a piece stands."""
        x = self.wet(self.embed(pieces, shapes))
        bias = torch.zeros(mask.shape, dtype=torch.float32).masked_fill(~mask, -1e4)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            bias = bias.to(torch.bfloat16)
        for layer in self.layer:
            x = layer(x, bias, self.wet)
        return x

    @staticmethod
    def words(hidden, first):
        """first [b, 1 + n]: index of each word's first piece, the root's ([CLS], 0) first."""
        return hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))

    def read_minilm(self, folder: Path):
        """Starts the encoder from MiniLM; token type 0 is folded into the positions."""
        src = load_file(folder / "model.safetensors")
        mine = dict(self.named_parameters())

        def put(name, tensor):
            with torch.no_grad():
                mine[name].copy_(tensor)

        put("embed.word", src["embeddings.word_embeddings.weight"])
        put(
            "embed.position",
            src["embeddings.position_embeddings.weight"] + src["embeddings.token_type_embeddings.weight"][0],
        )
        names = {"embed.norm": "embeddings.LayerNorm"}
        for i in range(LAYERS):
            here, there = f"layer.{i}.", f"encoder.layer.{i}."
            for part in ("query", "key", "value"):
                names[f"{here}attention.{part}"] = f"{there}attention.self.{part}"
            names[f"{here}attention.output"] = f"{there}attention.output.dense"
            names[f"{here}attention.norm"] = f"{there}attention.output.LayerNorm"
            names[f"{here}ffn.up"] = f"{there}intermediate.dense"
            names[f"{here}ffn.down"] = f"{there}output.dense"
            names[f"{here}ffn.norm"] = f"{there}output.LayerNorm"
        for name, old in names.items():
            put(f"{name}.weight", src[f"{old}.weight"])
            put(f"{name}.bias", src[f"{old}.bias"])

    def play_int8(self):
        """Rounds the encoder's weights per row and its inputs per token, as the shipped file does."""
        with torch.no_grad():
            self.embed.word.copy_(quantised_rows(self.embed.word))
            for module in self.layer.modules():
                if isinstance(module, Linear):
                    module.weight.copy_(quantised_rows(module.weight))
                    module.int8 = True
        return self


def tensors(reader: Reader) -> dict[str, torch.Tensor]:
    """All but the transition table, which travels in the metadata."""
    named = reader.named_parameters()
    return {name: p.detach().float().contiguous() for name, p in named if name != "transition"}


def metadata(reader: Reader, vocab: list[str], seed: int) -> dict[str, str]:
    out = {
        "format": "verbale-reader",
        "version": "1",
        "vocab": "\n".join(vocab),
        "seed": str(seed),
        "data": "UD English EWT train; English Worldwide Newswire (train articles); all-MiniLM-L6-v2",
        "licence": "CC BY-SA 4.0 (UD EWT); newswire released to train recognisers; Apache-2.0 (MiniLM)",
        "lemma.rules": "case|start cut|prefix|end cut|suffix; case: l lower, k kept, t title; =lemma is whole; "
        "take the best-scored rule that fits, after lemma.known by lowercase form and xpos",
        "entity.transition": json.dumps([[round(v, 5) for v in row] for row in reader.transition.tolist()]),
        "lemma.known": json.dumps(reader.known, ensure_ascii=False),
    }
    for name, values in reader.labels.items():
        out[f"labels.{name}"] = json.dumps(values, ensure_ascii=False)
    return out


def parameter_groups(reader: Reader, encoder_rate: float, head_rate: float, word_rate: float = 0.0):
    """Position embeddings stay frozen, word embeddings too at rate 0; only matrices decay."""
    groups: dict[tuple[float, float], list] = {}
    for name, p in reader.named_parameters():
        if name == "embed.position" or (name == "embed.word" and not word_rate):
            p.requires_grad_(False)
            continue
        rate = head_rate if name.startswith(("head.", "tree.", "embed.shape", "transition")) else encoder_rate
        rate = word_rate if name == "embed.word" else rate
        decay = 0.01 if p.dim() > 1 and not name.startswith(("embed.", "transition")) else 0.0
        groups.setdefault((rate, decay), []).append(p)
    return [{"params": ps, "lr": r, "rate": r, "weight_decay": d} for (r, d), ps in groups.items()]
