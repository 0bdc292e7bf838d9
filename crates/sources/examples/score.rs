//! How well texts annotated by hand are read: `score DIR`, the folder as in `tests/communiques`.

#[path = "../tests/scoring/mod.rs"]
mod scoring;

use scoring::Score;

fn main() {
    let folder = std::env::args().nth(1).expect("a folder of texts with their annotations");
    let mut all = Score::default();
    for (name, (_, score, differences)) in scoring::folder(std::path::Path::new(&folder)) {
        println!("{name:<24} {score}");
        for difference in differences {
            println!("    {difference}");
        }
        all += score;
    }
    println!("{:<24} {all}", "all");
}
