//! How long the stages take in memory, by the number of tiers; what mistakes cost, and
//! charts beside the objects that they are of.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads its texts and the clock"
)]

mod texts;

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use todoc::backend::{BACKENDS, Backend, backend};
use todoc::check::{check, file_facts};
use todoc::diag::render;
use todoc::source::{Beside, Contexts, FileId, Files, SourceMap};
use todoc::syntax::parse;
use todoc::{Options, check_all, compile, compile_all};

/// The time that this thread has had a processor: what else a machine does takes none of it.
struct Processor;

impl Measurement for Processor {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::try_from(time).expect("it never runs backwards")
    }

    fn end(&self, start: Duration) -> Duration {
        self.start().saturating_sub(start)
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

const TIERS: [usize; 4] = [1, 10, 100, 1000];

fn options(emit: impl Iterator<Item = &'static &'static Backend>) -> Options {
    Options {
        emit: emit.copied().collect(),
        source_name: "shop.todo".to_owned(),
        ..Options::default()
    }
}

fn tiers(criterion: &mut Criterion<Processor>) {
    let by_default = options(BACKENDS.iter().filter(|backend| backend.default));
    let in_all_formats = options(BACKENDS.iter());
    let (files, contexts) = (Files::new(), Contexts::new());
    let beside = Beside {
        files: &files,
        contexts: &contexts,
        gives_values: false,
        commit: None,
    };
    let formats: Vec<_> = BACKENDS.iter().map(|backend| backend.check).collect();
    for stage in ["parse", "check", "build", "all"] {
        let mut group = criterion.benchmark_group(stage);
        group
            .sample_size(20)
            .measurement_time(Duration::from_secs(3));
        for tiers in TIERS {
            let text = texts::application(tiers);
            keep(&format!("{tiers}.todo"), &text);
            let parsed = parse(FileId(0), &text);
            group.throughput(Throughput::Elements(tiers as u64));
            let id = BenchmarkId::from_parameter(tiers);
            group.bench_function(id, |bencher| match stage {
                "parse" => bencher.iter(|| parse(FileId(0), black_box(&text))),
                "check" => bencher.iter(|| {
                    let facts = file_facts(&parsed.file, &files);
                    check(&parsed.file, None, (None, None), beside, &facts, &formats)
                }),
                _ => bencher.iter(|| {
                    let options = if stage == "all" {
                        &in_all_formats
                    } else {
                        &by_default
                    };
                    let compiled = compile(black_box(&text), options);
                    assert!(compiled.artifacts.len() > tiers);
                    compiled
                }),
            });
        }
        group.finish();
    }
}

/// What it takes to know where each line comes from, which a build doesn't ask for.
fn marked(criterion: &mut Criterion<Processor>) {
    let options = Options {
        marks: true,
        ..options(BACKENDS.iter().filter(|backend| backend.default))
    };
    let text = texts::application(100);
    let mut group = criterion.benchmark_group("marked");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(3));
    group.bench_function(BenchmarkId::from_parameter(100), |bencher| {
        bencher.iter(|| compile(black_box(&text), &options));
    });
    group.finish();
}

fn mistakes(criterion: &mut Criterion<Processor>) {
    let text = texts::mistaken();
    keep("mistakes.todo", &text);
    let found = check_all(&text, Files::new());
    assert_eq!((text.lines().count(), found.len()), (10_001, 1_000));
    let sources = SourceMap::single("shop.todo", text.as_str());
    let mut group = criterion.benchmark_group("mistakes");
    group.bench_function("find", |bencher| {
        bencher.iter(|| check_all(black_box(&text), Files::new()));
    });
    group.bench_function("render", |bencher| {
        bencher.iter(|| render::text(&sources, &found));
    });
    group.finish();
}

/// What the objects of all examples take, and their charts: at most half as long again.
fn charts(criterion: &mut Criterion<Processor>) {
    let examples = std::fs::read_dir("examples").expect("the examples");
    let paths = examples.map(|entry| entry.expect("an example").path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "todo"))
        .collect();
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a text"));
    let texts: Vec<String> = texts.collect();
    let mut group = criterion.benchmark_group("examples");
    for name in ["kubernetes", "helm"] {
        let options = Options {
            emit: vec![backend(name).expect("a backend")],
            source_name: "example.todo".to_owned(),
            ..Options::default()
        };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for text in &texts {
                    let all = compile_all(black_box(text), &options);
                    assert!(all.builds.iter().all(|it| !it.artifacts.is_empty()));
                }
            });
        });
    }
    group.finish();
}

/// Leaves a text where `benches/compare` finds it.
fn keep(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(path, text).expect("the target folder can be written to");
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(Processor);
    targets = tiers, marked, mistakes, charts
}
criterion_main!(benches);
