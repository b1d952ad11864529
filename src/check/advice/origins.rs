//! Lists of origins: whose pages may call a server. Browsers compare them with the page's scheme,
//! host and port, letter by letter.

use std::collections::{BTreeMap, BTreeSet};

use super::audience;
use super::known;
use super::readings::{self, Leaf, LeafKind, Reading, Readings};
use crate::catalog::members::{MemberValue, PublicMember, TierMember};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::urls::Url;
use crate::check::values::public::{Exposed, public_address};
use crate::diag::{Code, Diagnostic};
use crate::ir::Expose;
use crate::source::Span;
use crate::syntax::ast::{Name, Reference, Value, ValueKind};

/// Names that servers read such lists from, as the frameworks' guides have them. A prefix of the
/// application's own may stand before each.
const LISTS: &[&str] = &[
    "ALLOWED_ORIGIN",
    "ALLOWED_ORIGINS",
    "ALLOW_ORIGIN",
    "ALLOW_ORIGINS",
    "CORS_ORIGIN",
    "CORS_ORIGINS",
    "TRUSTED_ORIGIN",
    "TRUSTED_ORIGINS",
];

/// Names that say whether such a server also takes cookies.
const CREDENTIALS: &[&str] = &[
    "ALLOW_CREDENTIALS",
    "ALLOWED_CREDENTIALS",
    "CORS_CREDENTIALS",
];

fn is_one_of(name: &str, names: &[&str]) -> bool {
    let name = name.to_ascii_uppercase();
    names.iter().any(|known| {
        let before = name.strip_suffix(known);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    })
}

/// Whether a name is that of a list of origins.
pub(in crate::check) fn is_list(name: &str) -> bool {
    is_one_of(name, LISTS)
}

/// Checks all lists of origins.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    let wanted = |name: &Name, _: Option<&Value>| {
        is_list(&name.value) || is_one_of(&name.value, CREDENTIALS)
    };
    let all = readings.all(wanted);
    let callers = callers(readings);
    let mut seen = BTreeSet::new();
    for reading in &all {
        let Some(value) = reading.value.filter(|_| is_list(&reading.name.value)) else {
            continue;
        };
        let items = items(value, scope);
        if seen.insert(value.span) {
            for item in &items {
                is_origin(item, reading, found);
            }
            anybody_with_cookies(&items, reading, &all, found);
        }
        let pages = callers.get(reading.face.id.name.as_str());
        let pages = pages.map_or(&[][..], Vec::as_slice);
        pages_are_listed(&items, value, reading, pages, scope, found);
    }
}

/// One origin of a list, as far as it is known.
struct ListedOrigin<'s, 'a> {
    leaf: Leaf<'s, 'a>,
    /// Its text; nothing where that can't be known, which is complained of elsewhere.
    text: Option<String>,
    /// Whether it is all of a string, so that its place can be written anew.
    whole: bool,
}

fn items<'s, 'a>(value: &'a Value, scope: &'s Scope<'a>) -> Vec<ListedOrigin<'s, 'a>> {
    let mut items = Vec::new();
    for leaf in readings::leaves(value, scope) {
        match leaf.kind {
            LeafKind::Text(text) => {
                // A string may hold several, or be an array of JSON.
                let parts = text.trim().trim_start_matches('[').trim_end_matches(']');
                let parts: Vec<_> = parts.split([',', ' ']).collect();
                let bare = |part: &str| part.trim_matches(['"', '\'']).to_owned();
                for part in parts.iter().filter(|part| !part.is_empty()) {
                    let kind = LeafKind::Text(text);
                    items.push(ListedOrigin {
                        leaf: Leaf {
                            span: leaf.span,
                            kind,
                        },
                        text: Some(bare(part)),
                        whole: *part == text,
                    });
                }
            }
            LeafKind::Member(reference, thing, member) => {
                let text = origin_of((reference, thing), member, scope);
                let path = reference.path.as_ref().map_or("", |path| &path.value);
                items.push(ListedOrigin {
                    leaf,
                    text: text.map(|text| text + path),
                    whole: true,
                });
            }
        }
    }
    items
}

/// What a reference to something's public URL or origin stands for.
fn origin_of(
    (reference, thing): (&Reference, &Thing<'_>),
    member: MemberValue,
    scope: &Scope<'_>,
) -> Option<String> {
    let (exposed, member) = Exposed::read(reference, thing, member)?;
    let address = exposed.address(scope).ok()?;
    match member {
        PublicMember::Origin => Some(address.origin()),
        PublicMember::Url => Some(address.url()),
        PublicMember::WebSocket | PublicMember::Host => None,
    }
}

/// Warns of a path or a slash behind an origin.
fn is_origin(item: &ListedOrigin<'_, '_>, reading: &Reading<'_, '_>, found: &mut Findings) {
    let Some(text) = &item.text else { return };
    if let LeafKind::Member(
        Reference { path: None, .. },
        _,
        MemberValue::Tier(TierMember::Public(PublicMember::Origin))
        | MemberValue::PublicPort(PublicMember::Origin),
    ) = item.leaf.kind
    {
        // What looks like a path is in a host that is none.
        return;
    }
    let Some(url) = Url::of(text).filter(|url| !url.rest.is_empty()) else {
        return;
    };
    let origin = &text[..text.len() - url.rest.len()];
    let name = &reading.name.value;
    let what = if url.rest == "/" { "a slash" } else { "a path" };
    let message = format!("`{text}` matches no page: an origin ends without {what}");
    let diagnostic = Diagnostic::new(Code::OriginMismatch, item.leaf.span, message).also(
        reading.name.span,
        format!("browsers compare `{name}` with `{origin}`"),
    );
    found.push(match (&item.leaf.kind, item.whole) {
        (LeafKind::Member(reference, ..), _) => {
            let owner = reference
                .parts
                .split_last()
                .map_or(&[][..], |(_, owner)| owner);
            let owner: Vec<_> = owner.iter().map(|part| part.value.as_str()).collect();
            let right = format!("{}.origin", owner.join("."));
            diagnostic.fix(format!("write `{right}`"), item.leaf.span, right)
        }
        (LeafKind::Text(_), true) => {
            let right = format!("\"{origin}\"");
            diagnostic.fix(format!("write {right}"), item.leaf.span, right)
        }
        (LeafKind::Text(_), false) => diagnostic.help(format!("write `{origin}` in it")),
    });
}

/// Warns of a `*` where cookies are taken as well: browsers refuse both together.
fn anybody_with_cookies(
    items: &[ListedOrigin<'_, '_>],
    reading: &Reading<'_, '_>,
    all: &[Reading<'_, '_>],
    found: &mut Findings,
) {
    let Some(star) = items.iter().find(|item| item.text.as_deref() == Some("*")) else {
        return;
    };
    let is_true = |value: &Value| matches!(&value.kind, ValueKind::Text(text) if matches!(text.to_ascii_lowercase().as_str(), "true" | "1" | "yes"));
    let cookies = all.iter().find(|other| {
        std::ptr::eq(other.face, reading.face)
            && is_one_of(&other.name.value, CREDENTIALS)
            && other.value.is_some_and(is_true)
    });
    let Some(cookies) = cookies else { return };
    let message = "browsers refuse `*` where cookies are allowed as well";
    found.push(
        Diagnostic::new(Code::OriginMismatch, star.leaf.span, message)
            .also(cookies.name.span, "this allows them")
            .help("list the origins of the pages that call this server, such as `web.origin`"),
    );
}

/// Warns of pages that call the server of a list which leaves their origin out.
fn pages_are_listed(
    items: &[ListedOrigin<'_, '_>],
    value: &Value,
    reading: &Reading<'_, '_>,
    pages: &[&TierFace<'_>],
    scope: &Scope<'_>,
    found: &mut Findings,
) {
    let server = reading.face;
    // What couldn't be read may be the one that is missing.
    if items.iter().any(|item| item.text.is_none()) {
        return;
    }
    for page in pages.iter().filter(|page| !std::ptr::eq(**page, server)) {
        let Some(origin) = PageOrigin::of(page, scope) else {
            continue;
        };
        // Pages from the server's own origin need no leave.
        let own = public_address(server, scope).ok();
        let is_own = matches!(&origin, PageOrigin::Known(origin) if own.is_some_and(|own| own.origin() == *origin));
        let listed =
            |item: &ListedOrigin<'_, '_>| item.text.as_deref().is_some_and(|text| origin.is(text));
        if is_own || items.iter().any(listed) {
            continue;
        }
        let name = &page.id.name;
        let message = format!(
            "`{}` leaves out the pages of `{name}`, which call this server",
            reading.name.value
        );
        let diagnostic = Diagnostic::new(Code::OriginMismatch, value.span, message)
            .also(page.expose.span, format!("browsers know them by {origin}"));
        let known = known::is_known_to_browsers(page.tier, scope);
        let edit = known.then(|| added(value, name)).flatten();
        found.push(match edit {
            Some((span, text)) => diagnostic.fix(format!("add `{name}.origin`"), span, text),
            None if known => diagnostic.help(format!("add `{name}.origin`")),
            None => diagnostic.help(format!(
                "say by which host, as in `host \"localhost\"`, and add `{name}.origin`"
            )),
        });
    }
}

/// Where to write one more origin, and how.
fn added(value: &Value, page: &str) -> Option<(Span, String)> {
    match &value.kind {
        ValueKind::List(items) | ValueKind::Json(items) => {
            let last = items.last()?.span;
            let end = Span {
                start: last.end,
                ..last
            };
            Some((end, format!(", {page}.origin")))
        }
        ValueKind::Text(text) if !text.contains(['[', ',', '"', '\\']) => {
            Some((value.span, format!("[\"{text}\", {page}.origin]")))
        }
        ValueKind::Text(_) | ValueKind::Bare(_) | ValueKind::Reference(_) => None,
    }
}

/// What browsers call the origin of a tier's pages, as far as it is known.
enum PageOrigin {
    /// All of it.
    Known(String),
    /// The port alone: no host is said.
    Port(u16),
}

impl PageOrigin {
    fn of(page: &TierFace<'_>, scope: &Scope<'_>) -> Option<Self> {
        match public_address(page, scope) {
            Ok(address) => Some(PageOrigin::Known(address.origin())),
            Err(_) => match page.expose.value {
                Expose::NodePort { port } => port.map(PageOrigin::Port),
                Expose::Internal
                | Expose::LoadBalancer
                | Expose::Ingress { .. }
                | Expose::Elsewhere { .. }
                | Expose::Forward { .. } => None,
            },
        }
    }

    /// Whether an item of a list means it. What follows the origin is complained of elsewhere.
    fn is(&self, item: &str) -> bool {
        let url = Url::of(item);
        let rest = url.map_or(0, |url| url.rest.len());
        let item = &item[..item.len() - rest];
        match self {
            _ if item == "*" => true,
            PageOrigin::Known(origin) => match item.split_once('*') {
                Some((start, end)) => origin.starts_with(start) && origin.ends_with(end),
                None => item == origin,
            },
            PageOrigin::Port(port) => {
                url.and_then(|url| url.port) == Some(port.to_string().as_str())
            }
        }
    }
}

impl std::fmt::Display for PageOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PageOrigin::Known(origin) => write!(f, "`{origin}`"),
            PageOrigin::Port(port) => write!(f, "port {port} of a node"),
        }
    }
}

/// The tiers whose pages call a server, by the server's name: a name for browsers refers to it.
fn callers<'s, 'a>(readings: &Readings<'s, 'a>) -> BTreeMap<&'s str, Vec<&'s TierFace<'a>>> {
    let mut callers: BTreeMap<&str, Vec<&TierFace<'_>>> = BTreeMap::new();
    for reading in audience::public(readings) {
        for leaf in reading.leaves(readings.scope) {
            let LeafKind::Member(_, Thing::Tier(server), _) = leaf.kind else {
                continue;
            };
            let pages = callers.entry(&server.id.name).or_default();
            if !pages.iter().any(|page| std::ptr::eq(*page, reading.face)) {
                pages.push(reading.face);
            }
        }
    }
    callers
}
