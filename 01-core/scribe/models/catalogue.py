"""The models that can be pulled by name: each pinned to a revision, each file to its checksum.

The checksums were compared between independent public records of the same revisions; a file that the hub
serves with other bytes is refused.
"""

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict

from scribe.models.manifest import FileRecord, Manifest

WHISPER = "whisper"
PYANNOTE = "pyannote"


class CatalogueEntry(BaseModel):
    """A model on the hub; ``gated`` ones are given only to people who accepted conditions there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    family: str
    repo: str
    revision: str
    license: str
    gated: bool = False
    files: dict[str, FileRecord]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(record.size for record in self.files.values())

    @property
    def folder(self) -> str:
        """Where it lies in a store: as the hub's own cache has it."""
        return f"{repo_folder(self.repo)}/snapshots/{self.revision}"

    def manifest(self) -> Manifest:
        """The record of the installed model, all of whose files have just been checked."""
        return Manifest(**self.model_dump(exclude={"gated"}), path=self.folder, verified_at=datetime.now(UTC))


def repo_folder(repo: str) -> str:
    """The folder of all that came from a repository of the hub."""
    return "models--" + repo.replace("/", "--")


def _file(size: int, sha256: str) -> FileRecord:
    return FileRecord(size=size, sha256=sha256)


_TEXT = {
    "tokenizer.json": _file(2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    "vocabulary.txt": _file(459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
}
_TEXT_V3 = {
    "preprocessor_config.json": _file(
        340, "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711"
    ),
    "vocabulary.json": _file(1_068_114, "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1"),
}


def _whisper(
    name: str, revision: str, files: dict[str, FileRecord], repo: str | None = None
) -> CatalogueEntry:
    return CatalogueEntry(
        name=name,
        family=WHISPER,
        repo=repo or f"Systran/faster-whisper-{name}",
        revision=revision,
        license="MIT",
        files=files,
    )


_ENTRIES = (
    _whisper(
        "tiny",
        "d90ca5fe260221311c53c58e660288d3deb8d356",
        {
            "config.json": _file(2_249, "a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8"),
            "model.bin": _file(
                75_538_270, "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1"
            ),
            **_TEXT,
        },
    ),
    _whisper(
        "base",
        "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        {
            "config.json": _file(2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            "model.bin": _file(
                145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
            ),
            **_TEXT,
        },
    ),
    _whisper(
        "small",
        "536b0662742c02347bc0e980a01041f333bce120",
        {
            "config.json": _file(2_370, "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
            "model.bin": _file(
                483_546_902, "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"
            ),
            **_TEXT,
        },
    ),
    _whisper(
        "medium",
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        {
            "config.json": _file(2_257, "3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807"),
            "model.bin": _file(
                1_527_906_378, "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae"
            ),
            **_TEXT,
        },
    ),
    _whisper(
        "large-v2",
        "f0fe81560cb8b68660e564f55dd99207059c092e",
        {
            "config.json": _file(2_796, "d86b7a7664a12559d644aa210a32ce9a7e03913e794b7ea4fb7182de69e273a7"),
            "model.bin": _file(
                3_086_912_962, "bf2a9746382e1aa7ffff6b3a0d137ed9edbd9670c3b87e5d35f5e85e70d0333a"
            ),
            **_TEXT,
        },
    ),
    _whisper(
        "large-v3",
        "edaa852ec7e145841d8ffdb056a99866b5f0a478",
        {
            "config.json": _file(2_394, "a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9"),
            "model.bin": _file(
                3_087_284_237, "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1"
            ),
            "tokenizer.json": _file(
                2_480_617, "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca"
            ),
            **_TEXT_V3,
        },
    ),
    _whisper(
        "large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        {
            "config.json": _file(2_263, "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e"),
            "model.bin": _file(
                1_617_884_929, "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da"
            ),
            "tokenizer.json": _file(
                2_710_337, "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd"
            ),
            **_TEXT_V3,
        },
        repo="dropbox-dash/faster-whisper-large-v3-turbo",
    ),
    CatalogueEntry(
        name="community-1",
        family=PYANNOTE,
        repo="pyannote/speaker-diarization-community-1",
        revision="3533c8cf8e369892e6b79ff1bf80f7b0286a54ee",
        license="CC-BY-4.0",
        gated=True,
        files={
            "config.yaml": _file(444, "5ce2bfa9a938dc132cec1172592d65173cbb8f444ea1e4133f10f9391de155be"),
            "segmentation/pytorch_model.bin": _file(
                5_906_507, "7ad24338d844fb95985486eb1a464e32d229f6d7a03c9abe60f978bacf3f816e"
            ),
            "embedding/pytorch_model.bin": _file(
                26_646_242, "6f10ff60898a1d185fa22e1d11e0bfa8a92efec811f11bca48cb8cafebefd929"
            ),
            "plda/plda.npz": _file(
                133_852, "9b77bcd840692710dd3496f62ecfeed8d8e5f002fd991b785079b244eab7d255"
            ),
            "plda/xvec_transform.npz": _file(
                134_376, "325f1ce8e48f7e55e9c8aa47e05d2766b7c48c4b25b8de8dd751e7a4cc5fbe8f"
            ),
        },
    ),
)

CATALOGUE = {entry.name: entry for entry in _ENTRIES}
"""By name, the smallest of a family first."""
