//! Blocks of IP addresses, as network policies have them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::texts::{rewrite, shown};
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Spanned;
use crate::syntax::ast::Name;

/// A block in the spelling that Kubernetes prints (its `ValidateCIDR`, and what it warns of besides).
/// Complains of what is none, and of an address within a block: the API server takes it for all of the
/// block, which is hardly what its writer thinks.
pub(in crate::check) fn block(said: &Name, found: &mut Findings) -> Option<Spanned<String>> {
    let text = said.value.trim();
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let message = format!("{} isn't a valid CIDR block", shown(&said.value));
    let fault = Diagnostic::new(Code::InvalidText, said.span, message);
    let Ok(address) = address.parse::<IpAddr>() else {
        found.push(fault.help(
            "write an address and how many of its bits count, such as \"10.0.0.0/8\": a policy knows no names of hosts",
        ));
        return None;
    };
    if let IpAddr::V6(six) = address
        && let Some(four) = six.to_ipv4_mapped()
    {
        found.push(fault.help(format!("write the address of IPv4, as in \"{four}/32\"")));
        return None;
    }
    let most: u32 = if address.is_ipv4() { 32 } else { 128 };
    let Some(bits) = bits else {
        let right = format!("{address}/{most}");
        found.push(rewrite(fault, said, &right));
        return None;
    };
    let is_number = bits.bytes().all(|c| c.is_ascii_digit()) && !bits.starts_with("00");
    let Some(bits) = bits.parse().ok().filter(|bits| is_number && *bits <= most) else {
        found.push(fault.help(format!(
            "write how many bits of the address count, from 0 to {most}, as in \"{address}/{most}\""
        )));
        return None;
    };
    let first = first_of(address, bits);
    if first != address {
        let message = format!("{} is an address within a block", shown(&said.value));
        let (all, one) = (format!("{first}/{bits}"), format!("{address}/{most}"));
        found.push(
            Diagnostic::new(Code::InvalidText, said.span, message).help(format!(
                "write \"{all}\" for all of the block, or \"{one}\" for this address"
            )),
        );
        return None;
    }
    Some(Spanned::new(format!("{first}/{bits}"), said.span))
}

/// The first address of the block of so many bits in which an address lies.
fn first_of(address: IpAddr, bits: u32) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from(u32::from(address) & mask))
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from(u128::from(address) & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_of;

    #[test]
    fn the_first_address_of_a_block_has_no_other_bits() {
        for (address, bits, first) in [
            ("10.1.2.3", 8, "10.0.0.0"),
            ("10.1.2.3", 0, "0.0.0.0"),
            ("10.1.2.3", 32, "10.1.2.3"),
            ("2001:db8::1", 32, "2001:db8::"),
            ("2001:db8::1", 128, "2001:db8::1"),
            ("2001:db8::1", 0, "::"),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(first_of(address, bits).to_string(), first);
        }
    }
}
