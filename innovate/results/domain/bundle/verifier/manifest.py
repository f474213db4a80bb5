"""Whether the manifest is of what was signed, does not contradict itself, and lists the files that are there."""

from __future__ import annotations

from innovate.results.domain.bundle.verifier.files import Note
from innovate.results.domain.bundle.verifier.proofs import Differs, Row, key_id_of, must, sha256

FORMAT = "innovate-result/1"
ALWAYS = {
    "README.md",
    "audit-checkpoint.txt",
    "checkpoint.txt",
    "leaderboard.json",
    "log-proof.json",
    "log.ndjson",
    "manifest.json",
    "verify.py",
}


def check_manifest(manifest: Row, note: Note) -> None:
    """That it is of this format and of what was signed, and does not contradict itself."""
    must(manifest["format"] == FORMAT, f"manifest.json: format {manifest['format']} is not {FORMAT}")
    board, said = manifest["board"], manifest["ballots"]
    origin = f"innovate/hasil/{manifest['competition']['slug']}/{board['round']}/{board['snapshot']}"
    must(note.origin == origin, f"checkpoint.txt: it is of {note.origin}, the manifest of {origin}")
    same = (note.size, note.root) == (said["count"], said["root"])
    must(same, "checkpoint.txt: other ballots than the manifest's")
    must(
        note.words["previous"] == manifest["previous"],
        "manifest.json: another previous than the checkpoint's",
    )
    must(note.key == key_id_of(bytes.fromhex(manifest["key"])), "manifest.json: not the key that signed")
    kind = manifest["publication"]
    must(kind in {"full", "summary"}, f"manifest.json: unknown publication {kind}")
    for each in manifest["rounds"]:
        same = each["method"] == manifest["method"]
        what = f"manifest.json: method of round {each['number']} is {each['method']}"
        must(same, f"{what}, of the result {manifest['method']}")


def check_files(files: dict[str, bytes], manifest: Row) -> int:
    """The list of files and each one's hash; how many are listed."""
    listed, signed = set(manifest["files"]), {"manifest.json", "checkpoint.txt"}
    for name in sorted(set(files) ^ (listed | signed)):
        raise Differs(f"{name}: {'not in the list of files' if name in files else 'missing'}")
    must(listed >= ALWAYS - signed, "manifest.json: its list of files is short")
    is_full = manifest["publication"] == "full"
    must(is_full == ("ballots.ndjson" in listed), "manifest.json: publication and list of files disagree")
    for name in sorted(listed):
        must(sha256(files[name]) == manifest["files"][name], f"{name}: SHA-256 differs from the manifest")
    return len(listed)
