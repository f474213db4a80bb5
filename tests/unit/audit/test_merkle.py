"""Merkle trees against the reference vectors of RFC 6962, and what an inclusion proof is worth."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.audit.domain.merkle import (
    Frontier,
    build_levels,
    inclusion_path,
    is_included,
    leaf_hash,
    node_hash,
    prove_many,
    root_of,
)
from innovate.results.domain.bundle.verifier import proofs

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "merkle_rfc6962.json").read_text())
LEAVES = [bytes.fromhex(each) for each in ORACLE["leaves_hex"]]
trees = st.lists(st.binary(max_size=3), min_size=1, max_size=40)


def levels_of(data):
    return build_levels([leaf_hash(each) for each in data])


@pytest.mark.parametrize(("size", "root"), ORACLE["root_of_first_n"].items())
def test_roots_are_those_of_the_reference(size, root) -> None:
    data = LEAVES[: int(size)]
    frontier = Frontier()
    for each in data:
        frontier.add(leaf_hash(each))
    known = {n: proofs.hash_leaf(each) for n, each in enumerate(data)}
    assert root_of(levels_of(data)).hex() == root
    assert frontier.root.hex() == root
    assert proofs.fold(len(data), known).hex() == root


@pytest.mark.parametrize("case", ORACLE["inclusion"], ids=lambda c: f"{c['index']} of {c['size']}")
def test_inclusion_paths_are_those_of_the_reference(case) -> None:
    levels = levels_of(LEAVES[: case["size"]])
    path = inclusion_path(levels, case["index"])
    assert [each.hex() for each in path] == case["path"]
    leaf = leaf_hash(LEAVES[case["index"]])
    assert is_included(leaf, case["index"], case["size"], path, root_of(levels))


@given(trees, st.data())
def test_every_leaf_is_proven_and_nothing_else_is(data, draw) -> None:
    levels, size = levels_of(data), len(data)
    index = draw.draw(st.integers(0, size - 1))
    path, root, leaf = inclusion_path(levels, index), root_of(levels), leaf_hash(data[index])
    assert is_included(leaf, index, size, path, root)
    assert not is_included(leaf_hash(data[index] + b"!"), index, size, path, root)
    assert not is_included(leaf, index, size, [*path, leaf], root)
    assert not is_included(leaf, index, size, path, node_hash(root, root))
    assert not is_included(leaf, size, size, path, root)
    for n in range(len(path)):
        assert not is_included(leaf, index, size, path[:n] + path[n + 1 :], root)
        wrong = [*path[:n], bytes(32), *path[n + 1 :]]
        assert not is_included(leaf, index, size, wrong, root)


@given(trees, st.data())
def test_many_leaves_share_one_proof(data, draw) -> None:
    levels = levels_of(data)
    wanted = draw.draw(st.sets(st.integers(0, len(data) - 1)))
    known = {n: proofs.hash_leaf(data[n]) for n in wanted}
    proof = prove_many(levels, wanted)
    assert proofs.fold(len(data), known, proof) == root_of(levels)
    if wanted:
        changed = {**known, min(wanted): bytes(32)}
        assert proofs.fold(len(data), changed, proof) != root_of(levels)
    with pytest.raises(proofs.Differs):
        proofs.fold(len(data), known, [*proof, bytes(32)])


@given(trees, st.integers(0, 40))
def test_a_tree_kept_between_two_days_grows_to_the_same_root(data, day) -> None:
    frontier = Frontier()
    for each in data[:day]:
        frontier.add(leaf_hash(each))
    frontier = Frontier.from_json(json.loads(json.dumps(frontier.as_json())))
    for each in data[day:]:
        frontier.add(leaf_hash(each))
    assert (frontier.size, frontier.root) == (len(data), root_of(levels_of(data)))


def test_a_place_that_is_not_there_has_no_path() -> None:
    with pytest.raises(IndexError):
        inclusion_path(levels_of([b"a"]), 1)
