"""The models on the simulated disks: sizes as the real files have them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One model as it lies on a disk, and what it costs to run."""

    name: str
    family: str
    format: str
    quantisation: str
    parameters: str
    """As Ollama spells it: `7.6B`."""
    disk_bytes: int
    layers: int
    kv_bytes_per_token: int
    """With 16-bit keys and values."""
    buffer_bytes: int
    """Compute buffers and what the engine keeps beside weights and cache."""
    context_max: int
    load_s: float
    """World seconds from disk to ready: real minutes, scaled down."""
    tokens_per_s: float
    use_case: str
    capabilities: tuple[str, ...] = ("completion",)
    embedding_length: int = 4096

    @property
    def digest(self) -> str:
        """64 hexadecimal digits, the same in every run."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    @property
    def embeds(self) -> bool:
        """Whether it makes vectors instead of text."""
        return "embedding" in self.capabilities

    def vram_bytes(self, context: int, kv_share: float = 1.0) -> int:
        """Weights, cache for `context` tokens and buffers; `kv_share` is the cache's size against 16 bit."""
        return self.disk_bytes + int(context * self.kv_bytes_per_token * kv_share) + self.buffer_bytes


def _seventy_b(name: str, use_case: str, disk_bytes: int) -> ModelFile:
    return ModelFile(
        name=name,
        family="llama",
        format="EXL2",
        quantisation="4.0bpw",
        parameters="70.6B",
        disk_bytes=disk_bytes,
        layers=80,
        kv_bytes_per_token=327_680,
        buffer_bytes=1_100 * MB,
        context_max=131_072,
        load_s=2.0,
        tokens_per_s=24.0,
        use_case=use_case,
        embedding_length=8192,
    )


LLAMA_70B = _seventy_b("Llama-3.3-70B-Instruct-exl2-4.0bpw", "general, reasoning", 36_204_718_080)
DEEPSEEK_70B = _seventy_b("DeepSeek-R1-Distill-70B-exl2-4.0bpw", "coding, maths", 36_204_914_688)

QWEN_7B = ModelFile(
    name="qwen2.5:7b",
    family="qwen2",
    format="GGUF",
    quantisation="Q8_0",
    parameters="7.6B",
    disk_bytes=8_098_525_888,
    layers=28,
    kv_bytes_per_token=57_344,
    buffer_bytes=520 * MB,
    context_max=32_768,
    load_s=0.8,
    tokens_per_s=92.0,
    use_case="fast responses",
    capabilities=("completion", "tools"),
    embedding_length=3584,
)

CODESTRAL_22B = ModelFile(
    name="codestral:22b",
    family="llama",
    format="GGUF",
    quantisation="Q6_K",
    parameters="22.2B",
    disk_bytes=18_252_706_336,
    layers=56,
    kv_bytes_per_token=229_376,
    buffer_bytes=640 * MB,
    context_max=32_768,
    load_s=3.0,
    tokens_per_s=31.0,
    use_case="code generation",
    capabilities=("completion", "insert"),
    embedding_length=6144,
)

NOMIC = ModelFile(
    name="nomic-embed-text:latest",
    family="nomic-bert",
    format="GGUF",
    quantisation="F16",
    parameters="137M",
    disk_bytes=274_302_450,
    layers=12,
    kv_bytes_per_token=0,
    buffer_bytes=290 * MB,
    context_max=2_048,
    load_s=0.2,
    tokens_per_s=900.0,
    use_case="embeddings",
    capabilities=("embedding",),
    embedding_length=768,
)

MISTRAL_7B = ModelFile(
    name="mistral:7b",
    family="llama",
    format="GGUF",
    quantisation="Q4_0",
    parameters="7.2B",
    disk_bytes=4_113_301_824,
    layers=32,
    kv_bytes_per_token=131_072,
    buffer_bytes=480 * MB,
    context_max=32_768,
    load_s=0.6,
    tokens_per_s=104.0,
    use_case="drafts, chat",
    capabilities=("completion", "tools"),
    embedding_length=4096,
)

LLAMA_3B = ModelFile(
    name="llama3.2:3b",
    family="llama",
    format="GGUF",
    quantisation="Q4_K_M",
    parameters="3.2B",
    disk_bytes=2_019_393_189,
    layers=28,
    kv_bytes_per_token=114_688,
    buffer_bytes=400 * MB,
    context_max=131_072,
    load_s=0.4,
    tokens_per_s=150.0,
    use_case="small and quick",
    capabilities=("completion", "tools"),
    embedding_length=3072,
)

QWEN_14B = ModelFile(
    name="qwen2.5:14b",
    family="qwen2",
    format="GGUF",
    quantisation="Q4_K_M",
    parameters="14.8B",
    disk_bytes=8_988_124_069,
    layers=48,
    kv_bytes_per_token=196_608,
    buffer_bytes=600 * MB,
    context_max=32_768,
    load_s=1.0,
    tokens_per_s=52.0,
    use_case="careful answers",
    capabilities=("completion", "tools"),
    embedding_length=5120,
)

TABBY_MODELS = (LLAMA_70B, DEEPSEEK_70B)
OLLAMA_MODELS = (QWEN_7B, CODESTRAL_22B, NOMIC, MISTRAL_7B)
PULLABLE = (*OLLAMA_MODELS, LLAMA_3B, QWEN_14B)
"""What the simulated registry has; any other name is unknown to it."""
