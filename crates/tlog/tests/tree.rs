//! The tree against a plain recursive reading of RFC 6962 section 2.1, and every proof against every change of it.

use proptest::prelude::*;
use tlog::{
    Checkpoint, EMPTY_ROOT, Frontier, Hash, Signer, Tile, TilePath, TlogProof, Tree, UpperTree, Verifier, leaf_hash,
    node_hash, parse_bundle, tiles_for, verify_consistency, verify_inclusion,
};

fn entries(n: u64) -> Vec<Vec<u8>> {
    (0..n).map(|i| format!("entry {i}").into_bytes()).collect()
}

/// RFC 6962: MTH(D[n]) = SHA-256(0x01 ‖ MTH(D[0:k]) ‖ MTH(D[k:n])), k the largest power of two below n.
fn root_by_definition(entries: &[Vec<u8>]) -> Hash {
    match entries {
        [] => EMPTY_ROOT,
        [one] => leaf_hash(one),
        many => {
            let k = (many.len().next_power_of_two() / 2).max(1);
            node_hash(&root_by_definition(&many[..k]), &root_by_definition(&many[k..]))
        }
    }
}

fn tree(n: u64) -> Tree {
    let mut tree = Tree::default();
    entries(n).iter().for_each(|entry| tree.push(leaf_hash(entry)));
    tree
}

#[test]
fn roots_are_those_of_the_definition_at_every_size() {
    let (all, whole) = (entries(130), tree(130));
    let mut frontier = Frontier::default();
    for size in 0..=130u64 {
        let by_definition = root_by_definition(&all[..usize::try_from(size).expect("small")]);
        assert_eq!(whole.root(size), Some(by_definition), "size {size}");
        assert_eq!(frontier.root(), by_definition, "size {size}");
        if let Some(entry) = all.get(usize::try_from(size).expect("small")) {
            frontier.push(leaf_hash(entry));
        }
    }
    assert_eq!(whole.root(131), None);
}

#[test]
fn an_upper_tree_shows_the_same_with_leaves_that_are_read_elsewhere() {
    let all: Vec<Hash> = entries(300).iter().map(|entry| leaf_hash(entry)).collect();
    let whole = tree(300);
    let mut upper = UpperTree::default();
    let mut asked = 0;
    for size in 1..=300u64 {
        upper.push(all[usize::try_from(size - 1).expect("small")]);
        assert_eq!(Some(upper.root()), whole.root(size));
        let mut read = |range: std::ops::Range<u64>| {
            assert!(!range.is_empty() && range.end <= size);
            asked += range.end - range.start;
            let at = |n: u64| usize::try_from(n).expect("small");
            Ok::<_, ()>(all[at(range.start)..at(range.end)].to_vec())
        };
        for index in (0..=size).step_by(7) {
            assert_eq!(upper.root_of(index, &mut read), Ok(whole.root(index)));
            assert_eq!(upper.inclusion(index, size, &mut read), Ok(whole.inclusion(index, size)));
            assert_eq!(upper.consistency(index, size, &mut read), Ok(whole.consistency(index, size)));
        }
        for tile in tiles_for(size) {
            assert_eq!(upper.tile(&tile, size, &mut read), Ok(whole.tile(&tile, size)));
        }
        assert_eq!(upper.root_of(size + 1, &mut read), Ok(None));
    }
    assert!(asked > 0);
    // Whoever cannot read gets no proof, and whoever reads something else none that holds.
    assert_eq!(upper.inclusion(3, 300, &mut |_| Err("the disk")), Err("the disk"));
    assert_eq!(upper.inclusion(3, 300, &mut |_| Ok::<_, ()>(vec![])), Ok(None));
    let other = |range: std::ops::Range<u64>| Ok::<_, ()>(range.map(|_| leaf_hash(b"other")).collect());
    let path = upper.inclusion(3, 300, &mut { other }).expect("read").expect("within");
    assert!(verify_inclusion(all[3], 3, 300, upper.root(), &path).is_err());
    assert_eq!(upper.tile(&tiles_for(300)[0], 300, &mut { other }), Ok(None));
}

#[test]
fn every_leaf_is_included_in_every_tree_that_holds_it_and_in_no_other_place() {
    let whole = tree(70);
    for size in 1..=70u64 {
        let root = whole.root(size).expect("within");
        for index in 0..size {
            let leaf = leaf_hash(format!("entry {index}").as_bytes());
            let path = whole.inclusion(index, size).expect("within");
            assert_eq!(verify_inclusion(leaf, index, size, root, &path), Ok(()), "{index} of {size}");
            assert!(size == 1 || verify_inclusion(leaf, (index + 1) % size, size, root, &path).is_err());
            assert!(verify_inclusion(leaf_hash(b"other"), index, size, root, &path).is_err());
            assert!(verify_inclusion(leaf, index, size, root, &[&path[..], &[root]].concat()).is_err());
            if let Some((_, shorter)) = path.split_last() {
                assert!(verify_inclusion(leaf, index, size, root, shorter).is_err());
            }
        }
    }
}

#[test]
fn every_tree_begins_with_every_smaller_one_and_with_no_other() {
    let whole = tree(70);
    for new in 0..=70u64 {
        let new_root = whole.root(new).expect("within");
        for old in 0..=new {
            let old_root = whole.root(old).expect("within");
            let path = whole.consistency(old, new).expect("within");
            assert_eq!(verify_consistency(old, old_root, new, new_root, &path), Ok(()), "{old} in {new}");
            assert!(verify_consistency(old, leaf_hash(b"forged"), new, new_root, &path).is_err());
            if old > 0 {
                assert!(verify_consistency(old, old_root, new, leaf_hash(b"forged"), &path).is_err() || old == new);
            }
            for at in 0..path.len() {
                let mut changed = path.clone();
                changed[at].0[3] ^= 0x10;
                assert!(verify_consistency(old, old_root, new, new_root, &changed).is_err(), "{old} in {new} at {at}");
            }
        }
    }
}

#[test]
fn tiles_hold_the_hashes_of_the_tree_and_only_of_the_published_part() {
    let whole = tree(700);
    let full = whole.tile(&Tile { level: 0, index: 1, width: 256 }, 600).expect("published");
    assert_eq!(full[..32], leaf_hash(b"entry 256").0);
    assert_eq!(full.len(), 8192);
    let above = whole.tile(&Tile { level: 1, index: 0, width: 2 }, 600).expect("published");
    assert_eq!(above[32..], root_by_definition(&entries(512)[256..]).0);
    assert!(whole.tile(&Tile { level: 0, index: 2, width: 89 }, 600).is_none(), "89 > 600 - 512");
    assert!(whole.tile(&Tile { level: 0, index: 2, width: 88 }, 600).is_some());
    assert!(whole.tile(&Tile { level: 0, index: 0, width: 256 }, 701).is_none(), "beyond the tree");
}

#[test]
fn an_offline_proof_shows_one_entry_and_no_other() {
    let (whole, signer) = (tree(20), Signer::new("log.example/qinghe", &[9; 32]).expect("a name"));
    let verifier = Verifier::parse(&signer.vkey()).expect("its own key");
    let checkpoint = Checkpoint { origin: signer.name().into(), size: 20, root: whole.root(20).expect("within") };
    let note = checkpoint.sign(&signer).expect("own origin");
    let proof = TlogProof {
        extra: Some(vec![1, 2]),
        index: 7,
        path: whole.inclusion(7, 20).expect("within"),
        checkpoint: note,
    };
    let read = TlogProof::parse(&proof.text()).expect("its own text");
    assert_eq!(read, proof);
    assert_eq!(read.verify(b"entry 7", &verifier), Ok(checkpoint));
    assert!(read.verify(b"entry 8", &verifier).is_err());
    let bare = TlogProof { extra: None, ..proof };
    assert_eq!(TlogProof::parse(&bare.text()).expect("its own text"), bare);
}

proptest! {
    #[test]
    fn large_trees_prove_what_they_hold(size in 1u64..3000, a in any::<u64>(), b in any::<u64>()) {
        let whole = tree(size);
        let root = whole.root(size).expect("within");
        let index = a % size;
        let path = whole.inclusion(index, size).expect("within");
        let leaf = leaf_hash(format!("entry {index}").as_bytes());
        prop_assert_eq!(verify_inclusion(leaf, index, size, root, &path), Ok(()));
        let old = b % (size + 1);
        let path = whole.consistency(old, size).expect("within");
        prop_assert_eq!(verify_consistency(old, whole.root(old).expect("within"), size, root, &path), Ok(()));
    }

    #[test]
    fn no_input_makes_a_parser_panic(text in "\\PC{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = tlog::Note::parse(&text);
        let _ = Checkpoint::parse(&text);
        let _ = TlogProof::parse(&text);
        let _ = TilePath::parse(&text);
        let _ = Verifier::parse(&text);
        let _ = parse_bundle(&bytes);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let _ = tlog::Note::parse(text);
        }
    }

    #[test]
    fn no_proof_makes_a_verifier_panic(
        index in any::<u64>(), size in any::<u64>(), old in any::<u64>(),
        path in prop::collection::vec(any::<[u8; 32]>().prop_map(Hash), 0..70),
    ) {
        prop_assert!(verify_inclusion(leaf_hash(b"x"), index, size, EMPTY_ROOT, &path).is_err());
        let _ = verify_consistency(old, EMPTY_ROOT, size, leaf_hash(b"x"), &path);
    }

    #[test]
    fn an_address_reads_back_as_it_is_written(level in 0u8..64, index in 0u64..1 << 50, width in 1u16..=256) {
        let tile = Tile { level, index, width };
        prop_assert_eq!(TilePath::parse(&TilePath::Hashes(tile).to_string()), Some(TilePath::Hashes(tile)));
        let tile = Tile { level: 0, ..tile };
        prop_assert_eq!(TilePath::parse(&TilePath::Entries(tile).to_string()), Some(TilePath::Entries(tile)));
    }
}
