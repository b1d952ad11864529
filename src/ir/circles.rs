//! Things that use each other, be it by way of others.

use std::collections::BTreeMap;
use std::mem::replace;

use indexmap::IndexSet;

use super::Edge;

/// For each thing that connects to another, or is connected to, a number that all have which can be
/// reached from it and reach it in turn. In time linear in the edges, and without recursion: a chain may
/// have any length.
pub(super) fn circles(edges: &[Edge]) -> BTreeMap<String, usize> {
    let mut names: IndexSet<&str> = IndexSet::new();
    let mut pairs = Vec::new();
    for edge in edges {
        if let Some(client) = edge.client() {
            let (from, _) = names.insert_full(&client.0);
            let (to, _) = names.insert_full(&edge.to.0);
            pairs.push((from, to));
        }
    }
    let mut used = vec![Vec::new(); names.len()];
    let mut users = vec![Vec::new(); names.len()];
    for (from, to) in pairs {
        used[from].push(to);
        users[to].push(from);
    }
    // Whoever is left last is reached from none of those before but by a circle: what it can be reached
    // from, and isn't in a circle yet, is in one with it.
    let mut circles = vec![None; names.len()];
    for first in left(&used).into_iter().rev() {
        let mut open = vec![first];
        while let Some(thing) = open.pop() {
            if circles[thing].is_none() {
                circles[thing] = Some(first);
                open.extend(&users[thing]);
            }
        }
    }
    let all = names.iter().zip(circles);
    all.filter_map(|(name, circle)| Some(((*name).to_owned(), circle?)))
        .collect()
}

/// All things in the order in which a walk along what they use leaves them.
fn left(used: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; used.len()];
    let mut order = Vec::new();
    for root in 0..used.len() {
        let mut path = Vec::new();
        if !replace(&mut seen[root], true) {
            path.push((root, used[root].iter()));
        }
        while let Some((thing, further)) = path.last_mut() {
            match further.next() {
                Some(next) if replace(&mut seen[*next], true) => {}
                Some(next) => path.push((*next, used[*next].iter())),
                None => {
                    order.push(*thing);
                    path.pop();
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::circles;
    use crate::ir::{Edge, EdgeKind, EdgeSource, ThingName};

    fn edges(text: &str) -> Vec<Edge> {
        let thing = |at: usize| ThingName(text[at..=at].to_owned());
        let pairs = text.split(' ').scan(0, |at, pair| {
            let from = *at;
            *at += pair.len() + 1;
            Some(from)
        });
        pairs
            .map(|at| Edge {
                from: EdgeSource::Thing(thing(at)),
                to: thing(at + 1),
                kind: EdgeKind::Needs,
                port: None,
                origins: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn those_that_reach_each_other_are_in_one() {
        let circles = circles(&edges("ab bc ca cd de ed fa gg"));
        let are_one = |pair: &str| circles[&pair[..1]] == circles[&pair[1..]];
        assert!(["ab", "bc", "ac", "de"].into_iter().all(are_one));
        assert!(!["cd", "fa", "fg", "ae"].into_iter().any(are_one));
    }
}
