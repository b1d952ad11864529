//! Text to typed values: numbers, ports, durations, quantities. Each says what is wrong with a
//! text that is none.

use std::ops::RangeInclusive;

use super::implausible;
use super::measure::Measure;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Quantity, QuantityRange};
use crate::source::Spanned;
use crate::syntax::ast::{Amount, Name};

/// The number of a port, where a text is one: 1 to 65535.
pub(in crate::check) fn port_number(text: &str) -> Option<u16> {
    text.parse().ok().filter(|port| *port > 0)
}

/// A port: 1 to 65535.
pub(in crate::check) fn port(name: &Name, found: &mut Findings) -> Option<u16> {
    let port = port_number(&name.value);
    if port.is_none() {
        let message = format!("`{}` isn't a valid port", name.value);
        let diagnostic = Diagnostic::new(Code::InvalidPort, name.span, message);
        found.push(diagnostic.help("write a whole number from 1 to 65535"));
    }
    port
}

/// A port of the nodes: Kubernetes' default range, which only the allocator of a live cluster
/// checks.
pub(in crate::check) fn node_port(name: &Name, found: &mut Findings) -> Option<u16> {
    let port = name
        .value
        .parse::<u16>()
        .ok()
        .filter(|port| (30000..=32767).contains(port));
    if port.is_none() {
        let message = format!("`{}` isn't a valid node port", name.value);
        let diagnostic = Diagnostic::new(Code::InvalidPort, name.span, message);
        found.push(diagnostic.help("write a whole number from 30000 to 32767"));
    }
    port
}

/// A whole number within bounds; complains of another. `what` names it, as in "no number of replicas".
pub(in crate::check) fn number(
    name: &Name,
    what: &str,
    bounds: RangeInclusive<u32>,
    found: &mut Findings,
) -> Option<u32> {
    whole(name, what, bounds)
        .map_err(|fault| found.push(*fault))
        .ok()
}

/// The same, or what to say of it.
pub(in crate::check) fn whole(
    name: &Name,
    what: &str,
    bounds: RangeInclusive<u32>,
) -> Result<u32, Box<Diagnostic>> {
    let number = name.value.parse::<u32>().ok();
    number
        .filter(|number| bounds.contains(number))
        .ok_or_else(|| {
            let message = format!("`{}` isn't a valid {what}", name.value);
            let diagnostic = Diagnostic::new(Code::InvalidNumber, name.span, message);
            let (least, most) = (bounds.start(), bounds.end());
            let help = format!("write a whole number from {least} to {most}");
            Box::new(diagnostic.help(help))
        })
}

/// A duration in seconds, from one second to a day.
pub(in crate::check) fn duration(name: &Name, found: &mut Findings) -> Option<u32> {
    const DAY: u32 = 24 * 60 * 60;
    let text = name.value.as_str();
    let units = [('s', 1), ('m', 60), ('h', 3600)];
    let seconds = units.iter().find_map(|(unit, scale)| {
        text.strip_suffix(*unit)?
            .parse::<u32>()
            .ok()?
            .checked_mul(*scale)
    });
    let seconds = seconds.filter(|seconds| (1..=DAY).contains(seconds));
    if seconds.is_none() {
        let message = format!("`{text}` isn't a valid duration");
        let diagnostic = Diagnostic::new(Code::InvalidDuration, name.span, message);
        let bare = text.parse::<u32>();
        found.push(if bare.is_ok_and(|number| (1..=DAY).contains(&number)) {
            diagnostic.fix(
                format!("write seconds as `{text}s`"),
                name.span,
                format!("{text}s"),
            )
        } else {
            diagnostic.help("write `30s`, `5m` or `1h`: whole, from one second to a day")
        });
    }
    seconds
}

/// Most thousandths of a core or byte: Kubernetes counts in 64 bits (apimachinery's `MilliValue`).
const MOST_MILLI: i128 = i64::MAX as i128;

/// An amount of cpu, memory or storage, above nothing.
pub(in crate::check) fn quantity(
    name: &Name,
    measure: Measure,
    found: &mut Findings,
) -> Option<Spanned<Quantity>> {
    let quantity = parsed(name, measure, found)?;
    implausible::amount(name, &quantity.value, measure, found);
    Some(quantity)
}

/// What a quantity says, be it plausible or not.
fn parsed(name: &Name, measure: Measure, found: &mut Findings) -> Option<Spanned<Quantity>> {
    let text = name.value.as_str();
    let quantity = Quantity::parse(text);
    let wrong = match &quantity {
        None => format!("`{text}` isn't a valid quantity of {}", measure.word()),
        Some(quantity) if quantity.milli == 0 => {
            format!("`{text}` means no {} at all", measure.word())
        }
        Some(quantity) if quantity.milli > MOST_MILLI => {
            format!("`{text}` is more {} than there can be", measure.word())
        }
        Some(quantity) if measure != Measure::Cpu && !quantity.is_whole() => {
            format!("`{text}` is not a whole number of bytes")
        }
        Some(quantity) => return Some(Spanned::new(quantity.clone(), name.span)),
    };
    let diagnostic = Diagnostic::new(Code::InvalidQuantity, name.span, wrong);
    found.push(match respelled(text, measure) {
        Some(right) => diagnostic.fix(format!("write `{right}`"), name.span, right),
        None => diagnostic.help(measure.help()),
    });
    None
}

/// The right spelling of a quantity with a unit that people use elsewhere.
fn respelled(text: &str, measure: Measure) -> Option<String> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let right = match (measure, unit.to_ascii_lowercase().as_str()) {
        (Measure::Cpu, _) => return None,
        (_, "k" | "kb" | "kib") => "Ki",
        (_, "m" | "mb" | "mib") => "Mi",
        (_, "g" | "gb" | "gib") => "Gi",
        (_, "t" | "tb" | "tib") => "Ti",
        _ => return None,
    };
    let right = format!("{digits}{right}");
    Quantity::parse(&right)
        .filter(Quantity::is_whole)
        .map(|quantity| quantity.text)
}

/// The least memory that a container may be limited to, in thousandths of bytes: Docker's bound, below
/// which its process is killed before it begins.
const LEAST_LIMIT: i128 = 1000 * (6 << 20);

/// A limit, with which a container can start.
fn limit(name: &Name, measure: Measure, found: &mut Findings) -> Option<Spanned<Quantity>> {
    let limit = parsed(name, measure, found)?;
    if measure != Measure::Memory || limit.value.milli >= LEAST_LIMIT {
        implausible::amount(name, &limit.value, measure, found);
        return Some(limit);
    }
    let text = name.value.as_str();
    let message = format!("no process starts with a limit of `{text}` of memory");
    let diagnostic = Diagnostic::new(Code::LimitTooLow, name.span, message);
    let is_bare = text.chars().all(|c| c.is_ascii_digit());
    let right = format!("{text}Mi");
    let fits = |quantity: &Quantity| (LEAST_LIMIT..MOST_MILLI).contains(&quantity.milli);
    found.push(
        if is_bare && Quantity::parse(&right).as_ref().is_some_and(fits) {
            diagnostic.maybe(format!("write `{right}`"), name.span, right)
        } else {
            diagnostic.help("write what the process takes, from `6Mi` on")
        },
    );
    None
}

/// Request and limit.
pub(in crate::check) fn amount(
    amount: &Amount,
    measure: Measure,
    found: &mut Findings,
) -> Option<QuantityRange> {
    let request = match &amount.limit {
        Some(_) => quantity(&amount.request, measure, found),
        None => limit(&amount.request, measure, found),
    };
    let limit = match &amount.limit {
        Some(amount) => limit(amount, measure, found),
        None => request.clone(),
    };
    let range = QuantityRange {
        request: request?,
        limit: limit?,
    };
    if range.request.value.milli <= range.limit.value.milli {
        return Some(range);
    }
    let (request, limit) = (&range.request, &range.limit);
    let message = format!(
        "the request `{}` is above the limit `{}`",
        request.value.text, limit.value.text
    );
    found.push(
        Diagnostic::new(Code::InvertedRange, request.span, message)
            .label("the request")
            .also(limit.span, "the limit")
            .maybe(
                "put the smaller one first",
                request.span.to(limit.span),
                format!("{}..{}", limit.value.text, request.value.text),
            ),
    );
    None
}
