//! How many containers there are, and what each may take.

use super::Losses;
use crate::diag::Code;
use crate::ir::{Identity, Quantity, QuantityRange, Resources};
use crate::source::Spanned;
use crate::yaml::{Node, map};

/// Most cores, in thousandths, of a limit that any machine has: Docker refuses a container that may take
/// more cores than there are, where Kubernetes lets it have them all.
const SURE_CORES: i128 = 1000;

/// Docker's least limit, in thousandths of a core. The kubelet gives no container less either
/// (`MinQuotaPeriod`).
const LEAST_CORES: i128 = 10;

/// Microseconds of processors in each tenth of a second, which no machine is too small for, where
/// `limits.cpus` might be more than it has.
pub(super) fn quota(said: &Resources) -> Option<Node> {
    let limit = &said.cpu.as_ref()?.limit;
    let cores = limit.value.milli;
    (cores > SURE_CORES).then(|| {
        let quota = i64::try_from(cores * 100).unwrap_or(i64::MAX);
        Node::integer(quota).at(limit.span)
    })
}

/// What stands under `deploy`, if anything does.
pub(super) fn deploy(
    id: &Identity,
    said: &Resources,
    replicas: Option<Node>,
    losses: &mut Losses,
) -> Option<Node> {
    let Resources { cpu, memory, disk } = said;
    let name = &id.name;
    if let Some(cpu) = cpu {
        let message = format!("the cpu request of `{name}`: nothing is reserved");
        losses.lose(Code::ResourcesLost, cpu.request.span, message);
    }
    if let Some(disk) = disk {
        let message = format!("the disk of `{name}`: nothing is reserved, and nothing bounds it");
        losses.lose(Code::ResourcesLost, disk.request.span, message);
    }
    let places = [cpu, memory].into_iter().flatten();
    let places: Vec<_> = places
        .flat_map(|range: &QuantityRange| [range.request.span, range.limit.span])
        .collect();
    let memory = memory.as_ref();
    let reserved = memory.map(|range| amount(&range.request, bytes));
    let sure = cpu.as_ref();
    let sure = sure.filter(|range| range.limit.value.milli <= SURE_CORES);
    let limits = map! {
        "cpus": sure.map(|range| amount(&range.limit, cores)),
        "memory": memory.map(|range| amount(&range.limit, bytes)),
    };
    let resources = (sure.is_some() || memory.is_some()).then(|| {
        map! {
            "limits": limits.gathered(places.iter().copied()),
            "reservations": reserved.map(|node| {
                let place = node.origin.span;
                map! { "memory": node }.gathered(place)
            }),
        }
        .gathered(places.iter().copied())
    });
    let origin = replicas.iter().flat_map(|node| node.origin.spans());
    let origin: Vec<_> = origin.chain(places.iter().copied()).collect();
    (replicas.is_some() || resources.is_some())
        .then(|| map! { "replicas": replicas, "resources": resources }.gathered(origin))
}

fn amount(quantity: &Spanned<Quantity>, text: fn(&Quantity) -> String) -> Node {
    Node::quoted(text(&quantity.value)).at(quantity.span)
}

/// Cores, as a decimal number.
fn cores(quantity: &Quantity) -> String {
    let milli = quantity.milli.max(LEAST_CORES);
    let (whole, part) = (milli / 1000, milli % 1000);
    let text = format!("{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Bytes, by the largest unit that divides them. Docker's `k`, `m` and `g` are powers of 1024.
pub(super) fn bytes(quantity: &Quantity) -> String {
    let bytes = (quantity.milli + 999) / 1000;
    let units = [(30, "g"), (20, "m"), (10, "k")];
    let unit = units.iter().find(|(bits, _)| bytes % (1 << bits) == 0);
    match unit {
        Some((bits, word)) if bytes > 0 => format!("{}{word}", bytes >> bits),
        _ => format!("{bytes}b"),
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, cores};
    use crate::ir::Quantity;

    #[test]
    fn amounts_are_what_docker_reads() {
        let quantity = |text| Quantity::parse(text).expect("a quantity");
        for (text, expected) in [
            ("1Gi", "1g"),
            ("512Mi", "512m"),
            ("1.5Gi", "1536m"),
            ("3Ki", "3k"),
            ("500M", "500000000b"),
            ("1", "1b"),
            ("1Ti", "1024g"),
        ] {
            assert_eq!(bytes(&quantity(text)), expected, "{text}");
        }
        for (text, expected) in [
            ("100m", "0.1"),
            ("1", "1"),
            ("125m", "0.125"),
            ("1m", "0.01"),
        ] {
            assert_eq!(cores(&quantity(text)), expected, "{text}");
        }
    }
}
