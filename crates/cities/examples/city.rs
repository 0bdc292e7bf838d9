//! Makes a city to look around in or to measure: `cargo run --release -p cities --example city -- DIR MATTERS [SEED]`.

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = |at: usize| arguments.get(at).and_then(|text| text.parse().ok());
    let (Some(dir), Some(matters)) = (arguments.first(), count(1)) else {
        eprintln!("city DIR MATTERS [SEED]");
        return;
    };
    let plan = cities::Plan { seed: count(2).unwrap_or(1), matters, units: 200 };
    cities::make(std::path::Path::new(dir), &plan, |made| eprintln!("{made} matters"));
}
