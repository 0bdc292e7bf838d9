//! Somebody tampers with a stored record: each tampering is found by `verify`, or by `verify` with the checkpoints kept
//! outside where only these can tell; and whoever serves such a folder signs nothing over it that is not true. What
//! changes nothing that anybody could hold against the record is told apart and counted with its reason.

mod forge;
mod lie;
mod record;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::disk::Dice;
use crate::tamper::lie::{KINDS, Place};
use crate::tamper::record::Stock;

/// What became of a tampering.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Found {
    /// `verify` alone finds it.
    Alone,
    /// `verify` finds it against the checkpoints kept outside.
    Outside,
    /// Nothing was changed that the record says, and this is why.
    Nothing(&'static str),
}

/// Tries tampering number `no`: what it was, and what became of it. Errors: what does not hold.
fn try_one(stock: &Stock, no: usize) -> Result<(String, Found), (String, String)> {
    let (kind, tamper) = KINDS[no % KINDS.len()];
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder");
    let place = Place { root: folder.path(), stock };
    let mut dice = Dice::new(1 + no as u64);
    place.lay_out(&stock.record);
    let what = tamper(&place, &mut dice, no / KINDS.len());
    let told = format!("{kind}: {what}");
    let found = if kind == lie::SERVED { Ok(lie::take_served(&place, &mut dice)) } else { stock.judge(folder.path()) };
    let found = found.map_err(|error| (told.clone(), error))?;
    if kind != lie::SERVED {
        stock.go_on(folder.path()).map_err(|error| (told.clone(), error))?;
    }
    Ok((kind.to_owned(), found))
}

fn tamper(times: usize) {
    let stock = Stock::make();
    let (next, counts, missed) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()), Mutex::new(vec![]));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(8) {
            scope.spawn(|| {
                loop {
                    let no = next.fetch_add(1, Ordering::SeqCst);
                    if no >= times {
                        return;
                    }
                    match try_one(&stock, no) {
                        Ok(found) => *counts.lock().expect("nobody panics").entry(found).or_insert(0) += 1,
                        Err((told, error)) => {
                            missed.lock().expect("nobody panics").push(format!("{no}, {told}: {error}"));
                        }
                    }
                }
            });
        }
    });
    let (counts, missed) = (counts.into_inner().expect("nobody panics"), missed.into_inner().expect("nobody panics"));
    for ((kind, found), count) in &counts {
        println!("{count:>6}  {kind}: {found:?}");
    }
    let of = |wanted: fn(&Found) -> bool| -> usize {
        counts.iter().filter(|((_, found), _)| wanted(found)).map(|(_, count)| count).sum()
    };
    println!(
        "{times} tamperings of a record of {} events: {} found by verify alone, {} with the checkpoints kept outside, {} \
         changed nothing, {} missed",
        stock.events(),
        of(|found| *found == Found::Alone),
        of(|found| *found == Found::Outside),
        of(|found| matches!(found, Found::Nothing(_))),
        missed.len()
    );
    missed.iter().take(40).for_each(|line| println!("MISSED {line}"));
    assert!(missed.is_empty(), "{} tamperings were missed", missed.len());
    assert!(of(|found| *found == Found::Outside) > 0, "no history was signed again");
}

#[test]
fn no_tampering_goes_unnoticed() {
    tamper(300);
}

#[test]
#[ignore = "takes minutes; docs/operations.md says how to run it"]
fn none_of_ten_thousand_tamperings_goes_unnoticed() {
    tamper(10_000);
}
